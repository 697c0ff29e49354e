import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { CloudClock } from '../clock.ts';
import type { AppInstance, AppSpec, Apps, LogLine, TreeSpec } from './apps.ts';
import { Ports } from './ports.ts';
import { type SpawnedApp, spawnApp, spawnTree } from './spawn-app.ts';

/** Each file of the catalogue is an application; folders hold their parts. */
const programs = readdirSync(new URL('catalog', import.meta.url))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))
  .sort();
const maxLogLines = 1000;

/** Runs applications of the catalogue, and what was uploaded, as processes. */
export class NodeApps implements Apps {
  /** The names of the applications there are. */
  readonly catalog: readonly string[] = programs;
  readonly #clock: CloudClock;
  readonly #ports = new Ports();
  readonly #running = new Map<NodeApp, AppSpec | TreeSpec>();

  constructor(clock: CloudClock) {
    this.#clock = clock;
  }

  async start(spec: AppSpec | TreeSpec): Promise<AppInstance> {
    if ('app' in spec && !programs.includes(spec.app)) {
      throw new Error(`no application "${spec.app}" in the catalogue; it has: ${programs.join(', ')}`);
    }
    const port = await this.#ports.take();
    const spawned = 'app' in spec ? spawnApp(spec, port) : spawnTree(spec, port);
    const instance = new NodeApp(spawned, port, this.#clock);
    this.#running.set(instance, spec);
    void instance.exited.then(() => {
      this.#running.delete(instance);
      this.#ports.giveBack(port);
    });
    await once(spawned.child, 'spawn');
    return instance;
  }

  /** What runs now. */
  running(): readonly { readonly spec: AppSpec | TreeSpec; readonly instance: AppInstance }[] {
    return [...this.#running].map(([instance, spec]) => ({ spec, instance }));
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((instance) => instance.stop('SIGKILL', 0)));
  }

  async close(): Promise<void> {
    await this.stopAll();
    this.#ports.close();
  }
}

class NodeApp implements AppInstance {
  readonly port: number;
  readonly innerPort: number;
  readonly log: LogLine[] = [];
  readonly exited: AppInstance['exited'];
  readonly #child: ChildProcess;
  readonly #kill: SpawnedApp['kill'];
  readonly #clock: CloudClock;
  readonly #listeners: ((line: LogLine) => void)[] = [];

  constructor({ child, innerPort, kill }: SpawnedApp, port: number, clock: CloudClock) {
    this.port = port;
    this.innerPort = innerPort;
    this.#child = child;
    this.#kill = kill;
    this.#clock = clock;
    for (const from of ['stdout', 'stderr'] as const) {
      const input = child[from];
      if (input !== null) createInterface({ input }).on('line', (line) => this.#keep(line, from));
    }
    // `close` comes when the output has ended too, so an exited process has its whole log.
    this.exited = new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  follow(listener: (line: LogLine) => void): void {
    for (const line of this.log) listener(line);
    this.#listeners.push(listener);
  }

  async stop(signal: NodeJS.Signals, killAfterMs: number): Promise<void> {
    const ended = new AbortController();
    void this.exited.then(() => ended.abort());
    this.#kill(signal);
    await this.#clock.until(this.#clock.now() + killAfterMs, ended.signal);
    if (!ended.signal.aborted) this.#kill('SIGKILL');
    await this.exited;
  }

  #keep(line: string, from: LogLine['from']): void {
    const kept = { at: this.#clock.now(), line, from };
    this.log.push(kept);
    for (const listener of this.#listeners) listener(kept);
    if (this.log.length > maxLogLines) this.log.shift();
  }
}
