import { budgetAtMost } from './intent.ts';
import type { Fact, LedgerRecord } from './record.ts';
import { hasEnded } from './verdict.ts';

/** A run that does not say how long it may take is given this long, milliseconds. */
const budgetWithout = 30 * 60 * 1000;

/**
 * Whether the run of a record may still write to it: it has not ended, or has failed and may be taking its change back.
 * What others say of it later, as a smoke test does, is not meant. `now`: milliseconds since the epoch.
 */
export function mayGoOn(record: LedgerRecord, now: number): boolean {
  const { created, intent, facts } = record;
  if (Date.parse(created) < now - budgetAtMost) return false;
  const has = (...kinds: readonly Fact['kind'][]) => facts.some(({ fact }) => kinds.includes(fact.kind));
  if (has('staged', 'abandoned')) return false;
  if (!hasEnded(record)) return true;
  const hasFailed = facts.some(({ fact }) => fact.kind === 'verdict' && fact.verdict === 'fail');
  if (record.kind === 'rollback' || !(hasFailed || has('restoring'))) return false;
  const last = Math.max(...facts.map(({ at }) => Date.parse(at)));
  return now < last + (intent.budgetMs ?? budgetWithout);
}
