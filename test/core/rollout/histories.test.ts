import fc from 'fast-check';
import { describe, it } from 'vitest';
import { playHistory } from '../../support/histories/play-history.ts';
import { rules } from '../../support/histories/rules.ts';
import { histories } from '../../support/histories/script.ts';

const RUNS = Number(process.env.RUNS ?? 1_200);
const only = process.env.RULE;

describe('several rollouts over one ledger', () => {
  for (const [name, rule] of Object.entries(rules)) {
    if (only !== undefined && !name.includes(only)) continue;
    it(name, async () => {
      await fc.assert(
        fc.asyncProperty(histories, async (script) => {
          const { rollouts, world } = await playHistory(script);
          for (const played of rollouts) {
            try {
              rule(played);
            } catch (error) {
              throw new Error(
                `In ${played.run.name} (${played.part}) it no longer ${name}.\n${error instanceof Error ? error.message : error}\n${world.story.join('\n')}`,
              );
            }
          }
        }),
        { numRuns: RUNS, seed: 20_261_121, verbose: 0 },
      );
    }, 100_000);
  }
});
