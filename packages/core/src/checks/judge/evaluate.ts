import { errorMessage } from '../../outcome/failure.ts';
import type { Predicate } from '../assertion.ts';
import { coerced } from './coerce.ts';
import { ComparedFile, comparedWithFile } from './compared-file.ts';
import { inDoubles, mistakenIn, mistakenText, numbersIn } from './json-text.ts';
import type { Judging } from './judging.ts';
import { overrunText, parsePattern } from './patterns.ts';
import { predicateRules } from './predicates.ts';
import { ResourceLimit } from './resource-limit.ts';
import { SchemaFile } from './schema-file.ts';
import { meansList } from './several.ts';
import type { PredicateOutcome } from './tally.ts';
import { broken, holds, ofAny, ofEach, unfit } from './tally.ts';
import type { Reading } from './values.ts';
import { aKindOf, countOf, sameValue } from './values.ts';
import { loadVersions } from './version-ranges.ts';

/** Whether a predicate holds of a reading. */
export type AssertionResult = Exclude<PredicateOutcome, { kind: 'broken' | 'unfit' }> | Broken;
type Broken = Omit<Extract<PredicateOutcome, { kind: 'broken' | 'unfit' }>, 'kind'> & {
  readonly kind: 'broken';
};

type Found = Extract<Reading, { kind: 'found' }>;
type Missing = Extract<Reading, { kind: 'missing' }>;

/** What a predicate is asked with. */
interface Asking extends Judging {
  /** The predicates of the same mapping: `count` and `empty` among them may allow an empty list. */
  readonly beside: readonly Predicate[];
}

/** Asks one predicate of one reading. `beside`: all of the same mapping. */
export async function evaluate(
  predicate: Predicate,
  reading: Reading,
  judging: Judging,
  beside: readonly Predicate[] = [],
): Promise<AssertionResult> {
  const outcome = await outcomeOf(predicate, reading, { ...judging, beside });
  return outcome.kind === 'unfit' ? { ...outcome, kind: 'broken' } : (outcome as AssertionResult);
}

async function outcomeOf(predicate: Predicate, reading: Reading, asking: Asking): Promise<PredicateOutcome> {
  switch (reading.kind) {
    case 'invalid':
      return reading;
    case 'unreadable':
      return { kind: 'broken', actual: reading.actual };
    case 'missing':
      return ofMissing(predicate, reading, asking);
    case 'found':
      return reading.nodes === undefined
        ? ofValue(predicate, comparedPart(predicate, reading), asking)
        : ofSeveral(predicate, reading, asking);
  }
}

/** A file is compared with the bytes that a text was read from. */
function comparedPart({ name }: Predicate, { value, bytes }: Found): unknown {
  return name === 'equals-file' ? (bytes ?? value) : value;
}

/** "Not equal" of something that is not there proves nothing; only `not-exists` may ask for absence. */
async function ofMissing(
  predicate: Predicate,
  { note, nodes }: Missing,
  asking: Asking,
): Promise<PredicateOutcome> {
  const { name, expected, negated, nested } = predicate;
  if (name === 'exists') return (expected === false) === negated ? notFound(note) : holds;
  if (!negated && name === 'empty' && expected === true) return holds;
  if (!negated && name === 'count') return withActual(await allOf(nested, 0, asking), note ?? 'not found');
  if (nodes === undefined) return notFound(note);
  if (!negated && name === 'equals' && sameValue([], expected)) return holds;
  const isEach = name === 'each' ? !negated : !meansList(predicate);
  return isEach && (await mayBeEmpty(asking)) ? holds : notFound(note);
}

function notFound(note: string | undefined): PredicateOutcome {
  return { kind: 'broken', actual: note ?? 'not found' };
}

/** Of each node, unless the predicate means the list; a source says by its kind what its nodes are. */
async function ofSeveral(
  predicate: Predicate,
  { value, nodes = [], nodesAre }: Found,
  asking: Asking,
): Promise<PredicateOutcome> {
  const { name } = predicate;
  if (nodesAre === 'lines' && (!meansList(predicate) || name === 'exists' || name === 'empty'))
    return ofValue(predicate, value, asking);
  if (meansList(predicate)) return ofValue(predicate, nodes, asking);
  if (name === 'contains' && nodesAre === 'texts' && hasPart(nodes, predicate))
    return predicate.negated ? broken : holds;
  if (name === 'contains' && nodesAre !== undefined) return ofValue(predicate, nodes, asking);
  return ofEach(nodes, (node) => ofValue(predicate, node, asking));
}

/** What is looked for is an element, or a part of one that is text. */
function hasPart(nodes: readonly unknown[], { expected }: Predicate): boolean {
  return nodes.some((node) => {
    const part = coerced(expected, node);
    return typeof node === 'string' && typeof part === 'string' && node.includes(part);
  });
}

/** At once where it can be: a list may have a million items. */
function ofValue(
  predicate: Predicate,
  value: unknown,
  asking: Asking,
): PredicateOutcome | Promise<PredicateOutcome> {
  const rule = predicateRules[predicate.name];
  if (rule === undefined) return loaded(predicate, value, asking);
  const held = rule.holds(value, predicate.expected);
  if (typeof held === 'object')
    return 'unfit' in held ? unfit(held.unfit) : { kind: 'invalid', why: held.mismatch };
  return held === predicate.negated ? broken : holds;
}

/** Those that nest, and those that load something before they can be asked. */
async function loaded(predicate: Predicate, value: unknown, asking: Asking): Promise<PredicateOutcome> {
  const plain = await plainly(predicate, value, asking);
  if (!predicate.negated || plain.kind === 'invalid' || plain.kind === 'unfit') return plain;
  return plain.kind === 'holds' ? broken : holds;
}

/** Without its negation. */
async function plainly(predicate: Predicate, value: unknown, asking: Asking): Promise<PredicateOutcome> {
  const { name, expected, nested } = predicate;
  switch (name) {
    case 'count': {
      const count = countOf(value);
      if (count === undefined) return unfit('what cannot be counted: no list, object or bytes');
      return withActual(await allOf(nested, count, asking), `${count} found`);
    }
    case 'each':
      if (!Array.isArray(value)) return noList(value);
      // Nothing was looked at, so nothing is proved.
      if (value.length === 0) return (await mayBeEmpty(asking)) ? holds : unfit('an empty list');
      return ofEach(value, (item) => allOf(nested, item, asking));
    case 'any':
      return Array.isArray(value) ? ofAny(value, (item) => allOf(nested, item, asking)) : noList(value);
    case 'matches':
      return matches(value, String(expected), asking);
    case 'semver':
      return inVersionRange(value, String(expected));
    case 'equals-file':
      return sameAsFile(value, expected);
    case 'schema':
      return conforms(value, expected, asking);
    default:
      return { kind: 'invalid', why: `there is no predicate ${name}` };
  }
}

function sameAsFile(value: unknown, file: unknown): PredicateOutcome {
  if (!(file instanceof ComparedFile)) return { kind: 'invalid', why: 'the file was not read' };
  const compared = comparedWithFile(value, file);
  if (compared.kind === 'same') return holds;
  return compared.kind === 'unfit' ? unfit(compared.actual) : { ...compared, kind: 'broken' };
}

function noList(value: unknown): PredicateOutcome {
  return unfit(`${aKindOf(value)}, which is no list`);
}

/** All of `nested` of one value; one that is unfit outweighs one that is only broken. */
function allOf(
  nested: readonly Predicate[],
  value: unknown,
  judging: Judging,
): PredicateOutcome | Promise<PredicateOutcome> {
  const asking: Asking = { ...judging, beside: nested };
  const [only, ...others] = nested;
  if (only !== undefined && others.length === 0) return ofValue(only, value, asking);
  return allOfSeveral(nested, value, asking);
}

async function allOfSeveral(
  nested: readonly Predicate[],
  value: unknown,
  asking: Asking,
): Promise<PredicateOutcome> {
  let failed: PredicateOutcome | undefined;
  for (const predicate of nested) {
    const outcome = await ofValue(predicate, value, asking);
    if (outcome.kind === 'invalid') return outcome;
    if (outcome.kind === 'unfit' || (outcome.kind === 'broken' && failed === undefined)) failed = outcome;
    if (outcome.kind === 'unfit') break;
  }
  return failed ?? holds;
}

function withActual(outcome: PredicateOutcome, actual: string): PredicateOutcome {
  return outcome.kind === 'broken' || outcome.kind === 'unfit' ? { kind: outcome.kind, actual } : outcome;
}

/** Whether `count` or `empty` of the same mapping holds of an empty list. */
async function mayBeEmpty(asking: Asking): Promise<boolean> {
  for (const predicate of asking.beside) {
    if (predicate.name !== 'count' && predicate.name !== 'empty') continue;
    if ((await ofValue(predicate, [], asking)).kind === 'holds') return true;
  }
  return false;
}

async function matches(
  value: unknown,
  expected: string,
  { patterns, deadlineMs }: Judging,
): Promise<PredicateOutcome> {
  if (typeof value !== 'string') return unfit(`${aKindOf(value)}, which is not text`);
  const pattern = parsePattern(expected);
  if (pattern.kind === 'invalid') return pattern;
  const search = await patterns.search(pattern.source, pattern.flags, value, deadlineMs);
  if (search === 'found') return holds;
  if (search === 'not-found') return broken;
  throw new ResourceLimit(overrunText(search, deadlineMs));
}

/** A leading `v` is how tags are written, and is passed over; build metadata does not count. */
async function inVersionRange(value: unknown, range: string): Promise<PredicateOutcome> {
  const { satisfies, valid, validRange } = await loadVersions();
  if (validRange(range) === null)
    return { kind: 'invalid', why: `${JSON.stringify(range)} is not a range of versions` };
  if (typeof value !== 'string' || valid(value) === null)
    return unfit(`${JSON.stringify(value)}, which is no version such as 2.1.0`);
  return satisfies(value, range) ? holds : broken;
}

async function conforms(
  value: unknown,
  written: unknown,
  { deadlineMs }: Judging,
): Promise<PredicateOutcome> {
  const { readSchema } = await import('./schema.ts');
  const schema = written instanceof SchemaFile ? written.schema : written;
  const reading = await readSchema(inDoubles(schema));
  if (reading.kind === 'wrong') return { kind: 'invalid', why: reading.why };
  const mistaken = mistakenIn(value, numbersIn(schema));
  if (mistaken !== undefined) return unfit(mistakenText(mistaken));
  try {
    const failures = reading.schema.failures(inDoubles(value), deadlineMs);
    return failures.length === 0 ? holds : { kind: 'broken', actual: failureList(failures) };
  } catch (error) {
    if (error instanceof RangeError || error instanceof ResourceLimit) throw error;
    return {
      kind: 'invalid',
      why: `the schema cannot be asked: ${errorMessage(error)}`,
    };
  }
}

function failureList(failures: readonly string[]): string {
  const more = failures.length > 3 ? ` (and ${failures.length - 3} more)` : '';
  return `${failures.slice(0, 3).join('; ')}${more}`;
}
