import type { Clock } from '../clock.ts';
import type { RolloutState } from './state.ts';

/** Everything up to the verdict fits `timeoutMs`; a restore has `restoreTimeoutMs` of its own beyond it. */
export interface RolloutLimits {
  readonly timeoutMs: number;
  readonly restoreTimeoutMs: number;
  /** What of `timeoutMs` was spent before the rollout began. Default 0. */
  readonly spentMs?: number;
  /** Aborted when the job is cancelled. */
  readonly signal: AbortSignal;
}

const LAST_LOOK_MS = 10_000;
/** A look that says what serves is had even when no time is left for it. */
const LEAST_LOOK_MS = 5_000;
/**
 * After a cancellation: a child winding up, the last look, stopping, and the ledger's last facts follow one another
 * and must all fit the 9 s after which the run is given up.
 */
const FAREWELL_MS = 1_000;
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
  #cancelledAt: number | undefined;

  constructor(clock: Clock, limits: RolloutLimits) {
    this.#clock = clock;
    this.#limits = limits;
    const { timeoutMs, restoreTimeoutMs, spentMs = 0 } = limits;
    // Without a restore, what must still be done when the time is up is paid from the only budget there is.
    const kept = restoreTimeoutMs === 0 ? Math.min(WIND_UP_MS + LAST_LOOK_MS, timeoutMs / 2) : 0;
    this.#deployEnds = clock.monotonic() + timeoutMs - spentMs - kept;
    const cancelled = () => {
      this.#cancelledAt ??= clock.monotonic();
    };
    if (limits.signal.aborted) cancelled();
    limits.signal.addEventListener('abort', cancelled, { once: true });
  }

  /** The term of the state that begins now. The restore's budget starts with the first state that needs it. */
  term(state: RolloutState): Term {
    const now = this.#clock.monotonic();
    if (state.at === 'concluding' || state.at === 'taking-leave') return this.#lastLook(now);
    // Whoever goes first has its own budget: that is what a wait is bounded by.
    if (state.at === 'waiting') return { ms: LONGEST_WAIT_MS, windUpMs: 0, isCancellable: true };
    const left = isRestoring(state) ? this.#restoreLeft(now) : this.#deployEnds - now;
    // What serves is looked at though no time is left: nothing may be claimed without it.
    const ms = state.at === 'turning-back' ? Math.max(LEAST_LOOK_MS, left) : left;
    return { ms, windUpMs: WIND_UP_MS, isCancellable: true };
  }

  /** A wait for another run's turn is not paid from `timeout`. */
  pause(ms: number): void {
    this.#deployEnds += ms;
  }

  #restoreLeft(now: number): number {
    const { restoreTimeoutMs } = this.#limits;
    this.#restoreEnds ??= Math.min(now, this.#deployEnds) + restoreTimeoutMs;
    return this.#restoreEnds - reserveOf(restoreTimeoutMs) - now;
  }

  /** What an aside, such as a note in the ledger, may take. */
  get asideMs(): number {
    return this.#limits.signal.aborted ? FAREWELL_MS : LAST_LOOK_MS;
  }

  /** What the last facts may take in `post`, which nobody goes on from: no record may stay open. */
  get lastWordsMs(): number {
    if (this.#cancelledAt === undefined) return this.asideMs;
    return Math.max(FAREWELL_MS, this.#cancelledAt + LAST_WORDS_MS - this.#clock.monotonic());
  }

  #lastLook(now: number): Term {
    const left = (this.#restoreEnds ?? this.#deployEnds) - now;
    const ms = Math.min(this.asideMs, Math.max(LEAST_LOOK_MS, left));
    return { ms, windUpMs: 0, isCancellable: false };
  }
}

/** The last look, and a child that has to be stopped first, are paid from the budget they end. */
function reserveOf(budgetMs: number): number {
  return Math.min(WIND_UP_MS + LAST_LOOK_MS, budgetMs / 4);
}

/** A rollback has no way back, so no time of its own for one: what follows its failure is still part of it. */
function isRestoring(state: RolloutState): boolean {
  if ('known' in state && state.known.plan.kind === 'rollback') return false;
  if (state.at === 'turning-back' || state.at === 'choosing') return true;
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
