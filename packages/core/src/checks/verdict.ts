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
  /** Milliseconds from the start of the run to its own. */
  readonly atMs?: number;
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

/** What the samples of one check measured. Milliseconds, to a tenth; a measure is absent where the samples are too few. */
export interface Latency {
  readonly p50?: number;
  readonly p90?: number;
  readonly p95?: number;
  readonly p99?: number;
  readonly max?: number;
  readonly mean?: number;
  /** Good samples, warm-up apart. */
  readonly samples: number;
  /** Samples that got no answer at all. */
  readonly lost: number;
  /** Each good sample, in the order they were taken. */
  readonly values: readonly number[];
  /** What was dropped. */
  readonly warmup: readonly number[];
}

/** Something people should know that decides nothing. Masked. */
export interface Warning {
  readonly message: string;
  readonly where?: SourcePlace;
}

export interface CheckResult {
  readonly name: string;
  /** The scenario whose step it is; `name` begins with it. */
  readonly scenario?: string;
  readonly type: string;
  readonly severity: 'gate' | 'advisory';
  readonly outcome: CheckOutcome | 'skipped';
  readonly reason: ReasonCode;
  /** Why it was skipped, in words; absent when the reason says it all. */
  readonly cause?: string;
  /** All attempts are counted; first, last and each change of failure are kept. */
  readonly attempts: readonly Attempt[];
  readonly attemptCount: number;
  readonly durationMs: number;
  /** The check file it stands in; absent for inline checks. */
  readonly file?: string;
  /** Where it stands; absent when it passed. */
  readonly place?: SourcePlace;
  readonly url?: string;
  /** Milliseconds of each attempt, the newest of many; absent when there was one. */
  readonly totals?: readonly number[];
  /** Only of a check that takes samples. */
  readonly latency?: Latency;
  readonly warnings?: readonly Warning[];
  /** What the rounds of the watch came to; absent when it was not watched. */
  readonly watch?: WatchCounts;
}

/** Rounds of a watch, as one check saw them. */
export interface WatchCounts {
  readonly good: number;
  readonly bad: number;
  /** Rounds in which the check itself could not be carried out. */
  readonly errors: number;
  /** Rounds left out because the one before took too long. */
  readonly late: number;
}

/** The watch over a verdict. Milliseconds. */
export interface WatchReport {
  readonly forMs: number;
  readonly lastedMs: number;
  readonly ended: 'in-time' | 'over-limit' | 'cut-short';
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
  /** Absent when nothing was watched. */
  readonly watch?: WatchReport;
}
