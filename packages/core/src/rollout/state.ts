import type { ReleaseVerdict } from '../ledger/record.ts';
import type { Live, PlatformFailure, Release, Running } from '../platforms/platform.ts';
import type { RolloutPlan, RolloutVerdict } from './plan.ts';

/** What served when the rollout began, and the newest verdict the ledger has on it. */
export interface Before {
  readonly live: Live;
  readonly verdict: ReleaseVerdict;
}

/** What a rollout has learned so far. It only grows. */
export interface RolloutContext {
  readonly plan: RolloutPlan;
  readonly before: Before;
  /** The release of this run: shipped, found or chosen; after an activation, the one the platform answered. */
  readonly wanted?: Release;
  /** The release a restore goes back to; after its activation, the one the platform answered. */
  readonly back?: Release;
  /** Names of the gate checks that passed before the change; absent when none were asked. */
  readonly passed?: readonly string[];
  /** The wanted artifact served before this run, so that nothing is changed or recorded. */
  readonly unchanged: boolean;
  /** What is wanted serves already, and lacks a part: it is shipped to be made whole, whatever the last look finds. */
  readonly incomplete?: true;
  /** Set once the release that is to be reported has settled: what ran then, as far as it is told, and how often a process of it had ended by then. */
  readonly settled?: Pick<Running, 'parts' | 'exits'>;
  /** Its record was asked for: however it ends, the record has to. */
  readonly recorded?: true;
  /** What others made live, unseen, between the last look and the release of this run: their labels. */
  readonly between?: readonly string[];
  /** What was chosen on the first look no longer served, so it was chosen once more. */
  readonly again?: true;
  /** Caveats for people. */
  readonly notes: readonly string[];
}

/** What went wrong with the change, and whether it had taken traffic as far as is known. */
export interface Cause {
  readonly failure: PlatformFailure;
  readonly tookTraffic: boolean;
}

/** A release on its way to serve: the change itself, or the restore after its failure. */
export type Activation = (
  | { readonly to: 'change'; readonly release: Release }
  | { readonly to: 'restore'; readonly release: Release; readonly trouble: Cause }
) & {
  readonly caveat?: string;
  /** It served already when this run came to it: nothing has been activated. */
  readonly wasThere?: true;
};

/** What the rollout will report if the last look at the target agrees. */
export type Conclusion =
  | { readonly kind: 'serves'; readonly move: Activation; readonly verified: boolean }
  | { readonly kind: 'staged' }
  | {
      readonly kind: 'fails';
      readonly outcome: 'stranded' | 'inconclusive' | 'error';
      readonly reason: string;
      readonly cause?: PlatformFailure;
      /** What had gone wrong with the change: it is bad, whatever kept it from being taken back. */
      readonly trouble?: Cause;
      /** What can be done in this very case, one sentence. */
      readonly next?: string;
    };

/** Where a change and a restore pass through alike. */
export type ActivationStage =
  | 'verifying-staged'
  | 'rechecking-live'
  | 'activating'
  | 'confirming-activation'
  | 'settling'
  | 'verifying';

/** Before anything is switched. `queueing` and `claiming` ask whose turn it is, the second time for good. */
export type BeforeStage =
  | 'admitting'
  | 'recording'
  | 'queueing'
  | 'waiting'
  | 'checking-before'
  | 'preparing'
  | 'claiming'
  | 'obtaining';

/** Each state names the work under way; its event says what came of it. */
export type RolloutState =
  | { readonly at: 'observing'; readonly plan: RolloutPlan; readonly again?: RolloutContext }
  | {
      readonly at: BeforeStage;
      readonly known: RolloutContext;
    }
  /** The last look before it ships. */
  | {
      readonly at: 'looking-again';
      readonly known: RolloutContext;
      /** A run that goes first has ended since this one's record was written. */
      readonly meanwhile?: true;
    }
  | {
      readonly at: Exclude<ActivationStage, 'confirming-activation'>;
      readonly known: RolloutContext;
      readonly move: Activation;
    }
  /** An activation failed or its answer was lost: a look says whether it took effect. */
  | {
      readonly at: 'confirming-activation';
      readonly known: RolloutContext;
      readonly move: Activation;
      readonly failure: PlatformFailure;
    }
  /** The change failed: what serves now decides whether there is anything to take back. */
  | {
      readonly at: 'assessing-failure';
      readonly known: RolloutContext;
      readonly trouble: Cause;
      /** What this run had under way has been stopped, so the next look is final. */
      readonly stopped: boolean;
    }
  | { readonly at: 'choosing'; readonly known: RolloutContext; readonly trouble: Cause }
  | { readonly at: 'confirming'; readonly known: RolloutContext; readonly conclusion: Conclusion }
  /** Cancelled: one last look. A restore that was under way is left for `post`. */
  | {
      readonly at: 'cancelling';
      readonly known: RolloutContext;
      readonly trouble?: Cause;
      readonly unfinished?: Activation;
      /** Nothing of this run has been under way that could take traffic yet. */
      readonly untouched?: true;
    }
  | {
      readonly at: 'ended';
      readonly verdict: RolloutVerdict;
      /** A restore cut by cancellation, for `post` to finish. */
      readonly unfinished?: Activation;
    };
