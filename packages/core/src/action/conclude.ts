import { HttpError } from '../io/http.ts';
import { httpFailure } from '../io/http-failure.ts';
import { ActionFailure, errorMessage, type FailureText } from '../outcome/failure.ts';
import { isReasonCode } from '../outcome/reasons.ts';
import type { ActionResult } from './action.ts';

/** What the world around a failed run says about it. */
export interface Circumstances {
  readonly cancelled: boolean;
  /** The run itself threw, in place of being given up: once something is under way, its rollout answers for it. */
  readonly isOwn: boolean;
  /** Where our bugs are reported, when the runner says which repository the action came from. */
  readonly issuesUrl: string | undefined;
}

/** The result of a run that threw. */
export function concludeError(error: unknown, { cancelled, isOwn, issuesUrl }: Circumstances): ActionResult {
  // Whatever fails after the signal fails because of it: aborted requests and killed tools are no bugs.
  if (cancelled) return isOwn ? { ...cancelledResult, untouched: true } : cancelledResult;
  if (error instanceof ActionFailure) {
    return failed('error', isReasonCode(error.code) ? error.code : 'bug', error);
  }
  if (error instanceof HttpError) {
    const { reason, what, next } = httpFailure(error);
    // What throws has shipped nothing: there is nothing of ours to look at.
    const again = `Check that this runner reaches ${URL.parse(error.url)?.host ?? 'the host'}, then run the job again.`;
    return failed('error', reason, { code: reason, what, next: error.status === undefined ? again : next });
  }
  const message = errorMessage(error);
  return failed('error', 'bug', {
    code: 'bug',
    what: `Belay failed in a way it should not: ${message}`,
    next: `Report it with the log of this step ${issuesUrl === undefined ? 'to the action’s repository' : `at ${issuesUrl}`}.`,
  });
}

/** The result of a run that did not come back before the runner would have killed it. */
export const cancelledResult = failed('cancelled', 'cancelled', {
  code: 'cancelled',
  what: 'The job was cancelled.',
  next: 'See what serves now, then run the job again.',
});

/** What throws has shipped nothing: once something was recorded, every failure is part of a rollout's verdict. */
function lastWords(outcome: 'error' | 'cancelled', reason: string): string | undefined {
  if (outcome === 'cancelled') return undefined;
  return reason === 'bug'
    ? 'What serves now is not known to this step: look at the platform.'
    : 'Nothing was shipped by this step: no release has taken the place of what served before.';
}

function failed(outcome: 'error' | 'cancelled', reason: string, failure: FailureText): ActionResult {
  return {
    outcome,
    reason,
    ok: false,
    outputs: {},
    headline: lastWords(outcome, reason) ?? failure.what,
    failure,
  };
}
