/** Bytes in one piece, however finely they came: a list of a million slivers would weigh a hundred times what it holds. */
export class ByteCollector {
  #held: Buffer = Buffer.alloc(0);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** All that came; valid until the next piece is added. */
  get whole(): Buffer {
    return this.#held.length === this.#size ? this.#held : this.#held.subarray(0, this.#size);
  }

  add(piece: Buffer): void {
    const size = this.#size + piece.length;
    // What comes at once is kept as it is.
    if (this.#size === 0) this.#held = piece;
    else {
      if (size > this.#held.length) this.#grow(size);
      piece.copy(this.#held, this.#size);
    }
    this.#size = size;
  }

  #grow(size: number): void {
    const larger = Buffer.allocUnsafe(Math.max(size, 2 * this.#held.length));
    this.#held.copy(larger, 0, 0, this.#size);
    this.#held = larger;
  }
}
