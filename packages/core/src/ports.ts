import type { CheckDoor } from './checks/cage/caged-checks.ts';
import type { Clock } from './clock.ts';
import type { Http } from './http.ts';
import type { Tools } from './process.ts';
import type { Runner } from './runner/runner.ts';

/** Every door of an action to the outside: what `run(ports)` receives, and what tests replace. */
export interface Ports {
  readonly runner: Runner;
  readonly http: Http;
  readonly tools: Tools;
  readonly clock: Clock;
  readonly checks: CheckDoor;
  /** Aborted when the job is cancelled; its reason is a `Cancelled`. */
  readonly signal: AbortSignal;
}
