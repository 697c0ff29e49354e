import type { Clock } from '../io/clock.ts';
import type { Outcome } from '../outcome/outcome.ts';
import type { RunInInstance } from './instances.ts';
import type { Health, InstanceHealth, Platform, PlatformFailure, Release, Target } from './platform.ts';
import type { WantedTarget } from './wanted-target.ts';

/**
 * A platform, opened for one target: the door that deploys, rollbacks and their actions use. Whatever differs between
 * platforms is a verb here; nobody beyond it asks a platform's name.
 */
export interface OpenPlatform {
  readonly platform: Platform & Partial<Health>;
  readonly target: Target;
  /** Tells the time by the platform's clock. */
  readonly clock: Clock;
  /** How long a release may take to settle once it is live, milliseconds. */
  readonly settleMs: number;
  /** Absent: the platform runs no commands for us. */
  readonly runInInstance?: RunInInstance;
  /** What no rollback brings back, each a phrase for people. */
  readonly notUndone: readonly string[];
  /** How workflows speak of its targets: a workflow that a person wrote is known by that. */
  readonly workflowWords: WorkflowWords;
  /** What a person named in `to` with a word of this platform, such as a version; undefined: no such word. */
  parseTarget(to: string): WantedTarget | undefined;
  /** The same by what the platform cannot move: an image's digest for its tag. Failures: those of its API. */
  pinned(wanted: WantedTarget): Promise<WantedTarget>;
  /** What `evidence` shows, as a heading: its instances and their logs, the log of a build. */
  readonly evidenceTitle: string;
  /** What a person would look at when a release failed. Never throws. */
  evidence(release: string | undefined): Promise<readonly string[]>;
  /** What stands beside what serves, by the last look. */
  beside(): Beside;
  /** The same failure, with the commands that mend it where the platform knows them; `seen` just now. Never throws. */
  withCommands(failure: PlatformFailure, seen?: readonly InstanceHealth[]): Promise<PlatformFailure>;
  /** After the verdict: clears away, or makes, what deploys before this one had left. Never throws. */
  tidyUp(ended: TidyFacts): Promise<void>;
  /** What `recall` needs in another process to know this run's releases again. */
  memory(): string;
  /** In `post`; `back`: the release this run was to bring back, if any. */
  recall(memory: string | undefined, known: { readonly back: Release | undefined }): void;
}

/** How workflows speak of a platform. */
export interface WorkflowWords {
  /** The input that names a target: `fly-app`. */
  readonly targetInput: string;
  /** A command line of its client that ships. */
  readonly shipsByHand: RegExp;
}

/** What stands beside what serves and is no part of it. */
export interface Beside {
  /** What earlier deploys left, a sentence without its end each. */
  readonly left: readonly string[];
  /** The same, each with what becomes of it. */
  readonly warnings: readonly string[];
  /** Everything beside, as Markdown; `''` where there is nothing. */
  readonly markdown: string;
}

/** What is known when a run tidies up. */
export interface TidyFacts {
  readonly outcome: Outcome;
  /** Of `timeout`, milliseconds. */
  readonly leftMs: number;
}
