import type { RefusalKind } from '../github/api.ts';
import type { DeploymentRow, StatusRow } from './rows.ts';

/** A deployment whose statuses are read when they are wanted: what did not come with the list costs a call a page. */
export interface Entry extends DeploymentRow {
  /** The newest of its statuses, where they came with the list. */
  readonly known: readonly StatusRow[];
  /** When GitHub says that it changed last, a new status included; undefined where its statuses came with the list. */
  readonly updated?: string;
  statuses(): Promise<Statuses>;
}

/** What became of a deployment, newest first. */
export interface Statuses {
  readonly rows: readonly StatusRow[];
  /** There are older ones that were not read. */
  readonly isCut: boolean;
}

/** A thousand records back is further than any walk goes, and so are a thousand statuses of one. */
export const pagesAtMost = 10;
export const pageSize = 100;

/** The ledger could not be read on, for a reason in one line; `because` when GitHub refused. */
export class Unreadable extends Error {
  readonly because: RefusalKind;
  constructor(why: string, because: RefusalKind = 'other') {
    super(why);
    this.because = because;
  }
}
