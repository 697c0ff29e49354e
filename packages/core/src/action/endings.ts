import type { ReasonCode } from '../outcome/reasons.ts';
import type { ActionResult } from './action.ts';

/** A way an action can end. Each action's `reasons.ts` exports its own as `endings`; the docs list them. */
export interface Ending {
  readonly outcome: ActionResult['outcome'];
  readonly reason: ReasonCode;
}

/** The endings of one outcome: `endingsOf('live', ['verified', 'platform-only'])`. */
export function endingsOf(outcome: Ending['outcome'], reasons: readonly ReasonCode[]): readonly Ending[] {
  return reasons.map((reason) => ({ outcome, reason }));
}

/** The endings `runAction` gives every action. */
export const commonEndings: readonly Ending[] = [
  ...endingsOf('cancelled', ['cancelled']),
  ...endingsOf('error', ['input-invalid', 'bug']),
];

/** Why a rollout can end without a judgement: its checks came to none, or nobody could be asked what serves. */
export const unjudgedReasons = [
  'runner-network',
  'unreachable-before',
  'platform-unreachable',
  'not-stable',
  'out-of-time',
  'too-few-samples',
  'interrupted',
  'both-down',
  'watch-incomplete',
  'condition-false',
  'checks-error',
  'deployment-protected',
  'challenged',
  'cached',
] as const satisfies readonly ReasonCode[];
