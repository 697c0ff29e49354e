import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlayedHistory, playHistory } from '../../support/histories/play-history.ts';
import { type Rule, rules } from '../../support/histories/rules.ts';
import { rulesOfCalm } from '../../support/histories/rules-of-calm.ts';
import { type HistoryScript, histories } from '../../support/histories/script.ts';

const RUNS = 1_200;
const TWINS = 400;
const seed = 20_261_121;
/** Of a machine that is busy with other things, milliseconds. */
const patienceMs = 120_000;

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

/** The same history where every look is told the truth. */
function truthful({ rollouts, ...rest }: HistoryScript): HistoryScript {
  return { ...rest, rollouts: rollouts.map((one) => ({ ...one, stale: [] })) };
}

/**
 * What can be told apart by looking again: a cancelled run has one second left, too short for that, and an older release
 * surprises only who knows that a newer one was made. Nothing else depends on how often a run has looked.
 */
function tellable(script: HistoryScript): HistoryScript {
  const alone = { elsewhere: [], cancelledAt: undefined, killedAt: undefined };
  const rollouts = script.rollouts.map((one) => {
    const isKnown = one.ship === 'done' && one.restore === 'done' && one.room === 'there';
    return { ...one, ...alone, stale: one.stale.filter(({ tells }) => tells !== 'older' || isKnown) };
  });
  return { ...script, rollouts };
}

function ends({ rollouts }: PlayedHistory): readonly string[] {
  return rollouts.map(({ run, part, verdict }) => {
    const { outcome, reason, serving } = verdict ?? {};
    return `${run.name}, ${part}: ${outcome}/${reason}, serving ${serving}`;
  });
}

describe('rollouts one after the other, over one ledger and with equal images', () => {
  it(
    'keep every promise whatever happens',
    async () => {
      await fc.assert(
        fc.asyncProperty(histories, async (script) =>
          judge(await playHistory(script), { ...rules, ...rulesOfCalm }),
        ),
        { numRuns: RUNS, seed },
      );
    },
    patienceMs,
  );

  it(
    'end as they would have where a look is answered by a replica that lags behind, once or twice',
    async () => {
      await fc.assert(
        fc.asyncProperty(histories.map(tellable), async (script) => {
          const [misled, told] = [await playHistory(script), await playHistory(truthful(script))];
          expect(ends(misled), misled.world.story.join('\n')).toEqual(ends(told));
        }),
        { numRuns: TWINS, seed },
      );
    },
    patienceMs,
  );
});
