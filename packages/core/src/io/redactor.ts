import { type Canonical, canonical } from './redactor/canonical.ts';
import { FormIndex, shortestForm } from './redactor/form-index.ts';
import { formsOf } from './redactor/forms.ts';

/**
 * Replaces secrets, in every form they may take, in whatever leaves. No pattern is built of them: they are searched as
 * text, in one pass whatever their number and size. Never throws.
 */
export class Redactor {
  /** Forms as they read without escapes. */
  readonly #forms = new FormIndex();
  /** Those of which too little is left without escapes, as they are written. */
  readonly #written = new FormIndex();
  /** Long ones without their blanks: a line break, or blanks between the bytes, may stand anywhere in them. */
  readonly #unbroken = new FormIndex();
  /** Of the secrets themselves. */
  #longest = 0;

  constructor(secrets: Iterable<string>) {
    for (const secret of secrets) this.add(secret);
  }

  /** Registers a secret and its derived forms. Under 4 characters it would hide half the report, so it is passed over. */
  add(secret: string): void {
    this.#longest = Math.max(this.#longest, secret.length);
    for (const form of formsOf(secret)) {
      const plain = canonical(form).text.trim();
      if (plain.length < shortestForm) this.#written.add(form);
      else this.#forms.add(plain);
      const whole = plain.replaceAll(' ', '');
      if (whole.length >= shortestUnbroken) this.#unbroken.add(whole);
    }
  }

  /** Also hides what is left of a secret directly beside a `…`: what was cut before it was masked. */
  redact(text: string): string {
    let shown = '';
    let rest = text;
    // Of a large text a part at a time: where each of its characters comes from takes more room than the text.
    while (rest.length > mostAtOnce + 2 * this.reach) {
      const part = this.redactStart(rest.slice(0, mostAtOnce + 2 * this.reach));
      shown += part.shown;
      rest = rest.slice(part.length);
    }
    return shown + masked(rest, this.#secretsIn(rest));
  }

  /**
   * As much of the start of a text that goes on as can be masked already, since no secret begins in it and ends beyond
   * it, whatever follows; and how many characters of the text that is.
   */
  redactStart(text: string): { readonly shown: string; readonly length: number } {
    const edge = Math.max(0, text.length - this.reach);
    const secrets = edge === 0 ? [] : this.#secretsIn(text);
    const across = secrets.find(({ start, end }) => start < edge && end > edge);
    const length = across?.start || across?.end || edge;
    const inside = secrets.filter(({ end }) => end <= length);
    return { shown: masked(text.slice(0, length), inside), length };
  }

  /** The first `limit` characters, masked; a secret across the edge is kept whole for the mask, half of one would pass unseen. */
  excerpt(text: string, limit: number): string {
    if (text.length <= limit) return this.redact(text);
    const secrets = this.#secretsIn(text.slice(0, limit + this.reach));
    const across = secrets.find(({ end }) => end > limit);
    const cut = across === undefined || across.start >= limit ? limit : across.end;
    const inside = secrets.filter(({ end }) => end <= cut);
    return text.length > cut
      ? `${masked(withoutHalfEscape(text.slice(0, cut)), inside)}…`
      : masked(text, inside);
  }

  /** Characters a secret may take as it is written, escapes and all. */
  get reach(): number {
    return Math.max(mostPerCharacter * this.#longest, 2 * this.#forms.longest);
  }

  /** In their order, overlapping ones as one. */
  #secretsIn(text: string): readonly Span[] {
    if (this.#forms.size + this.#written.size === 0) return none;
    const plain = canonical(text);
    const found: Span[] = [];
    for (const [from, to] of this.#forms.find(plain.text))
      found.push({ start: plain.start(from), end: plain.end(to - 1) });
    if (this.#unbroken.size > 0 && plain.text.includes(' ')) found.push(...this.#brokenIn(plain));
    for (const [start, end] of this.#written.find(text)) found.push({ start, end });
    if (found.length === 0) return none;
    return merged(found);
  }

  #brokenIn(plain: Canonical): readonly Span[] {
    const { text, places } = withoutBlanks(plain.text);
    const place = (at: number) => places[at] ?? 0;
    return [...this.#unbroken.findWhole(text)].map(([from, to]) => {
      return { start: plain.start(place(from)), end: plain.end(place(to - 1)) };
    });
  }
}

function withoutBlanks(text: string): { readonly text: string; readonly places: Uint32Array } {
  const places = new Uint32Array(text.length);
  let size = 0;
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) !== 32) places[size++] = at;
  return { text: text.replaceAll(' ', ''), places };
}

/** What an escape was cut to, at the end of a text: who masks the rest of it later could not read on from there. */
const halfEscape =
  /(?:&#?\w{0,32}|(?:%[89a-f][\da-f])*%[\da-f]?|(?:%[89a-f][\da-f])+|\\+(?:u[\da-f]{0,7}|x[\da-f]?|[0-7]{1,2})?)$/i;

function withoutHalfEscape(text: string): string {
  // No escape is longer.
  const tail = text.slice(-40);
  return text.slice(0, text.length - tail.length) + tail.replace(halfEscape, '');
}

const none: readonly Span[] = [];
/** Shorter ones may be put together of words that stand side by side. */
const shortestUnbroken = 16;
const mask = '***';
/** Characters. */
const mostAtOnce = 500_000;
/** `\\u0026`, `&#x26;` and the like, for every character of it: what takes more is no spelling of a whole secret. */
const mostPerCharacter = 6;

interface Span {
  readonly start: number;
  readonly end: number;
}

function masked(text: string, secrets: readonly Span[]): string {
  let shown = '';
  let from = 0;
  for (const { start, end } of secrets) {
    shown += `${text.slice(from, start)}${mask}`;
    from = end;
  }
  return from === 0 ? text : shown + text.slice(from);
}

function merged(spans: Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.sort((one, other) => one.start - other.start)) {
    const last = result.at(-1);
    if (last !== undefined && span.start < last.end)
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else result.push(span);
  }
  return result;
}
