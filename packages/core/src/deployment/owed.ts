import { originOf } from '../ledger/origin.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import type { Part, Release } from '../platforms/platform.ts';

/**
 * What has to run after a rollback: what runs now, what ended by itself, and of what is gone altogether what ran when
 * the release was taken away, as the record says that took it. Records newest first.
 */
export function owedByRollback(
  now: readonly Part[],
  target: Release,
  records: readonly LedgerRecord[],
): readonly Part[] {
  const origin = originOf(records, target.id);
  const replacing = records.find(
    ({ intent }) => intent.previous !== null && originOf(records, intent.previous) === origin,
  );
  const recorded = replacing?.intent.fleet ?? {};
  const isThere = (name: string) => now.some((part) => part.name === name);
  const gone = Object.entries(recorded).filter(([name, count]) => count > 0 && !isThere(name));
  return [
    ...now,
    ...gone.map(([name, running]) => ({ name, running, resting: 0, ended: 0, unknown: 0, wakes: false })),
  ];
}
