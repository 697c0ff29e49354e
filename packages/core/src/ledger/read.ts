import type { DeploymentRow, StatusRow } from './fold.ts';
import type { Refused } from './github-api.ts';

/** A deployment whose statuses are read when they are wanted: by REST they cost a call. */
export interface Entry extends DeploymentRow {
  statuses(): Promise<readonly StatusRow[]>;
}

/** A thousand records back is further than any walk goes. */
export const pagesAtMost = 10;
export const pageSize = 100;

/** The ledger could not be read on, for a reason in one line; `because` when GitHub refused. */
export class Unreadable extends Error {
  readonly because: Refused;
  constructor(why: string, because: Refused = 'other') {
    super(why);
    this.because = because;
  }
}
