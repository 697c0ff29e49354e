import { AsyncLocalStorage } from 'node:async_hooks';
import type { Announcer } from './announcements.ts';

/** What the worker does for one call. */
interface Doing {
  readonly id: number;
  readonly fail: (error: unknown) => void;
  readonly isJudging: boolean;
}

/**
 * One answer is judged at a time, and announced before: what holds the thread then, or fills its memory, has a name.
 * Also tells whose an exception is that nobody caught.
 */
export class JudgingTurn {
  readonly #doing = new AsyncLocalStorage<Doing>();
  readonly #announcer: Announcer;
  readonly #beforeHolding: () => void;
  #last: Promise<unknown> = Promise.resolve();

  /** `beforeHolding`: what may not wait for as long as an answer holds the thread. */
  constructor(announcer: Announcer, beforeHolding: () => void = () => {}) {
    this.#announcer = announcer;
    this.#beforeHolding = beforeHolding;
  }

  /** Does the work of a call; rejects also for what its callbacks throw where nobody listens. */
  do<T>(id: number, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#doing.run({ id, fail: reject, isJudging: false }, () => work().then(resolve, reject));
    });
  }

  /** Judges an answer of the call that is being done. */
  readonly judging = async <T>(work: () => Promise<T>): Promise<T> => {
    const doing = this.#doing.getStore();
    if (doing === undefined || doing.isJudging) return work();
    const before = this.#last;
    const turn = before.then(() => this.#hold(doing, work));
    this.#last = turn.catch(() => {});
    return turn;
  };

  async #hold<T>(doing: Doing, work: () => Promise<T>): Promise<T> {
    this.#beforeHolding();
    this.#announcer.judging(doing.id);
    try {
      return await this.#doing.run({ ...doing, isJudging: true }, work);
    } finally {
      this.#announcer.judging(undefined);
    }
  }

  /** What is judged waits for another thread: until what this answers is called, whatever holds this one is not its doing. */
  readonly waiting = (): (() => void) => {
    const doing = this.#doing.getStore();
    if (doing?.isJudging !== true) return () => {};
    this.#announcer.judging(undefined);
    return () => this.#announcer.judging(doing.id);
  };

  /** An exception that nobody caught: whose it is, ends with it. False when nobody knows. */
  blame(error: unknown): boolean {
    const doing = this.#doing.getStore();
    doing?.fail(error);
    return doing !== undefined;
  }
}
