import type { Fact, LedgerRecord } from './record.ts';

/**
 * Of each target, the newest record of a release that was made live and neither taken back nor given up: by the
 * ledger's own account it serves. The platform may know better. Records newest first, as the ledger lists them.
 */
export function servingRecords(records: readonly LedgerRecord[]): readonly LedgerRecord[] {
  const targets = Map.groupBy(records, ({ intent }) => intent.target);
  return [...targets.values()].flatMap((own) => own.find(isServing) ?? []);
}

function isServing({ facts }: LedgerRecord): boolean {
  const gone = facts.some(({ fact }) => fact.kind === 'restoring' || fact.kind === 'abandoned');
  return (
    !gone && facts.some(({ fact }) => fact.kind === 'activated' || fact.kind === 'restored' || isProof(fact))
  );
}

/** Only what serves is called good; the fact before it may have been lost on its way. */
function isProof(fact: Fact): boolean {
  return fact.kind === 'verdict' && (fact.verdict === 'pass' || fact.verdict === 'settled');
}
