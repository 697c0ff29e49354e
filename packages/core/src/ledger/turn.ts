import { budgetOf } from './intent.ts';
import type { Fact, LedgerRecord } from './record.ts';
import { endings, hasFailed, hasTakenOver } from './verdict.ts';

/** Whose turn it is to change a target. */
export type Turn =
  /** `meanwhile`: one that goes first has come to its end since the asker's record was written. */
  | { readonly kind: 'own'; readonly meanwhile?: true }
  /** Another run goes first, until then at the latest: milliseconds since the epoch. */
  | { readonly kind: 'held'; readonly by: LedgerRecord; readonly untilMs: number }
  /** Somebody takes the target back: a deploy that began before switches nothing more. */
  | { readonly kind: 'overtaken'; readonly by: LedgerRecord };

export interface TurnQuestion {
  /** All of one target, in any order. */
  readonly records: readonly LedgerRecord[];
  /** Id of the asker's own record. */
  readonly own: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Ids of records whose runs are known to be over: they hold nothing. */
  readonly over: ReadonlySet<string>;
}

/**
 * A deploy that has failed may be about to take its change back, and GitHub may show the verdict before it shows that:
 * what was written by then is there up to 3 s later, and times are cut off to seconds. Milliseconds.
 */
const unseenMs = 5_000;

/**
 * Every record is a ticket: the oldest that has not ended goes first, for as long as its own budget runs. GitHub gives
 * ids in the order of creation, so that of two runs that see each other only the later one gives way.
 */
export function turnOf({ records, own, now, over }: TurnQuestion): Turn {
  const tickets = ticketsOf(records, now);
  const asker = tickets.find(({ ids }) => ids.includes(own));
  // GitHub may not show the own record yet.
  const place = Number(asker?.record.id ?? own);
  const holds = (one: Ticket) => one !== asker && isHolding(one, { now, over });
  const isLater = ({ record }: Ticket) => Number(record.id) > place;
  const rollback = tickets.find(
    (one) => isLater(one) && one.record.kind === 'rollback' && (holds(one) || one.hasTakenOver),
  );
  if (rollback !== undefined) return { kind: 'overtaken', by: rollback.record };
  const ahead = tickets.find((one) => !isLater(one) && holds(one));
  if (ahead !== undefined) return { kind: 'held', by: ahead.record, untilMs: ahead.untilMs };
  const hasPassed = tickets.some((one) => !isLater(one) && one !== asker && isUnseenBy(asker, one));
  return { kind: 'own', ...(hasPassed && { meanwhile: true }) };
}

/** What was seen before an older one ended may be gone. Who has waited since has seen what that one left. */
function isUnseenBy(asker: Ticket | undefined, { endedAt = 0 }: Ticket): boolean {
  if (asker === undefined) return false;
  return asker.turnCameAt === undefined
    ? endedAt >= Date.parse(asker.record.created)
    : endedAt > asker.turnCameAt;
}

/** The rollback under way that somebody has asked for, if there is one: an automatic restore leaves it the field. */
export function rollbackUnderWay({ records, own, now, over }: TurnQuestion): LedgerRecord | undefined {
  return ticketsOf(records, now).find(
    (one) => one.record.kind === 'rollback' && !one.ids.includes(own) && isHolding(one, { now, over }),
  )?.record;
}

function isHolding(
  { ids, endedAt, untilMs }: Ticket,
  { now, over }: Pick<TurnQuestion, 'now' | 'over'>,
): boolean {
  return endedAt === undefined && untilMs > now && !ids.some((id) => over.has(id));
}

/** Whether the rollout of a record has not come to its end. Records of its target, in any order. */
export function isUnderWay(record: LedgerRecord, records: readonly LedgerRecord[]): boolean {
  return endOf(record, records, Number.POSITIVE_INFINITY) === undefined;
}

interface Ticket {
  /** The first of its records. */
  readonly record: LedgerRecord;
  /** Of all records of one rollout: one whose answer was lost may have been written twice. */
  readonly ids: readonly string[];
  /** When its rollout ended, milliseconds since the epoch; undefined while it has not. */
  readonly endedAt: number | undefined;
  /** When its budget is over. */
  readonly untilMs: number;
  /** When its turn came after a wait, for the last time; undefined where it has not waited. */
  readonly turnCameAt: number | undefined;
  /** What it set out to make live was made live. */
  readonly hasTakenOver: boolean;
}

/**
 * Oldest first. One that waits has its whole budget before it from the moment its turn comes; a rollback waits for
 * nobody, so its budget runs from its beginning.
 */
function ticketsOf(records: readonly LedgerRecord[], now: number): readonly Ticket[] {
  const ordered = records.toSorted((a, b) => Number(a.id) - Number(b.id));
  const tickets: Ticket[] = [];
  let freeAt = 0;
  for (const twins of rolloutsOf(ordered)) {
    const [record] = twins;
    const ends = twins.flatMap((twin) => endOf(twin, ordered, now) ?? []);
    const endedAt = ends.length === 0 ? undefined : Math.min(...ends);
    const created = Date.parse(record.created);
    const waitsUntil = record.kind === 'rollback' ? created : Math.max(created, freeAt);
    const came = turnCameAt(twins);
    const startedAt = came ?? waitsUntil;
    const untilMs = startedAt + budgetOf(record.intent);
    freeAt = Math.max(freeAt, endedAt ?? untilMs);
    const ids = twins.map(({ id }) => id);
    tickets.push({
      record,
      ids,
      endedAt,
      untilMs,
      turnCameAt: came,
      hasTakenOver: twins.some(hasTakenOver),
    });
  }
  return tickets;
}

type Twins = readonly [LedgerRecord, ...LedgerRecord[]];

/** The records of each rollout that stand for its change, in the order of the first of each. */
function rolloutsOf(ordered: readonly LedgerRecord[]): readonly Twins[] {
  const rollouts = new Map<string, Twins>();
  for (const record of ordered.filter(({ intent }) => intent.change === undefined)) {
    const key = record.intent.nonce === undefined ? `id ${record.id}` : `nonce ${record.intent.nonce}`;
    const known = rollouts.get(key);
    rollouts.set(key, known === undefined ? [record] : [...known, record]);
  }
  return [...rollouts.values()];
}

function turnCameAt(twins: Twins): number | undefined {
  const came = twins.flatMap(({ facts }) => facts.filter(({ fact }) => fact.kind === 'turn'));
  return came.length === 0 ? undefined : Math.max(...came.map(({ at }) => Date.parse(at)));
}

/** When a rollout came to its end. One that takes its change back has not before its restore has. */
function endOf(record: LedgerRecord, records: readonly LedgerRecord[], now: number): number | undefined {
  const { facts } = record;
  const gaveBack = firstOf(record, ['staged', 'abandoned']);
  if (gaveBack !== undefined) return gaveBack;
  if (facts.some(({ fact }) => fact.kind === 'restoring')) {
    const [restore] = records
      .filter(({ intent }) => intent.change === record.id)
      .toSorted((a, b) => Number(b.id) - Number(a.id));
    return restore && firstOf(restore, endings);
  }
  const ended = firstOf(record, endings);
  if (ended === undefined) return undefined;
  const mayGoBack = record.kind === 'deploy' && hasFailed(record) && now < ended + unseenMs;
  return mayGoBack ? undefined : ended;
}

/** When the first fact of these kinds was written: what a smoke test adds hours later ends nothing again. */
function firstOf({ facts }: LedgerRecord, kinds: readonly Fact['kind'][]): number | undefined {
  const first = facts.find(({ fact }) => kinds.includes(fact.kind));
  return first === undefined ? undefined : Date.parse(first.at);
}
