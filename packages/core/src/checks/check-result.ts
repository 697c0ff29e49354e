import type { Measure } from '../ledger/measures.ts';
import type { CheckOutcome } from '../outcome/outcome.ts';
import type { ReasonCode } from '../outcome/reasons.ts';
import type { Measured } from './run/statistics.ts';

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

/**
 * What a person would look at first of an answer: how its body begins (2,000 characters), its headers, where it came from,
 * and what it is found by in the service's logs. Masked.
 */
export interface AnswerSeen {
  readonly body?: string;
  /** The last address, and the IP that answered where that is known. */
  readonly address?: string;
  /** The file of the report that holds all of it. */
  readonly file?: string;
  /** In the order they came; what is a credential by its name is not shown. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly requestId?: { readonly header: string; readonly value: string };
}

/** What the samples of one check measured. Milliseconds, to a tenth; a measure is absent where the samples are too few. */
export interface Latency extends Measured {
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

/** A new release beside an older one, by one measure. Milliseconds. */
export interface Comparison {
  /** What it was compared with: `v41, which served before`. */
  readonly from: string;
  readonly metric: Measure;
  readonly ms: number;
  readonly beforeMs: number;
  /** The most that would have passed. */
  readonly limitMs: number;
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
  /** What came at the last attempt; only of a check that did not pass, and was answered. */
  readonly answer?: AnswerSeen;
  /** The request as a curl command, secrets as `$NAME`; only of an http check that did not pass. */
  readonly curl?: string;
  /** Only of a check that takes samples. */
  readonly latency?: Latency;
  /** Only of a check that was compared with an older release. */
  readonly comparison?: Comparison;
  /** What a page lacked at the last look, each a digest of an address; for the looks that follow, in no report. */
  readonly lacking?: readonly string[];
  /** Milliseconds of each attempt, the newest of many; absent when there was one. */
  readonly totals?: readonly number[];
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
  /** Answers that failed, whole, for files of their own; of the first that failed. Masked. */
  readonly answers?: readonly WholeAnswerText[];
}

export interface WholeAnswerText {
  readonly check: string;
  readonly text: string;
}
