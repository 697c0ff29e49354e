import type { FromWorker } from './messages.ts';

/** So long what is ready may wait for others, milliseconds. */
const timeBudgetMs = 2;

/** Messages that are ready together go out together: each one wakes another process, which costs more than what it says. */
export class Outbox {
  readonly #send: (messages: readonly FromWorker[]) => void;
  #ready: FromWorker[] = [];
  #since = 0;

  constructor(send: (messages: readonly FromWorker[]) => void) {
    this.#send = send;
  }

  readonly add = (message: FromWorker): void => {
    if (this.#ready.length === 0) {
      this.#since = performance.now();
      setImmediate(() => this.#flush());
    }
    this.#ready.push(message);
  };

  /** Something may hold the thread from now on: what has waited long enough goes before. */
  readonly beforeHolding = (): void => {
    if (performance.now() - this.#since >= timeBudgetMs) this.#flush();
  };

  #flush(): void {
    if (this.#ready.length === 0) return;
    this.#send(this.#ready);
    this.#ready = [];
  }
}
