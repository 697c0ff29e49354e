import { readFact } from './facts.ts';
import { readIntent } from './intent.ts';
import type { Intent, LedgerRecord, TimedFact } from './record.ts';

export const tasks = { deploy: 'belay:deploy', rollback: 'belay:rollback' } as const;

/** A deployment as GitHub lists it, before anything is known of its statuses. */
export interface DeploymentRow {
  readonly id: string;
  readonly task: string;
  readonly created: string;
  readonly payload: unknown;
}

export interface StatusRow {
  readonly description: string | null;
  /** As REST says it: `success`. */
  readonly state: string;
  readonly created: string;
}

/** The start of a record: what was intended. undefined for a deployment that is not ours, or cannot be read as ours. */
export function readOpening(row: DeploymentRow): Omit<LedgerRecord, 'facts'> | undefined {
  const kind = (['deploy', 'rollback'] as const).find((candidate) => tasks[candidate] === row.task);
  const intent = readIntent(row.payload);
  if (kind === undefined || intent === undefined) return undefined;
  return { id: row.id, kind, created: row.created, intent };
}

/**
 * Adds what became known. The states say nothing of it: anyone, GitHub included, may set a record `inactive`
 * afterwards, and that changes nothing of what was found out. Statuses come newest first.
 */
export function foldRecord(
  opening: Omit<LedgerRecord, 'facts'>,
  statuses: readonly StatusRow[],
): LedgerRecord {
  const ordered = statuses
    .toReversed()
    // Stable, so that statuses of the same second keep the order they were listed in.
    .sort((a, b) => Date.parse(a.created) - Date.parse(b.created));
  const facts = ordered.flatMap(({ description, created }) => {
    const fact = readFact(description ?? '');
    return fact === undefined ? [] : [{ fact, at: created }];
  });
  const isActive = ordered.at(-1)?.state === 'success';
  return { ...opening, intent: intentNow(opening.intent, facts), facts, ...(isActive && { isActive }) };
}

/** After a wait for its turn a rollout stands on what it saw then: its intent was written before. */
function intentNow(intent: Intent, facts: readonly TimedFact[]): Intent {
  const turn = facts.findLast(({ fact }) => fact.kind === 'turn')?.fact;
  if (turn?.kind !== 'turn') return intent;
  const { fleet: _, ...kept } = intent;
  const { previous, barrier, fleet } = turn;
  return { ...kept, previous, barrier, ...(fleet !== undefined && { fleet }) };
}
