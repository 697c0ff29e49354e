/** Later than this, the thread was held by something else, milliseconds. */
const mostLate = 50;

/** How often that is made good: whoever is late again and again is late because of what it reads. */
const mostGrants = 3;

/**
 * Rings once after `ms`. Time in which this thread was held, as by a pattern inside a JSON Schema, is given back: what
 * came in meanwhile is not read yet, and a server that answered in time must not be called late.
 */
export class Alarm {
  #timer: NodeJS.Timeout;
  readonly #ring: () => void;
  #grants = 0;
  #due = 0;
  #pauses = 0;
  #leftMs = 0;
  #isStopped = false;

  constructor(ms: number, ring: () => void) {
    this.#ring = ring;
    this.#timer = this.#set(ms);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  /** Stops for a while; what it answers goes on with the time that is left, once all who stopped it have. */
  pause(): () => void {
    if (this.#pauses === 0) {
      this.#leftMs = Math.max(0, this.#due - performance.now());
      clearTimeout(this.#timer);
    }
    this.#pauses++;
    return () => {
      this.#pauses--;
      if (this.#pauses === 0 && !this.#isStopped) this.#timer = this.#set(this.#leftMs);
    };
  }

  /** Rings so much later. */
  extend(ms: number): void {
    if (this.#isStopped) return;
    if (this.#pauses > 0) this.#leftMs += ms;
    else {
      clearTimeout(this.#timer);
      this.#timer = this.#set(Math.max(0, this.#due - performance.now()) + ms);
    }
  }

  #set(ms: number): NodeJS.Timeout {
    const due = performance.now() + ms;
    this.#due = due;
    return setTimeout(() => {
      const lateMs = performance.now() - due;
      if (lateMs <= mostLate || this.#grants === mostGrants) return this.#ring();
      this.#grants++;
      this.#timer = this.#set(lateMs);
    }, ms);
  }
}
