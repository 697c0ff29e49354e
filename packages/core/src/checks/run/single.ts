import type { AskTask, Subject } from './prober.ts';
import { mayBeRepeated } from './prober.ts';
import type { Next } from './retry-policy.ts';
import { nextAfter } from './retry-policy.ts';
import { SecondLook } from './second-look.ts';
import type { Track } from './track.ts';
import type { Tried } from './tried.ts';
import type { Manner, RoundsContext, Terms, Took, Unit } from './unit.ts';
import { timeLeft } from './unit.ts';

/** Makes one attempt. Rejects only when aborted. */
export type Ask = (task: AskTask) => Promise<Tried>;

/** One check: a round is an attempt. */
export class Single implements Unit {
  readonly track: Track;
  readonly terms: Terms;
  deadline = Number.POSITIVE_INFINITY;
  gaveUp = false;
  readonly #subject: Subject;
  readonly #ask: Ask;
  /** Attempts before `begin`: those of earlier passes through a scenario. */
  #before = 0;
  readonly #secondLook = new SecondLook();

  constructor(track: Track, subject: Subject, terms: Terms, ask: Ask) {
    this.track = track;
    this.#subject = subject;
    this.terms = terms;
    this.#ask = ask;
  }

  get isGate(): boolean {
    return this.track.isGate;
  }

  get tracks(): readonly Track[] {
    return [this.track];
  }

  get streak(): number {
    return this.track.streak;
  }

  get culprit(): Track {
    return this.track;
  }

  begin(now: number): void {
    const { untilMs } = this.#subject.check.retry;
    const hasEnd = untilMs !== undefined && untilMs > 0;
    this.deadline = hasEnd ? now + this.terms.delayMs + untilMs : Number.POSITIVE_INFINITY;
    this.#before = this.track.count;
    this.gaveUp = false;
  }

  /** One attempt under the limit. The first has its whole timeout; later ones what is left of the retry time. */
  round(manner: Manner, run: RoundsContext): Promise<Took> {
    const { track } = this;
    const { check, repeatable } = this.#subject;
    if (manner === 'harmless' && !repeatable) {
      track.skipped = { outcome: 'skipped', reason: 'not-repeatable' };
      return Promise.resolve('none');
    }
    return run.limit(async () => {
      if (run.stop.isStopped) return 'none';
      const isFirst = track.count === this.#before;
      const left = timeLeft(isFirst ? run.deadline : Math.min(this.deadline, run.deadline), run);
      if (left <= 0) return 'none';
      const timeoutMs = Math.min(check.timeoutMs, left);
      const started = run.clock.monotonic();
      // What has been measured once is asked once in the rounds that follow.
      const purpose = manner === 'once' || track.streak > 0 ? 'none' : run.sampling;
      const known = run.baselines?.(check.name);
      const tried = await this.#ask({ number: track.count + 1, timeoutMs, leftMs: left, purpose, known });
      track.add(tried, started, run.clock.monotonic());
      track.skipped = undefined;
      const { number, outcome, summary } = tried.attempt;
      run.onProgress?.({ check: check.name, attempt: number, outcome, summary });
      if (tried.cutShort) return 'none';
      return outcome === 'pass' ? 'good' : tried.endsAs === 'error' ? 'error' : 'bad';
    });
  }

  next(failures: number, run: RoundsContext): Next {
    return this.terms.looksTwice ? this.#lookAgain(run) : this.#byItsRules(failures, run);
  }

  #lookAgain(run: RoundsContext): Next {
    const { track } = this;
    const { last: tried } = track;
    if (tried === undefined) return { kind: 'stop' };
    const next = this.#secondLook.next({
      ...{ tried, now: run.clock.monotonic(), leftMs: timeLeft(run.deadline, run) },
      ...{ repeatable: mayBeRepeated(this.#subject), timeoutMs: this.#subject.check.timeoutMs },
    });
    if (next.kind === 'wait') track.askAgain();
    return next;
  }

  #byItsRules(failures: number, run: RoundsContext): Next {
    const { check, repeatable } = this.#subject;
    const left = timeLeft(Math.min(this.deadline, run.deadline), run);
    const failed = {
      failureClass: this.track.last?.attempt.failureClass ?? 'timeout',
      attempts: this.track.count - this.#before,
      failures,
      leftMs: Number.isFinite(left) ? left : undefined,
      repeatable,
      retryAfterMs: this.track.last?.retryAfterMs,
      timeoutMs: check.timeoutMs,
      random: run.random(),
    } as const;
    return nextAfter(failed, check.retry);
  }
}
