import type { HttpError } from '../../../io/http.ts';
import type { DeploymentClass } from '../api/deployment-status.ts';
import type { RailwayFailure } from '../api/failures.ts';
import type { WireDeployment, WireEvent, WireLogLine } from '../api/wire.ts';
import type { LogSource } from './deployment-push.ts';
import type { OpenSocket } from './open-socket.ts';

/** One line of a log: text of others, to be neutralised before it is printed. */
export interface FollowedLine extends WireLogLine {
  readonly source: LogSource;
}

export interface FollowOptions {
  /** Aborted: the socket is closed at once, and following rejects with the reason. */
  readonly signal: AbortSignal;
  /** For all of it, milliseconds. */
  readonly budgetMs: number;
  /** Absent: nothing is pushed, it is polled. */
  readonly openSocket?: OpenSocket | undefined;
  /** Told each new thing, one line. */
  onProgress(note: string): void;
  /** Told each line of the logs, once, as it comes. Absent: none are asked for. */
  readonly onLine?: ((line: FollowedLine) => void) | undefined;
  /** Whether it ends with a deployment of this class; by default with whatever is not on its way. */
  readonly until?: (one: DeploymentClass) => boolean;
  /** Trouble with Railway's API, one answer after the other, is waited out for so long, milliseconds. */
  readonly patienceMs?: number;
}

/** How following ended. */
export type Followed =
  /** Told by a look, whatever was pushed. */
  | {
      readonly kind: 'ended';
      readonly deployment: WireDeployment;
      readonly class: DeploymentClass;
      /** Where it failed or crashed; else those that were pushed. */
      readonly events: readonly WireEvent[];
    }
  /** Time ran out; `deployment` is what was seen last. */
  | {
      readonly kind: 'late';
      readonly deployment: WireDeployment | undefined;
      readonly events: readonly WireEvent[];
    }
  /** Railway could not be asked any more. */
  | {
      readonly kind: 'unreachable';
      readonly error: HttpError | RailwayFailure;
      readonly deployment: WireDeployment | undefined;
    };
