/** Characters that are compared as one. */
export const blockLength = 64;

const [one, other] = [0x2545f491, 0x5bd1e995] as const;

/**
 * What stands for any number of blocks from anywhere in a text, after one pass over it. Different blocks have the same
 * number once in 2^53, which would hide what is no secret.
 */
export class BlockHashes {
  readonly #ones: Int32Array;
  readonly #others: Int32Array;

  constructor(text: string) {
    this.#ones = new Int32Array(text.length + 1);
    this.#others = new Int32Array(text.length + 1);
    let [a, b] = [0, 0];
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at) + 1;
      a = (Math.imul(a, one) + code) | 0;
      b = (Math.imul(b, other) + code) | 0;
      this.#ones[at + 1] = a;
      this.#others[at + 1] = b;
    }
  }

  /** Of `count` blocks from `at`; undefined where the text has less. */
  of(at: number, count: number): number | undefined {
    const end = at + count * blockLength;
    if (end >= this.#ones.length) return undefined;
    const a = (this.#ones[end] ?? 0) - Math.imul(this.#ones[at] ?? 0, power(ofOne, one, count));
    const b = (this.#others[end] ?? 0) - Math.imul(this.#others[at] ?? 0, power(ofOther, other, count));
    return (a >>> 0) * 0x200000 + (b >>> 11);
  }
}

const ofOne = [1];
const ofOther = [1];

/** `base` to as many characters as `count` blocks have. */
function power(known: number[], base: number, count: number): number {
  while (known.length <= count) {
    let next = known.at(-1) ?? 1;
    for (let times = 0; times < blockLength; times += 1) next = Math.imul(next, base);
    known.push(next);
  }
  return known[count] ?? 1;
}
