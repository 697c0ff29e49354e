import type { Clock } from '../../clock.ts';
import type { Tools } from '../../process.ts';
import type { PlatformHealth } from '../types/check-type.ts';
import type { ChecksReport } from '../verdict.ts';
import type { Values } from './scope.ts';

export interface RunChecksOptions extends Values {
  readonly clock: Clock;
  /** Aborting it rejects the run with its reason. */
  readonly signal: AbortSignal;
  /** Bounds the whole run, milliseconds. */
  readonly budgetMs: number;
  /** `once` is the preflight: one attempt each within 30 s, without retry, window, delay or unsafe methods. */
  readonly mode: 'full' | 'once';
  /** An independent address, asked once before unreachable targets count as failed. */
  readonly controlUrl?: string;
  /** Read for `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onProgress?: (progress: AttemptProgress) => void;
  /** Names of the checks to run; all when absent. */
  readonly only?: ReadonlySet<string>;
  /** Binds the release check to this commit; without one that check is advisory. Absent: the file's own `equals`. */
  readonly release?: { readonly commit?: string };
  /** The preflight's report: what this runner could not reach before cannot prove anything now. */
  readonly previous?: ChecksReport;
  /** Runs the programs of `exec` checks; without it they end in error. */
  readonly tools?: Tools;
  /** Answers `fly-machines` checks; without it they end in error. */
  readonly platformHealth?: PlatformHealth;
  /** From 0 to 1, for the jitter of pauses. */
  readonly random?: () => number;
}

/** One attempt has ended. Masked. */
export interface AttemptProgress {
  readonly check: string;
  readonly attempt: number;
  readonly outcome: 'pass' | 'fail';
  readonly summary: string;
}
