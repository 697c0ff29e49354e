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
/**
 * After a cancellation: a child winding up, the last look, stopping, and the ledger's last facts follow one another
 * and must all fit the 9 s after which the run is given up.
 */
const FAREWELL_MS = 1_000;
/** A child's ladder, SIGINT to SIGKILL, takes 5.5 s. */
const WIND_UP_MS = 5_800;

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
  readonly #deployEnds: number;
  #restoreEnds: number | undefined;

  constructor(clock: Clock, limits: RolloutLimits) {
    this.#clock = clock;
    this.#limits = limits;
    this.#deployEnds = clock.monotonic() + limits.timeoutMs - (limits.spentMs ?? 0);
  }

  /** The term of the state that begins now. The restore's budget starts with the first state that needs it. */
  term(state: RolloutState): Term {
    const now = this.#clock.monotonic();
    if (state.at === 'concluding' || state.at === 'taking-leave') return this.#lastLook();
    if (!isRestoring(state)) {
      return { ms: this.#deployEnds - now, windUpMs: WIND_UP_MS, isCancellable: true };
    }
    this.#restoreEnds ??= Math.min(now, this.#deployEnds) + this.#limits.restoreTimeoutMs;
    // The last look, and a child that has to be stopped first, are paid from the same budget.
    const reserve = Math.min(WIND_UP_MS + LAST_LOOK_MS, this.#limits.restoreTimeoutMs / 4);
    return { ms: this.#restoreEnds - reserve - now, windUpMs: WIND_UP_MS, isCancellable: true };
  }

  /** What an aside, such as a note in the ledger, may take. */
  get asideMs(): number {
    return this.#limits.signal.aborted ? FAREWELL_MS : LAST_LOOK_MS;
  }

  #lastLook(): Term {
    return { ms: this.asideMs, windUpMs: 0, isCancellable: false };
  }
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
