import type { Clock } from '../../io/clock.ts';
import type { Tools } from '../../io/process.ts';
import type { AskPlatformHealth, RunInInstance } from '../../platforms/instances.ts';
import type { ChecksReport } from '../check-result.ts';
import type { MayLack } from '../types/check-type.ts';
import type { Baselines } from './samples.ts';
import type { Values } from './scope.ts';

/** How rounds are made: who is asked when, for how long, and what is said meanwhile. */
export interface RoundsOptions {
  readonly clock: Clock;
  /** Aborting it rejects the run with its reason. */
  readonly signal: AbortSignal;
  /** Bounds the whole run, milliseconds. */
  readonly budgetMs: number;
  /** `once` is the preflight: one attempt each within 30 s, without retry, window, delay or unsafe methods. */
  readonly mode: 'full' | 'once';
  readonly onProgress?: (progress: AttemptProgress) => void;
  /** One line about the run as a whole: a watch begins. */
  readonly onNote?: (line: string) => void;
  /** False leaves the watch out: the verdict alone is wanted. */
  readonly watch?: boolean;
  /** Binds the release check to this commit; without one that check is advisory. Absent: the file's own `equals`. */
  readonly release?: { readonly commit?: string };
  /** The preflight's report: what this runner could not reach before cannot prove anything now. */
  readonly previous?: ChecksReport;
  /**
   * True where a failed gate moves traffic: one without `retry` of its own that does not reach the service has 30 s to
   * come good, and any other failure of it is asked again once, 5 s later. Only in mode `full`.
   */
  readonly looksTwice?: boolean;
  /**
   * What is asked has just been made live: what a cache has from before the run says nothing of it, and is asked past.
   */
  readonly isNew?: boolean;
  /** False: nothing is judged by many samples, as after a restore, where time counts and an old release is no news. */
  readonly measures?: boolean;
  /** What a check measured before, by its name, for those that are compared with an older release. */
  readonly baselines?: Baselines;
  /** What pages may lack; absent: nothing. */
  readonly mayLack?: PageLacks;
  /** From 0 to 1, for the jitter of pauses. */
  readonly random?: () => number;
}

/** What the page of a check may lack, by the check's name; undefined: nothing. */
export type PageLacks = (check: string) => MayLack | undefined;

/** Which checks are asked, with what. */
export interface Selection {
  /**
   * Names of the checks and scenarios to run; all when absent. A step's name runs its scenario as far as that step;
   * steps before it that are not named decide nothing.
   */
  readonly only?: ReadonlySet<string>;
  /** Runs only checks and scenarios with one of these tags, and the release check; all when absent. */
  readonly tags?: ReadonlySet<string>;
}

/** Everything a run needs. */
export interface RunChecksOptions extends Values, RoundsOptions, Selection {
  /** An independent address, asked once before unreachable targets count as failed. */
  readonly controlUrl?: string;
  /** Read for `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`; programs of `exec` checks get a few names of it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A value was captured that must be masked: called before anything that could hold it is reported. */
  readonly onSecret?: (value: string) => void;
  /** Runs the programs of `exec` checks; without it they end in error. */
  readonly tools?: Tools;
  /** Answers `fly-machines` checks; without it they end in error. */
  readonly platformHealth?: AskPlatformHealth;
  /** Runs the commands of `fly-machines` checks; without it they end in error. */
  readonly runInInstance?: RunInInstance;
}

/** One attempt has ended. Masked. */
export interface AttemptProgress {
  readonly check: string;
  readonly attempt: number;
  readonly outcome: 'pass' | 'fail';
  readonly summary: string;
}
