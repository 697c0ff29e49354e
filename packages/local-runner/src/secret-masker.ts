import { formsOf } from './secret-encodings.ts';

/** Hides registered secrets, and their usual encodings, from the moment they are registered until the job ends. */
export class SecretMasker {
  readonly #values = new Set<string>();
  readonly #forms = new Set<string>();
  /** Forms by how they begin: a secret of many lines has thousands, and every line of the log is asked for each. */
  readonly #byStart = new Map<string, string[]>();
  readonly #short: string[] = [];

  get values(): string[] {
    return [...this.#values];
  }

  /** Registers the whole value and every non-blank trimmed line. Answers false for a blank value, which is refused. */
  add(secret: string): boolean {
    if (secret.trim() === '') return false;
    for (const value of [secret, ...secret.split(/[\r\n]+/).map((line) => line.trim())]) {
      if (value === '') continue;
      this.#values.add(value);
      for (const form of formsOf(value)) this.#addForm(form);
    }
    return true;
  }

  #addForm(form: string): void {
    if (this.#forms.has(form)) return;
    this.#forms.add(form);
    const start = form.slice(0, startLength);
    if (form.length < startLength) this.#short.push(form);
    else this.#byStart.set(start, [...(this.#byStart.get(start) ?? []), form]);
  }

  hides(text: string): boolean {
    return this.#occurrences(text).length > 0;
  }

  /** Overlapping and adjoining secrets become one `***`, so that no edge of either shows. */
  mask(text: string): string {
    let masked = '';
    let shownUpTo = 0;
    for (const { start, end } of merged(this.#occurrences(text))) {
      masked += `${text.slice(shownUpTo, start)}***`;
      shownUpTo = end;
    }
    return masked + text.slice(shownUpTo);
  }

  #occurrences(text: string): Span[] {
    const spans: Span[] = [];
    for (let start = 0; start + startLength <= text.length; start += 1) {
      for (const form of this.#byStart.get(text.slice(start, start + startLength)) ?? [])
        if (text.startsWith(form, start)) spans.push({ start, end: start + form.length });
    }
    for (const form of this.#short) {
      for (let start = text.indexOf(form); start >= 0; start = text.indexOf(form, start + 1)) {
        spans.push({ start, end: start + form.length });
      }
    }
    return spans;
  }
}

const startLength = 4;

interface Span {
  readonly start: number;
  readonly end: number;
}

function merged(spans: Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && span.start <= last.end) {
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    } else {
      result.push(span);
    }
  }
  return result;
}
