import { characterReference } from './entities.ts';

/** Text as it reads without its escapes, and where each of its characters stands in the text it came from. */
export interface Canonical {
  readonly text: string;
  start(at: number): number;
  end(at: number): number;
}

/** Escapes of escapes, such as JSON in JSON in a page: deeper ones are not undone. */
const mostRounds = 6;
const mayBeEscaped = /['"\\+%&\p{Cc}\p{Cf}]|\s\s|[^\S ]|\.\.\.|\[[\d;]{0,12}m/u;

/**
 * Undoes whatever a text may have been through on its way: JSON (`\"`, `\/`, `\u0026`), percent-encoding in either case
 * and `+`, HTML's references, quoting by shells, line breaks, colours of a terminal, characters that nobody sees. Quotes and backslashes are left out and blanks are one
 * blank, in the text as in the secret looked for, so that any mixture and depth of these reads the same.
 */
export function canonical(text: string): Canonical {
  if (!mayBeEscaped.test(text)) return { text, start: here, end: behind };
  let now = new Characters(text, undefined);
  for (let round = 1; round < mostRounds && now.isEscaped; round += 1) now = new Characters(now.text, now);
  return now;
}

const here = (at: number) => at;
const behind = (at: number) => at + 1;

const [single, double, percent, ampersand, plus, backslash, blank] = [39, 34, 37, 38, 43, 92, 32] as const;
const [dot, ellipsis, escapeCode, bracket] = [46, 0x2026, 27, 91] as const;
/** What a terminal takes for a colour or a move. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it begins with one
const terminalControl = /\x1b\[[0-?]*[ -/]*[@-~]/y;
/** The same where whoever passed it on has left its first character out. */
const colour = /\[[\d;]{0,12}m/y;
const invisible = /^\p{Cf}$/u;
/** 1 for what may be an escape or part of one. Everything else that can be printed in ASCII stands for itself. */
const special = new Uint8Array(128);
for (const code of [single, double, percent, ampersand, plus, backslash, dot, bracket]) special[code] = 1;

/** The character written at `at`, decoded once: its code point, and how many characters it is written with. */
function characterAt(text: string, at: number): { readonly code: number; readonly length: number } {
  const code = text.charCodeAt(at);
  switch (code) {
    case backslash:
      return escapeAt(text, at) ?? { code, length: 1 };
    case percent:
      return percentAt(text, at) ?? { code, length: 1 };
    case ampersand:
      return characterReference(text, at) ?? { code, length: 1 };
    case plus:
      return { code: blank, length: 1 };
    case dot:
      return text.startsWith('..', at + 1) ? { code: ellipsis, length: 3 } : { code, length: 1 };
    case escapeCode:
      return { code, length: lengthOf(terminalControl, text, at) || 1 };
    case bracket: {
      const length = lengthOf(colour, text, at);
      return length === 0 ? { code, length: 1 } : { code: escapeCode, length };
    }
    default:
      return { code, length: 1 };
  }
}

function lengthOf(sticky: RegExp, text: string, at: number): number {
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0].length ?? 0;
}

function escapeAt(text: string, at: number) {
  const letter = text[at + 1];
  if (letter === 'n' || letter === 'r' || letter === 't') return { code: blank, length: 2 };
  const digits = letter === 'u' ? 4 : letter === 'x' ? 2 : letter === 'U' ? 8 : 0;
  if (digits === 0) return octalAt(text, at + 1);
  const code = hexAt(text, at + 2, digits);
  return code < 0 || code > 0x10ffff ? undefined : { code, length: 2 + digits };
}

/** A byte as C writes it: `\303`. */
function octalAt(text: string, at: number) {
  let code = 0;
  for (let place = at; place < at + 3; place += 1) {
    const digit = text.charCodeAt(place) - 48;
    if (!(digit >= 0 && digit <= 7)) return undefined;
    code = code * 8 + digit;
  }
  return code > 255 ? undefined : { code, length: 4 };
}

/** A percent-encoded character of UTF-8, of up to four bytes; a byte that begins none stands for itself. */
function percentAt(text: string, at: number) {
  const first = byteAt(text, at);
  if (first < 0) return undefined;
  const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
  let code = more === 0 ? first : first & (0x3f >> more);
  for (let next = 1; next <= more; next += 1) {
    const byte = byteAt(text, at + 3 * next);
    if (byte < 0x80 || byte > 0xbf) return { code: first, length: 3 };
    code = (code << 6) | (byte & 0x3f);
  }
  return { code, length: 3 * (more + 1) };
}

function byteAt(text: string, at: number): number {
  return text.charCodeAt(at) === percent ? hexAt(text, at + 1, 2) : -1;
}

function hexAt(text: string, at: number, digits: number): number {
  let value = 0;
  for (let place = at; place < at + digits; place += 1) {
    const code = text.charCodeAt(place) | 0x20;
    const digit = code >= 97 && code <= 102 ? code - 87 : code >= 48 && code <= 57 ? code - 48 : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/** A text with one layer of escapes undone: runs of blanks are one, controls are none. */
class Characters implements Canonical {
  readonly #codes: Uint16Array;
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  readonly #from: Characters | undefined;
  #size = 0;
  #text: string | undefined;
  /** Whether undoing escapes has brought others to light. */
  isEscaped = false;

  constructor(text: string, from: Characters | undefined) {
    this.#codes = new Uint16Array(text.length);
    this.#starts = new Uint32Array(text.length);
    this.#ends = new Uint32Array(text.length);
    this.#from = from;
    this.#read(text);
  }

  get text(): string {
    this.#text ??= Buffer.from(this.#codes.buffer, 0, this.#size * 2).toString('utf16le');
    return this.#text;
  }

  start(at: number): number {
    return this.#starts[at] ?? 0;
  }

  end(at: number): number {
    return this.#ends[at] ?? 0;
  }

  #read(text: string): void {
    /** Where the backslashes before a character begin: they go with it, or JSON would be left with half an escape. */
    let slashes = -1;
    for (let at = 0; at < text.length; ) {
      const written = text.charCodeAt(at);
      if (written > blank && written < 127 && special[written] === 0) {
        this.#add(written, slashes < 0 ? at : slashes, at + 1);
        slashes = -1;
        at += 1;
        continue;
      }
      const { code, length } = characterAt(text, at);
      if (code === backslash && length === 1) slashes = slashes < 0 ? at : slashes;
      else {
        this.isEscaped ||= length > 1 && special[code] === 1;
        if (code !== single && code !== double) this.#put(code, slashes < 0 ? at : slashes, at + length);
        slashes = -1;
      }
      at += length;
    }
  }

  #put(code: number, start: number, end: number): void {
    if (code > 0xffff) {
      this.#add(0xd800 + ((code - 0x10000) >> 10), start, end);
      this.#add(0xdc00 + ((code - 0x10000) & 0x3ff), start, end);
    } else if (isBlank(code)) {
      if (this.#size === 0 || this.#codes[this.#size - 1] !== blank) this.#add(blank, start, end);
      else this.#ends[this.#size - 1] = this.#from?.end(end - 1) ?? end;
    } else if (code > 31 && (code < 127 || code > 159) && !isInvisible(code)) this.#add(code, start, end);
  }

  #add(code: number, start: number, end: number): void {
    const from = this.#from;
    this.#codes[this.#size] = code;
    this.#starts[this.#size] = from === undefined ? start : from.start(start);
    this.#ends[this.#size] = from === undefined ? end : from.end(end - 1);
    this.#size += 1;
  }
}

/** A soft hyphen, a zero-width space and the like. */
function isInvisible(code: number): boolean {
  return code > 159 && invisible.test(String.fromCharCode(code));
}

function isBlank(code: number): boolean {
  return code === blank || (code >= 9 && code <= 13) || code === 160 || code === 0x2028 || code === 0x2029;
}
