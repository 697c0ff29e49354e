/** Time as the emulators see it: real time plus what a test has added. Nothing here waits for a fixed pause. */
export class CloudClock {
  #offsetMs = 0;
  #waiters = new Set<() => void>();

  now(): number {
    return Date.now() + this.#offsetMs;
  }

  /** Moves time on and wakes every waiter whose moment has come. */
  advance(ms: number): void {
    this.#offsetMs += ms;
    for (const wake of [...this.#waiters]) wake();
  }

  /** Resolves when cloud time reaches `at`, or at once when aborted. */
  async until(at: number, signal?: AbortSignal): Promise<void> {
    while (this.now() < at && signal?.aborted !== true) {
      await new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          this.#waiters.delete(wake);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const timer = setTimeout(wake, Math.max(1, at - this.now()));
        this.#waiters.add(wake);
        signal?.addEventListener('abort', wake, { once: true });
      });
    }
  }

  reset(): void {
    this.#offsetMs = 0;
  }
}
