import type { Severity } from '../check-file.ts';
import type { Attempt, Comparison, Latency, Warning } from '../verdict.ts';
import type { Tried } from './attempt.ts';
import type { BoundCheck } from './bind.ts';

/** One check on its way through the run: what happened so far. */
export class Track {
  readonly bound: BoundCheck;
  readonly severity: Severity;
  /** Consecutive good attempts that its verdict needs. */
  readonly wanted: number;
  /** Milliseconds on the monotonic clock; Infinity without one. */
  readonly deadline: number;
  /** When the run began, on the same clock. */
  readonly from: number;
  streak = 0;
  count = 0;
  release: string | undefined;
  /** The newest attempt that says something about the target. */
  last: Tried | undefined;
  /** The newest samples. */
  latency: Latency | undefined;
  comparison: Comparison | undefined;
  warnings: readonly Warning[] = [];
  /** No further attempt will be made. */
  gaveUp = false;
  readonly #kept: Attempt[] = [];
  readonly #totals: number[] = [];
  #latest: Attempt | undefined;
  #started: number | undefined;
  #ended = 0;

  constructor(bound: BoundCheck, terms: Pick<Track, 'severity' | 'wanted' | 'deadline' | 'from'>) {
    this.bound = bound;
    this.severity = terms.severity;
    this.wanted = terms.wanted;
    this.deadline = terms.deadline;
    this.from = terms.from;
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

  add(tried: Tried, started: number, ended: number): void {
    const attempt = { ...tried.attempt, atMs: Math.round(started - this.from) };
    this.#started ??= started;
    this.#ended = ended;
    this.count = attempt.number;
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
