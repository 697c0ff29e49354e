import { readFact } from './facts.ts';
import { readIntent } from './intent.ts';
import type { LedgerRecord } from './record.ts';

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
 * Adds what became known. The states are not looked at: anyone, GitHub included, may set a record `inactive`
 * afterwards, and that changes nothing of what was found out. Statuses come newest first.
 */
export function foldRecord(
  opening: Omit<LedgerRecord, 'facts'>,
  statuses: readonly StatusRow[],
): LedgerRecord {
  const facts = statuses
    .toReversed()
    // Stable, so that statuses of the same second keep the order they were listed in.
    .sort((a, b) => Date.parse(a.created) - Date.parse(b.created))
    .flatMap(({ description, created }) => {
      const fact = readFact(description ?? '');
      return fact === undefined ? [] : [{ fact, at: created }];
    });
  return { ...opening, facts };
}
