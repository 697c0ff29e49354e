import { isReasonCode, type ReasonCode, reasons } from '../outcome/reasons.ts';
import type { RolloutVerdict } from '../rollout/plan.ts';

/** Of a verdict, what advice goes by. */
export type AdviceFacts = Pick<RolloutVerdict, 'reason' | 'cause' | 'next' | 'previous'>;

/**
 * What to do about a rollout that went wrong. The cause knows this very case, the reason only its kind; but what became of
 * a failed change comes first.
 */
export function adviceOn(verdict: AdviceFacts, action: string): string {
  const { reason, cause, next } = verdict;
  const own = next ?? inThisCase(verdict, action);
  if (own !== undefined) return own;
  const isOfCause = cause?.reason === reason || reason === 'platform-only';
  if (cause !== undefined && isOfCause) return cause.next;
  return isReasonCode(reason) ? reasons[reason].advice : 'Read the log above.';
}

/** A rollback ships nothing, so no file and no input of a deploy can be corrected for it. */
const onRollback: Partial<Record<ReasonCode, string>> = {
  'image-not-found': 'Build and deploy what that release was built from again, or name another with `to`.',
  'config-invalid':
    'Name another release with `to` and a `reason`: flyctl refuses the configuration that is stored with this one.',
  'restore-failed':
    'Look at what serves now, then run it again, or name another release with `to` and a `reason`.',
  'already-live-failing': 'Name an older release with `to` and a `reason`, or fix forward.',
};

function inThisCase({ reason, previous }: AdviceFacts, action: string): string | undefined {
  if (action === 'rollback') return isReasonCode(reason) ? onRollback[reason] : undefined;
  if (reason === 'on-failure-none' && previous === undefined)
    return 'Fix forward: no release came before this one.';
  return undefined;
}
