import type { LedgerRecord } from './record.ts';

/**
 * The commit a release was built from, by the record that made it: a rollback without one was of the commit of what
 * it brought back. A deploy's record also names the release that its restore brought back, and says nothing of that.
 */
export function commitOf(records: readonly LedgerRecord[], releaseId: string): string | undefined {
  const at = records.findIndex((record) => isOf(record, releaseId));
  const intent = records[at]?.intent;
  if (intent === undefined || intent.commit !== null) return intent?.commit ?? undefined;
  return commitOf(records.slice(at + 1), intent.restores ?? releaseId);
}

function isOf({ kind, intent, facts }: LedgerRecord, releaseId: string): boolean {
  if (kind === 'rollback' && intent.restores === releaseId) return true;
  return facts.some(
    ({ fact }) => (fact.kind === 'shipped' || fact.kind === 'activated') && fact.release === releaseId,
  );
}
