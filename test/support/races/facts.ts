import type { Fact, LedgerRecord } from '../../../packages/core/src/ledger/record.ts';
import type { PlayedRace, Raced } from './race.ts';
import type { ClientRun } from './race-world.ts';

// What was really so, read off the world, the clock and GitHub's own list: nothing here asks the code under test.

/** A run that said that what it was asked for serves. */
export function isGreen({ run, said }: Raced): boolean {
  const { outcome = 'none' } = said ?? {};
  return (run.asked.kind === 'deploy' ? ['live', 'unchanged'] : ['restored', 'unchanged']).includes(outcome);
}

/** The change a run wrote down, in the order of its records: automatic restores apart. */
export function ticketsOf({ records }: PlayedRace, { run }: Raced): readonly LedgerRecord[] {
  return records.filter(({ kind, intent }) => {
    const isOwn = intent.run === run.runId && intent.attempt === run.attempt;
    return isOwn && (run.asked.kind === 'rollback' || kind === 'deploy');
  });
}

/** When something was written, milliseconds of the clock: GitHub cuts off what is less than a second. */
export function clockOf({ epoch }: PlayedRace, written: string): number {
  return Date.parse(written) - epoch;
}

/** When its ticket was there for all to see. */
export function openedAt(played: PlayedRace, raced: Raced): number | undefined {
  const [first] = played.asked.filter(
    ({ maker, route, at }) =>
      maker === raced.run.name && route === 'deployments.create' && at >= raced.startedAt,
  );
  return first?.at;
}

/** GitHub numbers records in the order of their creation, also within one moment. */
export function goesBefore(played: PlayedRace, one: Raced, other: Raced): boolean {
  const [first, second] = [one, other].map((raced) => Number(ticketsOf(played, raced)[0]?.id ?? Number.NaN));
  return first !== undefined && second !== undefined && first < second;
}

/** When a run gave its turn back, by the records: undefined where its ticket stayed open. */
export function closedAt(played: PlayedRace, raced: Raced): number | undefined {
  const tickets = ticketsOf(played, raced);
  const own = played.records.filter(
    ({ intent }) => intent.run === raced.run.runId && intent.attempt === raced.run.attempt,
  );
  const restores = own.filter((record) => !tickets.includes(record));
  // One whose answer was lost may be there twice: it ends as its twin does. A way back that began has to end as well.
  const isBegun = tickets.some(({ facts }) => facts.some(({ fact }) => fact.kind === 'restoring'));
  const hasGivenUp = tickets.some(({ facts }) => facts.some(({ fact }) => fact.kind === 'abandoned'));
  // A rollback that chose once more has a second ticket, whose end is its own.
  const each = [...Map.groupBy(tickets, ({ id, intent }) => intent.nonce ?? id).values()];
  const ends = (isBegun && !hasGivenUp ? [restores] : each).map(lastEnd);
  if (ends.includes(undefined)) return undefined;
  const last = ends.toSorted().at(-1);
  return last === undefined ? undefined : clockOf(played, last);
}

function lastEnd(records: readonly LedgerRecord[]): string | undefined {
  const all = records.flatMap(({ facts }) => facts.filter(({ fact }) => ends(fact)));
  return all
    .map(({ at }) => at)
    .toSorted()
    .at(-1);
}

export function ends({ kind }: Fact): boolean {
  return ['verdict', 'abandoned', 'restored', 'staged'].includes(kind);
}

/** The runs of the client that a run has made, oldest first. */
export function clientsOf({ world }: PlayedRace, { run }: Raced): readonly ClientRun[] {
  return world.clients.filter(({ maker }) => maker === run.name);
}

/** Waits for its turn, and is waited for: a deploy with a ledger. */
export function keepsTurn({ run, script }: Raced): boolean {
  return run.asked.kind === 'deploy' && script.writesRecords;
}

/** Whether a release was made by somebody who waits for nobody. */
export function keepsNoTurn(played: PlayedRace, version: number): boolean {
  const raced = racedBy(played, played.world.get(version).maker);
  return raced === undefined || !keepsTurn(raced);
}

/** Everybody by name; a stranger, and what was there before, are nobody. */
export function racedBy({ runs }: PlayedRace, maker: string): Raced | undefined {
  return runs.find(({ run }) => run.name === maker);
}

export function budgetOf({ run, script }: Raced): number {
  return script.timeoutMs + (run.asked.kind === 'rollback' ? 0 : script.restoreTimeoutMs);
}

/** Nothing happened to it that it was not made for. */
export function isUndisturbed({ script }: Raced): boolean {
  return script.killedAt === undefined && script.cancelledAt === undefined;
}
