import type { RetryRules } from '../check-file.ts';
import type { FailureClass } from '../check-result.ts';

/** What the next step after a failed attempt is decided from. Times are milliseconds. */
export interface Failed {
  readonly failureClass: FailureClass;
  /** Attempts in all so far. */
  readonly attempts: number;
  /** Failures in this wait so far: the pause grows with them. */
  readonly failures: number;
  /** Until the deadline; undefined when there is none. */
  readonly leftMs: number | undefined;
  readonly repeatable: boolean;
  readonly retryAfterMs: number | undefined;
  /** The check's own timeout: the time the last attempt would need. */
  readonly timeoutMs: number;
  /** From 0 to 1, for the jitter. */
  readonly random: number;
}

export type Next = { readonly kind: 'stop' } | { readonly kind: 'wait'; readonly ms: number };

const stop: Next = { kind: 'stop' };

/** Whether to try again, and after what pause. A pause that would cross the deadline is not begun. */
export function nextAfter(failed: Failed, rules: RetryRules): Next {
  if (rules.untilMs === undefined && rules.attempts === undefined) return stop;
  if (rules.untilMs === 0 || !mayHeal(failed.failureClass, rules)) return stop;
  if (!failed.repeatable && !rules.unsafe) return stop;
  if (rules.attempts !== undefined && failed.attempts >= rules.attempts) return stop;
  const ms = pause(failed, rules);
  return failed.leftMs !== undefined && ms >= failed.leftMs ? stop : { kind: 'wait', ms };
}

function mayHeal(failureClass: FailureClass, rules: RetryRules): boolean {
  if (failureClass === 'tls-verdict' && rules.tls) return true;
  return rules.on.includes(failureClass);
}

/** `Retry-After` is honoured as far as a last attempt still fits before the deadline. */
function pause({ failures, leftMs, retryAfterMs, timeoutMs, random }: Failed, rules: RetryRules): number {
  const grown = rules.intervalMs * rules.backoff ** Math.max(0, failures - 1);
  const own = Math.min(grown, rules.maxIntervalMs) * (1 + rules.jitter * (2 * random - 1));
  if (retryAfterMs === undefined || retryAfterMs <= own) return own;
  return leftMs === undefined ? retryAfterMs : Math.max(own, Math.min(retryAfterMs, leftMs - timeoutMs));
}
