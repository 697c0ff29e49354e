import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { endOf } from '../../text/cut.ts';
import { Announcements, announcementsFd, beatMs, exceptionExit } from './announcements.ts';
import { cpuTimeOf, isOverweight, limits } from './limits.ts';
import type { Calls, Ended, FromWorker, ToWorker } from './messages.ts';
import { isAlive, spawnWorker, type WorkerProgram } from './spawn-worker.ts';

/** Why a worker is no more. */
export type WorkerEndCause =
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
  readonly how: WorkerEndCause;
  /** The call whose answer was being judged. */
  readonly holder: number | undefined;
  /** For how long the thread had been held by then, milliseconds. */
  readonly heldMs: number;
  /** Calls that were under way. */
  readonly calls: number;
  /** Attempts it had made before. */
  readonly attempts: number;

  constructor(
    cause: WorkerEndCause,
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
export type WorkerMessage = Exclude<FromWorker, { ended: Ended }>;

export interface WorkerParts extends WorkerProgram {
  /** `signal` is aborted when the worker that said it ends; `reply` reaches no other. */
  onMessage(message: WorkerMessage, worker: Speaker): void;
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
  reject(error: unknown): void;
}

/** One process that runs checks: takes calls, and is ended when it holds its thread for too long. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #announcements = new Announcements();
  readonly #pending = new Map<number, Pending>();
  #ready: ToWorker[] = [];
  /** Aborted when it ends. */
  readonly #life = new AbortController();
  #cause: WorkerEndCause | undefined;
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

  /** `started`: one that was started ahead and has been asked nothing. */
  constructor({ onMessage, ...program }: WorkerParts, started?: ChildProcess) {
    const child = started !== undefined && isAlive(started) ? started : spawnWorker(program);
    this.#child = child;
    const speaker: Speaker = { signal: this.#life.signal, reply: (message) => this.#send(message) };
    child.on('message', (messages: readonly FromWorker[]) => {
      for (const message of messages)
        if ('ended' in message) this.#answered(message);
        else onMessage(message, speaker);
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

  #answered({ id, ended }: Extract<FromWorker, { ended: Ended }>): void {
    this.hasAnswered = true;
    this.#announcements.answered(id);
    const pending = this.#pending.get(id);
    if (pending?.isAttempt === true) this.#attempts++;
    pending?.resolve(ended);
    this.#pending.delete(id);
    if (this.#pending.size === 0) this.#rest();
  }

  /** What is asked together goes out together: answers come several at a time, and each makes room for another call. */
  #send(message: ToWorker): void {
    if (this.#ready.length === 0) setImmediate(() => this.#flush());
    this.#ready.push(message);
  }

  #flush(): void {
    const messages = this.#ready;
    this.#ready = [];
    if (!this.#child.connected) return;
    try {
      this.#child.send(messages, () => {});
    } catch (error) {
      // What cannot be put into a message fails the calls that are in it.
      for (const message of messages) if ('id' in message) this.#failed(message.id, error);
    }
  }

  #failed(id: number, error: unknown): void {
    this.#pending.get(id)?.reject(error);
    this.#pending.delete(id);
    if (this.#pending.size === 0) this.#rest();
  }

  /** Ends the process at once. Every call that waits is rejected. */
  kill(cause: WorkerEndCause): void {
    if (this.isEnded) return;
    this.#cause = cause;
    this.#child.kill('SIGKILL');
    // Nobody waits for the system to have buried it.
    if (cause === 'closed') this.#end(cause);
  }

  #end(cause: WorkerEndCause): void {
    if (this.#ended !== undefined) return;
    this.#rest();
    // What it announced and what it answered come by ways of their own: who is answered holds nothing.
    const told = this.#announcements.holder;
    const holder = told !== undefined && this.#pending.has(told) ? told : undefined;
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
function causeOf(code: number | null, signal: NodeJS.Signals | null, complaint: string): WorkerEndCause {
  if (code === exceptionExit) return 'exception';
  if (signal !== null && /out of memory|\bOOM\b|invalid size error/i.test(complaint)) return 'memory';
  return signal !== null && breakdowns.includes(signal) ? 'crashed' : 'gone';
}
