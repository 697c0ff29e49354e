/** Passes through scenarios that clean up after themselves, whatever ends the run: who ends it waits for them. */
export class PendingCleanUps {
  #open = 0;
  readonly #waiting = new Set<() => void>();

  get isOver(): boolean {
    return this.#open === 0;
  }

  /** A pass begins; call what is answered once it has cleaned up. */
  enter(): () => void {
    this.#open++;
    return () => {
      this.#open--;
      if (this.isOver) for (const go of this.#waiting) go();
    };
  }

  /** Resolves when every pass has, at the latest after `ms` milliseconds. */
  over(ms: number): Promise<void> {
    if (this.isOver) return Promise.resolve();
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        this.#waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(go, ms);
      this.#waiting.add(go);
    });
  }
}

/** What the steps of `finally` have once a run is cancelled, milliseconds: the runner ends the job after 7.5 s. */
export const cleanUpMs = 2_000;
