import { isHiddenField } from '../../text/hidden-fields.ts';

/** A part of a token is a secret of its own only when long enough not to be an ordinary word. */
const shortestPart = 12;
const shortestPassword = 4;
/** One in an address stands beside words such as `postgres` more often than not. */
const shortestInAddress = 6;

/**
 * What a secret may show as that undoing escapes does not lead back to it: each of its lines, its parts, and their hex
 * and base64.
 */
export function* formsOf(secret: string): Generator<string> {
  yield* formsIn(secret);
  // Whoever encodes half a character writes the sign for none in its place.
  if (!secret.isWellFormed()) yield* formsIn(secret.toWellFormed());
}

function* formsIn(secret: string): Generator<string> {
  const lines = secret.split(/\r\n|\r|\n/).map((line) => line.trim());
  yield* spellings(secret);
  for (const line of lines) {
    if (lines.length > 1) yield* spellings(line);
    for (const part of secretParts(line)) yield* spellings(part);
  }
  for (const value of credentialsIn(secret)) yield* formsIn(value);
}

/** What the fields of a secret that is JSON hold, where their names say that it is a credential: a library shows it alone. */
function credentialsIn(secret: string): readonly string[] {
  if (!/^\s*[{[]/.test(secret)) return [];
  const found: string[] = [];
  try {
    JSON.parse(secret, (name, value) => {
      const isOne = typeof value === 'string' && value.length >= shortestPart && isHiddenField(name);
      if (isOne) found.push(value);
      return value;
    });
  } catch {
    return [];
  }
  return found;
}

/** The parts of a JWT, of `scheme token,token`, of `user:pass` and of `scheme://user:pass@host` that are secrets of their own. */
export function secretParts(line: string): string[] {
  const jwt = /^[\w-]+\.([\w-]+)\.([\w-]+)$/.exec(line);
  if (jwt !== null) return [jwt[1] ?? '', jwt[2] ?? ''].filter((part) => part.length >= shortestPart);
  const decoded = decodedText(line);
  if (decoded !== undefined) return [decoded, ...secretParts(decoded)];
  const [, user, inAddress = ''] = /^[a-z][\w+.-]*:\/\/([^/@:\s]*):([^/@\s]+)@/i.exec(line) ?? [];
  // One that is not percent-encoded goes on to the last @.
  const [, torn = ''] = /^[a-z][\w+.-]*:\/\/[^/@:\s]*:(\S+)@/i.exec(line) ?? [];
  const inside = [...new Set([inAddress, torn])].filter(
    (part) => part.length >= shortestInAddress && part !== user,
  );
  if (inside.length > 0) return inside;
  const password = /^[^\s:/]+:([^\s/].*)$/.exec(line)?.[1];
  if (password !== undefined && password.length >= shortestPassword) return [password];
  return line.split(/[\s,]+/).filter((part) => part !== line && part.length >= shortestPart);
}

/** What a line of base64 says, where that is a text: whoever was sent it as a `Basic` header, say, knows it so. */
function decodedText(line: string): string | undefined {
  if (!/^[\w+/-]{16,}={0,2}$/.test(line)) return undefined;
  const text = Buffer.from(line, 'base64').toString('latin1');
  return /^[ -~]{12,}$/.test(text) ? text : undefined;
}

function* spellings(text: string): Generator<string> {
  if (text.length < shortestPassword) return;
  yield text;
  // As the name of a host.
  if (text.length >= shortestPart) yield text.toLowerCase();
  if (/[^\0-\x7f]/.test(text)) {
    yield Buffer.from(text).toString('latin1');
    yield text.normalize('NFC');
    yield text.normalize('NFD');
  }
  yield* urlForms(text);
  const hex = Buffer.from(text).toString('hex');
  yield hex;
  yield hex.toUpperCase();
  yield* base64Forms(text);
  const json = JSON.stringify(text).slice(1, -1);
  if (json !== text) yield* base64Forms(json);
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
