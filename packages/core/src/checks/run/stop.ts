import type { Clock } from '../../io/clock.ts';

/** The clock of a run, and the signal of who may abort it. */
export interface Sleeping {
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Ends all waiting once nothing depends on it any more. */
export class Stop {
  readonly #sleeping: Sleeping;
  readonly #waking = new AbortController();

  constructor(sleeping: Sleeping) {
    this.#sleeping = sleeping;
    sleeping.signal.addEventListener('abort', () => this.stop(), { once: true });
  }

  get isStopped(): boolean {
    return this.#waking.signal.aborted;
  }

  stop(): void {
    this.#waking.abort();
  }

  /** False when stopped before the time was over. Rejects with the signal's reason when the run is aborted. */
  async sleep(ms: number): Promise<boolean> {
    const { clock, signal } = this.#sleeping;
    signal.throwIfAborted();
    if (this.isStopped) return false;
    try {
      await clock.sleep(ms, this.#waking.signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!this.isStopped) throw error;
    }
    return !this.isStopped;
  }
}
