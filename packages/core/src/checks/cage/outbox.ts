import type { FromWorker } from './messages.ts';

/** So long what is ready may wait for others, milliseconds. */
const timeBudgetMs = 4;

/**
 * Messages that are ready together go out together: each one wakes another process, which costs more than what it says.
 * Where nobody stands idle for want of them they wait for those that are about to be.
 */
export class Outbox {
  readonly #send: (messages: readonly FromWorker[]) => void;
  readonly #mayWait: () => boolean;
  #ready: FromWorker[] = [];
  #since = 0;
  #isUrgent = false;
  #waiting: NodeJS.Timeout | undefined;

  /** `mayWait`: whether there is enough to do until what is ready has been heard. */
  constructor(send: (messages: readonly FromWorker[]) => void, mayWait: () => boolean = () => false) {
    this.#send = send;
    this.#mayWait = mayWait;
  }

  /** `isUrgent`: it cannot be had again, and waits for nothing. */
  readonly add = (message: FromWorker, isUrgent = false): void => {
    const isFirst = this.#ready.length === 0;
    this.#ready.push(message);
    this.#isUrgent ||= isUrgent;
    if (isFirst) this.#since = performance.now();
    if (!this.#isUrgent && this.#mayWait()) {
      if (isFirst) this.#waiting = setTimeout(this.#flush, timeBudgetMs);
    } else if (isFirst || this.#waiting !== undefined) {
      this.#stopWaiting();
      setImmediate(this.#flush);
    }
  };

  /** Something may hold the thread from now on: what has waited long enough, or cannot be had again, goes before. */
  readonly beforeHolding = (): void => {
    if (this.#isUrgent || performance.now() - this.#since >= timeBudgetMs) this.#flush();
  };

  readonly #flush = (): void => {
    this.#stopWaiting();
    if (this.#ready.length === 0) return;
    this.#send(this.#ready);
    this.#ready = [];
    this.#isUrgent = false;
  };

  #stopWaiting(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
  }
}
