import type { LedgerState } from '../ledger/ledger.ts';
import type { Fact, LedgerRecord, ReleaseVerdict } from '../ledger/record.ts';
import type { Turn } from '../ledger/turn.ts';
import type { Live, Part, PlatformFailure, Release } from '../platforms/platform.ts';
import type { CheckVerdict, SettleResult } from './plan.ts';
import type { RolloutState } from './state.ts';

/** What came of the work a state was waiting for, or what interrupted it. */
export type RolloutEvent =
  | { readonly kind: 'observed'; readonly live: Live; readonly verdict: ReleaseVerdict }
  | {
      readonly kind: 'admitted';
      readonly alreadyServes: boolean;
      readonly warnings: readonly string[];
      /** It turned out to be one, whatever the plan said. */
      readonly barrier?: true;
    }
  | { readonly kind: 'blocked'; readonly failure: PlatformFailure }
  /** What it takes to admit it could not be found out. */
  | { readonly kind: 'not-admitted'; readonly failure: PlatformFailure }
  /** `challenged`: an edge turned a gate away, and what it said. */
  | { readonly kind: 'checked-before'; readonly passed: readonly string[]; readonly challenged?: string }
  | { readonly kind: 'recorded' }
  /** Whose turn it is; `unasked` where there is no record to ask with. */
  | { readonly kind: 'turn'; readonly turn: Turn | { readonly kind: 'unknown' | 'unasked' } }
  /** The wait is over, as told in `note`. */
  | { readonly kind: 'turn-came'; readonly note: string }
  | { readonly kind: 'prepared' }
  | { readonly kind: 'prepare-failed'; readonly failure: PlatformFailure }
  /** `between`: what others made live between the last look and it, taken over unseen. */
  | { readonly kind: 'obtained'; readonly release: Release; readonly between?: readonly Release[] }
  /** No release, or one that failed on its way. `release` when the platform has made one. */
  | { readonly kind: 'obtain-failed'; readonly failure: PlatformFailure; readonly release?: Release }
  /** The platform had nothing to deploy, and that is wanted so. `failure` is what it is where nothing serves. */
  | { readonly kind: 'nothing-obtained'; readonly failure: PlatformFailure }
  /**
   * `mine` is the serving release this run made, when obtaining ended before it could name it; `copy` the one under
   * which it brought an older one back.
   */
  | { readonly kind: 'looked'; readonly live: Live; readonly mine?: Release; readonly copy?: Release }
  /** The last look before it ships. `alreadyServes`: what is wanted, by the records as they are now. */
  | { readonly kind: 'looked-again'; readonly live: Live; readonly alreadyServes: boolean }
  | { readonly kind: 'unreachable'; readonly note: string }
  | { readonly kind: 'activated'; readonly release: Release; readonly caveat?: string }
  | { readonly kind: 'activation-failed'; readonly failure: PlatformFailure; readonly caveat?: string }
  | { readonly kind: 'settled'; readonly result: SettleResult }
  | { readonly kind: 'verified'; readonly verdict: CheckVerdict }
  /** `note` says why it is another than what served before. */
  | { readonly kind: 'restore-chosen'; readonly release: Release; readonly note?: string }
  | {
      readonly kind: 'restore-refused';
      readonly reason: string;
      readonly note: string;
      /** What can be done in this very case, one sentence. */
      readonly next?: string;
    }
  | Interruption;

export type Interruption = { readonly kind: 'cancelled' } | { readonly kind: 'deadline' };

export type VerifyPhase = 'before' | 'staged' | 'after' | 'restored';

/** What the driver does next. Of each list, the last one that is an `Effect` answers with the event. */
export type Command = Effect | SideEffect;

export type Effect =
  /** `again`: something is recorded already, so a platform that does not answer is an ending. */
  | { readonly do: 'observe'; readonly again: boolean }
  /** `again`: a record is open already. */
  | { readonly do: 'admit'; readonly live: Live; readonly again: boolean }
  | { readonly do: 'check-before'; readonly live: Live }
  /** `queued`: the record is open, and its turn came after a wait. */
  | { readonly do: 'record'; readonly live: Live; readonly queued: boolean }
  /** `final`: directly before what cannot be undone, when every older record can be seen. */
  | { readonly do: 'take-turn'; readonly final: boolean }
  | { readonly do: 'wait-turn'; readonly by: LedgerRecord; readonly untilMs: number }
  | { readonly do: 'prepare' }
  | { readonly do: 'obtain' }
  /** `moving`: a change was cut, and what it had asked for may still be on its way. */
  | { readonly do: 'look'; readonly moving?: true }
  | { readonly do: 'look-again' }
  | { readonly do: 'activate'; readonly release: Release; readonly restores: boolean }
  | {
      readonly do: 'settle';
      readonly release: Release;
      readonly restores: boolean;
      /** What ran before this run changed anything. */
      readonly owes: readonly Part[];
    }
  | {
      readonly do: 'verify';
      readonly phase: Exclude<VerifyPhase, 'before'>;
      readonly release: Release;
      readonly restores: boolean;
      /** Only these gates decide; all of them when absent. */
      readonly gates?: readonly string[];
      /** It served before this run: nothing that answers is older than it. */
      readonly served?: true;
    }
  | {
      readonly do: 'choose-restore';
      /** What served before this run, where it may be trusted. */
      readonly want: Release | 'last-verified';
      readonly live: Live;
      /** What served at the first look. */
      readonly before: Live;
      /** What is to be taken back, where shipping made it live: somebody else's may have come before it. */
      readonly replaces?: Release;
    };

/** Done on the way; nothing that comes of it changes the outcome. */
export type SideEffect =
  /** Stop what this run has under way; harmless on a release that is final. */
  | { readonly do: 'stop'; readonly release?: Release }
  | Note
  | { readonly do: 'open-restore'; readonly back: Release; readonly replaces?: Release }
  /** The records of what served before are no longer active. */
  | { readonly do: 'retire' };

/** One fact for the ledger, in the record of the change or of the restore. */
export interface Note {
  readonly do: 'note';
  readonly record: 'change' | 'restore';
  readonly fact: Fact;
  readonly state: LedgerState;
}

/** What a transition answers. */
export interface Transition {
  readonly state: RolloutState;
  readonly commands: readonly Command[];
}
