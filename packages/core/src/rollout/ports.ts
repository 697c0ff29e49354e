import type { Force } from '../gates/ask-gates.ts';
import type { Gate, GateFacts } from '../gates/gate.ts';
import type { Clock } from '../io/clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Intent, LatencyMeasurement, LedgerRecord, ReleaseVerdict } from '../ledger/record.ts';
import type { Turn } from '../ledger/turn.ts';
import type {
  Live,
  Part,
  Platform,
  PlatformFailure,
  Release,
  Remember,
  Shipped,
  Target,
} from '../platforms/platform.ts';
import type { VerifyPhase } from './events.ts';
import type { CheckVerdict, SettleResult } from './plan.ts';
import type { Timeline } from './timeline.ts';

/** How long a piece of work may take, and what cuts it short. */
export interface Allowance {
  readonly signal: AbortSignal;
  readonly budgetMs: number;
  /** Of what changes the target: what was saved before it is saved again, with what the adapter remembers by now. */
  readonly remember?: Remember;
}

/** One run of the checks. */
export interface VerifyRequest {
  /** `before`: one attempt each, no window, no watch, no unsafe method. */
  readonly phase: VerifyPhase;
  /** What `release` and `sha` bind to; absent when several releases serve. */
  readonly release?: Release;
  /** Only these gate checks decide; all of them when absent. */
  readonly gates?: readonly string[];
  /** It served before this run: what caches have of it is not older than it. */
  readonly served?: true;
}

/** How a release stands to this run. */
export interface Related {
  /** This run shipped, found or chose it. */
  readonly mine: boolean;
  /** This run made it on its way back, as a copy of an older one. */
  readonly isCopy?: true;
  /** Id of the release it is a copy of, whoever brought that back. */
  readonly restores?: string;
}

/** What has to run for a release to be settled. */
export interface SettleWanted {
  readonly owes: readonly Part[];
  /** A new release may leave out a part on purpose; an old one owes all there was. */
  readonly isNew: boolean;
}

/** The records as tickets: asked over and over while a rollout waits, at most four calls to GitHub a minute. */
export interface TurnPort {
  /** `unknown` where the records cannot be read. `own` is the id of the asker's record. */
  ask(own: string): Promise<Turn | { readonly kind: 'unknown' }>;
  /**
   * Whether the run that wrote a record is over, as far as GitHub tells: then its ticket holds nothing any more. `unasked`
   * where it does not tell, and no call was made.
   */
  isOver(record: LedgerRecord): Promise<boolean | 'unasked'>;
  /** By the clock that dates the records, milliseconds since the epoch: what a `held` turn’s end is compared with. */
  now(): number;
  /** How many calls to GitHub the last question took. Default 1: where GraphQL is refused, each record costs one. */
  readonly callsAtOnce?: number;
  /** The rollback under way that somebody has asked for, if there is one. */
  rollback(own: string | undefined): Promise<LedgerRecord | undefined>;
}

/** Whether there is an older verified release, or why not. */
export type LastVerified =
  | { readonly kind: 'found'; readonly release: Release }
  | { readonly kind: 'none'; readonly why: string };

/**
 * Everything a rollout needs of an action: the platform's verbs bound to this change, and the ports to ledger,
 * checks and gates. A verb may throw ActionFailure or HttpError, or reject with its signal's reason.
 */
export interface RolloutPorts {
  readonly platform: Platform;
  readonly target: Target;
  readonly clock: Clock;
  readonly timeline: Timeline;
  readonly ledger: Ledger;
  readonly gates: readonly Gate[];
  /** The gates that are passed on purpose; absent: none. */
  readonly force?: Force;
  log(line: string): void;
  /** Keeps text for `post`, before every mutation; `''` when nothing is left to do there. */
  save(text: string): void;
  /** The newest verdict the ledger has on a release. */
  verdict(release: Release): Promise<ReleaseVerdict>;
  /** Ids of this target's records that GitHub shows as active, as far as its newest are known. */
  activeRecords(): Promise<readonly string[]>;
  gateFacts(kind: GateFacts['kind'], live: Live, allowance: Allowance): Promise<GateFacts>;
  /** Whether the one live release already is what is wanted. Absent: never. */
  alreadyServes?(release: Release, allowance: Allowance): Promise<boolean>;
  /**
   * Why this change is a barrier though the plan does not say so: found by comparing it with what is live, and told to
   * people. Asked before the intent is written; undefined, or absent: it is none.
   */
  barrier?(live: Live, allowance: Allowance): Promise<string | undefined>;
  intent(live: Live): Intent;
  /**
   * Makes everything ready that takes no traffic: saves data, builds. Asked again after a wait for the turn: what need
   * not be made anew is kept. Undefined when it is ready.
   */
  prepare?(allowance: Allowance): Promise<PlatformFailure | undefined>;
  /** Whose turn it is to change the target, by the records as they are now. Absent: nobody is waited for. */
  turn?: TurnPort;
  /** Ships, finds or chooses; on a platform with `separate` activation it answers when the release is ready. */
  obtain(allowance: Allowance): Promise<Shipped>;
  /** How a release stands to this run, by the adapter's word and the records'. */
  relation?(release: Release): Promise<Related>;
  /** Another run has shipped a release and not yet said whether it is good. */
  isPending?(release: Release): Promise<boolean>;
  /** A release with what the records know of it, where the platform only has a name that may move. */
  known?(release: Release): Promise<Release>;
  /** Forgets what the ledger said: it is read anew at the next question. */
  renew?(): void;
  /** Chooses what a rollback brings back, from the look that is acted on; asked before anything else of it. */
  choose?(live: Live, allowance: Allowance): Promise<void>;
  /** What the adapter has to remember to recognise this run's releases in `post`, as text; read by `recall`. */
  memory?(): string;
  /** Stops what this run has under way; does nothing to a release that is final. */
  stop?(release: Release | undefined, allowance: Allowance): Promise<void>;
  /** Waits until the platform's own state is final, and all that is owed runs. */
  settle(release: Release, wanted: SettleWanted, allowance: Allowance): Promise<SettleResult>;
  /** Absent without checks. */
  verify?(request: VerifyRequest, allowance: Allowance): Promise<CheckVerdict>;
  /** What the last run of the checks measured. */
  latencies?(): readonly LatencyMeasurement[];
  /** The newest verified release that is neither live nor this run's, confirmed by the platform. */
  lastVerified(live: Live, allowance: Allowance): Promise<LastVerified>;
  /** What an activation of an old release cannot bring back: staged secrets, a release command that ran. */
  restoreCaveat?(): string | undefined;
}
