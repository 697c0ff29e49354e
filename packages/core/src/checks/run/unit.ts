import type { Clock } from '../../io/clock.ts';
import type { Watch, WatchLimits, Window } from '../check-file.ts';
import type { AttemptProgress, PageLacks } from './options.ts';
import type { PendingCleanUps } from './pending-clean-ups.ts';
import type { Prober, SamplingPurpose } from './prober.ts';
import type { Progress } from './progress.ts';
import type { Next } from './retry-policy.ts';
import type { Baselines } from './samples.ts';
import type { Stop } from './stop.ts';

/** What every round of a run shares. */
export interface RoundsContext {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly prober: Prober;
  readonly limit: <T>(work: () => Promise<T>) => Promise<T>;
  /** End of the whole run, on the monotonic clock. */
  readonly deadline: number;
  readonly onProgress: ((progress: AttemptProgress) => void) | undefined;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly sampling: SamplingPurpose;
  readonly baselines: Baselines | undefined;
  readonly mayLack: PageLacks | undefined;
  readonly stop: Stop;
  /** Passes that must clean up before the run is over. */
  readonly closing: PendingCleanUps;
}

/** What a round came to. `none` says nothing of the target: the time was up, or nothing was tried. */
export type RoundResult = 'good' | 'bad' | 'error' | 'none';

/**
 * How the steps of a scenario are gone through. `patient`: each retries by its own rules; `once`: one attempt each;
 * `harmless`: the same, as far as nothing is sent that may count twice.
 */
export type RoundMode = 'patient' | 'once' | 'harmless';

/** What settles, holds and is watched as a whole: a check, or a scenario with all its steps. */
export interface Unit {
  readonly isGate: boolean;
  readonly rules: UnitRules;
  readonly tracks: readonly Progress[];
  /** Good rounds in a row. */
  readonly streak: number;
  /** Milliseconds on the monotonic clock, from `begin` on; Infinity without one. */
  readonly deadline: number;
  /** Which check made the newest round bad. */
  readonly culprit: Progress | undefined;
  /** No further round will be made. */
  gaveUp: boolean;
  /** Its time begins. */
  begin(now: number): void;
  round(manner: RoundMode, run: RoundsContext): Promise<RoundResult>;
  /** Whether to make another round after a bad one; `failures` counts those of this wait. */
  next(failures: number, run: RoundsContext): Next;
}

export interface UnitRules {
  /** Good rounds in a row that the verdict needs. */
  readonly wanted: number;
  readonly window: Window;
  readonly delayMs: number;
  /** Whether another round after a good one is harmless. */
  readonly mayRepeat: boolean;
  /** Judged before all others: whether what they ask is the wanted build. */
  readonly isFirst: boolean;
  /** Whether a failure is looked at twice where no `retry` says more. */
  readonly looksTwice: boolean;
  /** Undefined when it is not watched after the verdict. */
  readonly watch: { readonly rules: Watch; readonly limits: WatchLimits } | undefined;
}

export function timeLeft(deadline: number, { clock }: Pick<RoundsContext, 'clock'>): number {
  return deadline - clock.monotonic();
}
