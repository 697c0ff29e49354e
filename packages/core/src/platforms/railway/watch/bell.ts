import type { Clock } from '../../../io/clock.ts';

/** Ends a rest before its time. A ring that nobody rests for ends the next rest. */
export class Bell {
  #isRung = false;
  #waking = new AbortController();

  ring(): void {
    this.#isRung = true;
    this.#waking.abort();
  }

  /** Rests for `ms`, or until it rings. Rejects with the signal's reason. */
  async rest(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this.#isRung) {
      try {
        await clock.sleep(ms, AbortSignal.any([signal, this.#waking.signal]));
      } catch (error) {
        signal.throwIfAborted();
        if (!this.#isRung) throw error;
      }
    }
    this.#isRung = false;
    this.#waking = new AbortController();
  }
}
