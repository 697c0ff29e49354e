import type { Redactor } from '../../io/redactor.ts';
import { isMeasure } from '../../ledger/measures.ts';
import { startOf } from '../../text/cut.ts';
import type { Extraction, Predicate, Source } from '../assertion.ts';
import { CoercibleValue } from './coerce.ts';
import { ComparedFile } from './compared-file.ts';
import { ExactNumber } from './exact-number.ts';
import { filterText } from './extract.ts';
import { predicateRules } from './predicates.ts';
import { SchemaFile } from './schema-file.ts';

/** `header content-type`, `status`, `body, split ",", first`. */
export function readText({ source: { name, argument }, filters }: Extraction): string {
  const source = argument === undefined ? name : `${name} ${argument}`;
  return [source, ...filters.map(filterText)].join(', ');
}

/** `not contains "error"`, `count at least 1`. */
export function expectedText(predicate: Predicate, source: Source, redactor: Redactor): string {
  const not = predicate.negated ? 'not ' : '';
  if (predicate.nested.length > 0) {
    const inner = predicate.nested.map((one) =>
      expectedText(one, { name: '', argument: undefined }, redactor),
    );
    return `${not}${nestedWords[predicate.name] ?? predicate.name} ${inner.join(' and ')}`;
  }
  if (predicate.name === 'exists' || predicate.name === 'empty') {
    const word = predicateRules[predicate.name]?.words ?? predicate.name;
    return predicate.expected === predicate.negated ? `not ${word}` : word;
  }
  if (predicate.name === 'matches') return `${not}matches ${String(predicate.expected)}`;
  if (predicate.name === 'semver') return `${not}is a version of ${String(predicate.expected)}`;
  if (predicate.name === 'schema') return `${not}conforms to ${schemaText(predicate.expected)}`;
  if (predicate.name === 'equals-file') return `${not}equals the file ${fileText(predicate.expected)}`;
  const words = predicateRules[predicate.name]?.words ?? predicate.name;
  return `${not}${words} ${expectedValue(predicate, source, redactor)}`;
}

function fileText(expected: unknown): string {
  return expected instanceof ComparedFile ? expected.path : String(expected);
}

function schemaText(expected: unknown): string {
  return expected instanceof SchemaFile ? `the schema ${expected.path}` : 'the schema';
}

const nestedWords: Readonly<Record<string, string>> = { count: 'count', each: 'each item', any: 'any item' };

function expectedValue({ name, expected }: Predicate, source: Source, redactor: Redactor): string {
  if (name === 'between' && Array.isArray(expected)) {
    return expected.map((item) => valueText(item, source, redactor)).join(' and ');
  }
  return Array.isArray(expected) && name === 'in'
    ? expected.map((item) => valueText(item, source, redactor)).join(', ')
    : valueText(expected, source, redactor);
}

/**
 * A value of a source as people write it: durations with their unit, statuses bare, everything else as JSON. Strings
 * are masked before they are quoted: JSON's own escapes would hide a secret from the mask.
 */
export function valueText(
  given: unknown,
  source: Source,
  redactor: Redactor,
  hiding: Hiding = hidesNothing,
): string {
  const value = given instanceof CoercibleValue ? given.value : given;
  if (durations.includes(source.name) && typeof value === 'number') return `${Math.round(value)} ms`;
  if (isMeasure(source.name) && typeof value === 'number') return `${value} ms`;
  if (source.name === 'status') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (Buffer.isBuffer(value)) return bytesText(value, redactor);
  return JSON.stringify(beginningOf(value, { redactor, hiding, left: mostParts }, 0)) ?? String(value);
}

const durations: readonly string[] = ['duration', 'dns', 'connect', 'tls', 'first-byte', 'download', 'total'];

/** The report shows less; a string of megabytes need not be escaped first, nor a million items, nor a thousand levels. */
const longest = 1000;
const mostParts = 500;
const deepest = 30;

/** What is left out of a value by its place, whatever it is. */
export interface Hiding {
  text(text: string): string;
  /** What stands in place of what a field of this name holds; undefined where it may be shown. */
  field(name: string): string | undefined;
}

const hidesNothing: Hiding = { text: (text) => text, field: () => undefined };
const tellsNothing: readonly unknown[] = [null, true, false, ''];

interface Room {
  readonly redactor: Redactor;
  readonly hiding: Hiding;
  left: number;
}

/** As much of a value as can show in a report, its strings masked. */
function beginningOf(value: unknown, room: Room, depth: number): unknown {
  if (typeof value === 'string') return room.redactor.excerpt(room.hiding.text(value), longest);
  if (value instanceof CoercibleValue) return beginningOf(value.value, room, depth);
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return value;
  if (depth === deepest) return '…';
  const entries = Object.entries(value).slice(0, Math.max(0, room.left));
  room.left -= entries.length;
  const isList = Array.isArray(value);
  const shown = entries.map(([key, part]) => {
    const hidden = isList || tellsNothing.includes(part) ? undefined : room.hiding.field(key);
    return [key, hidden ?? beginningOf(part, room, depth + 1)] as const;
  });
  return isList ? shown.map(([, part]) => part) : Object.fromEntries(shown);
}

function bytesText(bytes: Buffer, redactor: Redactor): string {
  const rest = bytes.length > 32 ? ` (${bytes.length} bytes)` : '';
  const hex = startOf(bytes.subarray(0, longest + 1).toString('hex'), 2 * longest);
  return `hex,${redactor.excerpt(hex, 64)}${rest}`;
}
