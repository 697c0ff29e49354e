import { none } from '../../text/none.ts';
import type { Predicate } from '../assertion.ts';
import { parsePattern } from '../judge/patterns.ts';
import { predicateRules } from '../judge/predicates.ts';
import { rangeOf } from '../judge/values.ts';
import type { Cursor } from './cursor.ts';
import { isMapping, shown } from './cursor.ts';
import { quoted } from './fields.ts';
import { provesNothing } from './idle-operands.ts';
import { nesting, predicateNamed, unknownPredicate } from './predicate-names.ts';
import { bytesValue, textValue } from './source-grammar.ts';
import type { ReadValue } from './template-operand.ts';
import { isNumeric, isPutOff, operandAt } from './template-operand.ts';
import { refuseUntrusted } from './trust.ts';

/** Predicates whose expected value is of the source's own kind: a status, a duration, text. */
const ofOwnKind: readonly string[] = ['equals', 'gt', 'gte', 'lt', 'lte', 'between', 'in'];

/** What no number ever fulfils, whatever is answered. */
const ofText: readonly string[] = [
  'contains',
  'starts-with',
  'ends-with',
  'matches',
  'semver',
  'has-key',
  'empty',
];

function notOfNumbers(key: string): string {
  return `\`${key}\` asks of text, and this is a number. Use \`in\`, \`between\`, \`gte\` or \`lt\`, or the filter \`toString\` before it.`;
}

/** Those of bytes may be written in other ways than text. */
const ofParts: readonly string[] = ['contains', 'starts-with', 'ends-with'];

/** Reads what must hold of one source: a plain value means `equals`, a mapping names predicates. */
export function readPredicates(at: Cursor, value: ReadValue): Predicate[] {
  if (!isMapping(at.value)) return readPlain(at, value);
  const predicates: Predicate[] = [];
  for (const key in at.value) {
    const predicate = readPredicate(at.child(key, at.value[key]), { key, value });
    if (predicate !== undefined) predicates.push(predicate);
  }
  if (Object.keys(at.value).length === 0) assertsNothing(at);
  return predicates;
}

export function assertsNothing(at: Cursor): undefined {
  if (isMapping(at.value) && Object.hasOwn(at.value, 'regex'))
    return at.fail(
      `${quoted(String(at.key))} asserts nothing: \`regex\` takes out what is compared then. Did you mean \`matches\`?`,
    );
  return at.fail(`${quoted(String(at.key))} asserts nothing: name a predicate, such as equals.`);
}

function readPlain(at: Cursor, value: ReadValue): Predicate[] {
  const expected = operandAt(at, value);
  if (expected === undefined) return [];
  const isRange = at.key === 'status' && rangeOf(expected) !== undefined;
  if (!isRange) return [{ name: 'equals', negated: false, expected, nested: none }];
  const wrong = predicateRules.in?.wrong?.([expected]);
  if (wrong !== undefined) at.fail(`\`status\` takes ${wrong}, not ${shown(expected)}.`);
  return [{ name: 'in', negated: false, expected: [expected], nested: none }];
}

export interface PredicateKey {
  readonly key: string;
  readonly value: ReadValue;
  /** Words that are legal beside predicates, for the hint. */
  readonly others?: readonly string[];
}

/** One predicate under its key. */
export function readPredicate(at: Cursor, { key, value, others = [] }: PredicateKey): Predicate | undefined {
  const named = predicateNamed(key);
  if (named === undefined) return at.fail(unknownPredicate(key, others), 'key');
  const { name, negated, type } = named;
  if (type !== undefined) return ofType(at, type, negated);
  if (nesting.includes(name)) {
    const nested = readPredicates(at, name === 'count' ? countValue : value);
    return nested.length === 0 ? undefined : { name, negated, expected: undefined, nested };
  }
  if (isNumeric(value) && ofText.includes(name)) return at.fail(notOfNumbers(key), 'key');
  const isOwnKind =
    ofOwnKind.includes(name) ||
    (value === bytesValue && ofParts.includes(name)) ||
    (value === textValue && name === 'contains');
  const expected = isOwnKind ? ownKind(at, name, value) : at.value;
  if (expected === undefined) return undefined;
  const wrong = isPutOff(expected) ? undefined : wrongOperand(name, expected);
  if (wrong !== undefined) return at.fail(`\`${key}\` takes ${wrong}, not ${shown(at.value)}.`);
  const idle = provesNothing(name, expected, negated);
  if (idle !== undefined) return at.fail(idle);
  if ((name === 'schema' && typeof expected === 'string') || name === 'equals-file')
    refuseUntrusted(at, 'reads a file');
  return { name, negated, expected, nested: none };
}

function ofType(at: Cursor, type: string, negated: boolean): Predicate | undefined {
  if (typeof at.value !== 'boolean')
    return at.fail(`\`${at.key}\` takes true or false, not ${shown(at.value)}.`);
  return { name: 'type', negated: negated === at.value, expected: type, nested: [] };
}

/** The expected value of a comparison; each item of a list is read for itself. */
function ownKind(at: Cursor, name: string, value: ReadValue): unknown {
  const many = name === 'between' || name === 'in';
  if (!many || !Array.isArray(at.value)) return many ? at.value : operandAt(at, value);
  const items = at.value.map((item, index) => operandAt(at.child(index, item), value));
  return items.includes(undefined) ? undefined : items;
}

/** What an operand must be, for the message; undefined when it is legal. */
export function wrongOperand(name: string, expected: unknown): string | undefined {
  return wrongValue[name]?.(expected) ?? predicateRules[name]?.wrong?.(expected);
}

function countValue(at: Cursor): unknown {
  if (typeof at.value === 'number' && Number.isInteger(at.value) && at.value >= 0) return at.value;
  return at.fail(`A count is a whole number, not ${shown(at.value)}.`);
}

/** Of the predicates that load something before they can be asked; what only that can tell is asked later. */
const wrongValue: Readonly<Record<string, (expected: unknown) => string | undefined>> = {
  matches: wrongPattern,
  semver: (expected) =>
    typeof expected === 'string' && expected.trim() !== '' ? undefined : 'a range of versions such as ^2.1',
  'equals-file': (expected) =>
    typeof expected === 'string' && expected !== '' ? undefined : 'the path of a file',
  schema: (expected) =>
    typeof expected === 'boolean' || isMapping(expected) || (typeof expected === 'string' && expected !== '')
      ? undefined
      : 'a JSON Schema, or the path of one',
};

function wrongPattern(expected: unknown): string | undefined {
  if (typeof expected !== 'string' || expected === '') return 'a regular expression';
  // A pattern with variables in it is whole only when the run starts.
  if (expected.includes('${')) return undefined;
  const pattern = parsePattern(expected);
  return pattern.kind === 'invalid' ? `a regular expression (${pattern.why})` : undefined;
}
