import { errorMessage } from '../../failure.ts';
import type { Predicate } from '../check-file.ts';
import type { Judging } from './judging.ts';
import { overrunText, parsePattern } from './patterns.ts';
import { predicateRules } from './predicates.ts';
import { ResourceLimit } from './resource-limit.ts';
import { SchemaFile } from './schema-file.ts';
import type { Reading } from './values.ts';
import { countOf, kindOf } from './values.ts';

/** Whether a predicate holds of a reading; `actual` replaces the value in the report, `invalid` is the check's own fault. */
export type Held =
  | { readonly kind: 'holds' }
  | { readonly kind: 'broken'; readonly actual?: string }
  | { readonly kind: 'invalid'; readonly why: string };

/** Of another kind than can be asked about: neither a predicate nor its negation holds. */
interface Unfit {
  readonly kind: 'unfit';
  readonly actual: string;
}

const holds: Held = { kind: 'holds' };
const broken: Held = { kind: 'broken' };

/** Asks one predicate of one reading. */
export async function evaluate(predicate: Predicate, reading: Reading, judging: Judging): Promise<Held> {
  if (reading.kind === 'invalid') return reading;
  if (reading.kind === 'unreadable') return { kind: 'broken', actual: reading.actual };
  const plain = await (reading.kind === 'missing'
    ? ofMissing(predicate, reading.note, judging)
    : ofFound(predicate, reading, judging));
  if (plain.kind === 'unfit') return { kind: 'broken', actual: plain.actual };
  return predicate.negated ? negation(plain, predicate, reading) : plain;
}

/** "Not equal" of something that is not there proves nothing; only `not-exists` may ask for absence. */
function negation(plain: Held, { name }: Predicate, reading: Reading): Held {
  if (plain.kind === 'invalid') return plain;
  if (plain.kind === 'holds') return broken;
  if (reading.kind !== 'missing' || name === 'exists') return holds;
  return { kind: 'broken', actual: reading.note ?? 'not found' };
}

async function ofMissing(predicate: Predicate, note: string | undefined, judging: Judging): Promise<Held> {
  const { name, expected } = predicate;
  if ((name === 'exists' && expected === false) || (name === 'empty' && expected === true)) return holds;
  if (predicate.name === 'count') return all(predicate.nested, [0], judging);
  return { kind: 'broken', actual: note ?? 'not found' };
}

type Found = Extract<Reading, { kind: 'found' }>;

async function ofFound(
  predicate: Predicate,
  { value, nodes }: Found,
  judging: Judging,
): Promise<Held | Unfit> {
  const items = nodes ?? (Array.isArray(value) ? value : undefined);
  switch (predicate.name) {
    case 'count':
      return counted(predicate, items?.length ?? countOf(value), judging);
    case 'each':
      // Nothing was looked at, so nothing is proved.
      if (items?.length === 0) return { kind: 'broken', actual: 'an empty list' };
      return all(predicate.nested, items ?? [value], judging);
    case 'any':
      return any(predicate.nested, items ?? [value], judging);
    case 'matches':
      return matches(value, String(predicate.expected), judging);
    case 'semver':
      return inVersionRange(value, String(predicate.expected));
    case 'schema':
      return conforms(value, predicate.expected, judging);
  }
  const held = predicateRules[predicate.name]?.holds(value, predicate.expected);
  if (typeof held === 'object')
    return 'unfit' in held ? { kind: 'unfit', actual: held.unfit } : { kind: 'invalid', why: held.mismatch };
  return held === true ? holds : broken;
}

async function counted(
  predicate: Predicate,
  count: number | undefined,
  judging: Judging,
): Promise<Held | Unfit> {
  if (count === undefined)
    return { kind: 'unfit', actual: 'what cannot be counted: no list, object or bytes' };
  return withActual(await all(predicate.nested, [count], judging), `${count} found`);
}

function withActual(held: Held, actual: string): Held {
  return held.kind === 'broken' ? { kind: 'broken', actual } : held;
}

async function all(
  nested: readonly Predicate[],
  values: readonly unknown[],
  judging: Judging,
): Promise<Held> {
  for (const value of values) {
    for (const predicate of nested) {
      const held = await evaluate(predicate, { kind: 'found', value }, judging);
      if (held.kind !== 'holds') return held.kind === 'invalid' ? held : broken;
    }
  }
  return holds;
}

async function any(
  nested: readonly Predicate[],
  values: readonly unknown[],
  judging: Judging,
): Promise<Held> {
  for (const value of values) {
    const held = await all(nested, [value], judging);
    if (held.kind !== 'broken') return held;
  }
  return broken;
}

async function matches(
  value: unknown,
  expected: string,
  { patterns, deadlineMs }: Judging,
): Promise<Held | Unfit> {
  if (typeof value !== 'string') return { kind: 'unfit', actual: `a ${kindOf(value)}, which is not text` };
  const pattern = parsePattern(expected);
  if (pattern.kind === 'invalid') return pattern;
  const search = await patterns.search(pattern.source, pattern.flags, value, deadlineMs);
  if (search === 'found') return holds;
  if (search === 'not-found') return broken;
  throw new ResourceLimit(overrunText(search, deadlineMs));
}

/** A leading `v` is how tags are written, and is passed over; build metadata does not count. */
async function inVersionRange(value: unknown, range: string): Promise<Held | Unfit> {
  const { satisfies, valid, validRange } = await import('semver');
  if (validRange(range) === null)
    return { kind: 'invalid', why: `${JSON.stringify(range)} is not a range of versions` };
  if (typeof value !== 'string' || valid(value) === null)
    return { kind: 'unfit', actual: `${JSON.stringify(value)}, which is no version such as 2.1.0` };
  return satisfies(value, range) ? holds : broken;
}

async function conforms(value: unknown, written: unknown, { deadlineMs }: Judging): Promise<Held> {
  const { readSchema } = await import('./schema.ts');
  const reading = readSchema(written instanceof SchemaFile ? written.schema : written);
  if (reading.kind === 'wrong') return { kind: 'invalid', why: reading.why };
  try {
    const failures = reading.schema.failures(value, deadlineMs);
    return failures.length === 0 ? holds : { kind: 'broken', actual: failureList(failures) };
  } catch (error) {
    if (error instanceof RangeError || error instanceof ResourceLimit) throw error;
    return {
      kind: 'invalid',
      why: `the schema found no end: ${errorMessage(error)}`,
    };
  }
}

function failureList(failures: readonly string[]): string {
  const more = failures.length > 3 ? ` (and ${failures.length - 3} more)` : '';
  return `${failures.slice(0, 3).join(' ')}${more}`;
}
