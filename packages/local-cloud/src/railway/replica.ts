import type { AppInstance, Apps, LogLine } from '../apps/apps.ts';
import type { CloudClock } from '../clock.ts';

export type InstanceStatus =
  | 'CREATED'
  | 'INITIALIZING'
  | 'RUNNING'
  | 'RESTARTING'
  | 'STOPPED'
  | 'EXITED'
  | 'CRASHED'
  | 'REMOVING'
  | 'REMOVED'
  | 'SKIPPED';

export interface ReplicaFacts {
  readonly id: string;
  readonly region: string;
  readonly spec: Parameters<Apps['start']>[0];
  readonly restart: {
    readonly policy: 'ALWAYS' | 'NEVER' | 'ON_FAILURE';
    readonly retries: number;
    readonly afterMs: number;
  };
  readonly said: (line: LogLine) => void;
  readonly changed: () => void;
}

/** One of the containers of a deployment: a process, started again by its restart policy. */
export class Replica {
  readonly id: string;
  readonly region: string;
  status: InstanceStatus = 'INITIALIZING';
  /** Where it listens on loopback, while it runs. */
  port: number | undefined;
  /** Where it takes itself to listen. */
  innerPort: number | undefined;
  readonly #facts: ReplicaFacts;
  readonly #apps: Apps;
  readonly #clock: CloudClock;
  #life = new AbortController();
  #process: AppInstance | undefined;

  constructor(facts: ReplicaFacts, { apps, clock }: { readonly apps: Apps; readonly clock: CloudClock }) {
    this.id = facts.id;
    this.region = facts.region;
    this.#facts = facts;
    this.#apps = apps;
    this.#clock = clock;
  }

  get isUp(): boolean {
    return this.status === 'CREATED' || this.status === 'RUNNING' || this.status === 'RESTARTING';
  }

  /** Resolves once its first process runs; it goes on by itself until it is ended, or has ended for good. */
  async launch(): Promise<void> {
    this.#life = new AbortController();
    const started = Promise.withResolvers<void>();
    void this.#live(this.#life.signal, started.resolve).catch(started.reject);
    await started.promise;
  }

  /** SIGTERM, then SIGKILL once the drain is over; it is not started again. */
  async end(into: InstanceStatus, drainMs: number): Promise<void> {
    this.#life.abort();
    const running = this.#process;
    if (running !== undefined) {
      this.#enter(into === 'REMOVED' ? 'REMOVING' : this.status);
      await running.stop('SIGTERM', drainMs);
    }
    this.port = undefined;
    this.#enter(into);
  }

  async #live(ended: AbortSignal, started: () => void): Promise<void> {
    const { restart, spec, said } = this.#facts;
    for (let retries = 0; ; retries++) {
      if (retries === 0) this.#enter('CREATED');
      const running = await this.#apps.start(spec);
      running.follow(said);
      this.#process = running;
      if (ended.aborted) {
        await running.stop('SIGKILL', 0);
        return started();
      }
      this.port = running.port;
      this.innerPort = running.innerPort;
      this.#enter('RUNNING');
      started();
      const { code } = await running.exited;
      this.#process = undefined;
      if (ended.aborted) return;
      this.port = undefined;
      const isFailure = code !== 0;
      const isRetried = restart.policy === 'ON_FAILURE' && isFailure && retries < restart.retries;
      if (restart.policy !== 'ALWAYS' && !isRetried) {
        this.#enter(isFailure ? 'CRASHED' : 'EXITED');
        return;
      }
      this.#enter('RESTARTING');
      await this.#clock.until(this.#clock.now() + restart.afterMs, ended);
      if (ended.aborted) return;
    }
  }

  #enter(status: InstanceStatus): void {
    this.status = status;
    this.#facts.changed();
  }
}
