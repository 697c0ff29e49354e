import fc from 'fast-check';
import { expect } from 'vitest';
import { playRace } from './play-race.ts';
import type { PlayedRace } from './race.ts';
import { type RaceRule, raceRules } from './rules.ts';
import { raceRulesOfCalm } from './rules-of-calm.ts';
import { rulesOfTurns } from './rules-of-turns.ts';
import type { RaceScript } from './script.ts';
import { count, describeTally, emptyTally, type Tally } from './tally.ts';

export const rules: Readonly<Record<string, RaceRule>> = {
  ...raceRules,
  ...rulesOfTurns,
  ...raceRulesOfCalm,
};

/** Plays schedules and holds every rule against each of them; what they exercised is printed, and has to be enough. */
export async function holdSchedules(
  schedules: fc.Arbitrary<RaceScript>,
  how: {
    readonly name: string;
    readonly runs: number;
    readonly seed: number;
    readonly least: Partial<Tally>;
  },
): Promise<void> {
  const { name, runs, seed, least } = how;
  const tally = emptyTally();
  await fc.assert(
    fc.asyncProperty(schedules, async (script) => {
      const played = await playRace(script);
      judge(played);
      count(tally, played);
    }),
    { numRuns: runs, seed },
  );
  process.stdout.write(`${name}: ${describeTally(tally)}\n`);
  // A rule that nothing ever exercises is kept by anybody.
  for (const [what, times] of Object.entries(least))
    expect({ what, times: tally[what as keyof Tally] }).toEqual({
      what,
      times: expect.toSatisfy((had: number) => had >= times),
    });
}

/** A failure tells the whole story. */
export function judge(played: PlayedRace): void {
  for (const [name, rule] of Object.entries(rules)) {
    try {
      rule(played);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const logs = played.runs.flatMap(({ run, log }) =>
        log === undefined ? [] : [`The log of ${run.name}:`, log],
      );
      throw new Error([`It no longer ${name}.`, why, ...played.world.story, ...logs].join('\n'));
    }
  }
}
