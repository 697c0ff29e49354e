import { HttpError } from '../io/http.ts';
import { httpFailure } from '../io/http-failure.ts';
import { ActionFailure, errorMessage } from '../outcome/failure.ts';
import { isReasonCode, type ReasonCode, reasons } from '../outcome/reasons.ts';
import type { PlatformFailure } from '../platforms/platform.ts';
import { defined } from '../text/defined.ts';

/** A failure told by its reason alone, or by a better sentence of what happened. */
export function failureFor(reason: ReasonCode, what: string = reasons[reason].meaning): PlatformFailure {
  return { reason, what, next: reasons[reason].advice };
}

/** A failure whose reason comes from elsewhere; one that is not in the closed list counts as `fallback`. */
export function failureNamed(reason: string, what: string, fallback: ReasonCode): PlatformFailure {
  return failureFor(isReasonCode(reason) ? reason : fallback, what);
}

/** What a thrown error means for the change. */
export function failureOf(error: unknown): PlatformFailure {
  if (error instanceof ActionFailure) {
    const { code, what, why, next, details } = error;
    return {
      reason: isReasonCode(code) ? code : 'deploy-failed',
      what,
      next,
      ...defined({ why, evidence: details }),
    };
  }
  if (error instanceof HttpError) return httpFailure(error);
  return failureFor('bug', messageOf(error));
}

/** What was thrown, in one line. */
export function messageOf(error: unknown): string {
  return errorMessage(error);
}
