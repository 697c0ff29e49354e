import type { Entry, Statuses } from './read.ts';
import type { LedgerRecord } from './record.ts';
import type { StatusRow } from './rows.ts';

/** GitHub shows a status up to 3 s later than that there is one; its clock and ours may differ. Milliseconds. */
const changedAtLeastMs = 60_000;

/** What this process knows of records whose statuses would cost a call each to be read again. */
export class RecordMemory {
  readonly #now: () => number;
  readonly #kept = new Map<string, { readonly updated: string; readonly record: LedgerRecord }>();
  /** All statuses of the records that this process opened, newest first. */
  readonly #written = new Map<string, readonly StatusRow[]>();
  /** GraphQL is: it does not have to be asked each time. */
  isRefused = false;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** What has just changed is not kept: its newest status may not be to be seen yet. */
  keep({ id, updated = '' }: Entry, record: LedgerRecord): void {
    if (Date.parse(updated) < this.#now() - changedAtLeastMs) this.#kept.set(id, { updated, record });
    else this.#kept.delete(id);
  }

  /** As it was read before; undefined where it was not, or where GitHub shows a change. */
  unchanged({ id, updated }: Entry): LedgerRecord | undefined {
    const known = this.#kept.get(id);
    return known?.updated === updated ? known?.record : undefined;
  }

  /** This process has made it, so that nobody else has written to it before. */
  opened(id: string): void {
    this.#written.set(id, []);
  }

  /** `row`: undefined where nobody knows what came of it. */
  wrote(id: string, row: StatusRow | undefined): void {
    const rows = this.#written.get(id);
    if (rows === undefined) return;
    if (row === undefined) this.#written.delete(id);
    else this.#written.set(id, [row, ...rows]);
  }

  /** What has been written to a record that this process opened; undefined for any other. */
  written(id: string): Statuses | undefined {
    const rows = this.#written.get(id);
    return rows === undefined ? undefined : { rows, isCut: false };
  }
}
