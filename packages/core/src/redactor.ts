/** Replaces secrets, in every form they may take, in whatever leaves the engine. Never throws, however large they are. */
export class Redactor {
  readonly #forms = new Set<string>();
  /** Longest first: a form inside a longer one must not leave the rest of it readable. */
  #sorted: readonly string[] | undefined;

  constructor(secrets: Iterable<string>) {
    for (const secret of secrets) this.add(secret);
  }

  /** Registers a secret and its derived forms. Under 4 characters it would hide half the report, so it is passed over. */
  add(secret: string): void {
    const before = this.#forms.size;
    for (const form of formsOf(secret)) {
      if (form.length >= shortest) this.#forms.add(form);
    }
    if (this.#forms.size > before) this.#sorted = undefined;
  }

  redact(text: string): string {
    if (this.#forms.size === 0) return text;
    let masked = text;
    for (const form of this.#longestFirst())
      if (masked.includes(form)) masked = masked.replaceAll(form, mask);
    return masked;
  }

  /** The first `limit` characters, masked; a secret across the edge is kept whole for the mask, half of one would pass unseen. */
  excerpt(text: string, limit: number): string {
    if (text.length <= limit) return this.redact(text);
    let cut = limit;
    for (const form of this.#longestFirst()) {
      const start = text.slice(0, limit + form.length);
      for (let at = start.indexOf(form); at >= 0 && at < limit; at = start.indexOf(form, at + 1))
        cut = Math.max(cut, at + form.length);
    }
    const rest = text.length > cut ? '…' : '';
    return this.redact(text.slice(0, cut)) + rest;
  }

  #longestFirst(): readonly string[] {
    this.#sorted ??= [...this.#forms].sort((one, other) => other.length - one.length);
    return this.#sorted;
  }
}

const shortest = 4;
const mask = '***';

function* formsOf(secret: string): Generator<string> {
  yield* spellings(secret);
  const lines = secret.split(/\r?\n/);
  if (lines.length > 1) for (const line of lines) yield* spellings(line.trim());
}

function* spellings(text: string): Generator<string> {
  if (text.length < shortest) return;
  yield text;
  yield encodeURIComponent(text);
  yield new URLSearchParams([['', text]]).toString().slice(1);
  yield* urlForms(text);
  yield JSON.stringify(text).slice(1, -1);
  yield text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
  yield Buffer.from(text).toString('hex');
  yield* base64Forms(text);
}

/** As a parsed URL spells it in its path and in its query, where only some characters are escaped; `#` ends what is sent. */
function* urlForms(text: string): Generator<string> {
  for (const start of ['http://x/', 'http://x/?']) {
    const form = new URL(`${start}${text}`).href.slice(start.length);
    yield form;
    yield form.replace(/#.*$/s, '');
  }
}

/** A secret inside longer text shows in base64 in one of three ways, by its offset; the edges that depend on its neighbours are left out. */
function* base64Forms(text: string): Generator<string> {
  const bytes = Buffer.from(text);
  for (const offset of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const form = encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
    yield form;
    yield form.replaceAll('+', '-').replaceAll('/', '_');
  }
}
