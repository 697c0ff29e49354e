import { nearest } from '../../nearest.ts';
import type { Predicate } from '../check-file.ts';
import { parsePattern } from '../judge/patterns.ts';
import { predicateRules } from '../judge/predicates.ts';
import type { Cursor } from './cursor.ts';
import { isMapping, shown } from './cursor.ts';
import { quoted } from './fields.ts';
import { notYet } from './not-yet.ts';

type ReadValue = (at: Cursor) => unknown;

const nesting: readonly string[] = ['count', 'each', 'any'];
const names = [...Object.keys(predicateRules), 'matches', ...nesting];
/** Predicates whose expected value is of the source's own kind: a status, a duration, text. */
const ofOwnKind: readonly string[] = ['equals', 'gt', 'gte', 'lt', 'lte', 'between', 'in'];

/** Reads what must hold of one source: a plain value means `equals`, a mapping names predicates. */
export function readPredicates(at: Cursor, value: ReadValue): Predicate[] {
  if (!isMapping(at.value)) return readPlain(at, value);
  const predicates: Predicate[] = [];
  for (const key in at.value) {
    const predicate = readPredicate(at.child(key, at.value[key]), key, value);
    if (predicate !== undefined) predicates.push(predicate);
  }
  if (Object.keys(at.value).length === 0)
    at.fail(`${quoted(String(at.key))} asserts nothing: name a predicate, such as equals.`);
  return predicates;
}

function readPlain(at: Cursor, value: ReadValue): Predicate[] {
  const expected = value(at);
  if (expected === undefined) return [];
  const isRange = at.key === 'status' && typeof expected === 'string' && /^\d+-\d+$/.test(expected);
  return [
    {
      name: isRange ? 'in' : 'equals',
      negated: false,
      expected: isRange ? [expected] : expected,
      nested: [],
    },
  ];
}

function readPredicate(at: Cursor, key: string, value: ReadValue): Predicate | undefined {
  const negated = key.startsWith('not-');
  const name = negated ? key.slice(4) : key;
  if (!names.includes(name)) return at.fail(unknownPredicate(key), 'key');
  if (nesting.includes(name)) {
    const nested = readPredicates(at, name === 'count' ? countValue : value);
    return nested.length === 0 ? undefined : { name, negated, expected: undefined, nested };
  }
  const expected = ofOwnKind.includes(name) ? ownKind(at, name, value) : at.value;
  if (expected === undefined) return undefined;
  const wrong = name === 'matches' ? wrongPattern(expected) : predicateRules[name]?.wrong?.(expected);
  if (wrong !== undefined) return at.fail(`\`${key}\` takes ${wrong}, not ${shown(at.value)}.`);
  return { name, negated, expected, nested: [] };
}

/** The expected value of a comparison; each item of a list is read for itself. */
function ownKind(at: Cursor, name: string, value: ReadValue): unknown {
  const many = name === 'between' || name === 'in';
  if (!many || !Array.isArray(at.value)) return many ? at.value : value(at);
  const items = at.value.map((item, index) => value(at.child(index, item)));
  return items.includes(undefined) ? undefined : items;
}

function countValue(at: Cursor): unknown {
  if (typeof at.value === 'number' && Number.isInteger(at.value) && at.value >= 0) return at.value;
  return at.fail(`A count is a whole number, not ${shown(at.value)}.`);
}

function wrongPattern(expected: unknown): string | undefined {
  if (typeof expected !== 'string' || expected === '') return 'a regular expression';
  // A pattern with variables in it is whole only when the run starts.
  if (expected.includes('${')) return undefined;
  const pattern = parsePattern(expected);
  return pattern.kind === 'invalid' ? `a regular expression (${pattern.why})` : undefined;
}

function unknownPredicate(key: string): string {
  const later: readonly string[] = notYet.predicate;
  if (later.includes(key)) return `The predicate \`${key}\` is not supported yet.`;
  const meant = nearest(key, [...names, ...names.map((name) => `not-${name}`)]);
  const hint =
    meant === undefined ? `Legal: ${names.join(', ')}, and not-… of each.` : `Did you mean \`${meant}\`?`;
  return `Unknown predicate ${quoted(key)}. ${hint} To compare with an object, use \`equals\`.`;
}
