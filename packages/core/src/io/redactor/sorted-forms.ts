import { BlockHashes, blockLength } from './block-hashes.ts';

/** Forms are found by their first characters: this many, and none is shorter. */
export const shortestForm = 4;

/** What begins at `at` in a text, lengths. */
export interface Match {
  readonly at: number;
  /** Of the longest form that stands there whole; 0 where none does. */
  readonly whole: number;
  /** Of the longest start of any form that stands there. */
  readonly begun: number;
}

/** Forms that begin alike, from the first of them to before the last. */
interface Range {
  readonly from: number;
  to: number;
}

/**
 * Forms in their order, where those that begin alike stand side by side. Which of them begin as a text goes on is looked
 * up by whole blocks, as far as there are; the rest is compared, less than a block.
 */
export class SortedForms {
  readonly #forms: readonly string[];
  /** Of each form: the longest other that it begins with, or -1. */
  readonly #within: Int32Array;
  readonly #known = new Uint8Array(65_536);
  readonly #byStart = new Map<string, Range>();
  readonly #byBlocks = new Map<number, Range>();
  /** How many blocks the last match had. */
  #last = 0;

  constructor(forms: Iterable<string>) {
    this.#forms = [...forms].sort();
    this.#within = new Int32Array(this.#forms.length);
    for (const [index, form] of this.#forms.entries()) {
      let within = index - 1;
      while (within >= 0 && !form.startsWith(this.#form(within))) within = this.#within[within] ?? -1;
      this.#within[index] = within;
      this.#known[slot(keyAt(form, 0))] = 1;
      widen(this.#byStart, form.slice(0, shortestForm), index);
      if (form.length >= blockLength) this.#addBlocks(form, index);
    }
  }

  #addBlocks(form: string, index: number): void {
    const hashes = new BlockHashes(form);
    for (let count = 1; count * blockLength <= form.length; count += 1)
      widen(this.#byBlocks, hashes.of(0, count) ?? 0, index);
  }

  /** Wherever a form begins, if only with its first characters, in order. */
  *matches(text: string): Generator<Match> {
    let hashes: BlockHashes | undefined;
    for (let at = this.firstStart(text); at < text.length; at = this.firstStart(text, at + 1)) {
      const range = this.#byStart.get(text.slice(at, at + shortestForm));
      if (range === undefined) continue;
      if (this.#byBlocks.size > 0) hashes ??= new BlockHashes(text);
      yield this.#match(text, at, range, hashes);
    }
  }

  /** The first place from `from` on where a form may begin; the length of the text where there is none. */
  firstStart(text: string, from = 0): number {
    let key = keyAt(text, from);
    for (let at = from; at <= text.length - shortestForm; at += 1) {
      if (this.#known[slot(key)] === 1) return at;
      key = nextKey(key, text.charCodeAt(at), text.charCodeAt(at + shortestForm));
    }
    return text.length;
  }

  #match(text: string, at: number, started: Range, hashes: BlockHashes | undefined): Match {
    const { range, equal } = this.#alike(at, started, hashes);
    let [low, high] = [range.from, range.to];
    /** With the last form before the text in the order, and with the first behind it. */
    let [commonBefore, commonBehind] = [0, 0];
    while (low < high) {
      const middle = (low + high) >> 1;
      const form = this.#form(middle);
      const common = commonLength(text, at, form, equal);
      if (common === form.length || form.charCodeAt(common) < text.charCodeAt(at + common)) {
        low = middle + 1;
        commonBefore = common;
      } else {
        high = middle;
        commonBehind = common;
      }
    }
    const [nearest, common] = low > range.from ? [low - 1, commonBefore] : [low, commonBehind];
    let whole = nearest;
    while (whole >= 0 && this.#form(whole).length > common) whole = this.#within[whole] ?? -1;
    return {
      at,
      whole: whole < 0 ? 0 : this.#form(whole).length,
      begun: Math.max(commonBefore, commonBehind),
    };
  }

  /** The forms that have the most blocks in common with the text at `at`, and how many characters that is. */
  #alike(at: number, started: Range, hashes: BlockHashes | undefined): { range: Range; equal: number } {
    let range = started;
    let count = 0;
    const have = (more: number) => {
      const hash = hashes?.of(at, more);
      const found = hash === undefined ? undefined : this.#byBlocks.get(hash);
      if (found === undefined) return false;
      range = found;
      count = more;
      return true;
    };
    // In a text that repeats itself, the next place is as the last.
    if (this.#last > 0) have(this.#last);
    let step = 1;
    while (have(count + step)) step *= 2;
    for (step >>= 1; step > 0; step >>= 1) have(count + step);
    this.#last = count;
    return { range, equal: count === 0 ? shortestForm : count * blockLength };
  }

  #form(index: number): string {
    return this.#forms[index] ?? '';
  }
}

function widen<Key>(ranges: Map<Key, Range>, key: Key, index: number): void {
  const range = ranges.get(key);
  if (range === undefined) ranges.set(key, { from: index, to: index + 1 });
  else range.to = index + 1;
}

/** How far a form and the text from `at` are the same; they are for `equal` characters. */
function commonLength(text: string, at: number, form: string, equal: number): number {
  const most = Math.min(form.length, text.length - at);
  let common = equal;
  while (common < most && form.charCodeAt(common) === text.charCodeAt(at + common)) common += 1;
  return common;
}

const factor = 0x2545f491;
/** What the first character of a key counts in it. */
const first = Math.imul(Math.imul(factor, factor), factor);

function keyAt(text: string, at: number): number {
  let key = 0;
  for (let next = at; next < at + shortestForm; next += 1)
    key = (Math.imul(key, factor) + text.charCodeAt(next)) | 0;
  return key;
}

/** The key one character further: without the one that is left behind, with the one that is reached. */
function nextKey(key: number, left: number, reached: number): number {
  return (Math.imul(key - Math.imul(left, first), factor) + reached) | 0;
}

function slot(key: number): number {
  return (key ^ (key >>> 16)) & 0xffff;
}
