import type { CheckOutcome } from '../outcome.ts';
import type { ReasonCode } from '../reasons.ts';

/** Why an attempt did not pass: the retry classes of the check language. */
export type FailureClass =
  | 'resolve'
  | 'connect'
  | 'timeout'
  | 'tls-transient'
  | 'tls-verdict'
  | 'gateway'
  | 'stale-release'
  | 'assertion'
  | 'definition';

/** One assertion that did not hold: what was read, expected, actual (truncated, masked), and where in the file. */
export interface AssertionFailure {
  readonly read: string;
  readonly expected: string;
  readonly actual: string;
  readonly where?: SourcePlace;
}

/** A place in a check file; lines and columns count from 1. `file` is absent for inline checks. */
export interface SourcePlace {
  readonly file?: string;
  readonly line: number;
  readonly column: number;
}

/** Milliseconds from the start of the attempt; absent when the phase did not happen. */
export interface Phases {
  readonly dns?: number;
  readonly connect?: number;
  readonly tls?: number;
  readonly firstByte?: number;
  readonly download?: number;
  readonly total: number;
}

export interface Attempt {
  readonly number: number;
  readonly outcome: 'pass' | 'fail';
  readonly failureClass?: FailureClass;
  /** One line: `GET https://… → 503`, or `connect ECONNREFUSED`. */
  readonly summary: string;
  readonly failures: readonly AssertionFailure[];
  readonly phases: Phases;
  /** HTTP status when there was an answer. */
  readonly status?: number;
  /** What else was seen, a line each. */
  readonly notes?: readonly string[];
}

export interface CheckResult {
  readonly name: string;
  readonly type: string;
  readonly severity: 'gate' | 'advisory';
  readonly outcome: CheckOutcome | 'skipped';
  readonly reason: ReasonCode;
  /** All attempts are counted; first, last and each change of failure are kept. */
  readonly attempts: readonly Attempt[];
  readonly attemptCount: number;
  readonly durationMs: number;
  /** The check file it stands in; absent for inline checks. */
  readonly file?: string;
  /** Where it stands; absent when it passed. */
  readonly place?: SourcePlace;
  readonly url?: string;
}

export interface ChecksReport {
  readonly outcome: CheckOutcome;
  readonly reason: ReasonCode;
  readonly results: readonly CheckResult[];
  readonly started: string;
  readonly durationMs: number;
  /** Consecutive good rounds reached, of those wanted. */
  readonly successes: { readonly reached: number; readonly wanted: number };
  /** The build the service reported, when a release check asked for it. */
  readonly release?: string;
}
