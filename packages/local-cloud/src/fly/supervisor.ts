import { setTimeout as delay } from 'node:timers/promises';
import { accepts } from '../apps/accepts.ts';
import type { AppInstance } from '../apps/apps.ts';
import { startChecks, unprobed } from './checks.ts';
import { processSpec } from './launch-spec.ts';
import type { Machine } from './machine.ts';
import { durationMs, type MachineConfig, namedChecks } from './machine-config.ts';
import { exitRequest, type MachineEvent, type ProcessEnd } from './machine-events.ts';
import type { FlyDoors } from './settings.ts';

/** A small server listens while a machine boots; one that does not by then is started all the same. */
const bootMs = 4_000;
const firstProbeMs = 1_000;
const workerBootMs = 300;
const backdateMs = 11_000;
const restartDelaysMs = [0, 0, 1_000, 2_000, 4_000];

/** Runs the process of one machine: boots it, restarts it by policy, ends it, and writes down what happened. */
export class Supervisor {
  readonly #machine: Machine;
  readonly #doors: FlyDoors;
  #life = new AbortController();
  #process: AppInstance | undefined;
  /** Between a crash and the next start: ending it then is a requested stop as well. */
  #crashing = false;

  constructor(machine: Machine, doors: FlyDoors) {
    this.#machine = machine;
    this.#doors = doors;
  }

  /** Starts the machine's present config; the returned promise ends when its process has ended for good. */
  launch(): Promise<void> {
    this.#life = new AbortController();
    this.#machine.enter('starting');
    return this.#live(this.#life.signal);
  }

  /** Ends the process on request: its exit is not a crash, and it is not restarted. */
  async end(signal: NodeJS.Signals, timeoutMs: number): Promise<void> {
    const running = this.#letGo();
    if (running === undefined && !this.#crashing) return;
    this.#crashing = false;
    await running?.stop(signal, timeoutMs);
    const end = (await running?.exited) ?? { code: 0, signal: null };
    this.#recordExit(end, { restartCount: 0, restarting: false, requested: true });
  }

  /** Ends the process where nobody sees it: state, events and checks stay as they were. */
  async lose(): Promise<void> {
    const running = this.#letGo();
    this.#crashing = false;
    await running?.stop('SIGKILL', 0);
  }

  /** As the `stop_config` it runs under has it; Fly's default is SIGINT and 5 s. */
  endGracefully(stopConfig = this.#machine.config.stop_config): Promise<void> {
    const { signal, timeout } = stopConfig ?? {};
    return this.end((signal ?? 'SIGINT') as NodeJS.Signals, durationMs(timeout, 5_000));
  }

  send(signal: NodeJS.Signals): void {
    if (this.#machine.pid !== undefined) process.kill(this.#machine.pid, signal);
  }

  record(event: Omit<MachineEvent, 'id' | 'timestamp'>, shiftMs = 0): void {
    const now = this.#doors.clock.now();
    const machine = this.#machine;
    const full = { id: this.#doors.ids.ulid(now), ...event, timestamp: now - shiftMs };
    machine.events = [full, ...machine.events].slice(0, 50);
  }

  /** A launch is always older than its start, back-dated or not. */
  recordLaunch(): void {
    const shiftMs = this.#doors.settings.smokeBackdate ? backdateMs + 1_000 : 0;
    this.record({ type: 'launch', status: 'created', source: 'user' }, shiftMs);
  }

  /** The running process, no longer watched. */
  #letGo(): AppInstance | undefined {
    this.#life.abort();
    const running = this.#process;
    this.#process = undefined;
    this.#machine.port = undefined;
    this.#machine.pid = undefined;
    return running;
  }

  async #live(ended: AbortSignal): Promise<void> {
    for (let restarts = 0; ; restarts++) {
      const running = await this.#boot(ended);
      const end = await running.exited;
      if (ended.aborted) return;
      const restarting = this.#restarts(end, restarts);
      this.#recordExit(end, { restartCount: restarts + 1, restarting, requested: false });
      this.#forget();
      this.#crashing = restarting;
      if (!restarting) {
        this.#rest();
        return;
      }
      this.#machine.enter('starting');
      const pauseMs = restartDelaysMs[Math.min(restarts, restartDelaysMs.length - 1)] ?? 0;
      await this.#doors.clock.until(this.#doors.clock.now() + pauseMs, ended);
      if (ended.aborted) return;
    }
  }

  async #boot(ended: AbortSignal): Promise<AppInstance> {
    const machine = this.#machine;
    const checking = new AbortController();
    machine.checks = unprobed(machine.config, this.#doors.clock.now());
    const running = await this.#doors.apps.start(processSpec(machine));
    machine.app.logs.follow({ machine: machine.id, region: machine.region, log: running.log });
    if (ended.aborted) {
      await running.stop('SIGKILL', 0);
      return running;
    }
    this.#process = running;
    this.#crashing = false;
    void running.exited.then(() => checking.abort());
    const isUp = await runs(running, machine.config, AbortSignal.any([ended, checking.signal]));
    if (ended.aborted) return running;
    machine.pid = running.pid;
    machine.port = running.running ? running.port : undefined;
    machine.innerPort = running.innerPort;
    const shiftMs = isUp && this.#doors.settings.smokeBackdate ? backdateMs : 0;
    this.record({ type: 'start', status: 'started', source: 'flyd' }, shiftMs);
    await this.#check(running, AbortSignal.any([ended, checking.signal]));
    if (!ended.aborted) machine.enter('started');
    return running;
  }

  async #check(running: AppInstance, ended: AbortSignal): Promise<void> {
    const machine = this.#machine;
    const firstRound = startChecks({
      config: machine.config,
      running,
      clock: this.#doors.clock,
      ended,
      report: (status) => {
        machine.checks = machine.checks.map((old) => (old.name === status.name ? status : old));
      },
    });
    await Promise.race([firstRound, delay(firstProbeMs)]);
  }

  #restarts(end: ProcessEnd, restarts: number): boolean {
    const { policy = 'on-failure', max_retries = 10 } = this.#machine.config.restart ?? {};
    if (policy === 'always') return true;
    return policy === 'on-failure' && end.code !== 0 && restarts < max_retries;
  }

  #recordExit(end: ProcessEnd, how: { restartCount: number; restarting: boolean; requested: boolean }): void {
    const request = exitRequest(end, { ...how, atMs: this.#doors.clock.now() });
    this.record({ type: 'exit', status: 'stopped', source: 'flyd', request });
  }

  #forget(): void {
    this.#process = undefined;
    this.#machine.port = undefined;
    this.#machine.pid = undefined;
    const now = new Date(this.#doors.clock.now()).toISOString();
    const output = 'the machine is not running';
    this.#machine.checks = this.#machine.checks.map(({ name }) => ({
      name,
      status: 'critical',
      output,
      updated_at: now,
    }));
  }

  #rest(): void {
    const machine = this.#machine;
    if (machine.config.auto_destroy !== true) {
      machine.enter('stopped');
      return;
    }
    this.record({ type: 'destroy', status: 'destroyed', source: 'flyd' });
    machine.enter('destroyed');
  }
}

/** True once it listens, or, where it is to listen to nothing, once it has lived for a moment. */
async function runs(running: AppInstance, config: MachineConfig, ended: AbortSignal): Promise<boolean> {
  if ((config.services ?? []).length > 0 || namedChecks(config).size > 0) return listening(running, ended);
  if (config.auto_destroy === true) return false;
  await delay(workerBootMs, undefined, { signal: ended }).catch(() => undefined);
  return !ended.aborted;
}

/** True as soon as something accepts on the port; false when the process ended or the boot time is over. */
async function listening(running: AppInstance, ended: AbortSignal): Promise<boolean> {
  const deadline = Date.now() + bootMs;
  while (Date.now() < deadline && !ended.aborted) {
    if (await accepts(running.port)) return true;
    await delay(10);
  }
  return false;
}
