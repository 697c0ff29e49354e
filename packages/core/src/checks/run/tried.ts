import type { ReasonCode } from '../../reasons.ts';
import type { Redactor } from '../../redactor.ts';
import type { Objection } from '../types/check-type.ts';
import type { Attempt, Comparison, Latency, Warning } from '../verdict.ts';
import type { TargetFacts } from './prober.ts';

/** One attempt and what the retry rules need to know of it. */
export interface Tried {
  readonly attempt: Attempt;
  readonly retryAfterMs: number | undefined;
  /** It ran out of a time that was cut short by a deadline: that is no evidence against the target. */
  readonly cutShort: boolean;
  /** What a failure says of the release. */
  readonly endsAs: Objection['endsAs'];
  /** Why the check cannot work, where that is known. */
  readonly reason?: ReasonCode;
  readonly release: string | undefined;
  /** Whether the target said anything. */
  readonly isAnswered: boolean;
  /** Not rounded. */
  readonly durationMs: number;
  /** The bars `degraded` that it went over, and what else is worth a warning. */
  readonly warnings: readonly Warning[];
  /** What many samples measured, when this was more than one. */
  readonly latency?: Latency;
  readonly comparison?: Comparison;
  /** Why the attempt cannot be judged, though it did not pass. */
  readonly undecided?: ReasonCode;
  /** Where it was asked, when only the pass through its scenario could tell. */
  readonly target?: TargetFacts;
}

/** An attempt that never came to be sent: something it needs cannot be used. */
export function unusable(summary: string, number: number): Tried {
  const attempt = {
    number,
    outcome: 'fail',
    failureClass: 'definition',
    summary,
    failures: [],
    phases: { total: 0 },
  } as const;
  return {
    ...{ attempt, retryAfterMs: undefined, cutShort: false, endsAs: 'error', release: undefined },
    ...{ isAnswered: false, durationMs: 0, warnings: [] },
  };
}

/** An attempt that nothing foresaw the end of: the error of one check, while the others go on. */
export function notCarriedOut(why: string, number: number): Tried {
  return unusable(`could not be carried out: ${why}`, number);
}

/** What a report tells of an exception, which may quote an answer: as much as fits a line, masked. */
export function exceptionText(error: unknown, redactor: Redactor): string {
  return redactor.excerpt(error instanceof Error ? `${error.name}: ${error.message}` : String(error), 500);
}
