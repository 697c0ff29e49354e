import { leastMs } from '../exchange/attempt-watch.ts';
import type { AttemptResult } from './attempt-result.ts';
import type { AskTask, CheckToAsk } from './prober.ts';
import { mayBeRepeated } from './prober.ts';
import type { Progress } from './progress.ts';
import type { Next } from './retry-policy.ts';
import { nextAfter } from './retry-policy.ts';
import { SecondLook } from './second-look.ts';
import type { RoundMode, RoundResult, RoundsContext, Unit, UnitRules } from './unit.ts';
import { timeLeft } from './unit.ts';

/** Makes one attempt. Rejects only when aborted. */
export type MakeAttempt = (task: AskTask) => Promise<AttemptResult>;

/** One check: a round is an attempt. */
export class SingleCheck implements Unit {
  readonly track: Progress;
  readonly rules: UnitRules;
  deadline = Number.POSITIVE_INFINITY;
  gaveUp = false;
  readonly #subject: CheckToAsk;
  readonly #ask: MakeAttempt;
  /** Attempts before `begin`: those of earlier passes through a scenario. */
  #before = 0;
  #secondLook: SecondLook | undefined;

  constructor(track: Progress, subject: CheckToAsk, rules: UnitRules, ask: MakeAttempt) {
    this.track = track;
    this.#subject = subject;
    this.rules = rules;
    this.#ask = ask;
  }

  get isGate(): boolean {
    return this.track.isGate;
  }

  get tracks(): readonly Progress[] {
    return [this.track];
  }

  get streak(): number {
    return this.track.streak;
  }

  get culprit(): Progress {
    return this.track;
  }

  begin(now: number): void {
    const { untilMs } = this.#subject.check.retry;
    const hasEnd = untilMs !== undefined && untilMs > 0;
    this.deadline = hasEnd ? now + this.rules.delayMs + untilMs : Number.POSITIVE_INFINITY;
    this.#before = this.track.count;
    this.gaveUp = false;
  }

  /** One attempt under the limit. The first has its whole timeout; later ones what is left of the retry time. */
  round(manner: RoundMode, run: RoundsContext): Promise<RoundResult> {
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
      if (left < Math.min(leastMs, check.timeoutMs)) return 'none';
      const timeoutMs = Math.min(check.timeoutMs, left);
      const started = run.clock.monotonic();
      // What has been measured once is asked once in the rounds that follow.
      const purpose = manner === 'once' || track.streak > 0 ? 'none' : run.sampling;
      const known = run.baselines?.(check.name);
      const mayLack = run.mayLack?.(check.name);
      const task = { number: track.count + 1, timeoutMs, leftMs: left, purpose, known, mayLack };
      const result = await this.#ask(task);
      // It may have waited for its turn where it is asked.
      const { atMs } = result.attempt;
      const began = atMs === undefined ? started : Math.max(started, track.from + atMs);
      track.add(result, began, run.clock.monotonic());
      track.skipped = undefined;
      const { number, outcome, summary } = result.attempt;
      run.onProgress?.({ check: check.name, attempt: number, outcome, summary });
      if (result.cutShort) return 'none';
      return outcome === 'pass' ? 'good' : result.endsAs === 'error' ? 'error' : 'bad';
    });
  }

  next(failures: number, run: RoundsContext): Next {
    return this.rules.looksTwice ? this.#lookAgain(run) : this.#byItsRules(failures, run);
  }

  #lookAgain(run: RoundsContext): Next {
    const { track } = this;
    const { last: result } = track;
    if (result === undefined) return { kind: 'stop' };
    this.#secondLook ??= new SecondLook();
    const next = this.#secondLook.next({
      tried: result,
      now: run.clock.monotonic(),
      leftMs: timeLeft(run.deadline, run),
      repeatable: mayBeRepeated(this.#subject),
      timeoutMs: this.#subject.check.timeoutMs,
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
