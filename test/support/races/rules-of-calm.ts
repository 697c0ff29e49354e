import { expect } from 'vitest';
import { isUndisturbed, openedAt } from './facts.ts';
import type { PlayedRace, Raced } from './race.ts';
import type { RaceRule } from './rules.ts';

/** What has to come of runs that only come at the same time: no promise is kept by never claiming anything. */
export const raceRulesOfCalm: Readonly<Record<string, RaceRule>> = {
  'makes a good release live, one after the other': (played) => {
    for (const raced of calm(played)) {
      const { asked } = raced.run;
      if (asked.kind !== 'deploy' || asked.build.quality !== 'good') continue;
      // The deploy leaves the field to whoever takes the target back by hand.
      if (raced.said?.reason === 'superseded' && rollbackDuring(played, raced)) continue;
      // What it wanted served already, so it had no turn to keep, and the next one took the target over.
      if (raced.said?.reason === 'superseded' && openedAt(played, raced) === undefined) continue;
      expect({ run: raced.run.name, outcome: raced.said?.outcome }).toEqual({
        run: raced.run.name,
        outcome: expect.stringMatching(/^(live|unchanged)$/),
      });
    }
  },
  'takes a bad release back': (played) => {
    for (const raced of calm(played)) {
      const { asked } = raced.run;
      if (asked.kind !== 'deploy' || asked.build.quality === 'good') continue;
      if (asked.build.quality === 'fails-checks' && !raced.script.hasChecks) continue;
      if (rollbackDuring(played, raced) || played.runs.some(isUnchecked)) continue;
      expect({
        run: raced.run.name,
        outcome: raced.said?.outcome,
        serving: raced.said?.serving,
      }).toEqual({
        run: raced.run.name,
        outcome: 'restored',
        serving: 'old',
      });
    }
  },
};

/** All runs of a schedule in which nothing fails that should not; none otherwise. */
export function calm({ script, runs }: PlayedRace): readonly Raced[] {
  const isCalm =
    script.stranger === undefined &&
    runs.every((raced) => isUndisturbed(raced) && raced.script.writesRecords && hasTime(raced, script));
  return isCalm ? runs : [];
}

/** What the last look and a child that has to be stopped take of every time limit. */
const reserveMs = 16_000;
/** Looks, and questions to GitHub. */
const askingMs = 15_000;

/** Its own work, and the way back, fit their limits; what it waits for is not counted. */
function hasTime(
  { script: { pace, timeoutMs, restoreTimeoutMs } }: Raced,
  { machines }: PlayedRace['script'],
): boolean {
  const { buildMs, releaseCommandMs, machineMs, leasePauseMs, checksMs } = pace;
  const clientMs = leasePauseMs + machines * (machineMs + 250) + checksMs + askingMs + reserveMs;
  return clientMs <= restoreTimeoutMs && clientMs + buildMs + releaseCommandMs <= timeoutMs;
}

/** Without checks a bad release stays. */
function isUnchecked({ run, script }: Raced): boolean {
  return run.asked.kind === 'deploy' && run.asked.build.quality === 'fails-checks' && !script.hasChecks;
}

function rollbackDuring(played: PlayedRace, raced: Raced): boolean {
  return played.runs.some((other) => {
    const at = openedAt(played, other);
    return (
      other.run.asked.kind === 'rollback' &&
      at !== undefined &&
      at < raced.endedAt &&
      other.endedAt > raced.startedAt
    );
  });
}
