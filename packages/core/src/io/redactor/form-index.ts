import { SortedForms, shortestForm } from './sorted-forms.ts';

export { shortestForm };

/**
 * Finds which of many texts stand in another, in time that grows with its length alone: however many and large they are,
 * and whatever it is made of.
 */
export class FormIndex {
  readonly #forms = new Set<string>();
  #longest = 0;
  #starts: SortedForms | undefined;
  /** Of the forms read backwards. */
  #ends: SortedForms | undefined;

  get size(): number {
    return this.#forms.size;
  }

  /** Length of the longest. */
  get longest(): number {
    return this.#longest;
  }

  add(form: string): void {
    if (form.length < shortestForm || this.#forms.has(form)) return;
    this.#forms.add(form);
    this.#longest = Math.max(this.#longest, form.length);
    this.#starts = undefined;
    this.#ends = undefined;
  }

  /** Where forms stand, overlapping ones as one, and what a `…` has left of one: from each, inclusive, to, exclusive. */
  find(text: string): Iterable<Part> {
    this.#starts ??= new SortedForms(this.#forms);
    // Most lines of a log hold nothing: to see that takes no memory.
    const isCut = text.includes('…');
    return isCut || this.#starts.firstStart(text) < text.length
      ? this.#find(text, this.#starts, isCut)
      : none;
  }

  /** The same, without what a `…` has left. */
  findWhole(text: string): Iterable<Part> {
    this.#starts ??= new SortedForms(this.#forms);
    return this.#starts.firstStart(text) < text.length ? this.#find(text, this.#starts, false) : none;
  }

  *#find(text: string, starts: SortedForms, isCut: boolean): Generator<Part> {
    yield* joined(partsOf(starts, text, true));
    if (!isCut) return;
    // The ends of forms behind a `…` are starts before one, read backwards.
    this.#ends ??= new SortedForms([...this.#forms].map(backwards));
    for (const [from, to] of joined(partsOf(this.#ends, backwards(text), false)))
      yield [text.length - to, text.length - from];
  }
}

type Part = readonly [from: number, to: number];
const none: readonly Part[] = [];

/** In their order: where whole forms stand, if they are wanted, and the starts of forms before each `…`. */
function* partsOf(forms: SortedForms, text: string, wholeToo: boolean): Generator<Part> {
  let cut = nextCut(text, shortestForm);
  for (const { at, whole, begun } of forms.matches(text)) {
    if (wholeToo && whole > 0) yield [at, at + whole];
    if (cut < at + shortestForm) cut = nextCut(text, at + shortestForm);
    // The first that reaches it is the longest before it.
    for (; at + begun >= cut; cut = nextCut(text, cut + 1)) yield [at, cut];
  }
}

function* joined(parts: Iterable<Part>): Generator<Part> {
  let [start, end] = [0, 0];
  for (const [from, to] of parts) {
    if (from >= end) {
      if (end > 0) yield [start, end];
      start = from;
    }
    end = Math.max(end, to);
  }
  if (end > 0) yield [start, end];
}

function nextCut(text: string, from: number): number {
  const at = text.indexOf('…', from);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

function backwards(text: string): string {
  const codes = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at += 1) codes[text.length - 1 - at] = text.charCodeAt(at);
  return Buffer.from(codes.buffer).toString('utf16le');
}
