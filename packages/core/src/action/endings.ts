import type { ReasonCode } from '../reasons.ts';
import type { ActionResult } from './action.ts';

/** A way an action can end. Each action's `reasons.ts` exports its own as `endings`; the docs list them. */
export interface Ending {
  readonly outcome: ActionResult['outcome'];
  readonly reason: ReasonCode;
}

/** The endings `runAction` gives every action. */
export const commonEndings: readonly Ending[] = [
  { outcome: 'cancelled', reason: 'cancelled' },
  { outcome: 'error', reason: 'input-invalid' },
  { outcome: 'error', reason: 'bug' },
];
