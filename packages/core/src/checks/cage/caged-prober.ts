import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../clock.ts';
import { ActionFailure } from '../../failure.ts';
import type { AskTask, PartFacts, Prober, ProbeSession, Subject } from '../run/prober.ts';
import { mayBeRepeated } from '../run/prober.ts';
import type { Tried } from '../run/tried.ts';
import { unusable } from '../run/tried.ts';
import type { SourcePlace } from '../verdict.ts';
import type { Cage } from './cage.ts';
import { Unforeseen } from './cage.ts';
import { CagedSession, SessionLost } from './caged-session.ts';
import { cutOff, gaveNoEnd, interrupted } from './casualties.ts';
import { Turns } from './turns.ts';
import { WorkerEnded } from './worker-process.ts';

export interface CagedProbing {
  readonly cage: Cage;
  readonly parts: readonly PartFacts[];
  readonly concurrency: number;
  readonly failFast: boolean;
  readonly clock: Clock;
  /** End of the run, on the monotonic clock. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}

/** One attempt that is asked of a worker, or of as many as it takes. */
interface Asking {
  readonly subject: Subject;
  readonly task: AskTask;
  /** Sends it; the number of the call goes to `onStart`. */
  send(onStart: (id: number) => void): Promise<Tried>;
  /** Whether everything that was sent may be sent again. */
  readonly repeatable: boolean;
}

/** A report goes without places rather than come late, milliseconds. */
const placesMs = 500;
/** An attempt that is told to end by its own limit does so a little later, milliseconds. */
const grace = 500;

/**
 * Asks in a worker, and survives it. What a worker was judging when it had to be ended has failed; what was under way
 * beside it is asked again, except where that may do something twice. Where nobody knows what ended it, those under way
 * are asked again one at a time.
 */
export class CagedProber implements Prober {
  readonly parts: readonly PartFacts[];
  readonly concurrency: number;
  readonly failFast: boolean;
  readonly #probing: CagedProbing;
  readonly #turns = new Turns();
  readonly #subjects: readonly Subject[];
  #sessions = 0;

  constructor(probing: CagedProbing) {
    this.#probing = probing;
    this.parts = probing.parts;
    this.concurrency = probing.concurrency;
    this.failFast = probing.failFast;
    this.#subjects = probing.parts.flatMap((part) =>
      part.kind === 'scenario' ? part.steps : [part.subject],
    );
  }

  ask(at: number, task: AskTask): Promise<Tried> {
    const subject = this.#subject(at);
    return this.#asked({
      ...{ subject, task, repeatable: mayBeRepeated(subject) },
      send: (onStart) => this.#probing.cage.call('ask', { at, task }, onStart),
    });
  }

  session(): ProbeSession {
    return new CagedSession(++this.#sessions, this.#probing.cage, {
      repeatable: (at) => mayBeRepeated(this.#subject(at)),
      ask: (at, task, sending) => this.#asked({ subject: this.#subject(at), task, ...sending }),
      outlived: (call) => this.#outlived(call),
    });
  }

  async controlIsReached(): Promise<boolean> {
    return (await this.#outlived(() => this.#probing.cage.call('control', null))) ?? false;
  }

  async previousIsDown(at: number, timeoutMs: number): Promise<boolean> {
    return (await this.#outlived(() => this.#probing.cage.call('previous', { at, timeoutMs }))) ?? false;
  }

  async places(ats: readonly number[]): Promise<readonly (SourcePlace | undefined)[]> {
    // What was watched when the run was cancelled is told all the same, without its places.
    if (this.#probing.signal.aborted) return [];
    const places = await Promise.race([
      this.#outlived(() => this.#probing.cage.call('places', ats)),
      setTimeout(placesMs, undefined, { ref: false }),
    ]);
    return places === undefined ? [] : places.map((place) => place ?? undefined);
  }

  async #asked({ subject, task, send, repeatable }: Asking): Promise<Tried> {
    const { clock, signal, cage, deadline } = this.#probing;
    let turn: 'shared' | 'alone' = 'shared';
    while (true) {
      signal.throwIfAborted();
      let id: number | undefined;
      const attempt = () => {
        const timer = globalThis.setTimeout(
          () => cage.kill('out-of-time'),
          deadline - clock.monotonic() + grace,
        );
        return send((started) => {
          id = started;
        }).finally(() => clearTimeout(timer));
      };
      try {
        return await this.#turns.in(turn, attempt);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof SessionLost) return interrupted(subject, task.number);
        if (error instanceof Unforeseen)
          return unusable(`could not be carried out: ${error.message}`, task.number);
        if (error instanceof ActionFailure) return unusable(error.message, task.number);
        if (!(error instanceof WorkerEnded)) throw error;
        if (turn === 'alone' || isHolder(error, id) || isMemoryOfOne(error)) {
          const told = gaveNoEnd(error, subject, task.number);
          if (told !== undefined) return told;
        }
        if (clock.monotonic() >= deadline) return cutOff(subject, task.number);
        if (!repeatable || (turn === 'alone' && error.how === 'gone'))
          return interrupted(subject, task.number);
        if (isUnknown(error)) turn = 'alone';
      }
    }
  }

  /** Twice, since what ended the worker may have been another's doing; undefined after that. */
  async #outlived<T>(call: () => Promise<T>): Promise<T | undefined> {
    for (let tries = 0; tries < 2; tries++) {
      this.#probing.signal.throwIfAborted();
      try {
        return await call();
      } catch (error) {
        this.#probing.signal.throwIfAborted();
        if (error instanceof SessionLost) return undefined;
        if (!(error instanceof WorkerEnded) && !(error instanceof Unforeseen)) throw error;
      }
    }
    return undefined;
  }

  #subject(at: number): Subject {
    const subject = this.#subjects[at];
    if (subject === undefined) throw new Error(`There is no check at ${at}.`);
    return subject;
  }
}

/** Whether the call is known to have held the thread. Whose a full memory is, nobody knows: others hold bytes as well. */
function isHolder({ how, holder }: WorkerEnded, id: number | undefined): boolean {
  return (how === 'held' || how === 'out-of-time') && holder !== undefined && holder === id;
}

/** Nothing else was under way that could have filled it. */
function isMemoryOfOne({ how, calls }: WorkerEnded): boolean {
  return how === 'memory' && calls === 1;
}

/** Whether nobody knows which call ended the worker. */
function isUnknown({ how, holder }: WorkerEnded): boolean {
  return how !== 'held' || holder === undefined;
}
