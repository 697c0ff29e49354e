import type { Clock } from './clock.ts';

/** Pauses between attempts, milliseconds: full jitter below `firstMs × factor^n`, never above `maxMs`. */
export interface Backoff {
  readonly firstMs: number;
  /** Default 2. */
  readonly factor?: number;
  readonly maxMs: number;
  /** From 0 up to 1; tests replace it. Default `Math.random`. */
  readonly random?: () => number;
}

/** Attempts, a deadline, or both: a retry without an end does not compile. */
export type RetryBound =
  | { readonly attempts: number; readonly deadlineMs?: number }
  | { readonly attempts?: number; readonly deadlineMs: number };

/** `true`: pause as the backoff says. `afterMs`: the other side has named the pause. */
export type RetryAnswer = boolean | { readonly afterMs: number };

export type RetryPolicy = RetryBound & {
  readonly clock: Clock;
  readonly backoff: Backoff;
  readonly shouldRetry: (error: unknown) => RetryAnswer;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Repeats `work` until it succeeds, and rejects with its last error when the policy allows no more.
 * A pause that would end beyond the deadline is not begun: waiting for nothing helps nobody.
 * `work` is told the attempt, from 1, and the milliseconds left (Infinity without a deadline).
 */
export async function retry<T>(
  work: (attempt: number, remainingMs: number) => Promise<T>,
  policy: RetryPolicy,
): Promise<T> {
  const { clock, signal, attempts = Number.POSITIVE_INFINITY } = policy;
  const end = clock.monotonic() + (policy.deadlineMs ?? Number.POSITIVE_INFINITY);
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    try {
      return await work(attempt, end - clock.monotonic());
    } catch (error) {
      signal?.throwIfAborted();
      const answer = attempt < attempts && policy.shouldRetry(error);
      if (answer === false) throw error;
      const pauseMs = answer === true ? jitteredPause(policy.backoff, attempt) : answer.afterMs;
      if (clock.monotonic() + pauseMs >= end) throw error;
      await clock.sleep(pauseMs, signal);
    }
  }
}

function jitteredPause(
  { firstMs, factor = 2, maxMs, random = Math.random }: Backoff,
  attempt: number,
): number {
  return Math.min(maxMs, firstMs * factor ** (attempt - 1)) * random();
}
