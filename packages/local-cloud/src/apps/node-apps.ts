import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { CloudClock } from '../clock.ts';
import type { AppInstance, AppSpec, Apps, LogLine } from './apps.ts';
import { Ports } from './ports.ts';

const runner = fileURLToPath(new URL('run-app.mjs', import.meta.url));
/** Each file of the catalogue is an application; folders hold their parts. */
const programs = readdirSync(new URL('catalog', import.meta.url))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))
  .sort();
const maxLogLines = 1000;
/** Where a program listens whose environment has no PORT; 8080 is what most images of Fly's guides use. */
const ownPorts: Readonly<Record<string, number>> = { database: 5432, 'fly-postgres': 5500 };
const usualPort = 8080;

/** Runs applications of the catalogue as Node processes. */
export class NodeApps implements Apps {
  /** The names of the applications there are. */
  readonly catalog: readonly string[] = programs;
  readonly #clock: CloudClock;
  readonly #ports = new Ports();
  readonly #running = new Map<NodeApp, AppSpec>();

  constructor(clock: CloudClock) {
    this.#clock = clock;
  }

  async start(spec: AppSpec): Promise<AppInstance> {
    if (!programs.includes(spec.app)) {
      throw new Error(`no application "${spec.app}" in the catalogue; it has: ${programs.join(', ')}`);
    }
    const port = await this.#ports.take();
    const innerPort = Number(spec.env.PORT ?? ownPorts[spec.app] ?? usualPort);
    const child = spawn(process.execPath, [runner, spec.app, ...(spec.command ?? [])], {
      // A clean environment: what is baked in and given, nothing of ours. The IPC channel ends the child when we die.
      env: { ...spec.env, PORT: String(innerPort), LOOPBACK_PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const instance = new NodeApp(child, { port, innerPort }, this.#clock);
    this.#running.set(instance, spec);
    void instance.exited.then(() => {
      this.#running.delete(instance);
      this.#ports.giveBack(port);
    });
    await once(child, 'spawn');
    return instance;
  }

  /** What runs now. */
  running(): readonly { readonly spec: AppSpec; readonly instance: AppInstance }[] {
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
  readonly #clock: CloudClock;

  constructor(
    child: ChildProcess,
    { port, innerPort }: Pick<AppInstance, 'port' | 'innerPort'>,
    clock: CloudClock,
  ) {
    this.port = port;
    this.innerPort = innerPort;
    this.#child = child;
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

  async stop(signal: NodeJS.Signals, killAfterMs: number): Promise<void> {
    const ended = new AbortController();
    void this.exited.then(() => ended.abort());
    this.#child.kill(signal);
    await this.#clock.until(this.#clock.now() + killAfterMs, ended.signal);
    if (this.running) this.#child.kill('SIGKILL');
    await this.exited;
  }

  #keep(line: string, from: LogLine['from']): void {
    this.log.push({ at: this.#clock.now(), line, from });
    if (this.log.length > maxLogLines) this.log.shift();
  }
}
