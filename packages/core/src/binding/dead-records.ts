import type { LedgerState } from '../ledger/ledger.ts';
import type { Fact, LedgerRecord } from '../ledger/record.ts';
import { hasEnded } from '../ledger/verdict.ts';
import { describeLive } from '../rollout/standing.ts';

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

function abandoned({ id }: LedgerRecord): DeadEnd {
  return { id, fact: { kind: 'abandoned', by: describeLive(undefined) }, state: 'error' };
}
