import fc from 'fast-check';
import { describe, it } from 'vitest';
import { type PlayedHistory, playHistory } from '../../support/histories/play-history.ts';
import { type Rule, rules } from '../../support/histories/rules.ts';
import { rulesOfCalm } from '../../support/histories/rules-of-calm.ts';
import { histories } from '../../support/histories/script.ts';

const RUNS = 1_200;

/** Holds every rule against every rollout; a failure tells the whole story. */
function judge({ rollouts, world }: PlayedHistory, named: Readonly<Record<string, Rule>>): void {
  for (const played of rollouts) {
    for (const [name, rule] of Object.entries(named)) {
      try {
        rule(played);
      } catch (error) {
        const where = `${played.run.name}${played.part === 'post' ? ', in post,' : ''}`;
        const why = error instanceof Error ? error.message : String(error);
        throw new Error(`It no longer ${name}: ${where} does not.\n${why}\n${world.story.join('\n')}`);
      }
    }
  }
}

describe('rollouts one after the other, over one ledger and with equal images', () => {
  it('keep every promise whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (script) =>
        judge(await playHistory(script), { ...rules, ...rulesOfCalm }),
      ),
      { numRuns: RUNS, seed: 20_261_121 },
    );
  });
});
