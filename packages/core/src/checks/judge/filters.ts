import { lateCrypto } from '../../io/late-builtins.ts';
import { startOf } from '../../text/cut.ts';
import { dateText, mostOfScalar, parsedDate } from './dates.ts';
import { ExactNumber, isNumber, numberOf } from './exact-number.ts';
import { parsedJson } from './json-text.ts';
import { loadJsonPaths } from './jsonpath.ts';
import type { Filtering } from './judging.ts';
import type { Overrun } from './patterns.ts';
import { overrunText, parsePattern } from './patterns.ts';
import { ResourceLimit } from './resource-limit.ts';
import { asText, countOf, kindOf } from './values.ts';

/** What a filter makes of a value. */
export type Filtered =
  | {
      readonly kind: 'value';
      readonly value: unknown;
      /** What a query found that may find several. */
      readonly nodes?: readonly unknown[];
    }
  /** There is no such part: `exists: false` may ask for that. `nodes`: there might have been several. */
  | { readonly kind: 'nothing'; readonly why: string; readonly nodes?: readonly [] }
  /** The value is not one that this filter can read. */
  | { readonly kind: 'unfit'; readonly why: string }
  /** The filter itself cannot work, whatever the value. */
  | { readonly kind: 'invalid'; readonly why: string };

export interface FilterRule {
  /** What its argument must be, for the message; undefined when `argument` is legal. Without it the filter takes none. */
  wrong?(argument: unknown): string | undefined;
  apply(value: unknown, argument: unknown, filtering: Filtering): Filtered | Promise<Filtered>;
}

const given = (value: unknown): Filtered => ({ kind: 'value', value });
const nothing = (why: string): Filtered => ({ kind: 'nothing', why });
const unfit = (why: string): Filtered => ({ kind: 'unfit', why });

const text = (argument: unknown) => (typeof argument === 'string' && argument !== '' ? undefined : 'text');
const index = (argument: unknown) =>
  Number.isSafeInteger(argument) ? undefined : 'a whole number: 0 is the first, -1 the last';
const twoTexts = (argument: unknown) =>
  isTwoTexts(argument) && argument[0] !== '' ? undefined : 'a list of two texts, [old, new]';
const pattern = (argument: unknown) => text(argument) ?? brokenPattern(String(argument));
const patternAndText = (argument: unknown) =>
  isTwoTexts(argument) ? pattern(argument[0]) : 'a list of two texts, [pattern, new]';
const optionalFormat = (argument: unknown) => (argument === true ? undefined : text(argument));

/** The filters by the names hurl gives them, camel case included. */
export const filterRules: Readonly<Record<string, FilterRule>> = {
  count: { apply: count },
  first: { apply: ofList((items) => at(items, 0)) },
  last: { apply: ofList((items) => at(items, -1)) },
  nth: { wrong: index, apply: ofList((items, place) => at(items, Number(place))) },
  split: { wrong: text, apply: ofText((value, separator) => given(value.split(String(separator)))) },
  regex: { wrong: pattern, apply: ofText(firstMatch) },
  replace: { wrong: twoTexts, apply: ofText(replaced) },
  replaceRegex: { wrong: patternAndText, apply: ofText(replacedPattern) },
  jsonpath: { wrong: text, apply: selected },
  urlDecode: { apply: ofText(urlDecoded) },
  urlEncode: { apply: ofText((value) => given(urlEncoded(value))) },
  urlQueryParam: { wrong: text, apply: ofText(queryParam) },
  base64Decode: { apply: ofText(base64(/^[A-Za-z0-9+/\s]*={0,2}\s*$/, 'base64')) },
  base64UrlSafeDecode: { apply: ofText(base64(/^[A-Za-z0-9_-]*={0,2}$/, 'base64url')) },
  htmlUnescape: { apply: ofText(htmlUnescaped) },
  utf8Decode: { apply: utf8 },
  charset: { wrong: charsetName, apply: inCharset },
  md5: { apply: md5 },
  toInt: { apply: toInt },
  toFloat: { apply: toFloat },
  toString: { apply: (value: unknown) => given(asText(value)) },
  toDate: { wrong: optionalFormat, apply: ofText(toDate) },
  dateFormat: { wrong: text, apply: ofDate((date, format) => given(dateText(date, String(format)))) },
  daysAfterNow: { apply: ofDate((date, _, { now }) => given(wholeDays(date.getTime() - now()))) },
  daysBeforeNow: { apply: ofDate((date, _, { now }) => given(wholeDays(now() - date.getTime()))) },
  toHex: {
    apply: (value) => (Buffer.isBuffer(value) ? given(value.toString('hex')) : unfitFor('bytes', value)),
  },
};

type Apply = FilterRule['apply'];

function ofText(apply: (value: string, argument: unknown, filtering: Filtering) => ReturnType<Apply>): Apply {
  return (value, argument, filtering) =>
    typeof value === 'string' ? apply(value, argument, filtering) : unfitFor('text', value);
}

function ofList(apply: (items: readonly unknown[], argument: unknown) => Filtered): Apply {
  return (value, argument) => (Array.isArray(value) ? apply(value, argument) : unfitFor('a list', value));
}

function ofDate(apply: (date: Date, argument: unknown, filtering: Filtering) => Filtered): Apply {
  return (value, argument, filtering) =>
    value instanceof Date
      ? apply(value, argument, filtering)
      : unfitFor('a date (`toDate` makes one)', value);
}

function unfitFor(wanted: string, value: unknown): Filtered {
  const kind = kindOf(value);
  return unfit(`it needs ${wanted}, and this is ${kind === 'null' ? kind : `a ${kind}`}`);
}

function count(value: unknown): Filtered {
  const size = countOf(value);
  return size === undefined ? unfitFor('a list, an object or bytes', value) : given(size);
}

function at(items: readonly unknown[], place: number): Filtered {
  const found = place < 0 ? place + items.length : place;
  return found in items ? given(items[found]) : nothing(`the list has ${items.length}`);
}

async function firstMatch(value: string, argument: unknown, filtering: Filtering): Promise<Filtered> {
  const match = await matched(String(argument), filtering, (source, flags, deadlineMs) =>
    filtering.patterns.extract(source, flags, value, deadlineMs),
  );
  if ('kind' in match) return match;
  return match.found === undefined ? nothing('the pattern is not in the text') : given(match.found);
}

function replaced(value: string, argument: unknown): Filtered {
  const [old, fresh] = argument as readonly [string, string];
  return given(value.replaceAll(old, () => fresh));
}

async function replacedPattern(value: string, argument: unknown, filtering: Filtering): Promise<Filtered> {
  const [old, fresh] = argument as readonly [string, string];
  const result = await matched(old, filtering, (source, flags, deadlineMs) =>
    filtering.patterns.replace({ source, flags, text: value, replacement: fresh }, deadlineMs),
  );
  return 'kind' in result ? result : given(result.found);
}

type Ask = (
  source: string,
  flags: string,
  deadlineMs: number,
) => Promise<{ readonly found: string | undefined } | Overrun>;

async function matched(written: string, { deadlineMs }: Filtering, ask: Ask) {
  const parsed = parsePattern(written);
  if (parsed.kind === 'invalid') return parsed;
  const answer = await ask(parsed.source, parsed.flags, deadlineMs);
  if (typeof answer === 'string') throw new ResourceLimit(overrunText(answer, deadlineMs));
  return answer;
}

async function selected(value: unknown, query: unknown, { deadlineMs }: Filtering): Promise<Filtered> {
  const document = typeof value === 'string' ? parsedJson(value) : ({ kind: 'value', value } as const);
  if (document.kind === 'broken') return unfit(`the text is ${document.why}`);
  const reading = (await loadJsonPaths()).read(String(query), document.value, deadlineMs);
  switch (reading.kind) {
    case 'found':
      return { ...reading, kind: 'value' };
    case 'missing':
      return { ...reading, kind: 'nothing', why: 'the query matches nothing' };
    case 'unreadable':
      return unfit(reading.actual);
    case 'invalid':
      return reading;
  }
}

/** Percent-encodes what RFC 3986 reserves, but for slashes, as hurl does. */
function urlEncoded(value: string): string {
  return encodeURIComponent(value.toWellFormed())
    .replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%2F', '/');
}

function urlDecoded(value: string): Filtered {
  try {
    return given(decodeURIComponent(value));
  } catch {
    return unfit('the text is not percent-encoded UTF-8');
  }
}

function queryParam(value: string, name: unknown): Filtered {
  const url = URL.parse(value);
  if (url === null) return unfit('the text is not a URL');
  const found = url.searchParams.get(String(name));
  return found === null ? nothing('the URL has no such parameter') : given(found);
}

function base64(shape: RegExp, encoding: 'base64' | 'base64url'): (value: string) => Filtered {
  // Node passes over what it does not know, and so decodes any text to something.
  return (value) =>
    shape.test(value) && value.replace(/[\s=]/g, '').length % 4 !== 1
      ? given(Buffer.from(value, encoding))
      : unfit(`the text is not ${encoding}`);
}

async function htmlUnescaped(value: string): Promise<Filtered> {
  const { readTags } = await import('../html-parser.ts');
  const parts: string[] = [];
  // In a text field only entities are read, and the end of it, which there is none of.
  readTags(`<textarea>${value.replaceAll('</', '&lt;/')}`, { text: (part) => parts.push(part) });
  return given(parts.join(''));
}

function utf8(value: unknown): Filtered {
  if (!Buffer.isBuffer(value)) return unfitFor('bytes', value);
  try {
    return given(new TextDecoder('utf-8', { fatal: true }).decode(value));
  } catch {
    return unfit('the bytes are not UTF-8');
  }
}

function charsetName(argument: unknown): string | undefined {
  const wrong = text(argument);
  if (wrong !== undefined) return 'the name of a charset, such as iso-8859-1';
  // One with variables in it is whole only when the run starts.
  return String(argument).includes('${') || decoderOf(argument) !== undefined
    ? undefined
    : 'the name of a charset of the Encoding Standard, such as iso-8859-1';
}

function decoderOf(label: unknown) {
  try {
    return new TextDecoder(String(label), { fatal: true });
  } catch {
    return undefined;
  }
}

function inCharset(value: unknown, label: unknown): Filtered {
  const decoder = decoderOf(label);
  if (decoder === undefined) return { kind: 'invalid', why: `${described(label)} is no charset` };
  if (!Buffer.isBuffer(value)) return unfitFor('bytes', value);
  try {
    return given(decoder.decode(value));
  } catch {
    return unfit(`the bytes are not ${decoder.encoding}`);
  }
}

function md5(value: unknown): Filtered {
  if (typeof value !== 'string' && !Buffer.isBuffer(value)) return unfitFor('text or bytes', value);
  return given(lateCrypto().createHash('md5').update(value).digest('hex'));
}

function toInt(value: unknown): Filtered {
  if (value instanceof ExactNumber) return given(numberOf(value.toString().replace(/\..*/, '')));
  if (typeof value === 'number') return given(Math.trunc(value));
  const isInteger = isShort(value) && /^\s*[+-]?\d+\s*$/.test(value);
  return isInteger ? given(numberOf(value.trim())) : unfit(`${described(value)} is not a whole number`);
}

/** Longer text is no number: to read a million digits as one takes minutes. */
function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length <= mostOfScalar;
}

function toFloat(value: unknown): Filtered {
  if (isNumber(value)) return given(value);
  const isWritten = isShort(value) && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value);
  return isWritten ? given(numberOf(value.trim())) : unfit(`${described(value)} is not a number`);
}

function toDate(value: string, format: unknown): Filtered {
  const date = parsedDate(value, format === true ? undefined : String(format));
  return date === undefined ? unfit(`${described(value)} is not such a date`) : given(date);
}

/** Half a day after its end something is one day late, not none. */
function wholeDays(ms: number): number {
  return Math.floor(ms / 86_400_000);
}

function described(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(startOf(value, 80)) : `a ${kindOf(value)}`;
}

function brokenPattern(written: string): string | undefined {
  // A pattern with variables in it is whole only when the run starts.
  if (written.includes('${')) return undefined;
  const parsed = parsePattern(written);
  return parsed.kind === 'invalid' ? `a regular expression (${parsed.why})` : undefined;
}

function isTwoTexts(argument: unknown): argument is readonly [string, string] {
  return Array.isArray(argument) && argument.length === 2 && argument.every((one) => typeof one === 'string');
}
