/** How one holds the lock: beside any number of others, or alone. */
export type Hold = 'shared' | 'exclusive';

/** Any number may share it, or one holds it alone; in order of asking. */
export class SharedLock {
  #sharing = 0;
  #isExclusive = false;
  readonly #waiting: { readonly hold: Hold; readonly go: () => void }[] = [];

  /** Does `work` while holding the lock. */
  async in<T>(hold: Hold, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((go) => {
      this.#waiting.push({ hold, go });
      this.#next();
    });
    try {
      return await work();
    } finally {
      if (hold === 'exclusive') this.#isExclusive = false;
      else this.#sharing--;
      this.#next();
    }
  }

  #next(): void {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      if (this.#isExclusive || (first.hold === 'exclusive' && this.#sharing > 0)) return;
      this.#waiting.shift();
      if (first.hold === 'exclusive') this.#isExclusive = true;
      else this.#sharing++;
      first.go();
    }
  }
}
