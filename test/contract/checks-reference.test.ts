import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../scripts/root.ts';
import { compiledSchema, parserProblems, schemaProblems } from '../support/checks-schema.ts';

type Mapping = Readonly<Record<string, unknown>>;

const reference = readFileSync(join(root, 'docs', 'checks.md'), 'utf8');
const validate = compiledSchema('checks.schema.json');

/** The rows of a section's table: what is shown, and the example. */
function rows(title: string): (readonly [string, string])[] {
  const section = reference.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\| (`.*?`) \|.* \| `([^|]+)` \|$/gm)].map(([, name = '', example = '']) => [
    name,
    example,
  ]);
}

const status = { status: 200 };
const plain = { name: 'a', http: '/', expect: status };
const checkOf = (check: Mapping, top: Mapping = {}): Mapping => ({ version: 1, ...top, checks: [check] });

/** An example of each section as a whole file. */
const around: Readonly<Record<string, (example: Mapping) => Mapping>> = {
  'A file': (example) => checkOf({ ...plain, ...('baseline' in example ? { samples: 50 } : {}) }, example),
  'A check'(example) {
    const sampled = 'baseline' in example || 'warmup' in example ? { samples: 50 } : {};
    const file = checkOf(
      { ...plain, ...sampled, ...example },
      'watch' in example ? { watch: { for: '10m' } } : {},
    );
    const gate = { ...plain, name: 'b' };
    return example.severity === 'advisory'
      ? { ...file, checks: [...(file.checks as unknown[]), gate] }
      : file;
  },
  Types: (example) =>
    'release' in example
      ? { version: 1, ...example }
      : checkOf({ name: 'a', ...example, ...('http' in example ? { expect: status } : {}) }),
  'What is read': (example) =>
    'capture' in example
      ? {
          version: 1,
          scenarios: [
            {
              name: 's',
              steps: [
                { ...plain, capture: { token: { jsonpath: '$.t' } } },
                { ...plain, name: 'b', expect: example },
              ],
            },
          ],
        }
      : checkOf({
          ...plain,
          ...('p95' in example ? { samples: 20 } : {}),
          expect: { ...status, ...example },
        }),
  Predicates: (example) => checkOf({ ...plain, expect: { jsonpath: { '$.a': example } } }),
  Filters: (example) => checkOf({ ...plain, expect: { jsonpath: { '$.a': { ...example, exists: true } } } }),
};

const examples = Object.keys(around).flatMap((title) =>
  rows(title).map(([name, example]) => [title, name, example] as const),
);

it('has examples of everything', () => {
  expect(examples.length).toBeGreaterThan(80);
});

it.each([...reference.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text = '']) => [text]))(
  'shows a file that is right: %#',
  async (text) => {
    expect(schemaProblems(validate, parse(text))).toEqual([]);
    expect(await parserProblems(text)).toEqual([]);
  },
);

it.each(examples)('%s: %s has an example that is right', async (title, _, example) => {
  const file = around[title]?.(parse(example));
  expect(schemaProblems(validate, file)).toEqual([]);
  expect(await parserProblems(JSON.stringify(file))).toEqual([]);
});
