/** Really runs what is deployed: each instance is a process listening on a loopback port of its own. */
export interface Apps {
  /** Starts an application on a free loopback port; answers when the process has been spawned, not when it listens. */
  start(spec: AppSpec | TreeSpec): Promise<AppInstance>;
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

/** A directory somebody uploaded, and the line that starts what is in it. */
export interface TreeSpec {
  readonly tree: string;
  /** `node server.js`, `npm start`, or anything a shell takes. */
  readonly line: string;
  /** PORT is where it has to listen inside its container: 8080 without one. */
  readonly env: Readonly<Record<string, string>>;
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
  /** Hears each line, those so far included. */
  follow(listener: (line: LogLine) => void): void;
  /** Resolves when the process has ended. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  readonly running: boolean;
  stop(signal: NodeJS.Signals, killAfterMs: number): Promise<void>;
}
