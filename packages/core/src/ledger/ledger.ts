import type { ChangedFiles } from '../github/changed-files.ts';
import type { CommitOrder } from '../github/commit-order.ts';
import type { Fact, Intent, LedgerRecord } from './record.ts';

/** GitHub shows what was written a moment later, and not always in order; by then all of it is there. Milliseconds. */
export const visibleAfterMs = 3_000;

export type LedgerState = 'in_progress' | 'success' | 'failure' | 'error' | 'inactive';

/** What came of a write. `refused`: nothing that another try would change; what it was is said once. */
export type Writing = 'written' | 'refused' | 'failed';

/** A record being written. Every method warns and does nothing when records cannot be written. */
export interface OpenRecord {
  /** GitHub deployment id; undefined when the token may not write deployments. */
  readonly id: string | undefined;
  /** `again`: it may have been written before, which is looked at first. */
  add(fact: Fact, state: LedgerState, how?: { environmentUrl?: string; again?: true }): Promise<Writing>;
}

/** A page of deployments was read to its end; a next one costs a call. */
export interface PageEnd {
  readonly kind: 'page-end';
  /** Of all deployments so far, anybody's: when the newest and the oldest were created, ISO 8601. */
  readonly newest: string;
  readonly oldest: string;
  /** It was not full, so that no further one comes. */
  readonly isLast: boolean;
}

/** The record of intents and verdicts, kept in GitHub Deployments. Never throws for lack of permission: it says once what is lost. */
export interface Ledger {
  open(kind: 'deploy' | 'rollback', intent: Intent, description: string): Promise<OpenRecord>;
  /** Takes up a record again (in `post`, or from `ledger-id`). */
  reopen(id: string): OpenRecord;
  /** The record that has the intent's nonce, opened by a process that is gone; `unknown` where the list cannot be read. */
  find(intent: Intent): Promise<OpenRecord | 'none' | 'unknown'>;
  /**
   * This environment's and service's records, newest first; foreign records are passed over, and with a key so are those
   * that do not prove themselves. Pages are fetched as they are needed.
   */
  records(environment: string, service: string): AsyncIterable<LedgerRecord>;
  /**
   * The records of all services that change this target, in the same way, with what each page reached between them. `open`:
   * another look at what was read before, where a record that costs a call of its own is asked for only if it is one of
   * these, or GitHub shows it as changed.
   */
  walk(
    environment: string,
    target: string,
    how?: { readonly open: ReadonlySet<string> },
  ): AsyncIterable<LedgerRecord | PageEnd>;
  /** Sets the replaced record of the same service `inactive`, or one that serves no more for another reason (`why`). */
  deactivate(id: string, why?: string): Promise<void>;
  /** Whether GitHub shows a record as inactive; false where that cannot be read. A call. */
  isRetired(id: string): Promise<boolean>;
  /** How `commit` relates to `liveCommit` in the repository's history. */
  commitOrder(commit: string, liveCommit: string): Promise<CommitOrder>;
  /** The repository's files in which `commit` differs from `liveCommit`. */
  changedFiles(commit: string, liveCommit: string): Promise<ChangedFiles>;
  /** Whether there is a `ledger-key`: what is written is signed, and what is not proven decides nothing. */
  readonly isSigned: boolean;
  /** How long a fact may be, characters. */
  readonly factRoom: number;
  /** What `records` has passed over so far, since it does not prove itself: to be shown, never to decide by. */
  readonly doubted: readonly LedgerRecord[];
  /** Whether records can be read and written, known after the first call. */
  readonly availability: 'unknown' | 'full' | 'read-only' | 'none';
}
