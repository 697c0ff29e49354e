import { CancellableSession } from './cancellable-session.ts';
import { cleanUp, leftAlone, reserveOf } from './clean-up.ts';
import type { CheckToAsk, ProbeSession } from './prober.ts';
import { mayBeRepeated } from './prober.ts';
import type { Progress } from './progress.ts';
import type { Next } from './retry-policy.ts';
import { nextAfter } from './retry-policy.ts';
import { settle } from './rounds.ts';
import { hasOwnRetry, SecondLook } from './second-look.ts';
import { SingleCheck } from './single-check.ts';
import type { StepProgress } from './step-rules.ts';
import { stepRules } from './step-rules.ts';
import type { RoundMode, RoundResult, RoundsContext, Unit, UnitRules } from './unit.ts';
import { timeLeft } from './unit.ts';

/** A scenario: a round is a pass through its steps, and those of `finally`, with a session of its own. */
export class ScenarioUnit implements Unit {
  readonly rules: UnitRules;
  readonly tracks: readonly Progress[];
  deadline = Number.POSITIVE_INFINITY;
  gaveUp = false;
  streak = 0;
  readonly #steps: readonly StepProgress[];
  /** Those of `finally`. */
  readonly #last: readonly StepProgress[];
  #begun = 0;
  #passes = 0;
  readonly #secondLook = new SecondLook();
  /** The step that made the newest pass bad, and how that pass was made. */
  #failed: { readonly at: StepProgress; readonly manner: RoundMode; readonly took: RoundResult } | undefined;

  constructor(steps: readonly StepProgress[], last: readonly StepProgress[], terms: UnitRules) {
    this.#steps = steps;
    this.#last = last;
    this.rules = terms;
    this.tracks = [...steps, ...last].map(({ track }) => track);
  }

  get isGate(): boolean {
    return this.tracks.some((track) => track.isGate);
  }

  get culprit(): Progress | undefined {
    return this.#failed?.at.track;
  }

  begin(now: number): void {
    this.#begun = now + this.rules.delayMs;
    this.deadline = this.#begun + timeBudgetOf(this.#steps.map(({ step }) => step));
  }

  async round(manner: RoundMode, run: RoundsContext): Promise<RoundResult> {
    const session = run.prober.session();
    try {
      if (this.#last.length === 0) return await this.#pass(session, manner, run);
      return await this.#passAndCleanUp(session, manner, run);
    } finally {
      session.end();
    }
  }

  async #passAndCleanUp(session: ProbeSession, manner: RoundMode, run: RoundsContext): Promise<RoundResult> {
    const leave = run.closing.enter();
    const heard = new CancellableSession(session, run.signal);
    const deadline = run.deadline - reserveOf(this.#last, run);
    try {
      return await this.#pass(heard, manner, { ...run, deadline });
    } finally {
      heard.end();
      const cleaning = heard.hasAsked ? cleanUp(this.#last, session, { manner, run }) : leftAlone(this.#last);
      await cleaning.finally(leave);
    }
  }

  async #pass(session: ProbeSession, manner: RoundMode, run: RoundsContext): Promise<RoundResult> {
    this.#passes++;
    this.#failed = undefined;
    for (const [index, at] of this.#steps.entries()) {
      const took = await pass(at, session, { manner, run });
      if (took === 'none') return 'none';
      if (took === 'good' || took === 'passed-over' || !at.track.isGate) continue;
      this.#skip(index + 1, at);
      if (took === 'stopped-short') return 'none';
      this.#failed = { at, manner, took };
      this.streak = 0;
      return took;
    }
    this.streak++;
    return 'good';
  }

  #skip(from: number, { track, step }: StepProgress): void {
    const why = track.skipped === undefined ? 'did not pass' : 'was left out';
    const cause = `${JSON.stringify(step.check.name)} ${why}`;
    for (const later of this.#steps.slice(from))
      later.track.skipped = { outcome: 'skipped', reason: 'earlier-step', cause };
  }

  /** After a pass whose failed step has used up its own retries there is no other; a bad round of the window is new. */
  next(failures: number, run: RoundsContext): Next {
    if (this.#failed === undefined) return { kind: 'stop' };
    const { at, manner } = this.#failed;
    const { retry, timeoutMs } = at.step.check;
    if (this.rules.looksTwice && !hasOwnRetry(retry)) return this.#lookAgain(at, run);
    if (manner === 'patient' && retry.of === 'step') return { kind: 'stop' };
    const deadline = retry.of === 'scenario' && retry.untilMs ? this.#begun + retry.untilMs : this.deadline;
    const left = timeLeft(Math.min(deadline, run.deadline), run);
    const failed = {
      failureClass: at.track.last?.attempt.failureClass ?? 'timeout',
      attempts: this.#passes,
      failures,
      leftMs: Number.isFinite(left) ? left : undefined,
      repeatable: this.#mayRepeatTo(at),
      retryAfterMs: at.track.last?.retryAfterMs,
      timeoutMs,
      random: run.random(),
    } as const;
    // Each step speaks for itself: that one may be repeated says nothing of those before it.
    return nextAfter(failed, { ...retry, unsafe: false });
  }

  /** All of it again, from the first step. */
  #lookAgain(at: StepProgress, run: RoundsContext): Next {
    const { last: tried } = at.track;
    if (tried === undefined) return { kind: 'stop' };
    const next = this.#secondLook.next({
      tried,
      now: run.clock.monotonic(),
      leftMs: timeLeft(run.deadline, run),
      repeatable: this.#mayRepeatTo(at),
      timeoutMs: at.step.check.timeoutMs,
    });
    if (next.kind === 'wait') at.track.askAgain();
    return next;
  }

  /** Whether everything that was sent as far as this step may be sent again. */
  #mayRepeatTo(at: StepProgress): boolean {
    const sent = [...this.#steps.slice(0, this.#steps.indexOf(at) + 1), ...this.#last];
    return sent.every(({ step }) => mayBeRepeated(step));
  }
}

/** How long a scenario may take to settle: its steps one after the other, or all of it again; Infinity without an end. */
function timeBudgetOf(steps: readonly CheckToAsk[]): number {
  const untils = steps.flatMap(
    ({
      check: {
        retry: { untilMs, of },
      },
    }) => (untilMs ? [{ untilMs, of }] : []),
  );
  if (untils.length === 0) return Number.POSITIVE_INFINITY;
  const each = untils.filter(({ of }) => of === 'step').reduce((sum, { untilMs }) => sum + untilMs, 0);
  return Math.max(each, ...untils.filter(({ of }) => of === 'scenario').map(({ untilMs }) => untilMs));
}

interface Passing {
  readonly manner: RoundMode;
  readonly run: RoundsContext;
}

/** `stopped-short`: this step may count twice, and the pass must be harmless. */
type StepResult = RoundResult | 'passed-over' | 'stopped-short';

async function pass(at: StepProgress, session: ProbeSession, { manner, run }: Passing): Promise<StepResult> {
  const { step, track } = at;
  const leftOut = await session.leftOut(step.at);
  if (leftOut !== undefined) {
    track.skipped = { outcome: 'skipped', ...leftOut };
    return 'passed-over';
  }
  if (manner === 'harmless' && !step.repeatable) {
    track.skipped = { outcome: 'skipped', reason: 'not-repeatable' };
    return 'stopped-short';
  }
  const { delayMs } = step.check;
  if (manner !== 'harmless' && delayMs > 0 && !(await run.stop.sleep(delayMs))) return 'none';
  const single = new SingleCheck(track, step, stepRules(step), (task) => session.ask(step.at, task));
  single.begin(run.clock.monotonic());
  const took = await single.round(manner, run);
  const isOver = took === 'good' || manner !== 'patient' || step.check.retry.of === 'scenario';
  return isOver || took === 'none' ? took : settle(single, run, took);
}
