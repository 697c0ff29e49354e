import type { LeftOut } from '../run/bind-step.ts';
import type { AskTask, ProbeSession } from '../run/prober.ts';
import type { Tried } from '../run/tried.ts';
import type { Cage } from './cage.ts';

/** A worker has ended with what a pass through a scenario knew, and getting it back may do something twice. */
export class SessionLost extends Error {}

/** How one attempt of a step is sent. */
export interface Sending {
  /** The number of the call goes to `onStart`. */
  send(onStart: (id: number) => void): Promise<Tried>;
  /** Whether everything that was sent may be sent again. */
  readonly repeatable: boolean;
}

export interface SessionDoors {
  /** Whether a step may be sent again. */
  repeatable(at: number): boolean;
  ask(at: number, task: AskTask, sending: Sending): Promise<Tried>;
  outlived<T>(call: () => Promise<T>): Promise<T | undefined>;
}

/** One pass through a scenario: a worker that knows nothing of it is told again, step by step. */
export class CagedSession implements ProbeSession {
  readonly #session: number;
  readonly #cage: Cage;
  readonly #doors: SessionDoors;
  readonly #asked: { readonly at: number; readonly task: AskTask }[] = [];
  /** The worker that knows this pass; undefined before it was told anything. */
  #known: number | undefined;

  constructor(session: number, cage: Cage, doors: SessionDoors) {
    this.#session = session;
    this.#cage = cage;
    this.#doors = doors;
  }

  async leftOut(at: number): Promise<LeftOut | undefined> {
    const session = this.#session;
    const answer = await this.#doors.outlived(() =>
      this.#told(() => this.#cage.call('leftOut', { session, at })),
    );
    return answer ?? undefined;
  }

  async ask(at: number, task: AskTask): Promise<Tried> {
    const session = this.#session;
    const tried = await this.#doors.ask(at, task, {
      send: (onStart) => this.#told(() => this.#cage.call('askStep', { session, at, task }, onStart)),
      repeatable: this.#doors.repeatable(at) && this.#mayBeToldAgain,
    });
    this.#asked.push({ at, task });
    return tried;
  }

  end(): void {
    if (this.#known !== this.#cage.generation) return;
    void this.#cage.call('endSession', { session: this.#session }).catch(() => {});
  }

  get #mayBeToldAgain(): boolean {
    return this.#asked.every(({ at }) => this.#doors.repeatable(at));
  }

  /** Does `call` in a worker that knows what this pass has asked. */
  async #told<T>(call: () => Promise<T>): Promise<T> {
    this.#cage.start();
    if (this.#known !== undefined && this.#known !== this.#cage.generation) {
      if (!this.#mayBeToldAgain) throw new SessionLost();
      for (const given of this.#asked) await this.#cage.call('askStep', { session: this.#session, ...given });
    }
    this.#known = this.#cage.generation;
    return call();
  }
}
