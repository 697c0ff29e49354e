import type { Severity } from '../check-file.ts';
import type { Attempt, Comparison, Latency, Warning, WatchCounts } from '../verdict.ts';
import type { Decision } from './decide.ts';
import type { CheckFacts, DocumentFacts, Subject, TargetFacts } from './prober.ts';
import type { AskedAgain } from './second-look.ts';
import type { Tried } from './tried.ts';

/** The check a track is about, and what its verdict needs. */
export interface TrackParts {
  readonly subject: Subject;
  readonly severity: Severity;
  /** Consecutive good attempts that its verdict needs. */
  readonly wanted: number;
  /** When the run began, milliseconds on the monotonic clock. */
  readonly from: number;
}

/** One check on its way through the run: what happened so far. */
export class Track {
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
  last: Tried | undefined;
  /** The newest samples. */
  latency: Latency | undefined;
  comparison: Comparison | undefined;
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

  constructor({ subject, severity, wanted, from }: TrackParts) {
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

  add(tried: Tried, started: number, ended: number): void {
    const { attempt } = tried;
    this.#noteAskedAgain(attempt, started);
    this.#started ??= started;
    this.#ended = ended;
    this.count = attempt.number;
    this.target = tried.target ?? this.target;
    this.#totals.push(attempt.phases.total);
    if (this.#totals.length > mostTotals) this.#totals.shift();
    const before = this.#latest;
    this.#latest = attempt;
    if (before === undefined || !sameFailure(before, attempt)) this.#kept.push(attempt);
    if (tried.cutShort) return;
    this.last = tried;
    this.release = tried.release ?? this.release;
    // A round that only asks once takes nothing back of what the samples showed.
    if (tried.latency !== undefined || this.latency === undefined) this.warnings = tried.warnings;
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
