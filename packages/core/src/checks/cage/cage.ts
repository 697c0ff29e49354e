import type { ChildProcess } from 'node:child_process';
import { ActionFailure, errorMessage } from '../../outcome/failure.ts';
import type { Calls } from './messages.ts';
import type { WorkerEndCause, WorkerParts } from './worker-process.ts';
import { WorkerEnded, WorkerProcess } from './worker-process.ts';

/** An exception inside a call that nothing foresaw. */
export class Unforeseen extends Error {}

/** Workers that may end one after the other before one has answered anything. */
const mostStillborn = 3;

/**
 * Keeps a worker: starts it, starts another in its place, and has the new one learn what the old one knew.
 */
export class Cage {
  readonly #parts: WorkerParts;
  /** Started ahead, for the first worker. */
  #started: ChildProcess | undefined;
  #worker: WorkerProcess | undefined;
  #ready: Promise<WorkerProcess> | undefined;
  #calls = 0;
  #stillborn = 0;
  #failure: ActionFailure | undefined;
  #isClosed = false;
  /** Counts the workers: what an earlier one knew is gone. */
  generation = 0;
  /** Repeated in every new worker, in order. */
  readonly #lessons = new Map<string, (worker: WorkerProcess) => Promise<void>>();

  constructor(parts: WorkerParts, started?: ChildProcess) {
    this.#parts = parts;
    this.#started = started;
  }

  /** Starts a worker where there is none. Nothing while it is closed. */
  start(): void {
    const before = this.#worker;
    if (this.#isClosed || before?.isEnded === false) return;
    this.#stillborn = before === undefined || before.hasAnswered ? 0 : this.#stillborn + 1;
    this.#ready = undefined;
    this.#worker = undefined;
    this.generation++;
    if (this.#stillborn >= mostStillborn) this.#failure = cannotStart(before?.complaint ?? '');
    else this.#spawn();
  }

  #spawn(): void {
    try {
      this.#worker = new WorkerProcess(this.#parts, this.#started);
      this.#started = undefined;
    } catch (error) {
      // Told to the first who asks: nobody does of whom it is not wanted.
      this.#failure = error instanceof ActionFailure ? error : cannotStart(errorMessage(error));
    }
  }

  /** A worker that has asked nobody anything, in place of one that has; it learns at once what it needs to know. */
  renew(): void {
    if (this.#worker?.isUsed === true) this.#worker.kill('closed');
    void this.#learned().catch(() => {});
  }

  /** No later worker needs to know it. */
  forget(name: keyof Calls): void {
    this.#lessons.delete(name);
  }

  /** Ends the worker; there will be no other. */
  close(): void {
    this.#isClosed = true;
    this.#worker?.kill('closed');
  }

  /**
   * A call that every later worker is to be told as well, in place of an earlier one of its name. `read`: makes of the
   * answer what is wanted.
   */
  async teach<Name extends keyof Calls, Read = Calls[Name]['answer']>(
    name: Name,
    given: () => Calls[Name]['given'],
    read: (answer: Calls[Name]['answer']) => Read = (one) => one as Read,
  ): Promise<Read> {
    this.#lessons.delete(name);
    const told = await this.call(name, given()).catch((error: unknown) => {
      // Whatever ended it then is not known to do so again.
      if (!(error instanceof WorkerEnded) || !['gone', 'crashed'].includes(error.how)) throw error;
      return this.call(name, given());
    });
    const answer = read(told);
    this.#lessons.set(name, async (worker) => {
      const again = read(await this.#asked(worker, name, given()));
      if (JSON.stringify(again) !== JSON.stringify(answer)) throw changed;
    });
    return answer;
  }

  /** Rejects with ActionFailure as the worker does, with Unforeseen, or with WorkerEnded. `onStart` learns the call’s number. */
  async call<Name extends keyof Calls>(
    name: Name,
    given: Calls[Name]['given'],
    onStart?: (id: number) => void,
  ): Promise<Calls[Name]['answer']> {
    const worker = await this.#learned();
    return this.#asked(worker, name, given, onStart);
  }

  /** A message for the worker of `generation`, if it still lives. */
  tell<Name extends keyof Calls>(generation: number, name: Name, given: Calls[Name]['given']): void {
    if (generation !== this.generation || this.#worker?.isEnded !== false) return;
    void this.#asked(this.#worker, name, given).catch(() => {});
  }

  kill(cause: WorkerEndCause): void {
    this.#worker?.kill(cause);
  }

  /** A worker that knows what the ones before it knew. */
  #learned(): Promise<WorkerProcess> {
    this.start();
    if (this.#isClosed) return Promise.reject(closed);
    if (this.#worker === undefined) return Promise.reject(this.#failure);
    this.#ready ??= this.#teachAll(this.#worker);
    return this.#ready;
  }

  async #teachAll(worker: WorkerProcess): Promise<WorkerProcess> {
    for (const lesson of this.#lessons.values()) await lesson(worker);
    return worker;
  }

  async #asked<Name extends keyof Calls>(
    worker: WorkerProcess,
    name: Name,
    given: Calls[Name]['given'],
    onStart?: (id: number) => void,
  ): Promise<Calls[Name]['answer']> {
    const id = ++this.#calls;
    onStart?.(id);
    const ended = await worker.call(name, id, given);
    if ('answer' in ended) return ended.answer as Calls[Name]['answer'];
    throw 'failure' in ended ? new ActionFailure(ended.failure) : new Unforeseen(ended.exception);
  }
}

const closed = new WorkerEnded('closed', { holder: undefined, heldMs: 0, calls: 0, attempts: 0 });

const changed = new ActionFailure({
  code: 'checks-invalid',
  what: 'The check files changed while they were being used.',
  next: 'Keep other steps from writing to them meanwhile.',
});

function cannotStart(complaint: string): ActionFailure {
  const last = complaint.trim().split('\n').slice(0, 3).join(' ');
  return new ActionFailure({
    code: 'checks-error',
    what: `The process that runs the checks cannot be started, or ends as soon as it is${last === '' ? '' : `: ${last}`}`,
    next: 'Give the runner more memory, or look at what ends its processes.',
  });
}
