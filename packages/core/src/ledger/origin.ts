import type { LedgerRecord } from './record.ts';

// Which record made a release, and what a release is a copy of. Records newest first, as the ledger lists them.

/**
 * A deploy makes what it ships, and what that becomes where making it live gives it an id of its own; a rollback makes a
 * release where activating an old one gives it a new id.
 */
export function hasMade({ kind, intent, facts }: LedgerRecord, releaseId: string): boolean {
  if (kind === 'rollback' && intent.restores === releaseId) return false;
  return facts.some(
    ({ fact }) =>
      (fact.kind === 'activated' || (kind === 'deploy' && fact.kind === 'shipped')) &&
      fact.release === releaseId,
  );
}

/** Id of what a record has made a release of: a rollback of an older one, a deploy of what it had staged; undefined where it has made no copy. */
function sourceIn(record: LedgerRecord, releaseId: string): string | undefined {
  const { kind, intent, facts } = record;
  if (!hasMade(record, releaseId)) return undefined;
  // What was built again is no copy.
  if (kind === 'rollback') return intent.rebuild === true ? undefined : (intent.restores ?? undefined);
  const shipped = facts.flatMap(({ fact }) => (fact.kind === 'shipped' ? [fact.release] : []));
  return shipped.includes(releaseId) ? undefined : shipped.at(-1);
}

/** Id of the older release that this one is a copy of; undefined where it is none. */
export function restoredAs(records: readonly LedgerRecord[], releaseId: string): string | undefined {
  const record = records.find((one) => sourceIn(one, releaseId) !== undefined);
  return record && sourceIn(record, releaseId);
}

/** Id of the release that was shipped first: a copy is followed to what it was made of. */
export function originOf(records: readonly LedgerRecord[], releaseId: string): string {
  const at = records.findIndex((record) => sourceIn(record, releaseId) !== undefined);
  const record = records[at];
  const source = record && sourceIn(record, releaseId);
  // What a deploy has staged stands in its own record, what a rollback brings back in an older one.
  const older = records.slice(record?.kind === 'deploy' ? at : at + 1);
  return source === undefined ? releaseId : originOf(older, source);
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
