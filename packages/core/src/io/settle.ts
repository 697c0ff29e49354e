import type { Clock } from './clock.ts';
import { HttpError } from './http.ts';

/**
 * When to look again. Each look that finds nothing new makes the pause longer, a change makes it short again: a
 * platform that moves is about to finish, and one that does not is not worth more than a request a second.
 */
export interface SettlePolicy {
  readonly firstMs: number;
  readonly factor: number;
  readonly maxMs: number;
  /** From the first look to the last. */
  readonly deadlineMs: number;
  /** Looks that may fail one after the other before the answer is `unreachable`. */
  readonly failuresInARow: number;
}

/** Knows within a second, at no more than a request a second. Spread it to change the deadline. */
export const settlePolicy: Omit<SettlePolicy, 'deadlineMs'> = {
  firstMs: 250,
  factor: 1.5,
  maxMs: 1_000,
  failuresInARow: 5,
};

export type Settled<T> =
  | { readonly kind: 'final'; readonly value: T }
  /** Time ran out; `last` is what was seen last. */
  | { readonly kind: 'deadline'; readonly last: T }
  /** The last looks failed, and there were too many of them or no time for another. */
  | { readonly kind: 'unreachable'; readonly error: HttpError };

export interface SettleOptions<T> {
  readonly clock: Clock;
  /** Reads the state once; `remainingMs` is what is left of the deadline, for the request's own. */
  readonly look: (remainingMs: number) => Promise<T>;
  readonly isFinal: (value: T) => boolean;
  readonly policy: SettlePolicy;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks until the state is final. A look that fails as HttpError is weather: it is counted, not thrown. Rejects with
 * the reason of the signal, or with any other error of `look`.
 */
export async function settle<T>(options: SettleOptions<T>): Promise<Settled<T>> {
  const { clock, policy, signal } = options;
  const end = clock.monotonic() + policy.deadlineMs;
  let seen: Seen<T> | undefined;
  let failures = 0;
  for (let pauseMs = policy.firstMs; ; pauseMs = Math.min(policy.maxMs, pauseMs * policy.factor)) {
    const look = await lookOnce(options, end - clock.monotonic());
    if (look.kind === 'seen') {
      if (options.isFinal(look.value)) return { kind: 'final', value: look.value };
      const now = { value: look.value, json: JSON.stringify(look.value) };
      if (now.json !== seen?.json) pauseMs = policy.firstMs;
      seen = now;
    }
    failures = look.kind === 'seen' ? 0 : failures + 1;
    const outOfTime = clock.monotonic() + pauseMs >= end;
    // One failed look at the very end does not hide what was seen just before it.
    if (outOfTime && failures <= 1 && seen !== undefined) return { kind: 'deadline', last: seen.value };
    if (look.kind === 'failed' && (outOfTime || failures > policy.failuresInARow)) {
      return { kind: 'unreachable', error: look.error };
    }
    await clock.sleep(pauseMs, signal);
  }
}

interface Seen<T> {
  readonly value: T;
  /** What makes two looks differ. */
  readonly json: string;
}

type Look<T> = { kind: 'seen'; value: T } | { kind: 'failed'; error: HttpError };

async function lookOnce<T>({ look, signal }: SettleOptions<T>, remainingMs: number): Promise<Look<T>> {
  signal?.throwIfAborted();
  try {
    return { kind: 'seen', value: await look(remainingMs) };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof HttpError) return { kind: 'failed', error };
    throw error;
  }
}
