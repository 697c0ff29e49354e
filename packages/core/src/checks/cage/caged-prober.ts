import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../clock.ts';
import { ActionFailure } from '../../failure.ts';
import type { AskTask, DocumentFacts, PartFacts, Prober, ProbeSession, Subject } from '../run/prober.ts';
import { mayBeRepeated } from '../run/prober.ts';
import type { Tried } from '../run/tried.ts';
import { notCarriedOut, unusable } from '../run/tried.ts';
import type { SourcePlace } from '../verdict.ts';
import type { Cage } from './cage.ts';
import { Unforeseen } from './cage.ts';
import { CagedSession, SessionLost } from './caged-session.ts';
import { cutOff, gaveNoEnd, interrupted } from './casualties.ts';
import type { Hold } from './shared-lock.ts';
import { SharedLock } from './shared-lock.ts';
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
  readonly #lock = new SharedLock();
  readonly #subjects: readonly Subject[];
  #sessions = 0;

  constructor(probing: CagedProbing) {
    this.#probing = probing;
    this.parts = withSharedDocuments(probing.parts);
    this.concurrency = probing.concurrency;
    this.failFast = probing.failFast;
    this.#subjects = this.parts.flatMap((part) => (part.kind === 'scenario' ? part.steps : [part.subject]));
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
    const left = this.#probing.deadline - this.#probing.clock.monotonic();
    const told = this.#outlived(() => this.#probing.cage.call('places', ats)).catch(() => undefined);
    const places = await Promise.race([
      told,
      delay(Math.max(placesMs, Math.min(2000, left)), undefined, { ref: false }),
    ]);
    return places === undefined ? [] : places.map((place) => place ?? undefined);
  }

  async #asked({ subject, task, send, repeatable }: Asking): Promise<Tried> {
    const { clock, signal, cage, deadline } = this.#probing;
    // What may do something twice is asked alone: then no other answer ends the process that asks it.
    let hold: Hold = repeatable || subject.check.type === 'exec' ? 'shared' : 'exclusive';
    let isRenewed = false;
    const from = clock.monotonic();
    const casualty = () => ({ subject, number: task.number, ms: clock.monotonic() - from });
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
        return await this.#lock.in(hold, attempt);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof SessionLost) return interrupted(casualty());
        if (error instanceof Unforeseen) return notCarriedOut(error.message, task.number);
        if (error instanceof ActionFailure) return unusable(error.message, task.number);
        if (!(error instanceof WorkerEnded)) throw error;
        if (isCulprit(error, id, hold)) {
          const told = gaveNoEnd(error, casualty());
          if (told !== undefined) return told;
        }
        if (clock.monotonic() >= deadline) return cutOff(casualty());
        // What was never sent may be sent.
        if (id !== undefined && !repeatable) return interrupted(casualty());
        if (isUnknown(error)) {
          hold = 'exclusive';
          isRenewed = true;
        }
      }
    }
    return interrupted(casualty());
  }

  /** Again, alone, where what ended the worker may have been another's doing; undefined after that. */
  async #outlived<T>(call: () => Promise<T>): Promise<T | undefined> {
    for (const hold of ['shared', 'exclusive'] as const) {
      this.#probing.signal.throwIfAborted();
      try {
        return await this.#lock.in(hold, call);
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

/** One object for each check file, as where they were read: what is watched together is told by that. */
function withSharedDocuments(parts: readonly PartFacts[]): readonly PartFacts[] {
  const known = new Map<number, DocumentFacts>();
  const shared = (document: DocumentFacts): DocumentFacts => {
    const first = known.get(document.at) ?? document;
    known.set(document.at, first);
    return first;
  };
  const sharing = (subject: Subject): Subject => ({ ...subject, document: shared(subject.document) });
  return parts.map((part) =>
    part.kind === 'scenario'
      ? { ...part, document: shared(part.document), steps: part.steps.map(sharing) }
      : { ...part, subject: sharing(part.subject) },
  );
}
