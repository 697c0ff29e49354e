import type { RetryRules } from '../check-file.ts';
import type { Attempt } from '../check-result.ts';
import { failureText } from '../failure-text.ts';
import type { AttemptResult } from './attempt-result.ts';
import type { Next } from './retry-policy.ts';

/** How long a service that is not reached has to come good, from its first failure on. Milliseconds. */
const unreachedMs = 30_000;
/** Before each further attempt. Milliseconds. */
const pauseMs = 5_000;

const stop: Next = { kind: 'stop' };

/** Whether a check says itself how often it is asked; then nobody else does. */
export function hasOwnRetry({ untilMs, attempts }: RetryRules): boolean {
  return untilMs !== undefined || attempts !== undefined;
}

/** A gate has failed, and asks for no retry. Times are milliseconds. */
export interface FailedGate {
  readonly tried: AttemptResult;
  /** Monotonic. */
  readonly now: number;
  /** Until the end of the run. */
  readonly leftMs: number;
  /** Whether everything that was sent may be sent again. */
  readonly repeatable: boolean;
  readonly timeoutMs: number;
}

/**
 * One blip moves no traffic: a service that was not reached has 30 s to come good, and any other failure counts once it
 * was met twice, 5 s apart. A gate has both once, however often it fails: what goes up and down is not good.
 */
export class SecondLook {
  #endsAt: number | undefined;
  #isConfirmed = false;

  /** What has been met so far, and whether that is worth another attempt. What is no failure of the release is not. */
  next({ tried, now, leftMs, repeatable, timeoutMs }: FailedGate): Next {
    if (!repeatable || !(isOfRelease(tried) || isInBetween(tried))) return stop;
    this.#endsAt ??= now + unreachedMs;
    if (isUnreached(tried.attempt)) {
      const left = Math.min(this.#endsAt - now, leftMs);
      return waiting(politePause(tried.retryAfterMs, left - timeoutMs), left);
    }
    if (this.#isConfirmed) return stop;
    this.#isConfirmed = true;
    return waiting(pauseMs, leftMs);
  }
}

function isOfRelease({ endsAs, undecided }: AttemptResult): boolean {
  return endsAs === 'fail' && undecided === undefined;
}

/** What stood before the service may let the next request through. */
function isInBetween({ reason, undecided = reason }: AttemptResult): boolean {
  return undecided === 'challenged' || undecided === 'cached';
}

/** A pause that would cross the end is not begun. */
function waiting(ms: number, leftMs: number): Next {
  return ms >= leftMs ? stop : { kind: 'wait', ms };
}

/** `Retry-After` is honoured as far as an attempt still fits after it. */
function politePause(retryAfterMs = 0, mostMs = 0): number {
  return Math.max(pauseMs, Math.min(retryAfterMs, mostMs));
}

/** The service was not reached, or someone before it answered in its place. One that is busy (429) was reached. */
export function isUnreached({ failureClass, status }: Attempt): boolean {
  switch (failureClass) {
    case 'resolve':
    case 'connect':
    case 'timeout':
    case 'tls-transient':
      return true;
    case 'gateway':
      return status === undefined || ![408, 425, 429].includes(status);
    default:
      return false;
  }
}

/** A gate that was asked again: what it met at first, and what came of it. */
export interface AskedAgain {
  readonly first: Attempt;
  /** Monotonic: when the first failure was known. */
  readonly since: number;
  times: number;
  last: Attempt | undefined;
  /** When the last attempt began. */
  until: number;
}

/** `503 at first, asked again after 5 s: 200`; undefined where it was not asked again after all. */
export function askedAgainText({ first, since, times, last, until }: AskedAgain): string | undefined {
  if (last === undefined) return undefined;
  const seconds = `${Math.round((until - since) / 1000)} s`;
  const when = times === 1 ? `after ${seconds}` : `${times} times within ${seconds}`;
  return `${met(first)} at first, asked again ${when}: ${met(last)}`;
}

/** The status where that says it all. */
function met({ outcome, failures: [failure], status, summary }: Attempt): string {
  const isAboutStatus = outcome === 'pass' || failure === undefined || failure.read === 'status';
  if (status !== undefined && isAboutStatus) return String(status);
  return `“${failure === undefined ? summary : failureText(failure)}”`;
}
