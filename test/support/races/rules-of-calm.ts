import { expect } from 'vitest';
import { isUndisturbed, openedAt } from './facts.ts';
import type { PlayedRace, Raced } from './play-race.ts';
import type { RaceRule } from './rules.ts';

/** What has to come of runs that only come at the same time: no promise is kept by never claiming anything. */
export const raceRulesOfCalm: Readonly<Record<string, RaceRule>> = {
  'makes a good release live, one after the other': (played) => {
    for (const raced of calm(played)) {
      const { asked } = raced.run;
      if (asked.kind !== 'deploy' || asked.build.quality !== 'good') continue;
      const ends = rollbackDuring(played, raced)
        ? /^(live|unchanged|stranded|rejected)$/
        : /^(live|unchanged)$/;
      expect({ run: raced.run.name, outcome: raced.verdict?.outcome }).toEqual({
        run: raced.run.name,
        outcome: expect.stringMatching(ends),
      });
      if (raced.verdict?.outcome.match(/stranded|rejected/)) expect(raced.verdict.reason).toBe('superseded');
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
        outcome: raced.verdict?.outcome,
        serving: raced.verdict?.serving,
      }).toEqual({
        ...{ run: raced.run.name, outcome: 'restored', serving: 'old' },
      });
    }
  },
};

/** All runs of a schedule in which nothing fails that should not; none otherwise. */
function calm(played: PlayedRace): readonly Raced[] {
  const isCalm = played.script.stranger === undefined && played.runs.every(isUndisturbed);
  return isCalm && played.runs.every(({ script }) => script.writesRecords) ? played.runs : [];
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
