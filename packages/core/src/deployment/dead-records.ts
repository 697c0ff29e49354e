import type { LedgerState } from '../ledger/ledger.ts';
import { openRecords } from '../ledger/open-records.ts';
import type { Fact, LedgerRecord } from '../ledger/record.ts';
import { hasEnded } from '../ledger/verdict.ts';
import { describeLive } from '../rollout/live-relation.ts';

/** The last fact of a record whose run is gone. */
export interface DeadEnd {
  readonly id: string;
  readonly fact: Fact;
  readonly state: LedgerState;
}

/**
 * How the records of a rollout end whose run is over without having said so: as in `post` where nobody could see what
 * serves. `records`: all of its target, in any order.
 */
export function deadEndsOf(record: LedgerRecord, records: readonly LedgerRecord[]): readonly DeadEnd[] {
  const has = (kind: Fact['kind']) => record.facts.some(({ fact }) => fact.kind === kind);
  if (has('abandoned') || has('staged')) return [];
  if (has('restoring')) {
    const restores = records.filter(({ intent }) => intent.change === record.id);
    if (restores.length === 0) return [abandoned(record)];
    return restores.filter((restore) => !hasEnded(restore)).map(abandoned);
  }
  if (hasEnded(record)) return [];
  const isUnjudged = record.kind === 'deploy' && (has('shipped') || has('activated'));
  if (!isUnjudged) return [abandoned(record)];
  return [{ id: record.id, fact: { kind: 'verdict', verdict: 'inconclusive' }, state: 'error' }];
}

/** As many as one run ends for others: each is a call to GitHub. */
const mostForgotten = 3;

/**
 * The ends of records that nobody has waited for: their runs had their time, and never said how they ended. None is a
 * verdict: written so late it would be the newest word on a release that has served well since. Oldest first, a few in
 * one run. What is retired has an end of another kind. `records`: all of a target; `now`: milliseconds since the epoch.
 */
export function forgottenEnds(records: readonly LedgerRecord[], now: number): readonly DeadEnd[] {
  const ordered = records.toSorted((one, other) => Number(one.id) - Number(other.id));
  const written = new Set(openRecords(ordered.toReversed(), now).map(({ id }) => id));
  const isForgotten = (record: LedgerRecord) =>
    !(record.isRetired || record.doubt !== undefined || written.has(record.id) || hasEnded(record));
  const ends = ordered.filter(isForgotten).flatMap((record) => deadEndsOf(record, ordered));
  return ends
    .filter(({ id }, at) => !written.has(id) && ends.findIndex((end) => end.id === id) === at)
    .slice(0, mostForgotten)
    .map(({ id }) => abandoned({ id }));
}

function abandoned({ id }: Pick<LedgerRecord, 'id'>): DeadEnd {
  return { id, fact: { kind: 'abandoned', by: describeLive(undefined) }, state: 'error' };
}
