import { ExactNumber, isNumber, numberOf, orderOfNumbers } from './exact-number.ts';
import { isTooDeep, mostLevels } from './nesting.ts';

/** Text read as JSON, or why it is none: a clause that quotes nothing of it. */
export type JsonText =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'broken'; readonly why: string };

/** Reads JSON as deep as a check can look into it. */
export function parsedJson(text: string): JsonText {
  let value: unknown;
  try {
    value = jsonOf(text);
  } catch {
    return { kind: 'broken', why: 'not JSON' };
  }
  return isTooDeep(value)
    ? { kind: 'broken', why: `nested too deep: more than ${mostLevels} levels` }
    : { kind: 'value', value };
}

/** The text that a document was read from. */
const texts = new WeakMap<object, string>();

/** Reads JSON; a number that a double would round is an ExactNumber. Throws SyntaxError for what is none. */
export function jsonOf(text: string): unknown {
  const value = read(text);
  if (typeof value === 'object' && value !== null) texts.set(value, text);
  return value;
}

/** A number of a document as its text writes it; undefined where that is not known. Reads the text again. */
export function digitsAt(document: unknown, place: readonly (string | number)[]): string | undefined {
  const text = typeof document === 'object' && document !== null ? texts.get(document) : undefined;
  if (text === undefined) return undefined;
  const sources = new WeakMap<object, string>();
  const stand = (source = '') => {
    const placeholder = {};
    sources.set(placeholder, source);
    return placeholder;
  };
  try {
    const written = (JSON.parse as ParseWithSource)(text, (_, value, context) =>
      typeof value === 'number' ? stand(context?.source) : value,
    );
    return sources.get(Object(partAt(written, place))) || undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function read(text: string): unknown {
  if (!mayRound(text)) return JSON.parse(text);
  try {
    return (JSON.parse as ParseWithSource)(text, (_, value, context) =>
      typeof value === 'number' && context?.source !== undefined ? numberOf(context.source) : value,
    );
  } catch (error) {
    // A reviver goes down by recursion, the parser itself does not; who looks into it says that it is too deep.
    if (error instanceof RangeError) return JSON.parse(text);
    throw error;
  }
}

/** A Node before 21 tells no source. */
type ParseWithSource = (
  text: string,
  reviver: (key: string, value: unknown, context?: { readonly source?: string }) => unknown,
) => unknown;

/** Sixteen digits, or a large exponent: a reviver takes ten times as long. */
function mayRound(text: string): boolean {
  return /\d[\d.]{15}|\d[eE][+-]?\d{3}/.test(text);
}

const known = new WeakMap<object, unknown>();

/** The same document with every number a double, for libraries that know no others; itself where it has no others. */
export function inDoubles(value: unknown): unknown {
  if (value instanceof ExactNumber) return value.valueOf();
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || value instanceof Date)
    return value;
  const before = known.get(value);
  if (before !== undefined) return before;
  const rounded = Array.isArray(value) ? roundedList(value) : roundedObject(value);
  known.set(value, rounded);
  return rounded;
}

function roundedList(list: readonly unknown[]): readonly unknown[] {
  const items = list.map(inDoubles);
  return items.every((item, index) => item === list[index]) ? list : items;
}

function roundedObject(object: object): object {
  const entries = Object.entries(object);
  const rounded = entries.map(([key, part]) => [key, inDoubles(part)] as const);
  return rounded.every(([, part], index) => part === entries[index]?.[1])
    ? object
    : Object.fromEntries(rounded);
}

/** What a library that knows doubles takes for another: a number of the document, and one it rounds to with it. */
export interface Mistaken {
  readonly found: ExactNumber;
  readonly other: number | ExactNumber;
}

/** The first number of a document that is one of `others` once both are doubles, and is not it. */
export function mistakenIn(
  document: unknown,
  others: readonly (number | ExactNumber)[],
): Mistaken | undefined {
  if (others.length === 0 || inDoubles(document) === document) return undefined;
  for (const found of numbersIn(document)) {
    if (!(found instanceof ExactNumber)) continue;
    const other = others.find((one) => one.valueOf() === found.valueOf() && orderOfNumbers(found, one) !== 0);
    if (other !== undefined) return { found, other };
  }
  return undefined;
}

/** Two numbers of a document that are one as doubles, and are not the same. */
export function mistakenWithin(document: unknown): Mistaken | undefined {
  if (inDoubles(document) === document) return undefined;
  const numbers = numbersIn(document);
  const found = new Map<number, ExactNumber>();
  for (const one of numbers) if (one instanceof ExactNumber) found.set(one.valueOf(), one);
  for (const other of numbers) {
    const one = found.get(other.valueOf());
    if (one !== undefined && orderOfNumbers(one, other) !== 0) return { found: one, other };
  }
  return undefined;
}

/** For the report. */
export function mistakenText({ found, other }: Mistaken): string {
  return `${found}, which cannot be told from ${other} here: compare it by \`equals\``;
}

/** Every number in a value. */
export function numbersIn(value: unknown): readonly (number | ExactNumber)[] {
  if (isNumber(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

/** What stands at a place of a document: keys and indices from its root. */
export function partAt(document: unknown, place: readonly (string | number)[]): unknown {
  return place.reduce<unknown>((part, key) => Reflect.get(Object(part), key), document);
}
