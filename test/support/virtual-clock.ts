import type { Clock } from '../../packages/core/src/io/clock.ts';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/**
 * Time that jumps: when nothing else can run, the earliest sleeper is woken and its moment is now. Unlike a clock
 * that moves on at each sleep, this one lets several things wait at once, as work and its deadline do.
 */
export class VirtualClock implements Clock {
  #now = 0;
  #sleepers: Sleeper[] = [];
  #isPumping = false;

  now(): number {
    return Date.UTC(2026, 10, 21) + this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason);
      const sleeper: Sleeper = { at: this.#now + Math.max(0, ms), wake: () => settle(resolve) };
      const onAbort = () => settle(() => reject(signal?.reason));
      const settle = (how: () => void) => {
        signal?.removeEventListener('abort', onAbort);
        this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
        how();
      };
      signal?.addEventListener('abort', onAbort);
      this.#sleepers.push(sleeper);
      this.#pump();
    });
  }

  #pump(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    // An immediate runs only when every promise that could go on has done so.
    setImmediate(() => {
      this.#isPumping = false;
      const [first, ...others] = this.#sleepers;
      if (first === undefined) return;
      const next = others.reduce((least, one) => (one.at < least.at ? one : least), first);
      this.#now = Math.max(this.#now, next.at);
      next.wake();
      this.#pump();
    });
  }
}
