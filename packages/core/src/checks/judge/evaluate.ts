import type { Predicate } from '../check-file.ts';
import type { PatternThread } from './patterns.ts';
import { parsePattern } from './patterns.ts';
import { predicateRules } from './predicates.ts';
import type { Reading } from './values.ts';
import { countOf } from './values.ts';

/** Whether a predicate holds of a reading; `actual` replaces the value in the report, `invalid` is the check's own fault. */
export type Held =
  | { readonly kind: 'holds' }
  | { readonly kind: 'broken'; readonly actual?: string }
  | { readonly kind: 'invalid'; readonly why: string };

export interface Judging {
  readonly patterns: PatternThread;
  /** For one pattern, milliseconds. */
  readonly deadlineMs: number;
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
  return predicate.negated ? negation(plain, predicate, reading) : plain;
}

/** "Not equal" of something that is not there proves nothing; only `exists`, `empty` and `count` may ask about absence. */
function negation(plain: Held, predicate: Predicate, reading: Reading): Held {
  if (plain.kind === 'invalid') return plain;
  if (reading.kind === 'missing' && !asksAbsence(predicate)) return plain;
  return plain.kind === 'holds' ? broken : holds;
}

function asksAbsence({ name }: Predicate): boolean {
  return name === 'exists' || name === 'empty' || name === 'count';
}

async function ofMissing(predicate: Predicate, note: string | undefined, judging: Judging): Promise<Held> {
  if (predicate.name === 'exists') return predicate.expected === false ? holds : broken;
  if (predicate.name === 'empty') return predicate.expected === true ? holds : broken;
  if (predicate.name === 'count') return all(predicate.nested, [0], judging);
  return { kind: 'broken', actual: note ?? 'not found' };
}

type Found = Extract<Reading, { kind: 'found' }>;

async function ofFound(predicate: Predicate, { value, nodes }: Found, judging: Judging): Promise<Held> {
  const items = nodes ?? (Array.isArray(value) ? value : undefined);
  switch (predicate.name) {
    case 'count': {
      const count = items?.length ?? countOf(value);
      return count === undefined
        ? {
            kind: 'invalid',
            why: `\`count\` needs a list or an object, and this is ${JSON.stringify(value)}`,
          }
        : withActual(await all(predicate.nested, [count], judging), `${count} found`);
    }
    case 'each':
      return all(predicate.nested, items ?? [value], judging);
    case 'any':
      return any(predicate.nested, items ?? [value], judging);
    case 'matches':
      return matches(value, String(predicate.expected), judging);
  }
  const held = predicateRules[predicate.name]?.holds(value, predicate.expected);
  if (typeof held === 'object') return { kind: 'invalid', why: held.mismatch };
  return held === true ? holds : broken;
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

async function matches(value: unknown, expected: string, { patterns, deadlineMs }: Judging): Promise<Held> {
  if (typeof value !== 'string') return { kind: 'invalid', why: '`matches` needs text' };
  const pattern = parsePattern(expected);
  if (pattern.kind === 'invalid') return pattern;
  const search = await patterns.search(pattern.source, pattern.flags, value, deadlineMs);
  if (search === 'too-slow') {
    return {
      kind: 'invalid',
      why: `the pattern found no end within ${Math.round(deadlineMs)} ms; it backtracks`,
    };
  }
  return search === 'found' ? holds : broken;
}
