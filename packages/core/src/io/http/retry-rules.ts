import type { RetryClass } from '../http.ts';
import type { RetryAnswer } from '../retry.ts';
import type { AttemptFailure } from './attempt-failure.ts';

/** May this request be sent again? A `once` request only after a failure that provably had no effect. */
export function mayRepeat(failure: AttemptFailure, retryClass: RetryClass): RetryAnswer {
  if (failure.permanent) return false;
  if (retryClass === 'once' && !isProvenRefusal(failure)) return false;
  return failure.retryAfterMs === undefined ? true : { afterMs: failure.retryAfterMs };
}

/** A status without Retry-After does not say that asking again is welcome. */
function isProvenRefusal(failure: AttemptFailure): boolean {
  if (failure.mayHaveActed) return false;
  return failure.kind !== 'status' || failure.retryAfterMs !== undefined;
}
