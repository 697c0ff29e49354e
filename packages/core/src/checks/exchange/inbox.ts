/** Holds what comes in until it is asked for, and then the end or the error that came after it. */
export class Inbox<T> {
  readonly #items: T[] = [];
  #end: { readonly error: Error | undefined } | undefined;
  #wake: (() => void) | undefined;

  put(item: T): void {
    this.#items.push(item);
    this.#wake?.();
  }

  /** Nothing more will come; only the first end counts. */
  end(error?: Error): void {
    this.#end ??= { error };
    this.#wake?.();
  }

  /** The oldest item; undefined at the end. Rejects with the error it ended with. */
  async next(): Promise<T | undefined> {
    while (this.#items.length === 0 && this.#end === undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const item = this.#items.shift();
    if (item === undefined && this.#end?.error !== undefined) throw this.#end.error;
    return item;
  }
}
