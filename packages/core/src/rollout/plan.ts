import type { CheckOutcome, Outcome, Serving } from '../outcome/outcome.ts';
import type { Live, PlatformFailure, Release } from '../platforms/platform.ts';

export type { SettleResult } from '../platforms/platform.ts';

/** What kind of rollout this is: fixed before it starts. */
export interface RolloutPlan {
  readonly kind: 'deploy' | 'rollback';
  /** `ship` a new release, `find` one the platform made, or `choose` an existing one. */
  readonly obtain: 'ship' | 'find' | 'choose';
  /** `with-obtain`: obtaining makes it live (Fly, Railway). `separate`: it is staged, proved, then activated (Vercel, every rollback). */
  readonly activation: 'with-obtain' | 'separate';
  readonly until: 'live' | 'staged';
  readonly onFailure: 'restore' | 'none';
  /** An irreversible change: restoring is off for this release, and later walks stop at it. */
  readonly barrier: boolean;
  readonly hasChecks: boolean;
  /** The checks can also run before traffic, because a release has an address of its own. */
  readonly checksStaged: boolean;
}

/** The verdict of a run of checks, as far as the rollout cares. */
export interface CheckVerdict {
  readonly outcome: CheckOutcome;
  /** From the closed list of check reasons: `checks-failed`, `runner-network`… */
  readonly reason: string;
  /** One line for people. */
  readonly note: string;
  /** Names of the gate checks that passed: those that passed before the change judge a restore. */
  readonly passed?: readonly string[];
  /** An edge turned the checks away: the gate that met it, and what it says. Nothing asked from here can be judged. */
  readonly challenged?: string;
}

/** Why a rollout ended as it did. */
export interface RolloutVerdict {
  readonly outcome: Outcome;
  readonly reason: string;
  readonly serving: Serving;
  /** The sentence of the cause: the failure or note that decided. */
  readonly cause?: PlatformFailure;
  /** What can be done in this very case, where neither the cause nor the reason tells it. */
  readonly next?: string;
  readonly release?: Release;
  readonly previous?: Release;
  /** What was last seen live. */
  readonly live?: Live;
  /** What was brought back serves by the platform’s word alone: no check had passed before the change. */
  readonly isUnjudged?: true;
  /** Id of this run's record, when one could be opened. */
  readonly ledgerId?: string;
  /** Caveats to print: image-only restore, stale release record… */
  readonly notes: readonly string[];
}
