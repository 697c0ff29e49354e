/** Read and compressed at once, bytes. Larger ones cost memory, smaller ones time. */
const portionBytes = 1024 * 1024;

/** Gathers what is written to it into portions of one size, in buffers that come back. */
export class Portions {
  readonly #free: Buffer[] = [];
  #portion: Buffer = Buffer.allocUnsafeSlow(portionBytes);
  #used = 0;

  /** Writes bytes, and answers each portion that is full by them. */
  *put(bytes: Uint8Array): Generator<Uint8Array> {
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + portionBytes - this.#used);
      this.#portion.set(part, this.#used);
      this.#used += part.length;
      at += part.length;
      yield* this.full();
    }
  }

  /** Lets `write` write into what is free of the portion, which answers how many bytes. */
  fill(write: (target: Uint8Array) => number): number {
    const bytes = write(this.#portion.subarray(this.#used));
    this.#used += bytes;
    return bytes;
  }

  /** The portion, once it is full. */
  *full(): Generator<Uint8Array> {
    if (this.#used < portionBytes) return;
    const full = this.#portion;
    this.#portion = this.#free.pop() ?? Buffer.allocUnsafeSlow(portionBytes);
    this.#used = 0;
    yield full;
  }

  /** What was written since the last full one. */
  rest(): Uint8Array {
    return this.#portion.subarray(0, this.#used);
  }

  /** Gives a portion back that nobody reads any more. */
  release(portion: Uint8Array): void {
    if (portion instanceof Buffer && portion.length === portionBytes) this.#free.push(portion);
  }
}
