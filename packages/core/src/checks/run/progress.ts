import type { Severity } from '../check-file.ts';
import type { Attempt, Comparison, Latency, Warning, WatchCounts } from '../check-result.ts';
import type { AttemptResult, TargetFacts } from './attempt-result.ts';
import type { Decision } from './decide.ts';
import type { CheckFacts, CheckToAsk, DocumentFacts } from './prober.ts';
import type { AskedAgain } from './second-look.ts';

/** The check whose progress it is, and what its verdict needs. */
export interface ProgressParts {
  readonly subject: CheckToAsk;
  readonly severity: Severity;
  /** Consecutive good attempts that its verdict needs. */
  readonly wanted: number;
  /** When the run began, milliseconds on the monotonic clock. */
  readonly from: number;
}

/** One check on its way through the run: what happened so far. */
export class Progress {
  /** Its place in the run. */
  readonly at: number;
  readonly check: CheckFacts;
  readonly document: DocumentFacts;
  readonly severity: Severity;
  readonly wanted: number;
  readonly from: number;
  /** Where it was asked last; undefined when nothing was yet and only earlier steps tell. */
  target: TargetFacts | undefined;
  streak = 0;
  count = 0;
  release: string | undefined;
  /** The newest attempt that says something about the target. */
  last: AttemptResult | undefined;
  /** The newest samples. */
  latency: Latency | undefined;
  comparison: Comparison | undefined;
  /** What a page lacked. */
  lacking: readonly string[] = [];
  warnings: readonly Warning[] = [];
  /** Why it was not tried, when its turn came last. */
  skipped: Decision | undefined;
  /** Set once a gate that asked for no retry is asked again. */
  askedAgain: AskedAgain | undefined;
  /** Another gate was lost, so it was not asked as often as its verdict needs. */
  isCalledOff = false;
  /** What the rounds of the watch came to; undefined when it was not watched. */
  watched: { -readonly [K in keyof WatchCounts]: WatchCounts[K] } | undefined;
  readonly #kept: Attempt[] = [];
  readonly #totals: number[] = [];
  #latest: Attempt | undefined;
  #started: number | undefined;
  #ended = 0;
  #isAskedAgain = false;

  constructor({ subject, severity, wanted, from }: ProgressParts) {
    this.at = subject.at;
    this.check = subject.check;
    this.document = subject.document;
    this.target = subject.target;
    this.severity = severity;
    this.wanted = wanted;
    this.from = from;
  }

  get isGate(): boolean {
    return this.severity === 'gate';
  }

  /** First, last and each change of failure: a thousand equal attempts are two. */
  get attempts(): readonly Attempt[] {
    const latest = this.#latest;
    return latest === undefined || this.#kept.includes(latest) ? this.#kept : [...this.#kept, latest];
  }

  /** Milliseconds of each attempt, the newest of many. */
  get totals(): readonly number[] {
    return this.#totals;
  }

  /** From the start of the first attempt to the end of the last, pauses included. */
  get durationMs(): number {
    return this.#started === undefined ? 0 : Math.round(this.#ended - this.#started);
  }

  /** The newest failure is not taken for the last word. */
  askAgain(): void {
    const first = this.#latest;
    if (first === undefined) return;
    this.askedAgain ??= { first, since: this.#ended, times: 0, last: undefined, until: this.#ended };
    this.#isAskedAgain = true;
  }

  add(tried: AttemptResult, started: number, ended: number): void {
    const { attempt } = tried;
    this.#noteAskedAgain(attempt, started);
    this.#started ??= started;
    this.#ended = ended;
    this.count = attempt.number;
    this.target = tried.target ?? this.target;
    this.#totals.push(attempt.phases.total);
    if (this.#totals.length > mostTotals) this.#totals.shift();
    // What was cut short says nothing, and hides nothing that was said before.
    if (tried.cutShort && this.last !== undefined) return;
    const before = this.last === undefined ? undefined : this.#latest;
    if (this.last === undefined) this.#kept.length = 0;
    this.#latest = attempt;
    if (before === undefined || !sameFailure(before, attempt)) this.#kept.push(attempt);
    if (tried.cutShort) return;
    this.last = tried;
    this.release = tried.release ?? this.release;
    // A round that only asks once takes nothing back of what the samples showed.
    if (tried.latency !== undefined || this.latency === undefined) this.warnings = tried.warnings;
    this.lacking = tried.lacking ?? [];
    this.comparison = tried.comparison ?? this.comparison;
    this.latency = tried.latency ?? this.latency;
    this.streak = attempt.outcome === 'pass' ? this.streak + 1 : 0;
  }

  #noteAskedAgain(attempt: Attempt, started: number): void {
    if (this.askedAgain === undefined || !this.#isAskedAgain) return;
    this.askedAgain.times++;
    this.askedAgain.last = attempt;
    this.askedAgain.until = started;
    this.#isAskedAgain = false;
  }
}

/** As many as a sparkline shows. */
const mostTotals = 60;

function sameFailure(one: Attempt, other: Attempt): boolean {
  return (
    one.outcome === other.outcome &&
    one.failureClass === other.failureClass &&
    one.status === other.status &&
    one.failures.length === other.failures.length &&
    one.failures.every((failure, index) => failure.actual === other.failures[index]?.actual)
  );
}
