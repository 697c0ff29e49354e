import type { Verdict } from '../ledger/record.ts';
import type { Live, PlatformFailure, Release, Running } from '../platforms/platform.ts';
import type { RolloutPlan, RolloutVerdict } from './plan.ts';

/** What served when the rollout began, and the newest verdict the ledger has on it. */
export interface Before {
  readonly live: Live;
  readonly verdict: Verdict;
}

/** What a rollout has learned so far. It only grows. */
export interface Known {
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
export interface Trouble {
  readonly failure: PlatformFailure;
  readonly tookTraffic: boolean;
}

/** A release on its way to serve: the change itself, or the way back after trouble. */
export type Move = (
  | { readonly to: 'change'; readonly release: Release }
  | { readonly to: 'restore'; readonly release: Release; readonly trouble: Trouble }
) & {
  readonly caveat?: string;
  /** It served already when this run came to it: nothing has been activated. */
  readonly wasThere?: true;
};

/** What the rollout will report if the last look at the target agrees. */
export type Claim =
  | { readonly kind: 'serves'; readonly move: Move; readonly verified: boolean }
  | { readonly kind: 'staged' }
  | {
      readonly kind: 'fails';
      readonly outcome: 'stranded' | 'inconclusive' | 'error';
      readonly reason: string;
      readonly cause?: PlatformFailure;
      /** What had gone wrong with the change: it is bad, whatever kept it from being taken back. */
      readonly trouble?: Trouble;
    };

/** Where a change and a restore pass through alike. */
export type MoveStage = 'proving' | 'rereading' | 'activating' | 'doubting' | 'settling' | 'verifying';

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
  | { readonly at: 'observing'; readonly plan: RolloutPlan; readonly again?: Known }
  | {
      readonly at: BeforeStage;
      readonly known: Known;
    }
  /** The last look before it ships. */
  | {
      readonly at: 'looking-again';
      readonly known: Known;
      /** A run that goes first has ended since this one's record was written. */
      readonly meanwhile?: true;
    }
  | { readonly at: Exclude<MoveStage, 'doubting'>; readonly known: Known; readonly move: Move }
  /** An activation failed or its answer was lost: a look says whether it took effect. */
  | {
      readonly at: 'doubting';
      readonly known: Known;
      readonly move: Move;
      readonly failure: PlatformFailure;
    }
  /** The change failed: what serves now decides whether there is anything to take back. */
  | {
      readonly at: 'turning-back';
      readonly known: Known;
      readonly trouble: Trouble;
      /** What this run had under way has been stopped, so the next look is final. */
      readonly stopped: boolean;
    }
  | { readonly at: 'choosing'; readonly known: Known; readonly trouble: Trouble }
  | { readonly at: 'concluding'; readonly known: Known; readonly claim: Claim }
  /** Cancelled: one last look. A restore that was under way is left for `post`. */
  | {
      readonly at: 'taking-leave';
      readonly known: Known;
      readonly trouble?: Trouble;
      readonly unfinished?: Move;
      /** Nothing of this run has been under way that could take traffic yet. */
      readonly untouched?: true;
    }
  | {
      readonly at: 'ended';
      readonly verdict: RolloutVerdict;
      /** A restore cut by cancellation, for `post` to finish. */
      readonly unfinished?: Move;
    };
