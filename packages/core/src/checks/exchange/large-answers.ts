/** An answer of more bytes is large. */
export const largeBytes = 1024 * 1024;

/** The attempt's place among those that hold a large answer. */
export interface Place {
  /** Resolves when it is this attempt's turn: at once where it has it already. */
  take(): Promise<void>;
  /** The attempt is over, with whatever it holds. */
  leave(): void;
}

/**
 * One attempt holds a large answer at a time, until it is judged: sixteen of ten megabytes at once, as bytes, as text and
 * as a document, are more than a process should need. The others wait with what they have, and read no further.
 */
export class LargeAnswers {
  readonly #free: () => void;
  #last: Promise<void> = Promise.resolve();

  /** `free`: called when one has been judged. What held it would otherwise stay until more than is there is wanted. */
  constructor(free: () => void = () => {}) {
    this.#free = free;
  }

  place(): Place {
    let turn: Promise<void> | undefined;
    let leave: () => void = () => {};
    const left = new Promise<void>((resolve) => {
      leave = resolve;
    });
    return {
      take: () => {
        if (turn === undefined) {
          turn = this.#last;
          // Whoever leaves before its turn comes holds nobody up.
          this.#last = turn.then(() => left).then(this.#free);
        }
        return turn;
      },
      leave: () => leave(),
    };
  }
}
