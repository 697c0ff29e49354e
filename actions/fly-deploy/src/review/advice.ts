import { ActionFailure, type ActionResult, type FailureText } from '#core';
import type { RolloutVerdict } from '#core/deployment';
import { defined } from '#core/inputs';

/** What fails in the same way as any deploy, and is mended otherwise: no input names a review app or its machines. */
const ofReason: Readonly<Record<string, string>> = {
  'app-not-found': 'Run the job again: an app that was destroyed meanwhile is made anew.',
  'unmanaged-machines': 'Put them under the client’s care, or destroy them.',
  'on-failure-none': 'Fix forward: push what mends it.',
};

/** A review app is made and destroyed by a token of the organization. Undefined where the advice stays as it is. */
function otherAdvice({ code, next }: Pick<FailureText, 'code' | 'next'>, organization: string) {
  if (code === 'token-rejected' || code === 'token-kind') {
    if (next.includes('tokens create org')) return undefined;
    return `Run \`fly tokens create org --org ${organization}\` and store its whole output as the secret this job reads.`;
  }
  // Of its machines the gate says itself what can be done.
  return code === 'app-not-found' ? ofReason[code] : undefined;
}

/** The same verdict with what a run about review apps is advised, before anything is rendered of it. */
export function verdictForReview(verdict: RolloutVerdict, organization: string): RolloutVerdict {
  const { cause, reason } = verdict;
  if (cause?.reason === reason) {
    const next = otherAdvice({ code: reason, next: cause.next }, organization) ?? cause.next;
    return { ...verdict, cause: { ...cause, next } };
  }
  const next = verdict.next ?? ofReason[reason] ?? otherAdvice({ code: reason, next: '' }, organization);
  return next === undefined ? verdict : { ...verdict, next };
}

export function adviceForReview<F extends FailureText>(failure: F, organization: string): F {
  const next = otherAdvice(failure, organization);
  return next === undefined ? failure : { ...failure, next };
}

/** The same of what a run comes to before or after its deploy, thrown or told. */
export async function advisedForReview(
  organization: string,
  work: () => Promise<ActionResult>,
): Promise<ActionResult> {
  try {
    const result = await work();
    const { failure } = result;
    return failure === undefined ? result : { ...result, failure: adviceForReview(failure, organization) };
  } catch (error) {
    if (!(error instanceof ActionFailure)) throw error;
    const { code, what, why, next, docs, details } = error;
    const text = {
      code,
      what,
      next,
      ...defined({ why, docs, details }),
    };
    throw new ActionFailure(adviceForReview(text, organization), { cause: error });
  }
}
