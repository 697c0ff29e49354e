import { expect } from 'vitest';
import { clientsOf, isGreen, keepsNoTurn, openedAt, racedBy } from './facts.ts';
import { originOf, type PlayedRace, type Raced } from './race.ts';

/** What holds of every schedule, in words. */
export type RaceRule = (played: PlayedRace) => void;

/** A client that is gone keeps its leases for so long. */
const leaseMs = 13_000;
/** Looks, records and questions between its record and its client. */
const stepsMs = 10_000;

export const raceRules: Readonly<Record<string, RaceRule>> = {
  'says green only of what serves at that moment, all of it': (played) => {
    for (const raced of played.runs.filter(isGreen)) {
      const machines = asItCouldKnow(played, raced);
      const [version = 0, ...others] = servingOf(machines);
      expect({ run: raced.run.name, others }).toEqual({ run: raced.run.name, others: [] });
      const { build, maker, copyOf } = played.world.get(version);
      const { asked } = raced.run;
      const wanted = Number(raced.said?.release?.slice(1));
      if (raced.said?.outcome === 'live') {
        expect({ maker, copyOf }).toEqual({ maker: raced.run.name, copyOf: undefined });
      } else if (asked.kind === 'deploy') {
        expect(build).toEqual(asked.build);
      } else {
        expect(originOf(played.world, version)).toBe(originOf(played.world, wanted));
      }
    }
  },
  'overwrites no green of another run by an automatic restore': (played) => {
    for (const green of played.runs.filter(isGreen)) {
      const [version = 0, ...others] = servingOf(green.machinesThen);
      if (others.length > 0) continue;
      const lost = played.world.switches.filter(({ at, from, to }) => {
        const { maker, copyOf } = played.world.get(to);
        const isRestore = copyOf !== undefined && racedBy(played, maker)?.run.asked.kind === 'deploy';
        const isAway = originOf(played.world, to) !== originOf(played.world, version);
        return (
          at > (green.saidAt ?? 0) && from === version && isRestore && maker !== green.run.name && isAway
        );
      });
      expect({ green: green.run.name, lost }).toEqual({ green: green.run.name, lost: [] });
    }
  },
  'holds up no rollback that somebody asks for': (played) => {
    for (const raced of played.runs.filter(({ run }) => run.asked.kind === 'rollback')) {
      const opened = openedAt(played, raced);
      const [client] = clientsOf(played, raced);
      if (opened === undefined || client === undefined) continue;
      const wait = client.startedAt - opened - leasedByOthers(played, raced, [opened, client.startedAt]);
      // Its own checks of what serves come before.
      const ownMs = (raced.script.hasChecks ? 2_000 : 0) + stepsMs;
      expect({ run: raced.run.name, waited: wait > ownMs ? wait : 'no' }).toEqual({
        run: raced.run.name,
        waited: 'no',
      });
    }
  },
};

/**
 * What served as a run said its word. What comes between its last look and that word it cannot see; a deploy that has its
 * turn keeps other deploys off, and nobody else.
 */
function asItCouldKnow(played: PlayedRace, raced: Raced): Raced['machinesThen'] {
  const { lookedAt, machinesSeen } = raced;
  const after = played.world.switches.filter(({ at }) => at >= lookedAt && at <= (raced.saidAt ?? 0));
  const isOpen = raced.said?.outcome === 'unchanged' || raced.run.asked.kind === 'rollback';
  const isUnheld = isOpen || after.some(({ to }) => keepsNoTurn(played, to));
  return (isUnheld ? machinesSeen : undefined) ?? raced.machinesThen;
}

function servingOf(machines: Raced['machinesThen']): readonly number[] {
  return [...new Set(machines.map(({ version }) => version))];
}

/** How long somebody else was changing machines, milliseconds: of a client that is gone, until its leases have ended. */
function leasedByOthers(
  { world, runs }: PlayedRace,
  { run }: Raced,
  [from, to]: readonly [from: number, to: number],
): number {
  return world.clients
    .filter(({ maker, leasedAt }) => maker !== run.name && leasedAt !== undefined)
    .map(({ maker, leasedAt = 0, endedAt }) => {
      const gone = runs.find((other) => other.run.name === maker)?.endedAt ?? to;
      const end = endedAt ?? gone + leaseMs;
      return Math.max(0, Math.min(end, to) - Math.max(leasedAt, from));
    })
    .reduce((sum, one) => sum + one, 0);
}
