/** Who may be under way together: any number that share, or one alone. In order of asking. */
export class Turns {
  #sharing = 0;
  #isAlone = false;
  readonly #waiting: { readonly alone: boolean; readonly go: () => void }[] = [];

  /** Does `work` in its turn. */
  async in<T>(turn: 'shared' | 'alone', work: () => Promise<T>): Promise<T> {
    const alone = turn === 'alone';
    await this.#take(alone);
    try {
      return await work();
    } finally {
      if (alone) this.#isAlone = false;
      else this.#sharing--;
      this.#next();
    }
  }

  #take(alone: boolean): Promise<void> {
    return new Promise((go) => {
      this.#waiting.push({ alone, go });
      this.#next();
    });
  }

  #next(): void {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      if (this.#isAlone || (first.alone && this.#sharing > 0)) return;
      this.#waiting.shift();
      if (first.alone) this.#isAlone = true;
      else this.#sharing++;
      first.go();
    }
  }
}
