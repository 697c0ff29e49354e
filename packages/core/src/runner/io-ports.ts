import type { Clock } from '../io/clock.ts';
import type { Http } from '../io/http.ts';
import type { Tools } from '../io/process.ts';
import type { Runner } from './runner.ts';

/** The doors to the outside that need no check: what the rooms below the action are given. */
export interface IoPorts {
  readonly runner: Runner;
  readonly http: Http;
  readonly tools: Tools;
  readonly clock: Clock;
  /** Aborted when the job is cancelled; its reason is a `Cancelled`. */
  readonly signal: AbortSignal;
}
