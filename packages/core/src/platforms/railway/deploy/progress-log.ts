import type { Clock } from '../../../io/clock.ts';

/** A line no more often, milliseconds: short uploads need none. */
const everyMs = 5_000;

/** Tells how far a long upload is. */
export class ProgressLog {
  readonly #clock: Clock;
  readonly #log: (line: string) => void;
  #toldAt: number;

  constructor(clock: Clock, log: (line: string) => void) {
    this.#clock = clock;
    this.#log = log;
    this.#toldAt = clock.monotonic();
  }

  /** `bytes`: of the compressed archive, so far. */
  sent(bytes: number): void {
    const now = this.#clock.monotonic();
    if (now - this.#toldAt < everyMs) return;
    this.#toldAt = now;
    this.#log(`Sent ${(bytes / 1_000_000).toFixed(1)} MB so far.`);
  }
}
