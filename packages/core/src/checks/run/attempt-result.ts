import type { Redactor } from '../../io/redactor.ts';
import type { ReasonCode } from '../../outcome/reasons.ts';
import type { AnswerSeen, Attempt, Comparison, Latency, Warning } from '../check-result.ts';
import type { Finding, WholeAnswer } from '../types/check-type.ts';

/** One attempt and what the retry rules need to know of it. */
export interface AttemptResult {
  readonly attempt: Attempt;
  readonly retryAfterMs: number | undefined;
  /** It ran out of a time that was cut short by a deadline: that is no evidence against the target. */
  readonly cutShort: boolean;
  /** What a failure says of the release. */
  readonly endsAs: Finding['endsAs'];
  /** Why the check cannot work, where that is known. */
  readonly reason?: ReasonCode;
  readonly release: string | undefined;
  /** Whether the target said anything. */
  readonly isAnswered: boolean;
  /** Only of an attempt that failed. */
  readonly answer?: AnswerSeen;
  /** The same, all of it; stays where it was asked. */
  readonly whole?: WholeAnswer;
  /** The request as a shell command, of an http check that failed. Masked. */
  readonly curl?: string;
  /** Not rounded. */
  readonly durationMs: number;
  /** The thresholds `degraded` that it went over, and what else is worth a warning. */
  readonly warnings: readonly Warning[];
  /** What a page lacked, each a digest of an address. */
  readonly lacking?: readonly string[];
  /** What many samples measured, when this was more than one. */
  readonly latency?: Latency;
  readonly comparison?: Comparison;
  /** Why the attempt cannot be judged, though it did not pass. */
  readonly undecided?: ReasonCode;
  /** A cache gave the answer from before the change: passed or not, it is no evidence of the release. */
  readonly isKept?: true;
  /** Where it was asked, when only the pass through its scenario could tell. */
  readonly target?: TargetFacts;
}

/** An attempt that never came to be sent: something it needs cannot be used. */
export function unusableAttempt(summary: string, number: number): AttemptResult {
  const attempt = {
    number,
    outcome: 'fail',
    failureClass: 'definition',
    summary,
    failures: [],
    phases: { total: 0 },
  } as const;
  return {
    attempt,
    retryAfterMs: undefined,
    cutShort: false,
    endsAs: 'error',
    release: undefined,
    isAnswered: false,
    durationMs: 0,
    warnings: [],
  };
}

/** The same where what the service gave before is what cannot be used: that is no fault of the check. */
export function unusableCapture(summary: string, number: number): AttemptResult {
  const tried = unusableAttempt(summary, number);
  return { ...tried, attempt: { ...tried.attempt, failureClass: 'assertion' }, endsAs: 'fail' };
}

/** An attempt that was never made: the time of the run was over when its turn came. */
export function outOfTimeAttempt(number: number): AttemptResult {
  const { attempt, ...rest } = unusableAttempt('not asked, since the time was up', number);
  return { ...rest, endsAs: 'fail', cutShort: true, attempt: { ...attempt, failureClass: 'timeout' } };
}

/** An attempt that nothing foresaw the end of: the error of one check, while the others go on. */
export function notCarriedOut(why: string, number: number): AttemptResult {
  return unusableAttempt(`could not be carried out: ${why}`, number);
}

/** What a report tells of an exception, which may quote an answer: as much as fits a line, masked. */
export function exceptionText(error: unknown, redactor: Redactor): string {
  return redactor.excerpt(error instanceof Error ? `${error.name}: ${error.message}` : String(error), 500);
}

/** Where a check is asked, as reports and verdicts need it. */
export interface TargetFacts {
  readonly url?: string | undefined;
  /** The host it connects to; undefined when it connects to none. */
  readonly host?: string | undefined;
}
