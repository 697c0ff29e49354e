import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { endOf } from '../../cut.ts';
import { Announcements, announcementsFd, beatMs, exceptionExit } from './announcements.ts';
import { cpuTimeOf, isOverweight, limits } from './limits.ts';
import type { Calls, Ended, FromWorker, ToWorker } from './messages.ts';
import { workerEntry, workerEnvironment, workerOptions } from './worker-entry.ts';

/** Why a worker is no more. */
export type Cause =
  /** It did not let go of its thread. */
  | 'held'
  /** Its memory was full. */
  | 'memory'
  /** Nobody caught an exception, and nobody knows whose it was. */
  | 'exception'
  /** It broke down inside. */
  | 'crashed'
  /** Something ended it: nobody knows what. */
  | 'gone'
  /** The time of the run was over. */
  | 'out-of-time'
  /** It was no longer wanted. */
  | 'closed';

/** A call that came to no end because its worker did. */
export class WorkerEnded extends Error {
  readonly how: Cause;
  /** The call whose answer was being judged. */
  readonly holder: number | undefined;
  /** For how long the thread had been held by then, milliseconds. */
  readonly heldMs: number;
  /** Calls that were under way. */
  readonly calls: number;
  /** Attempts it had made before. */
  readonly attempts: number;

  constructor(
    cause: Cause,
    { holder, heldMs, calls, attempts }: Pick<WorkerEnded, 'holder' | 'heldMs' | 'calls' | 'attempts'>,
  ) {
    super(`The process that runs the checks ended: ${cause}.`);
    this.how = cause;
    this.holder = holder;
    this.heldMs = heldMs;
    this.calls = calls;
    this.attempts = attempts;
  }
}

/** What a worker says that is no answer. */
export type Said = Exclude<FromWorker, { ended: Ended }>;

export interface WorkerParts {
  /** What runs as the worker; `workerEntry` where it is not named. */
  readonly program?: string | undefined;
  /** Of the run; the worker gets a few names of it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `signal` is aborted when the worker that said it ends; `reply` reaches no other. */
  onMessage(message: Said, worker: Speaker): void;
}

export interface Speaker {
  readonly signal: AbortSignal;
  reply(message: ToWorker): void;
}

interface Pending {
  /** How long it may hold the thread, milliseconds. */
  readonly heldMs: number;
  /** Whether it asks the service. */
  readonly isAttempt: boolean;
  resolve(ended: Ended): void;
  reject(error: WorkerEnded): void;
}

/** One process that runs checks: takes calls, and is ended when it holds its thread for too long. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #announcements = new Announcements();
  readonly #pending = new Map<number, Pending>();
  /** Aborted when it ends. */
  readonly #life = new AbortController();
  #cause: Cause | undefined;
  #ended: WorkerEnded | undefined;
  #ticking: NodeJS.Timeout | undefined;
  #isUp = false;
  /** How long its thread has been held since it was last heard, milliseconds. */
  #heldMs = 0;
  #isHeard = true;
  /** Its CPU time when it was last heard, milliseconds. */
  #cpuThen: number | undefined;
  #lastTick = 0;
  #complaint = '';
  /** Attempts that were answered. */
  #attempts = 0;
  hasAnswered = false;

  constructor({ program = workerEntry(), env, onMessage }: WorkerParts) {
    const child = spawn(process.execPath, [...limits.nodeFlags, ...workerOptions(env), program], {
      env: workerEnvironment(env),
      // 3: calls and answers; 4: announcements, which must get out of a thread that is about to be held.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
      windowsHide: true,
    });
    this.#child = child;
    const speaker: Speaker = { signal: this.#life.signal, reply: (message) => this.#send(message) };
    child.on('message', (message: FromWorker) => {
      if (!('ended' in message)) return onMessage(message, speaker);
      this.hasAnswered = true;
      const pending = this.#pending.get(message.id);
      if (pending?.isAttempt === true) this.#attempts++;
      pending?.resolve(message.ended);
      this.#pending.delete(message.id);
      if (this.#pending.size === 0) this.#rest();
    });
    const announced = child.stdio[announcementsFd] as Readable;
    announced.on('data', (chunk: Buffer) => {
      this.#announcements.add(chunk);
      this.#isUp = true;
      this.#hear();
    });
    announced.on('error', () => {});
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#complaint = endOf(this.#complaint + chunk.toString(), 4096);
    });
    child.on('error', () => this.#end('gone'));
    child.on('exit', () => this.#cause !== undefined && this.#end(this.#cause));
    // By `close` what it announced last is read.
    child.on('close', (code, signal) => this.#end(causeOf(code, signal, this.#complaint)));
    // What waits for answers keeps the process alive; an idle worker does not.
    child.unref();
    child.channel?.unref();
    for (const stream of [announced, child.stderr]) if (stream instanceof Socket) stream.unref();
  }

  get isEnded(): boolean {
    return this.#cause !== undefined || this.#ended !== undefined;
  }

  /** Whether it asked the service before: what that brought may not have been given back. */
  get isUsed(): boolean {
    return this.#attempts > 0;
  }

  /** What it wrote to its standard error last. */
  get complaint(): string {
    return this.#complaint;
  }

  /** Rejects with WorkerEnded when the worker ends before it has answered. */
  call<Name extends keyof Calls>(call: Name, id: number, given: Calls[Name]['given']): Promise<Ended> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      const isAttempt = call === 'ask' || call === 'askStep';
      this.#pending.set(id, { resolve, reject, heldMs: heldMsOf(call), isAttempt });
      this.#send({ call, id, given });
      this.#watch();
    });
  }

  #send(message: ToWorker): void {
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  /** Ends the process at once. Every call that waits is rejected. */
  kill(cause: Cause): void {
    if (this.isEnded) return;
    this.#cause = cause;
    this.#child.kill('SIGKILL');
    // Nobody waits for the system to have buried it.
    if (cause === 'closed') this.#end(cause);
  }

  #end(cause: Cause): void {
    if (this.#ended !== undefined) return;
    this.#rest();
    const { holder } = this.#announcements;
    const calls = this.#pending.size;
    const heldMs = this.#heldMs;
    this.#ended = new WorkerEnded(cause, { holder, heldMs, calls, attempts: this.#attempts });
    for (const { reject } of this.#pending.values()) reject(this.#ended);
    this.#pending.clear();
    this.#life.abort(this.#ended);
  }

  get #mostHeldMs(): number {
    return this.#isUp ? Math.max(...[...this.#pending.values()].map(({ heldMs }) => heldMs)) : limits.startMs;
  }

  #hear(): void {
    this.#isHeard = true;
    this.#heldMs = 0;
  }

  #watch(): void {
    if (this.#ticking !== undefined) return;
    this.#hear();
    this.#lastTick = performance.now();
    this.#ticking = setInterval(() => this.#tick(), beatMs);
    this.#child.ref();
    this.#child.channel?.ref();
  }

  #rest(): void {
    clearInterval(this.#ticking);
    this.#ticking = undefined;
    this.#child.unref();
    this.#child.channel?.unref();
  }

  /**
   * What counts is CPU time since the worker was last heard: a machine that stands still, or is busy with others, convicts
   * nobody. Where it cannot be told, ticks are counted that came in time: where this thread had to wait, the other one
   * may have had to as well.
   */
  #tick(): void {
    const now = performance.now();
    const cpuMs = cpuTimeOf(this.#child.pid);
    if (this.#isHeard) this.#cpuThen = cpuMs;
    this.#isHeard = false;
    if (cpuMs !== undefined && this.#cpuThen !== undefined) this.#heldMs = cpuMs - this.#cpuThen;
    else if (now - this.#lastTick < 2 * beatMs) this.#heldMs += beatMs;
    this.#lastTick = now;
    if (this.#heldMs >= this.#mostHeldMs) this.kill('held');
    else if (isOverweight(this.#child.pid)) this.kill('memory');
  }
}

/** What the check files say is nobody else's doing; what is answered may be anything. */
function heldMsOf(call: keyof Calls): number {
  return call === 'load' || call === 'bind' || call === 'assertBindable' ? limits.readMs : limits.heldMs;
}

/** A program's own doing; others are sent by somebody else. */
const breakdowns: readonly string[] = ['SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGTRAP', 'SIGFPE'];

/** V8 ends a process whose heap is full by a signal, after saying so. */
function causeOf(code: number | null, signal: NodeJS.Signals | null, complaint: string): Cause {
  if (code === exceptionExit) return 'exception';
  if (signal !== null && /out of memory|\bOOM\b|invalid size error/i.test(complaint)) return 'memory';
  return signal !== null && breakdowns.includes(signal) ? 'crashed' : 'gone';
}
