/** A part of a token is a secret of its own only when long enough not to be an ordinary word. */
const shortestPart = 12;
const shortestPassword = 4;

/**
 * What a secret may show as that undoing escapes does not lead back to it: each of its lines, its parts, and their hex
 * and base64.
 */
export function* formsOf(secret: string): Generator<string> {
  const lines = secret.split(/\r\n|\r|\n/).map((line) => line.trim());
  yield* spellings(secret);
  for (const line of lines) {
    if (lines.length > 1) yield* spellings(line);
    for (const part of secretParts(line)) yield* spellings(part);
  }
}

/** The parts of a JWT, of `scheme token,token` and of `user:pass` that are secrets of their own. */
export function secretParts(line: string): string[] {
  const jwt = /^[\w-]+\.([\w-]+)\.([\w-]+)$/.exec(line);
  if (jwt !== null) return [jwt[1] ?? '', jwt[2] ?? ''].filter((part) => part.length >= shortestPart);
  const password = /^[^\s:/]+:([^\s/].*)$/.exec(line)?.[1];
  if (password !== undefined && password.length >= shortestPassword) return [password];
  return line.split(/[\s,]+/).filter((part) => part !== line && part.length >= shortestPart);
}

function* spellings(text: string): Generator<string> {
  if (text.length < shortestPassword) return;
  yield text;
  yield* urlForms(text);
  const hex = Buffer.from(text).toString('hex');
  yield hex;
  yield hex.toUpperCase();
  yield* base64Forms(text);
}

/** As a parsed URL spells it in its path and in its query: `#` ends what is sent, a backslash is a slash. */
function* urlForms(text: string): Generator<string> {
  if (!/[#\\]/.test(text)) return;
  for (const start of ['http://x/', 'http://x/?']) {
    const form = new URL(`${start}${text}`).href.slice(start.length);
    yield form;
    yield form.replace(/#.*$/s, '');
  }
}

/**
 * A secret inside longer text shows in base64 in one of three ways, by its offset; the edges that depend on its
 * neighbours are left out. At the end of the text it is padded, or not.
 */
function* base64Forms(text: string): Generator<string> {
  const bytes = Buffer.from(text);
  for (const offset of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const start = Math.ceil((offset * 8) / 6);
    const inside = encoded.slice(start, Math.floor(((offset + bytes.length) * 8) / 6));
    for (const form of new Set([inside, encoded.slice(start).replace(/=+$/, ''), encoded.slice(start)])) {
      yield form;
      if (/[+/]/.test(form)) yield form.replaceAll('+', '-').replaceAll('/', '_');
    }
  }
}
