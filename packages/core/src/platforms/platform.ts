/** The words every platform adapter speaks. See the design's table: target, release, live. */

export type PlatformName = 'fly' | 'railway' | 'vercel';

/** The place that serves. `id` can be found again: `fly:shop`, `railway:<project>/<environment>/<service>`. */
export interface Target {
  readonly platform: PlatformName;
  readonly id: string;
  readonly name: string;
  /** Where users reach it, when the platform knows. */
  readonly url?: string;
  readonly dashboardUrl?: string;
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
  /** Image digest (`sha256:…`), or the platform's own deployment id. Equal artifacts serve the same code. */
  readonly artifact?: string;
  readonly url?: string;
  readonly restorable: 'yes' | 'no' | 'unknown';
  /** Why it is not (or may not be) restorable. */
  readonly restorableWhy?: string;
}

/** What serves the target's traffic now. Shares add up to 1. */
export type Live =
  | { readonly kind: 'nothing' }
  | ({ readonly kind: 'one'; readonly release: Release } & Running)
  | ({ readonly kind: 'mixed'; readonly shares: readonly LiveShare[] } & Running);

export interface Running {
  /** It has the target, but all of it is stopped and nothing will start it: nobody is served. */
  readonly switchedOff?: true;
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
}

/** The platform's own health checks, per machine or instance. */
export interface Evidence {
  readonly instance: string;
  readonly healthy: boolean | 'unknown';
  readonly note: string;
  /** Stopped on purpose: nothing is wrong with it, and it serves nobody now. */
  readonly atRest?: boolean;
  /** False when nothing from outside is routed to it. */
  readonly takesRequests?: boolean;
  /** How many of the platform's own checks it has. */
  readonly checks?: number;
  /** Check results, exit event, last log lines: what a person would look at. */
  readonly details?: readonly string[];
}

export interface SettleOptions {
  /** What is still pending after this long has failed: a platform that makes no progress will not make it by itself. */
  readonly budgetMs: number;
  /** Told each new thing seen while waiting, one line. */
  onProgress(note: string): void;
}

/** The platform's own judgement once a release is final. */
export type SettleResult =
  | { readonly kind: 'settled'; readonly note?: string }
  | { readonly kind: 'failed'; readonly failure: PlatformFailure }
  /** The platform could not be asked: nothing is known. */
  | { readonly kind: 'unknown'; readonly note: string };

export interface ActivateOptions {
  /** Milliseconds left for the whole activation. */
  readonly budgetMs: number;
  /** Why: written where the platform keeps a description. */
  readonly reason: string;
}

/** What every platform can do. Every verb throws ActionFailure, or rejects with the signal's reason. */
export interface Platform {
  live(target: Target): Promise<Live>;
  /** Newest first; pages inside. */
  releases(target: Target): AsyncIterable<Release>;
  inspect(target: Target, id: string): Promise<Release>;
  /**
   * Waits until the platform's own state of a release is final: told by the platform where it pushes, else polled.
   * Trouble with its API is waited out for a while and then answered as `unknown`, never thrown.
   */
  settle(target: Target, id: string, options: SettleOptions, signal: AbortSignal): Promise<SettleResult>;
  /** Makes a release live. May answer a new release (Fly: a higher version of the same image) to settle. */
  activate(target: Target, release: Release, options: ActivateOptions, signal: AbortSignal): Promise<Release>;
}

export interface ShipOptions {
  readonly budgetMs: number;
}

/** Ships a new release. On Fly and Railway it is live when shipped. A release that failed on the way is answered as `failed`. */
export interface Ships<Source> {
  ship(target: Target, source: Source, options: ShipOptions, signal: AbortSignal): Promise<Shipped>;
}

/** What came of shipping: the release if one was made, and the failure if the platform or its client named one. */
export interface Shipped {
  readonly release?: Release;
  readonly failure?: PlatformFailure;
}

export interface Health {
  health(target: Target): Promise<readonly Evidence[]>;
}
