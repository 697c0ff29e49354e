import { isIPv4, isIPv6 } from 'node:net';
import { CoercibleValue, coerced } from './coerce.ts';
import { isIsoDate, parsedDate } from './dates.ts';
import { ExactNumber, isNumber, orderOfNumbers } from './exact-number.ts';

/** What a source yielded. A missing value is never compared with null or "". */
export type Reading =
  | {
      readonly kind: 'found';
      /** The list of all nodes where there may be several; the whole of several lines. */
      readonly value: unknown;
      /** What a source gives that may give several, however many came: most predicates are asked of each. */
      readonly nodes?: readonly unknown[];
      /** What a text was decoded from, for a comparison byte by byte. */
      readonly bytes?: Buffer;
      /** A number as the answer writes it: 1.10. */
      readonly digits?: () => string | undefined;
      /** Nodes of a query unless it says otherwise. */
      readonly nodesAre?: NodesAre;
    }
  | {
      readonly kind: 'missing';
      readonly note?: string;
      /** There might have been several. */
      readonly nodes?: readonly [];
    }
  /** The answer cannot be read this way at all: HTML under `jsonpath`. */
  | { readonly kind: 'unreadable'; readonly actual: string }
  /** The question itself is wrong. */
  | { readonly kind: 'invalid'; readonly why: string };

/**
 * `lines` of a header: one value joined by commas, and a list for what asks for one. `records`: a list, of which
 * `contains` means an element. `texts`: that, or a part of each.
 */
export type NodesAre = 'lines' | 'records' | 'texts';

/** Typed equality: `"1"` is not 1; objects are deep, whatever the order of their keys. Dates and bytes equal what stands for them. */
export function sameValue(actual: unknown, operand: unknown): boolean {
  const expected = coerced(operand, actual);
  if (actual === expected) return true;
  if (isNumber(actual)) return isNumber(expected) && orderOfNumbers(actual, expected) === 0;
  if (actual instanceof Date) return order(actual, expected) === 0;
  if (Buffer.isBuffer(actual)) return bytesOf(expected)?.equals(actual) ?? false;
  if (Array.isArray(actual))
    return (
      Array.isArray(expected) &&
      actual.length === expected.length &&
      actual.every((item, index) => sameValue(item, expected[index]))
    );
  return kindOf(actual) === 'object' && kindOf(expected) === 'object' && haveSameParts(actual, expected);
}

function haveSameParts(actual: unknown, expected: unknown): boolean {
  const [parts, wanted] = [actual, expected] as [object, object];
  const keys = Object.keys(wanted);
  return (
    keys.length === Object.keys(parts).length &&
    keys.every(
      (key) => Object.hasOwn(parts, key) && sameValue(Reflect.get(parts, key), Reflect.get(wanted, key)),
    )
  );
}

/** Bytes as they may be written: `hex,cafe`, `base64,yv4=`, or text; undefined for what begins so and is none. */
export function bytesOf(value: unknown): Buffer | undefined {
  if (Buffer.isBuffer(value)) return value;
  if (typeof value !== 'string') return undefined;
  const [, encoding, digits = ''] = /^(hex|base64),(.*?);?$/s.exec(value) ?? [];
  if (encoding === undefined) return Buffer.from(value);
  const bare = digits.replace(/\s/g, '');
  // Node passes over what it does not know: of `hex,zz` nothing would be left, which every answer holds.
  if (encoding === 'hex') return /^([0-9a-f]{2})*$/i.test(bare) ? Buffer.from(bare, 'hex') : undefined;
  return /^[A-Za-z0-9+/_-]*={0,2}$/.test(bare) && bare.replace(/=/g, '').length % 4 !== 1
    ? Buffer.from(bare, 'base64')
    : undefined;
}

/** A value as text: text as it is, bytes by UTF-8, everything else as JSON. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (Buffer.isBuffer(value)) return value.toString('utf8');
  if (value instanceof ExactNumber) return value.toString();
  return JSON.stringify(value) ?? String(value);
}

/** A range of whole numbers such as `200-299` inside `in`. */
export function rangeOf(item: unknown): readonly [number, number] | undefined {
  const match = typeof item === 'string' ? /^\s*(\d+)\s*-\s*(\d+)\s*$/.exec(item) : null;
  return match === null ? undefined : [Number(match[1]), Number(match[2])];
}

/** Below, equal or above zero; undefined when the two cannot be ordered. Strings go by code point, a date against ISO 8601. */
export function order(one: unknown, operand: unknown): number | undefined {
  const other = operand instanceof CoercibleValue ? operand.against(one) : operand;
  if (isNumber(one) && isNumber(other)) return orderOfNumbers(one, other);
  if (one instanceof Date) {
    const date =
      other instanceof Date ? other : typeof other === 'string' ? parsedDate(other, undefined) : undefined;
    return date && one.getTime() - date.getTime();
  }
  if (typeof one === 'string' && typeof other === 'string')
    return Buffer.compare(Buffer.from(one), Buffer.from(other));
  return undefined;
}

export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (value instanceof Date) return 'date';
  if (Buffer.isBuffer(value)) return 'bytes';
  if (value instanceof ExactNumber) return 'number';
  return typeof value === 'object' ? 'object' : typeof value;
}

/** `null`, `a string`, `an object`, for a sentence. */
export function aKindOf(value: unknown): string {
  const kind = kindOf(value);
  if (kind === 'null' || kind === 'bytes') return kind;
  return `${kind === 'object' ? 'an' : 'a'} ${kind}`;
}

/** How many a value holds: items of a list, bytes of a body, keys of an object. */
export function countOf(value: unknown): number | undefined {
  if (Array.isArray(value) || Buffer.isBuffer(value)) return value.length;
  return kindOf(value) === 'object' ? Object.keys(value as object).length : undefined;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function isInteger(value: unknown): boolean {
  return value instanceof ExactNumber ? value.isInteger : Number.isInteger(value);
}

/** The names `type` knows. */
export const valueTypes: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: isNumber,
  integer: isInteger,
  float: (value) => isNumber(value) && !isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  list: Array.isArray,
  object: (value) => kindOf(value) === 'object',
  null: (value) => value === null,
  'iso-date': (value) => typeof value === 'string' && isIsoDate(value),
  uuid: (value) => typeof value === 'string' && uuid.test(value),
  ipv4: (value) => typeof value === 'string' && isIPv4(value),
  ipv6: (value) => typeof value === 'string' && isIPv6(value),
};
