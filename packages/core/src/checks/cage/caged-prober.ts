import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../io/clock.ts';
import { ActionFailure } from '../../outcome/failure.ts';
import type { SourcePlace } from '../check-result.ts';
import type { AttemptResult } from '../run/attempt-result.ts';
import { notCarriedOut, unusableAttempt } from '../run/attempt-result.ts';
import type { AskTask, CheckToAsk, PartFacts, Prober, ProbeSession } from '../run/prober.ts';
import { mayBeRepeated, subjectsOf } from '../run/prober.ts';
import type { Cage } from './cage.ts';
import { Unforeseen } from './cage.ts';
import { CagedSession, SessionLost } from './caged-session.ts';
import type { Hold } from './shared-lock.ts';
import { SharedLock } from './shared-lock.ts';
import { cutOff, interrupted, resultOfWorkerEnd } from './unfinished-attempts.ts';
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
  /** The run is cancelled, and what is still asked are the steps of `finally`. */
  readonly cancelled: AbortSignal;
}

/** One attempt that is asked of a worker, or of as many as it takes. */
interface Asking {
  readonly subject: CheckToAsk;
  readonly task: AskTask;
  /** Sends it; the number of the call goes to `onStart`. */
  send(onStart: (id: number) => void): Promise<AttemptResult>;
  /** Whether everything that was sent may be sent again. */
  readonly repeatable: boolean;
}

/** A report goes without places rather than come late, milliseconds. */
const placesMs = 500;
/** The same of answers: no other is begun after this, milliseconds. */
const answersMs = 1000;
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
  readonly #lock = new SharedLock();
  readonly #subjects: readonly CheckToAsk[];
  #sessions = 0;

  constructor(probing: CagedProbing) {
    this.#probing = probing;
    this.parts = probing.parts;
    this.concurrency = probing.concurrency + ahead(probing);
    this.failFast = probing.failFast;
    this.#subjects = subjectsOf(this.parts);
  }

  ask(at: number, task: AskTask): Promise<AttemptResult> {
    const subject = this.#subject(at);
    return this.#asked({
      subject,
      task,
      repeatable: mayBeRepeated(subject),
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
    const places = await this.#inTime(() => this.#probing.cage.call('places', ats));
    return (places ?? []).map((place) => place ?? undefined);
  }

  async answers(ats: readonly number[]): Promise<readonly (string | undefined)[]> {
    const { clock, cage } = this.#probing;
    const from = clock.monotonic();
    const texts: (string | undefined)[] = [];
    // One after the other: to mask a megabyte takes a while, and a way back may wait for the verdict.
    for (const at of ats) {
      if (clock.monotonic() - from > answersMs) break;
      const [text] = (await this.#inTime(() => cage.call('answers', [at]))) ?? [];
      texts.push(text ?? undefined);
    }
    return texts;
  }

  /** For the report alone; undefined where it would come late. What was watched when the run was cancelled goes without. */
  async #inTime<T>(call: () => Promise<T>): Promise<T | undefined> {
    if (this.#probing.signal.aborted) return undefined;
    const left = this.#probing.deadline - this.#probing.clock.monotonic();
    const told = this.#outlived(call).catch(() => undefined);
    const most = Math.max(placesMs, Math.min(2000, left));
    return Promise.race([told, delay(most, undefined, { ref: false })]);
  }

  async #asked({ subject, task, send, repeatable }: Asking): Promise<AttemptResult> {
    const { clock, signal, cage, deadline } = this.#probing;
    // What may do something twice is asked alone: then no other answer ends the process that asks it.
    let hold: Hold = repeatable || subject.check.type === 'exec' ? 'shared' : 'exclusive';
    let isRenewed = false;
    const from = clock.monotonic();
    const unfinished = () => ({ subject, number: task.number, ms: clock.monotonic() - from });
    for (let times = 0; times < mostTimes; times++) {
      signal.throwIfAborted();
      let id: number | undefined;
      const attempt = () => {
        // What fills the memory alone must find it empty.
        if (isRenewed) cage.renew();
        const timer = setTimeout(() => cage.kill('out-of-time'), deadline - clock.monotonic() + grace);
        return send((started) => {
          id = started;
        }).finally(() => clearTimeout(timer));
      };
      try {
        return await this.#in(hold, attempt);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof SessionLost) return interrupted(unfinished());
        if (error instanceof Unforeseen) return notCarriedOut(error.message, task.number);
        if (error instanceof ActionFailure) return unusableAttempt(error.message, task.number);
        if (!(error instanceof WorkerEnded)) throw error;
        if (isCulprit(error, id, hold)) {
          const told = resultOfWorkerEnd(error, unfinished());
          if (told !== undefined) return told;
        }
        if (clock.monotonic() >= deadline) return cutOff(unfinished());
        // What was never sent may be sent.
        if (id !== undefined && !repeatable) return interrupted(unfinished());
        if (isUnknown(error)) {
          hold = 'exclusive';
          isRenewed = true;
        }
      }
    }
    return interrupted(unfinished());
  }

  /** Again, alone, where what ended the worker may have been another's doing; undefined after that. */
  async #outlived<T>(call: () => Promise<T>): Promise<T | undefined> {
    for (const hold of ['shared', 'exclusive'] as const) {
      this.#probing.signal.throwIfAborted();
      try {
        return await this.#in(hold, call);
      } catch (error) {
        this.#probing.signal.throwIfAborted();
        if (error instanceof SessionLost) return undefined;
        if (!(error instanceof WorkerEnded) && !(error instanceof Unforeseen)) throw error;
      }
    }
    return undefined;
  }

  /** Once the run is cancelled nothing is waited for: what holds the lock will not be heard of any more. */
  #in<T>(hold: Hold, work: () => Promise<T>): Promise<T> {
    return this.#probing.cancelled.aborted ? work() : this.#lock.in(hold, work);
  }

  #subject(at: number): CheckToAsk {
    const subject = this.#subjects[at];
    if (subject === undefined) throw new Error(`There is no check at ${at}.`);
    return subject;
  }
}

/**
 * Attempts that wait for their turn in the worker, so that none of its places is empty for as long as two messages take,
 * and answers may be told by the dozen. None where one failure ends the run, or one attempt is made after the other.
 */
function ahead({ concurrency, failFast }: CagedProbing): number {
  return failFast || concurrency === 1 ? 0 : 2 * concurrency;
}

/** A call is asked of so many workers at most. */
const mostTimes = 5;

/**
 * Whether the call is known to have ended the worker. Whose a full memory is, nobody knows: others hold bytes as well,
 * and what came before may not have been given back.
 */
function isCulprit(ended: WorkerEnded, id: number | undefined, hold: Hold): boolean {
  if (id === undefined) return false;
  const { how, holder, calls, attempts } = ended;
  if (how === 'held' || how === 'out-of-time')
    return holder === undefined ? hold === 'exclusive' : holder === id;
  return calls === 1 && attempts === 0;
}

/** Whether nobody knows which call ended the worker. */
function isUnknown({ how, holder }: WorkerEnded): boolean {
  return how !== 'held' || holder === undefined;
}
