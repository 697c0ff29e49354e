import { canonical } from './redactor/canonical.ts';
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
    return masked(text.slice(0, cut), inside) + (text.length > cut ? '…' : '');
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
    for (const [start, end] of this.#written.find(text)) found.push({ start, end });
    if (found.length === 0) return none;
    return merged(found);
  }
}

const none: readonly Span[] = [];
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
