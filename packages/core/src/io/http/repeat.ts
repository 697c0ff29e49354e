import { defined } from '../../text/defined.ts';
import type { Clock } from '../clock.ts';
import { HttpError, type RetryClass } from '../http.ts';
import { retry } from '../retry.ts';
import { AttemptFailure } from './attempt-failure.ts';
import { mayRepeat } from './retry-rules.ts';

/** A request as its errors name it, and how it may be repeated. */
export interface Call {
  readonly method: string;
  /** Redacted. */
  readonly shownUrl: string;
  readonly retry: RetryClass;
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly clock: Clock;
}

const attempts = 6;
const backoff = { firstMs: 250, maxMs: 4_000 };

/** Makes attempts at a call as its class allows; rejects with the HttpError that sums them up. */
export async function repeat<T>(
  call: Call,
  once: (attempt: number, remainingMs: number) => Promise<T>,
): Promise<T> {
  let made = 0;
  // Sticky: when the first of three attempts may have acted, a third that never left does not undo it.
  let maybeEffective = false;
  const counted = async (attempt: number, remainingMs: number) => {
    made = attempt;
    try {
      return await once(attempt, remainingMs);
    } catch (error) {
      if (error instanceof AttemptFailure && error.mayHaveActed) maybeEffective = call.retry !== 'read';
      throw error;
    }
  };
  const shouldRetry = (error: unknown) => error instanceof AttemptFailure && mayRepeat(error, call.retry);
  try {
    return await retry(counted, { ...call, attempts, backoff, shouldRetry });
  } catch (error) {
    if (!(error instanceof AttemptFailure)) throw error;
    throw httpError(error, call, { maybeEffective, attempts: made });
  }
}

/** A failed attempt as callers see it. */
export function httpError(
  failure: AttemptFailure,
  { method, shownUrl }: Call,
  summary: { maybeEffective: boolean; attempts: number },
): HttpError {
  const { kind, reason, status, bodyExcerpt, retryAfterMs } = failure;
  return new HttpError(
    { kind, reason, method, url: shownUrl, bodyExcerpt, ...summary, ...defined({ status, retryAfterMs }) },
    { cause: failure.cause },
  );
}
