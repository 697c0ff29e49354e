/** Later than this, the thread was held by something else, milliseconds. */
const mostLate = 50;

/**
 * Rings once after `ms`. Time in which this thread was held, as by a pattern inside a JSON Schema, is given back: what
 * came in meanwhile is not read yet, and a server that answered in time must not be called late.
 */
export class Alarm {
  #timer: NodeJS.Timeout;
  readonly #ring: () => void;

  constructor(ms: number, ring: () => void) {
    this.#ring = ring;
    this.#timer = this.#set(ms);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #set(ms: number): NodeJS.Timeout {
    const due = performance.now() + ms;
    return setTimeout(() => {
      const lateMs = performance.now() - due;
      if (lateMs > mostLate) this.#timer = this.#set(lateMs);
      else this.#ring();
    }, ms);
  }
}
