import { budgetAtMost, budgetOf } from './intent.ts';
import type { LedgerRecord } from './record.ts';
import { hasEnded, hasFailed } from './verdict.ts';

/** A run that was held up writes its last facts this late, milliseconds. */
const lateAtMost = 10 * 60 * 1000;

/**
 * The records of one target whose runs may still write to them: one that has not ended may for as long as its budget
 * runs, which begins when those before it are over; one that has failed may be taking its change back. What others say
 * of a record later, as a smoke test does, is not meant. Records newest first; `now`: milliseconds since the epoch.
 */
export function openRecords(records: readonly LedgerRecord[], now: number): readonly LedgerRecord[] {
  const open: LedgerRecord[] = [];
  let freeAt = 0;
  for (const record of records.toReversed()) {
    const created = Date.parse(record.created);
    const budget = budgetOf(record.intent);
    const last = Math.max(created, ...record.facts.map(({ at }) => Date.parse(at)));
    const until = isOver(record) ? last : Math.max(last, freeAt) + budget;
    freeAt = Math.max(freeAt, until);
    if (created < now - budgetAtMost || (isOver(record) && !mayBeTakenBack(record))) continue;
    if (now < (isOver(record) ? last + budget : until) + lateAtMost) open.push(record);
  }
  return open;
}

function isOver(record: LedgerRecord): boolean {
  return hasEnded(record) || record.facts.some(({ fact }) => fact.kind === 'staged');
}

function mayBeTakenBack(record: LedgerRecord): boolean {
  if (record.kind !== 'deploy') return false;
  return hasFailed(record) || record.facts.some(({ fact }) => fact.kind === 'restoring');
}
