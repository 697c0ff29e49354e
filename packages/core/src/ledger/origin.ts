import type { LedgerRecord } from './record.ts';

// Which record made a release, and what a release is a copy of. Records newest first, as the ledger lists them.

/** A deploy makes what it ships; a rollback makes a release where activating an old one gives it a new id (Fly). */
export function hasMade({ kind, intent, facts }: LedgerRecord, releaseId: string): boolean {
  const fact = kind === 'deploy' ? 'shipped' : 'activated';
  if (kind === 'rollback' && intent.restores === releaseId) return false;
  return facts.some((one) => one.fact.kind === fact && one.fact.release === releaseId);
}

/** Id of the older release that a rollback brought back as this one; undefined where none did. */
export function restoredAs(records: readonly LedgerRecord[], releaseId: string): string | undefined {
  const record = records.find((one) => one.kind === 'rollback' && hasMade(one, releaseId));
  return record?.intent.restores ?? undefined;
}

/** Id of the release that was shipped first: a rollback's copy is followed to what it was made of. */
export function originOf(records: readonly LedgerRecord[], releaseId: string): string {
  const at = records.findIndex((record) => record.kind === 'rollback' && hasMade(record, releaseId));
  const restores = records[at]?.intent.restores ?? undefined;
  return restores === undefined ? releaseId : originOf(records.slice(at + 1), restores);
}

/** What a release was shipped as, by its record or by that of what it is a copy of. */
export function artifactOf(records: readonly LedgerRecord[], releaseId: string): string | undefined {
  const origin = originOf(records, releaseId);
  for (const { fact } of records.flatMap(({ facts }) => facts)) {
    if (fact.kind === 'shipped' && fact.release === origin && fact.artifact !== null) return fact.artifact;
  }
  return undefined;
}

/**
 * The record of the deploy that shipped a release. A rollback is followed to the records before it, where what it
 * brought back was made. Records newest first.
 */
export function shipmentOf(records: readonly LedgerRecord[], releaseId: string): LedgerRecord | undefined {
  const at = records.findIndex((record) => hasMade(record, releaseId));
  const made = records[at];
  if (made === undefined || made.kind === 'deploy') return made;
  const { restores } = made.intent;
  return restores === null ? undefined : shipmentOf(records.slice(at + 1), restores);
}
