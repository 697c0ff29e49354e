import type { Clock } from '../io/clock.ts';
import type { RolloutState } from './state.ts';

/** Everything up to the verdict fits `timeoutMs`; a restore has `restoreTimeoutMs` of its own beyond it. */
export interface RolloutLimits {
  readonly timeoutMs: number;
  readonly restoreTimeoutMs: number;
  /** What of `timeoutMs` was spent before the rollout began. Default 0. */
  readonly spentMs?: number;
  /** Aborted when the job is cancelled. */
  readonly signal: AbortSignal;
  /** Told how long another run was waited for: neither budget pays for that. */
  readonly waited?: (ms: number) => void;
}

/**
 * A step ends within 10 s after both budgets, whatever hangs at once. What has to be done even then comes in this order,
 * and each has to have ended by so much after them, milliseconds; the rest is for starting and ending the process on a machine that is busy.
 */
const latest = { windingUp: 3_500, lookBack: 3_500, lastLook: 4_500, stop: 5_000, flush: 5_500 } as const;
/** The same, of what is asked after the rollout. */
export const shutdownEndsMs = 6_000;
/** What is tried though its time is over. */
const LEAST_MS = 250;

const ASIDE_MS = 10_000;
/** Room for a first answer that names a time to come back: a `Retry-After` of a minute is waited for, if there is time. */
const LONGEST_LAST_LOOK_MS = 75_000;
const LAST_LOOK_MS = 10_000;
/** A look that says what serves is had even when no time is left for it. */
const LEAST_LOOK_MS = 5_000;
/**
 * After a cancellation: a child winding up, the last look, stopping, and the ledger's last facts follow one another
 * and must all fit the 9 s after which the run is given up.
 */
const FAREWELL_MS = 1_000;
/**
 * The runner sends SIGINT, SIGTERM 7.5 s later (Ctrl-Break on Windows) and kills 2.5 s after that; this is how
 * long a run may take to wind up before we report for it. Milliseconds.
 */
export const givenUpMs = 9_000;
/** A change that was cut is looked at until it stands still. */
const LONGEST_FAREWELL_LOOK_MS = 3_000;
/** After a cancellation in `post`, where nothing comes after it: so long its last facts may take, from the signal on. */
const LAST_WORDS_MS = 7_500;
/** A child's ladder, SIGINT to SIGKILL, takes 5.5 s. */
const WIND_UP_MS = 5_800;

/** No ticket holds others up for longer than a day, but those of several runs may add up. */
const LONGEST_WAIT_MS = 7 * 24 * 60 * 60 * 1000;

/** What one state may take. */
export interface Term {
  readonly ms: number;
  readonly windUpMs: number;
  readonly isCancellable: boolean;
}

/** Watches the two budgets of a rollout. */
export class TimeLimits {
  readonly #clock: Clock;
  readonly #limits: RolloutLimits;
  #deployEnds: number;
  #restoreEnds: number | undefined;
  /** When both budgets are over. */
  #allEnds: number;
  #cancelledAt: number | undefined;

  constructor(clock: Clock, limits: RolloutLimits) {
    this.#clock = clock;
    this.#limits = limits;
    const { timeoutMs, restoreTimeoutMs, spentMs = 0 } = limits;
    // Without a restore, what must still be done when the time is up is paid from the only budget there is.
    const kept = restoreTimeoutMs === 0 ? Math.min(WIND_UP_MS + LAST_LOOK_MS, timeoutMs / 2) : 0;
    const timeoutEnds = clock.monotonic() + timeoutMs - spentMs;
    this.#deployEnds = timeoutEnds - kept;
    this.#allEnds = timeoutEnds + restoreTimeoutMs;
    const cancelled = () => {
      this.#cancelledAt ??= clock.monotonic();
    };
    if (limits.signal.aborted) cancelled();
    limits.signal.addEventListener('abort', cancelled, { once: true });
  }

  /** The term of the state that begins now. The restore's budget starts with the first state that needs it. */
  term(state: RolloutState): Term {
    const now = this.#clock.monotonic();
    if (state.at === 'confirming' || state.at === 'cancelling') return this.#lastLook(now);
    // Whoever goes first has its own budget: that is what a wait is bounded by.
    if (state.at === 'waiting') return { ms: LONGEST_WAIT_MS, windUpMs: 0, isCancellable: true };
    const left = isRestoring(state) ? this.#restoreLeft(now) : this.#deployEnds - now;
    // What serves is looked at though no time is left: nothing may be claimed without it.
    if (state.at === 'assessing-failure')
      return {
        ms: this.#atMost(Math.max(LEAST_LOOK_MS, left), 'lookBack'),
        windUpMs: 0,
        isCancellable: true,
      };
    const windUpMs = Math.min(WIND_UP_MS, Math.max(LEAST_MS, this.#until('windingUp') - Math.max(0, left)));
    return { ms: left, windUpMs, isCancellable: true };
  }

  /** A wait for another run's turn is not paid from `timeout`. */
  pause(ms: number): void {
    this.#deployEnds += ms;
    this.#allEnds += ms;
    this.#limits.waited?.(ms);
  }

  #restoreLeft(now: number): number {
    const { restoreTimeoutMs } = this.#limits;
    this.#restoreEnds ??= Math.min(now, this.#deployEnds) + restoreTimeoutMs;
    return this.#restoreEnds - reserveOf(restoreTimeoutMs) - now;
  }

  /** What stopping, or the last facts for the ledger, may take. */
  asideMs(aside: 'stop' | 'flush'): number {
    return this.#limits.signal.aborted ? FAREWELL_MS : this.#atMost(ASIDE_MS, aside);
  }

  /** What the last facts may take in `post`, which nobody goes on from: no record may stay open. */
  get lastWordsMs(): number {
    if (this.#cancelledAt === undefined) return this.asideMs('flush');
    return Math.max(FAREWELL_MS, this.#cancelledAt + LAST_WORDS_MS - this.#clock.monotonic());
  }

  #lastLook(now: number): Term {
    if (this.#limits.signal.aborted)
      return { ms: this.#farewellLookMs(now), windUpMs: 0, isCancellable: false };
    const isAll = this.#limits.restoreTimeoutMs === 0;
    const left = (this.#restoreEnds ?? (isAll ? this.#allEnds : this.#deployEnds)) - now;
    const wanted = Math.min(LONGEST_LAST_LOOK_MS, Math.max(LEAST_LOOK_MS, left));
    return { ms: this.#atMost(wanted, 'lastLook'), windUpMs: 0, isCancellable: false };
  }

  /** What of the 9 s the winding up has left, without stopping and the last facts. */
  #farewellLookMs(now: number): number {
    const left = (this.#cancelledAt ?? now) + givenUpMs - 3 * FAREWELL_MS - now;
    return Math.max(FAREWELL_MS, Math.min(LONGEST_FAREWELL_LOOK_MS, left));
  }

  #atMost(ms: number, what: keyof typeof latest): number {
    return Math.max(LEAST_MS, Math.min(ms, this.#until(what)));
  }

  /** Milliseconds until something has to have ended at the latest. */
  #until(what: keyof typeof latest): number {
    return this.#allEnds + latest[what] - this.#clock.monotonic();
  }
}

/** The last look, and a child that has to be stopped first, are paid from the budget they end. */
function reserveOf(budgetMs: number): number {
  return Math.min(WIND_UP_MS + LAST_LOOK_MS, budgetMs / 4);
}

/** A rollback has no way back, so no time of its own for one: what follows its failure is still part of it. */
function isRestoring(state: RolloutState): boolean {
  if ('known' in state && state.known.plan.kind === 'rollback') return false;
  if (state.at === 'assessing-failure' || state.at === 'choosing') return true;
  return 'move' in state && state.move.to === 'restore';
}

/** What the log says of time before anything is done. */
export function describeLimits({ timeoutMs, restoreTimeoutMs }: RolloutLimits): string {
  const sum = timeoutMs + restoreTimeoutMs;
  const advice = `give the job \`timeout-minutes: ${Math.ceil(sum / 60_000) + 5}\` or more.`;
  if (restoreTimeoutMs === 0) return `This may take ${minutes(timeoutMs)} (timeout): ${advice}`;
  return (
    `This may take ${minutes(timeoutMs)} (timeout) and ${minutes(restoreTimeoutMs)} more to go back ` +
    `(restore-timeout), ${minutes(sum)} in all: ${advice}`
  );
}

function minutes(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [Math.floor(seconds / 60), seconds % 60] as const;
  if (parts[0] === 0) return `${parts[1]}s`;
  return parts[1] === 0 ? `${parts[0]}m` : `${parts[0]}m${parts[1]}s`;
}
