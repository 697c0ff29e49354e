import type { Fact, LedgerRecord } from './record.ts';
import { hasEnded } from './verdict.ts';

/** What the ledger says of one target's traffic. The platform may know better. */
export type ServingRecord =
  | { readonly kind: 'known'; readonly record: LedgerRecord }
  /** This record may have changed what serves and does not tell; `why` goes on after its name. */
  | { readonly kind: 'unknown'; readonly record: LedgerRecord; readonly why: string };

/**
 * Of each target, the record of what serves; nothing for a target where no record ever took traffic. Rather unknown
 * than the wrong one: a verdict in the record of another release would make a good one bad. Records newest first, as
 * the ledger lists them.
 */
export function servingRecords(records: readonly LedgerRecord[]): readonly ServingRecord[] {
  const targets = Map.groupBy(records, ({ intent }) => intent.target);
  return [...targets.values()].flatMap((own) => firstThatTells(own) ?? []);
}

function firstThatTells(records: readonly LedgerRecord[]): ServingRecord | undefined {
  for (const record of records) {
    const effect = effectOf(record);
    if (effect === 'serves') return { kind: 'known', record };
    if (effect !== 'none') return { kind: 'unknown', record, why: effect.unknown };
  }
  return undefined;
}

/** What a record has done to its target's traffic. */
type Effect = 'serves' | 'none' | { readonly unknown: string };

function effectOf(record: LedgerRecord): Effect {
  const has = (...kinds: readonly Fact['kind'][]) =>
    record.facts.some(({ fact }) => kinds.includes(fact.kind));
  const tookTraffic = has('activated', 'restored');
  if (has('staged') && !tookTraffic) return 'none';
  // A restore that ended well has a record of its own, newer than this one.
  if (has('restoring')) return { unknown: 'was being taken back, and no record says that it was' };
  if (!hasEnded(record)) return { unknown: 'has not ended' };
  if (has('abandoned')) return tookTraffic ? { unknown: 'was given up after it had taken traffic' } : 'none';
  if (tookTraffic || record.facts.some(isProof)) return 'serves';
  if (record.kind === 'rollback')
    return { unknown: 'does not say whether what it brought back took traffic' };
  const isCut = record.facts.some(({ fact }) => fact.kind === 'verdict' && fact.verdict === 'inconclusive');
  return isCut && has('shipped')
    ? { unknown: 'had shipped when it was cut, and does not say whether that took traffic' }
    : 'none';
}

/** Only what serves is called good; the fact before it may have been lost on its way. */
function isProof({ fact }: { readonly fact: Fact }): boolean {
  return fact.kind === 'verdict' && (fact.verdict === 'pass' || fact.verdict === 'settled');
}
