/** The words every platform adapter speaks. See the design's table: target, release, live. */

/** The place that serves. `id` can be found again: `fly:shop`, `railway:<project>/<environment>/<service>`. */
export interface Target {
  /** A name of the registry: `fly`. Below it nobody asks for it. */
  readonly platform: string;
  readonly id: string;
  readonly name: string;
  /** Its id in the names that people gave, where the id itself says nothing to them: `railway:shop/production/web`. */
  readonly shown?: string;
  /** Where users reach it, when the platform knows. */
  readonly url?: string;
  readonly dashboardUrl?: string;
  /** Command lines of the platform’s client by which a person looks at it. */
  readonly byHand?: { readonly status: string; readonly logs: string };
}

export type ReleaseState = 'building' | 'ready' | 'live' | 'superseded' | 'failed' | 'removed';

/** One immutable thing a target served or can serve. */
export interface Release {
  readonly id: string;
  /** What people call it: `v43`, `d1a2…`. */
  readonly label: string;
  readonly state: ReleaseState;
  /** ISO 8601, UTC. */
  readonly created: string;
  readonly commit?: string;
  /** Image digest (`sha256:…`), or the platform's own deployment id: what the platform cannot move. Never a tag. */
  readonly artifact?: string;
  /**
   * Id of the first release that this one brought back, as the adapter or the ledger knows it: both are the same to
   * whoever asks what serves. Never guessed from equal artifacts.
   */
  readonly restores?: string;
  readonly url?: string;
  readonly restorable: 'yes' | 'no' | 'unknown';
  /** Why it is not (or may not be) restorable. */
  readonly restorableWhy?: string;
  /**
   * Its artifact is not kept, and the platform can build it again from its source, which makes another artifact than the
   * one that was proved. `allowed`: so it is brought back, and is restorable.
   */
  readonly rebuild?: 'allowed' | 'not-allowed';
}

/** What serves the target's traffic now. Shares add up to 1. */
export type Live =
  | ({ readonly kind: 'nothing' } & Running)
  | ({ readonly kind: 'one'; readonly release: Release } & Running)
  | ({ readonly kind: 'mixed'; readonly shares: readonly LiveShare[] } & Running);

/** What runs, beyond which release it is of. Absent parts: the platform does not tell. */
export interface Running {
  /** It has the target, but all of it is stopped and nothing will start it: nobody is served. */
  readonly switchedOff?: true;
  /** The whole of it: what a restore owes, and what a deploy must not lose. */
  readonly parts?: readonly Part[];
  /** What answers on the target's ports and the platform's client does not manage: part of what serves. */
  readonly unmanaged?: readonly Unmanaged[];
  /** Instances on hosts that do not answer, by name, `machine 148e…`: neither old nor new. */
  readonly outOfSight?: readonly string[];
  /** Ends of processes that nobody asked for, since each instance was made what it is: `148e… at 2026-…`. */
  readonly exits?: readonly string[];
}

/** One part of what serves: a process group in a region, the replicas of a service in one, a domain. */
export interface Part {
  /** `web/iad`; `unknown` where the platform does not tell. */
  readonly name: string;
  readonly running: number;
  /** Stopped or suspended on request, or never started. */
  readonly resting: number;
  /** Ended by themselves and not started since, whatever was made of them meanwhile. */
  readonly ended: number;
  /** On a host that does not answer. */
  readonly unknown: number;
  /** Whether a request, or a schedule, starts what rests. */
  readonly wakes: boolean;
}

/** Something that takes the target's traffic and that the platform's client passes over. */
export interface Unmanaged {
  readonly id: string;
  /** What is known of it: its image, its ports. */
  readonly note: string;
  /** The command that puts it under the client's care, and the one that takes it away. */
  readonly adopt: string;
  readonly destroy: string;
  /** Set where no input lets it serve beside the release. */
  readonly mayStay?: false;
}

export interface LiveShare {
  readonly release: Release;
  readonly share: number;
}

/** A known way for a platform to fail: a reason from the closed list, the sentence, and the evidence. */
export interface PlatformFailure {
  readonly reason: string;
  readonly what: string;
  readonly why?: string;
  readonly next: string;
  readonly evidence?: readonly string[];
  /** With `incomplete`: the parts that have less than they owe. */
  readonly missing?: readonly Missing[];
}

/** One part that has less than it owes. */
export interface Missing {
  readonly name: string;
  /** Instances that serve or would at the first request, and how many there have to be. */
  readonly there: number;
  readonly owed: number;
}

/** The platform's own health checks, per machine or instance. */
export interface InstanceHealth {
  readonly instance: string;
  readonly healthy: boolean | 'unknown';
  readonly note: string;
  /** On a host that does not answer: whether it serves, and what, nobody knows. */
  readonly outOfSight?: true;
  /** Stopped on purpose: nothing is wrong with it, and it serves nobody now. */
  readonly atRest?: boolean;
  /** At rest until another instance is lost, and never asked before. */
  readonly standby?: true;
  /** The name of the part that lacks it: it does not serve, and nothing will start it. */
  readonly missingFrom?: string;
  /** False when nothing from outside is routed to it. */
  readonly takesRequests?: boolean;
  /** How many of the platform's own checks it has. */
  readonly checks?: number;
  /** Check results, exit event, last log lines: what a person would look at. */
  readonly details?: readonly string[];
}

/** A command that is run in one instance of a target: what only its private network reaches. */
export interface InstanceCommand {
  /** A program of the image, and its arguments. */
  readonly command: readonly string[];
  /** Of which group of instances; the one that serves when undefined. */
  readonly group: string | undefined;
  /** For the command, milliseconds. */
  readonly timeoutMs: number;
}

/** What came of it. */
export type CommandEnd =
  | {
      readonly kind: 'ended';
      readonly instance: string;
      /** Undefined where the platform does not tell it, or a signal ended it. */
      readonly exitCode?: number;
      readonly signal?: number;
      readonly stdout: string;
      readonly stderr: string;
    }
  | { readonly kind: 'late'; readonly instance: string; readonly seconds: number }
  /** It printed more than is read. */
  | { readonly kind: 'too-much'; readonly instance: string; readonly bytes: number }
  /** No instance to run it in. `isFault`: one should be there. */
  | { readonly kind: 'nowhere'; readonly why: string; readonly isFault: boolean };

export interface SettleOptions {
  /** What ran before and has to run again; what ended by itself, or was not made, is seen to. */
  readonly owes?: readonly Part[];
  /** What is still pending after this long has failed: a platform that makes no progress will not make it by itself. */
  readonly budgetMs: number;
  /** Told each new thing seen while waiting, one line. */
  onProgress(note: string): void;
}

/** The platform's own judgement once a release is final. */
export type SettleResult =
  | { readonly kind: 'settled'; readonly note?: string; readonly running?: Pick<Running, 'parts' | 'exits'> }
  | { readonly kind: 'failed'; readonly failure: PlatformFailure }
  /** The platform could not be asked: nothing is known. */
  | { readonly kind: 'unknown'; readonly note: string };

/** Keeps for `post`, at once, what the adapter remembers: before a change, and once it is known what came of it. */
export type Remember = () => void;

export interface ActivateOptions {
  /** Milliseconds left for the whole activation. */
  readonly budgetMs: number;
  /** Why: written where the platform keeps a description. */
  readonly reason: string;
  readonly remember?: Remember | undefined;
}

/** What every platform can do. Every verb throws ActionFailure, or rejects with the signal's reason. */
export interface Platform {
  live(target: Target): Promise<Live>;
  /** Newest first; pages inside. */
  releases(target: Target): AsyncIterable<Release>;
  /** `known` is what is known of it beside the platform: its artifact, where the platform only has a name that may move. */
  inspect(target: Target, known: Pick<Release, 'id' | 'artifact'>): Promise<Release>;
  /**
   * What served directly before a release took traffic, told by the platform itself. `unsure` where it was a mix, or
   * still on its way; undefined where the platform has nothing older, or does not tell.
   */
  predecessor?(target: Target, release: Release): Promise<Predecessor | undefined>;
  /**
   * What others made live between this run's last look before shipping and its own release, newest first: it was taken
   * over unseen. Failures on their way left out. Absent: the platform does not tell.
   */
  cameBetween?(target: Target, release: Release): Promise<readonly Release[]>;
  /** How a release stands to this run. */
  relation?(release: Release): Relation;
  /** What was a maybe is of another run, by the records. */
  disown?(release: Pick<Release, 'id'>): void;
  /**
   * Waits until the platform's own state of a release is final: told by the platform where it pushes, else polled.
   * Trouble with its API is waited out for a while and then answered as `unknown`, never thrown.
   */
  settle(
    target: Target,
    release: Pick<Release, 'id' | 'artifact'>,
    options: SettleOptions,
    signal: AbortSignal,
  ): Promise<SettleResult>;
  /** Makes a release live. May answer a new release (Fly: a higher version of the same image) to settle. */
  activate(target: Target, release: Release, options: ActivateOptions, signal: AbortSignal): Promise<Release>;
}

/** What served before a release did. */
export interface Predecessor {
  readonly release: Release;
  /** It had not become final, or shared the traffic. */
  readonly unsure: boolean;
}

/** Whether this run made a release, and of which older one it is a copy. */
export interface Relation {
  /** `maybe`: it carries what this run asked for and nothing proves that it was this run: the records decide. */
  readonly made: 'yes' | 'maybe' | 'no';
  /** Id of an older release that may be the one instead: only where that is another run's is this one a maybe. */
  readonly unless?: string;
  /** Id of the older release this run brought back as this one. */
  readonly restores?: string;
}

export interface ShipOptions {
  readonly budgetMs: number;
  readonly remember?: Remember | undefined;
}

/** Ships a new release. On Fly and Railway it is live when shipped. A release that failed on the way is answered as `failed`. */
export interface Ships<Source> {
  ship(target: Target, source: Source, options: ShipOptions, signal: AbortSignal): Promise<Shipped>;
}

/** Finds the release that the platform has made, or is making, by itself, such as that of a commit; answers when it is ready. */
export interface Finds<Match> {
  find(target: Target, match: Match, options: ShipOptions, signal: AbortSignal): Promise<Shipped>;
}

/** Stops a release that is still being made; does nothing to one that is final. */
export interface Cancels {
  cancel(target: Target, release: Pick<Release, 'id'>): Promise<void>;
}

/** What came of shipping: the release if one was made, and the failure if the platform or its client named one. */
export interface Shipped {
  readonly release?: Release;
  readonly failure?: PlatformFailure;
  /** Beside the failure: that nothing was deployed is wanted so, and what serves already is what is judged. */
  readonly unchanged?: true;
}

export interface Health {
  health(target: Target): Promise<readonly InstanceHealth[]>;
}
