/** Really runs what is deployed: each instance is a process listening on a loopback port of its own. */
export interface Apps {
  /** Starts an application by its name in `apps/catalog`, on a free loopback port; answers when the process has been spawned, not when it listens. */
  start(spec: AppSpec): Promise<AppInstance>;
  stopAll(): Promise<void>;
}

export interface AppSpec {
  /** Name of a small application in the catalogue: `shop`. */
  readonly app: string;
  /** PORT is where it listens inside its machine; without one, where its program listens by itself. */
  readonly env: Readonly<Record<string, string>>;
  /** Command line instead of the application's own, for release commands: `['migrate']`. */
  readonly command?: readonly string[];
}

export interface LogLine {
  readonly at: number;
  readonly line: string;
  readonly from: 'stdout' | 'stderr';
}

export interface AppInstance {
  /** On loopback. */
  readonly port: number;
  /** The port it takes itself to listen on, as a service's `internal_port` names it. */
  readonly innerPort: number;
  readonly pid: number;
  /** Lines of stdout and stderr so far, with cloud time. */
  readonly log: readonly LogLine[];
  /** Resolves when the process has ended. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  readonly running: boolean;
  stop(signal: NodeJS.Signals, killAfterMs: number): Promise<void>;
}
