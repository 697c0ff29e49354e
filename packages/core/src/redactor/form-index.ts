/** Forms are found by their first characters: this many, and none is shorter. */
export const shortestForm = 4;

/** A part of a form beside `…` is looked for this far from it, characters: what is shown of anything is shorter. */
const farthest = 8_192;

/** Finds which of many texts stand in another: in one pass over it, however many and large they are. */
export class FormIndex {
  readonly #forms = new Set<string>();
  readonly #starts = new Buckets();
  readonly #ends = new Buckets();
  #longest = 0;

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
    this.#starts.add(keyAt(form, 0), form);
    this.#ends.add(keyAt(form, form.length - shortestForm), form);
    this.#longest = Math.max(this.#longest, form.length);
  }

  /** Where forms stand, overlapping ones too, and what a `…` has left of one: from each, inclusive, to, exclusive. */
  *find(text: string): Generator<readonly [from: number, to: number]> {
    let key = keyAt(text, 0);
    for (let at = 0; at <= text.length - shortestForm; at += 1) {
      const form = this.#starts.may(key) && this.#starts.of(key).find((one) => text.startsWith(one, at));
      if (form) yield [at, at + form.length];
      key = nextKey(key, text.charCodeAt(at), text.charCodeAt(at + shortestForm));
    }
    for (let at = text.indexOf('…'); at >= 0; at = text.indexOf('…', at + 1)) {
      yield* this.#before(text, at);
      yield* this.#after(text, at + 1);
    }
  }

  *#before(text: string, end: number): Generator<readonly [number, number]> {
    for (let at = Math.max(0, end - farthest); at <= end - shortestForm; at += 1) {
      const forms = this.#starts.of(keyAt(text, at));
      if (!forms.some((form) => form.startsWith(text.slice(at, end)))) continue;
      yield [at, end];
      return;
    }
  }

  *#after(text: string, start: number): Generator<readonly [number, number]> {
    for (let end = Math.min(text.length, start + farthest); end >= start + shortestForm; end -= 1) {
      const forms = this.#ends.of(keyAt(text, end - shortestForm));
      if (!forms.some((form) => form.endsWith(text.slice(start, end)))) continue;
      yield [start, end];
      return;
    }
  }
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

/** Forms by key. Most keys of a text are of no form, which a bit says. */
class Buckets {
  readonly #known = new Uint8Array(65_536);
  readonly #forms = new Map<number, string[]>();
  readonly #unsorted = new Set<string[]>();

  add(key: number, form: string): void {
    this.#known[slot(key)] = 1;
    const forms = this.#forms.get(key) ?? [];
    if (forms.push(form) === 1) this.#forms.set(key, forms);
    else this.#unsorted.add(forms);
  }

  /** False where no form has this key. */
  may(key: number): boolean {
    return this.#known[slot(key)] === 1;
  }

  /** Longest first. */
  of(key: number): readonly string[] {
    if (!this.may(key)) return none;
    const forms = this.#forms.get(key) ?? none;
    if (this.#unsorted.delete(forms as string[]))
      (forms as string[]).sort((one, other) => other.length - one.length);
    return forms;
  }
}

function slot(key: number): number {
  return (key ^ (key >>> 16)) & 0xffff;
}

const none: readonly string[] = [];
