/** Replaces secrets, in every form they may take, in whatever leaves the engine. */
export class Redactor {
  readonly #forms = new Set<string>();
  #pattern: RegExp | undefined;
  #longest = 0;

  constructor(secrets: Iterable<string>) {
    for (const secret of secrets) this.add(secret);
  }

  /** Registers a secret and its derived forms. Under 4 characters it would hide half the report, so it is passed over. */
  add(secret: string): void {
    for (const form of formsOf(secret)) {
      if (form.length >= shortest) this.#forms.add(form);
    }
    this.#pattern = undefined;
  }

  redact(text: string): string {
    if (this.#forms.size === 0) return text;
    this.#pattern ??= this.#compile();
    return text.replace(this.#pattern, mask);
  }

  /** The first `limit` characters, masked; a secret across the edge is kept whole for the mask, half of one would pass unseen. */
  excerpt(text: string, limit: number): string {
    if (text.length <= limit) return this.redact(text);
    this.#pattern ??= this.#compile();
    let cut = limit;
    for (const match of text.slice(0, limit + this.#longest).matchAll(this.#pattern)) {
      if (match.index < limit) cut = Math.max(cut, match.index + match[0].length);
    }
    const rest = text.length > cut ? '…' : '';
    return this.redact(text.slice(0, cut)) + rest;
  }

  #compile(): RegExp {
    // Longest first: a form inside a longer one must not leave the rest of it readable.
    const forms = [...this.#forms].sort((one, other) => other.length - one.length);
    this.#longest = forms[0]?.length ?? 0;
    return new RegExp(
      forms.map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|') || '(?!)',
      'g',
    );
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
