import { expect } from 'vitest';
import {
  budgetOf,
  clientsOf,
  clockOf,
  closedAt,
  goesBefore,
  keepsNoTurn,
  keepsTurn,
  openedAt,
  racedBy,
  ticketsOf,
} from './facts.ts';
import { originOf, type PlayedRace, type Raced } from './race.ts';
import type { RaceRule } from './rules.ts';

/** A question about the turn every quarter of a minute, whether a run is over each minute, and what is seen late. */
const pollMs = 15_000;
const overMs = 60_000;
const lateMs = 3_000;
/** GitHub cuts times off to seconds. */
const secondMs = 1_000;
/** Looks, records and questions between a wait and what follows it. */
const stepsMs = 20_000;

/** What holds of the order in which deploys change the target. */
export const rulesOfTurns: Readonly<Record<string, RaceRule>> = {
  'waits for nobody longer than that one may take': (played) => {
    for (const raced of played.runs.filter(keepsTurn)) {
      const opened = openedAt(played, raced);
      const [first] = clientsOf(played, raced);
      if (opened === undefined) continue;
      const { buildMs, checksMs } = raced.script.pace;
      const free = freeAt(played, raced, raced);
      const latest = Math.max(free, opened) + 2 * stepsMs + pollMs + lateMs + 2 * (buildMs + checksMs);
      const acted = first?.startedAt ?? raced.saidAt;
      if (acted === undefined) continue;
      const late = acted > latest ? `${acted} instead of ${latest}` : 'no';
      expect({ run: raced.run.name, late }).toEqual({ run: raced.run.name, late: 'no' });
    }
  },
  'ships on what it saw when its turn came': (played) => {
    for (const raced of played.runs.filter(keepsTurn)) {
      const client = clientsOf(played, raced).find(
        ({ version }) => played.world.get(version).copyOf === undefined,
      );
      // Of one that is there twice, the one that was gone on with.
      const record = ticketsOf(played, raced).toSorted((a, b) => b.facts.length - a.facts.length)[0];
      if (client === undefined || record === undefined) continue;
      const from = raced.turns
        .filter(({ at }) => at < client.startedAt)
        .findLast(({ answer }) => answer === 'held');
      const serving = servedBetween(played, from?.at ?? raced.startedAt, client.startedAt);
      const previous = originName(played, record.intent.previous ?? 'a mix');
      expect(serving).toContain(previous);
      // Whoever waited stands on what the last before it has left.
      const came = played.world.switches.filter(
        ({ at, to }) => at <= client.startedAt && at > (from?.at ?? 0) && keepsNoTurn(played, to),
      );
      if (came.length === 0) expect(serving.at(-1)).toBe(previous);
    }
  },
  'ships nothing over a rollback that came after its record and has switched': (played) => {
    for (const raced of played.runs.filter(keepsTurn)) {
      const [first] = clientsOf(played, raced);
      const [own] = ticketsOf(played, raced);
      const asked = raced.turns.filter(({ at }) => at < (first?.startedAt ?? 0)).at(-1);
      if (first === undefined || own === undefined || asked === undefined) continue;
      const seen = played.records.filter(({ id, kind, created, intent, facts }) => {
        const isLater = kind === 'rollback' && intent.change === undefined && Number(id) > Number(own.id);
        const switched = facts.find(({ fact }) => fact.kind === 'activated');
        const knownAt = [created, switched?.at ?? ''].map((at) => clockOf(played, at) + lateMs + secondMs);
        return isLater && switched !== undefined && Math.max(...knownAt) < asked.at;
      });
      const over = seen.map(({ id }) => id);
      expect({ run: raced.run.name, over }).toEqual({ run: raced.run.name, over: [] });
    }
  },
  'changes no machine while another deploy does': (played) => {
    const clients = played.world.clients.flatMap((client) => {
      const raced = racedBy(played, client.maker);
      return raced !== undefined && keepsTurn(raced) ? [{ ...client, raced }] : [];
    });
    for (const one of clients) {
      const end = one.endedAt ?? one.raced.endedAt;
      const beside = clients.filter(
        (other) =>
          other.maker !== one.maker &&
          other.startedAt >= one.startedAt &&
          other.startedAt < end &&
          // Both of the same moment: told once.
          (other.startedAt > one.startedAt || other.version > one.version),
      );
      expect({ v: one.version, beside: beside.map(({ version }) => version) }).toEqual({
        v: one.version,
        beside: [],
      });
    }
  },
  'begins no change before another deploy has come to its end': (played) => {
    for (const raced of played.runs.filter(keepsTurn)) {
      const [first] = clientsOf(played, raced);
      if (first === undefined) continue;
      // The record of a run that was lost gets its end from another one, later.
      const end = Math.min(closedAt(played, raced) ?? raced.endedAt, raced.endedAt);
      // A second is what GitHub cuts off.
      const beside = played.world.clients.filter(({ maker, startedAt, version }) => {
        const other = racedBy(played, maker);
        if (other === undefined || other === raced || !keepsTurn(other)) return false;
        return startedAt > first.startedAt && startedAt < end && version > first.version;
      });
      expect({ run: raced.run.name, beside: beside.map(({ version }) => version) }).toEqual({
        run: raced.run.name,
        beside: [],
      });
    }
  },
  'leaves no ticket open': (played) => {
    for (const raced of played.runs.filter(({ isGone }) => !isGone)) {
      if (ticketsOf(played, raced).length === 0) continue;
      expect({ run: raced.run.name, isOpen: closedAt(played, raced) === undefined }).toEqual({
        run: raced.run.name,
        isOpen: false,
      });
    }
  },
};

/** The id of the release that one was at first. */
function originName({ world }: PlayedRace, id: string): string {
  return id === 'a mix' ? id : `v${originOf(world, Number(id.slice(1)))}`;
}

/** What served alone, one id after the other and each copy as what it is a copy of, or `a mix`. */
function servedBetween({ world, machines, first }: PlayedRace, from: number, to: number): readonly string[] {
  const fleet = new Map(machines.map((id) => [id, first]));
  const told: string[] = [];
  const tell = () => {
    const [version, ...others] = new Set(fleet.values());
    told.push(others.length > 0 ? 'a mix' : `v${originOf(world, version ?? first)}`);
  };
  for (const one of world.switches.filter(({ at }) => at <= to)) {
    if (one.at >= from && told.length === 0) tell();
    fleet.set(one.machine, one.to);
    if (one.at >= from) tell();
  }
  if (told.length === 0) tell();
  return told;
}

/** When the last of those that go before a run has given its turn back, or may no longer keep it. */
function freeAt(played: PlayedRace, raced: Raced, asker: Raced | undefined): number {
  const ahead = played.runs.filter(
    (other) => other !== raced && other.script.writesRecords && goesBefore(played, other, raced),
  );
  return Math.max(0, ...ahead.map((other) => keepsUntil(played, other, asker)));
}

/**
 * It ends, is known to be over, or has used its budget up, which begins with its own turn: a rollback has that at once.
 * When the turn of one that is gone had come, nobody can tell, so that the whole budget of whoever went before it counts.
 */
function keepsUntil(played: PlayedRace, holder: Raced, asker: Raced | undefined): number {
  const opened = openedAt(played, holder) ?? 0;
  const free = holder.run.asked.kind === 'rollback' ? 0 : freeAt(played, holder, undefined);
  // Between the end of the one before and its own turn lies what it takes to see that.
  const slack = free > opened ? pollMs + lateMs + stepsMs : 0;
  const known = asker?.script.readsActions ? holder.endedAt + overMs : Number.POSITIVE_INFINITY;
  const budgetEnd = Math.max(opened, free) + slack + budgetOf(holder);
  return Math.min(closedAt(played, holder) ?? Number.POSITIVE_INFINITY, known, budgetEnd);
}
