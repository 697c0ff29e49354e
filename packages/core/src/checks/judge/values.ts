import { isIPv4, isIPv6 } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { mostOfScalar, parsedDate } from './dates.ts';

/** What a source yielded. A missing value is never compared with null or "". */
export type Reading =
  | {
      readonly kind: 'found';
      readonly value: unknown;
      /** All nodes of a query that may match several, for `count`, `each` and `any`. */
      readonly nodes?: readonly unknown[];
    }
  | { readonly kind: 'missing'; readonly note?: string }
  /** The answer cannot be read this way at all: HTML under `jsonpath`. */
  | { readonly kind: 'unreadable'; readonly actual: string }
  /** The question itself is wrong. */
  | { readonly kind: 'invalid'; readonly why: string };

/** Typed equality: `"1"` is not 1; objects are deep, whatever the order of their keys. Dates and bytes equal what stands for them. */
export function sameValue(actual: unknown, expected: unknown): boolean {
  if (actual === expected) return true;
  if (actual instanceof Date) return order(actual, expected) === 0;
  if (Buffer.isBuffer(actual)) return bytesOf(expected)?.equals(actual) ?? false;
  if (typeof actual !== 'object' || actual === null) return actual === 0 && expected === 0;
  return isDeepStrictEqual(actual, expected);
}

/** Bytes as they may be written: `hex,cafe`, `base64,yv4=`, or text. */
export function bytesOf(value: unknown): Buffer | undefined {
  if (Buffer.isBuffer(value)) return value;
  if (typeof value !== 'string') return undefined;
  const [, encoding, digits = ''] = /^(hex|base64),(.*?);?$/s.exec(value) ?? [];
  if (encoding === undefined) return Buffer.from(value);
  return Buffer.from(digits.replace(/\s/g, ''), encoding === 'hex' ? 'hex' : 'base64');
}

/** A value as text: text as it is, bytes by UTF-8, everything else as JSON. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (Buffer.isBuffer(value)) return value.toString('utf8');
  return JSON.stringify(value) ?? String(value);
}

/** A range of whole numbers such as `200-299` inside `in`. */
export function rangeOf(item: unknown): readonly [number, number] | undefined {
  const match = typeof item === 'string' ? /^\s*(\d+)\s*-\s*(\d+)\s*$/.exec(item) : null;
  return match === null ? undefined : [Number(match[1]), Number(match[2])];
}

/** Below, equal or above zero; undefined when the two cannot be ordered. Strings go by code point, a date against ISO 8601. */
export function order(one: unknown, other: unknown): number | undefined {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
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
  return typeof value === 'object' ? 'object' : typeof value;
}

/** How many a value holds: items of a list, bytes of a body, keys of an object. */
export function countOf(value: unknown): number | undefined {
  if (Array.isArray(value) || Buffer.isBuffer(value)) return value.length;
  return kindOf(value) === 'object' ? Object.keys(value as object).length : undefined;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const isoDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** The names `type` knows. */
export const valueTypes: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  float: (value) => typeof value === 'number' && !Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  list: Array.isArray,
  object: (value) => kindOf(value) === 'object',
  null: (value) => value === null,
  'iso-date': (value) =>
    typeof value === 'string' &&
    value.length <= mostOfScalar &&
    isoDate.test(value) &&
    !Number.isNaN(Date.parse(value)),
  uuid: (value) => typeof value === 'string' && uuid.test(value),
  ipv4: (value) => typeof value === 'string' && isIPv4(value),
  ipv6: (value) => typeof value === 'string' && isIPv6(value),
};
