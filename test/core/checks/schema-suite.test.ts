import { describe, expect, it } from 'vitest';
import { readSchema } from '../../../packages/core/src/checks/judge/schema.ts';
import { type Group, groupsOf } from './schema-suite/groups.ts';
import { refusedGroups } from './schema-suite/refused.ts';

interface Score {
  readonly tests: number;
  right: number;
  /** Tests whose schema is openly refused. */
  refused: number;
  /** By group: why its schema is refused. */
  readonly refusals: Record<string, string>;
  /** What fits and must not. */
  readonly green: string[];
  /** What must fit and does not. */
  readonly red: string[];
}

async function scoreOf(groups: readonly Group[]): Promise<Score> {
  const tests = groups.reduce((sum, group) => sum + group.tests.length, 0);
  const score: Score = { tests, right: 0, refused: 0, refusals: {}, green: [], red: [] };
  for (const { name, schema, tests } of groups) {
    const reading = await readSchema(schema);
    if (reading.kind === 'wrong') {
      score.refusals[name] = reading.why;
      score.refused += tests.length;
      continue;
    }
    for (const [said, document, isValid] of tests) {
      const fits = reading.schema.failures(document, 5000).length === 0;
      if (fits === isValid) score.right++;
      else score[fits ? 'green' : 'red'].push(`${name}: ${said}`);
    }
  }
  return score;
}

/** Formats are asserted here; without a vocabulary that says so, 2020-12 takes them as remarks. */
function isAsserted(name: string): boolean {
  return /^format\.json: .* format: invalid .* string is only an annotation by default$/.test(name);
}

describe.each(['draft2020-12', 'draft7'] as const)(
  'the public suite of %s, optional formats included',
  (draft) => {
    it('is judged rightly or openly refused, and nothing is green that must be red', async () => {
      const score = await scoreOf(groupsOf(draft));
      const wrong = score.red.filter((name) => !isAsserted(name));
      const asserted = score.red.length - wrong.length;
      process.stdout.write(
        `JSON Schema ${draft}: ${score.tests} tests, ${score.right} right, ${score.refused} openly refused, ` +
          `${asserted} formats asserted that may be remarks, ${score.green.length + wrong.length} silently wrong\n`,
      );
      expect({ green: score.green, red: wrong }).toEqual({ green: [], red: [] });
      expect(score.refusals).toEqual(refusedGroups[draft]);
      expect(score.right + score.refused + asserted).toBe(score.tests);
    }, 60_000);
  },
);
