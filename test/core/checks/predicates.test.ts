import { afterAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../../packages/core/src/checks/judge/evaluate.ts';
import { PatternThread } from '../../../packages/core/src/checks/judge/patterns.ts';
import type { Reading } from '../../../packages/core/src/checks/judge/values.ts';
import type { Problem } from '../../../packages/core/src/checks/parse/cursor.ts';
import { Cursor } from '../../../packages/core/src/checks/parse/cursor.ts';
import { milliseconds } from '../../../packages/core/src/checks/parse/durations.ts';
import { predicateNamed, unknownPredicate } from '../../../packages/core/src/checks/parse/predicate-names.ts';
import { readPredicates } from '../../../packages/core/src/checks/parse/predicates.ts';

const patterns = new PatternThread();
afterAll(() => patterns.close());

async function held(predicates: unknown, reading: Reading): Promise<string[]> {
  const problems: never[] = [];
  const read = readPredicates(new Cursor(predicates, problems), (at) => at.value);
  expect(problems).toEqual([]);
  return Promise.all(
    read.map(async (one) => (await evaluate(one, reading, { patterns, deadlineMs: 1000 })).kind),
  );
}

describe('a predicate', () => {
  it.each<[string, unknown, unknown, string]>([
    ['equals is typed', { equals: '1' }, 1, 'broken'],
    ['a plain value means equals', 'ok', 'ok', 'holds'],
    ['equals goes deep, in any order of keys', { equals: { a: [1], b: 2 } }, { b: 2, a: [1] }, 'holds'],
    ['not-equals', { 'not-equals': 'a' }, 'b', 'holds'],
    ['gt of numbers', { gt: 1 }, 1, 'broken'],
    ['gte of numbers', { gte: 1 }, 1, 'holds'],
    ['lt of text by code point', { lt: 'b' }, 'a', 'holds'],
    ['between is inclusive', { between: [1, 3] }, 3, 'holds'],
    ['in with a range', { in: [204, '300-304'] }, 301, 'holds'],
    ['not-in', { 'not-in': ['a'] }, 'a', 'broken'],
    ['in with a range of text cannot be met by text', { in: ['1-3'] }, '2', 'broken'],
    ['gt of dates', { gt: '2026-01-01' }, new Date('2026-01-02'), 'holds'],
    ['gt of a date against what is none', { gt: 'soon' }, new Date(), 'invalid'],
    ['between of dates', { between: ['2026-01-01', '2026-01-03'] }, new Date('2026-01-03'), 'holds'],
    ['not-between', { 'not-between': [1, 3] }, 4, 'holds'],
    ['equals of bytes', { equals: 'hex,cafe' }, Buffer.from([0xca, 0xfe]), 'holds'],
    ['contains bytes', { contains: 'base64,yv4=' }, Buffer.from([1, 0xca, 0xfe]), 'holds'],
    ['count of bytes', { count: 3 }, Buffer.from('abc'), 'holds'],
    ['contains part of an object', { contains: { a: { b: 1 } } }, { a: { b: 1, c: 2 }, d: 3 }, 'holds'],
    ['contains another value', { contains: { a: { b: 2 } } }, { a: { b: 1 } }, 'broken'],
    ['contains a list of another length', { contains: { a: [1] } }, { a: [1, 2] }, 'broken'],
    ['contains a number in text', { contains: 1 }, '1', 'broken'],
    ['contains of null', { contains: 'ok' }, null, 'broken'],
    ['not-contains of null proves nothing', { 'not-contains': 'ok' }, null, 'broken'],
    ['-0 equals 0', { equals: 0 }, -0, 'holds'],
    ['null equals null only', { equals: null }, 0, 'broken'],
    ['semver in a range', { semver: '^2.1' }, '2.4.0', 'holds'],
    ['semver of a tag', { semver: '>=1 <3' }, 'v2.0.0', 'holds'],
    ['semver outside', { semver: '^2.1' }, '3.0.0', 'broken'],
    ['not-semver', { 'not-semver': '^2.1' }, '3.0.0', 'holds'],
    ['semver of what is no version', { semver: '^2.1' }, 'latest', 'broken'],
    ['not-semver of what is no version proves nothing', { 'not-semver': '^2.1' }, 'latest', 'broken'],
    ['schema', { schema: { type: 'object', required: ['a'] } }, { a: 1 }, 'holds'],
    ['schema that is broken', { schema: { type: 'object', required: ['a'] } }, {}, 'broken'],
    ['not-has-key', { 'not-has-key': 'a' }, { b: 1 }, 'holds'],
    ['has-key of a list', { 'has-key': 'a' }, ['a'], 'broken'],
    ['each of nothing proves nothing', { each: { gt: 0 } }, [], 'broken'],
    ['any of nothing', { any: { gt: 0 } }, [], 'broken'],
    ['not-any', { 'not-any': { gt: 5 } }, [1, 2], 'holds'],
    ['not-each', { 'not-each': { gt: 1 } }, [1, 2], 'holds'],
    ['not-count', { 'not-count': 2 }, [1], 'holds'],
    ['not-type', { 'not-type': 'string' }, 1, 'holds'],
    ['not-empty', { 'not-empty': true }, 'a', 'holds'],
    ['starts-with of a number', { 'starts-with': 'a' }, 1, 'broken'],
    ['matches of a number', { matches: '1' }, 1, 'broken'],
    ['not-matches of a number proves nothing', { 'not-matches': '1' }, 1, 'broken'],
    ['contains text', { contains: 'el' }, 'hello', 'holds'],
    ['contains an element', { contains: { a: 1 } }, [{ a: 1 }], 'holds'],
    ['starts-with', { 'starts-with': 'he' }, 'hello', 'holds'],
    ['ends-with', { 'ends-with': 'he' }, 'hello', 'broken'],
    ['matches searches', { matches: 'l+' }, 'hello', 'holds'],
    ['matches with flags', { matches: '/HELLO/i' }, 'hello', 'holds'],
    ['not-matches', { 'not-matches': '/exception/i' }, 'An Exception', 'broken'],
    ['null exists', { exists: true }, null, 'holds'],
    ['empty list', { empty: true }, [], 'holds'],
    ['empty: false', { empty: false }, 'x', 'holds'],
    ['count', { count: 2 }, ['a', 'b'], 'holds'],
    ['count with a predicate', { count: { gt: 2 } }, ['a', 'b'], 'broken'],
    ['count of text', { count: 1 }, 'a', 'broken'],
    ['type', { type: 'uuid' }, '123e4567-e89b-42d3-a456-426614174000', 'holds'],
    ['has-key', { 'has-key': 'a' }, { a: null }, 'holds'],
    ['each', { each: { gt: 0 } }, [1, 0], 'broken'],
    ['any', { any: { gt: 0 } }, [1, 0], 'holds'],
    ['each is about every node', { each: { 'has-key': 'a' } }, [{ a: 1 }, { a: 2 }], 'holds'],
  ])('%s', async (_, predicates, value, kind) => {
    expect(await held(predicates, { kind: 'found', value })).toEqual([kind]);
  });

  it.each<[string, string, unknown, unknown]>([
    ['string', 'isString', 'a', 1],
    ['number', 'isNumber', 1, '1'],
    ['integer', 'isInteger', 1, 1.5],
    ['float', 'isFloat', 1.5, 1],
    ['boolean', 'isBoolean', false, 0],
    ['list', 'isList', [], {}],
    ['object', 'isObject', {}, []],
    ['iso-date', 'isIsoDate', '2026-11-21T10:00:00Z', '21.11.2026'],
    ['uuid', 'isUuid', '123e4567-e89b-42d3-a456-426614174000', '123e4567'],
    ['ipv4', 'isIpv4', '192.0.2.1', '::1'],
    ['ipv6', 'isIpv6', '::1', '192.0.2.1'],
  ])('type %s, also written %s', async (type, alias, good, bad) => {
    const kinds = [{ type }, { [alias]: true }, { [alias]: false }, { [`not-${alias}`]: true }].map(
      async (predicate) => [
        ...(await held(predicate, { kind: 'found', value: good })),
        ...(await held(predicate, { kind: 'found', value: bad })),
      ],
    );
    const [yes, no] = [
      ['holds', 'broken'],
      ['broken', 'holds'],
    ];
    expect(await Promise.all(kinds)).toEqual([yes, yes, no, no]);
  });

  it.each<[string, string]>([
    ['==', 'equals'],
    ['eq', 'equals'],
    ['!=', 'not equals'],
    ['ne', 'not equals'],
    ['not-!=', 'equals'],
    ['>', 'gt'],
    ['>=', 'gte'],
    ['ge', 'gte'],
    ['<', 'lt'],
    ['<=', 'lte'],
    ['le', 'lte'],
    ['nin', 'not in'],
    ['includes', 'contains'],
    ['contain-element', 'contains'],
    ['HAS_VALUE', 'contains'],
    ['startsWith', 'starts-with'],
    ['have-prefix', 'starts-with'],
    ['endsWith', 'ends-with'],
    ['have-suffix', 'ends-with'],
    ['match-regexp', 'matches'],
    ['pat', 'matches'],
    ['isDefined', 'exists'],
    ['isEmpty', 'empty'],
    ['have-len', 'count'],
    ['ShouldHaveLength', 'count'],
    ['semver-constraint', 'semver'],
    ['have-key', 'has-key'],
    ['not contains', 'not contains'],
    ['not-includes', 'not contains'],
  ])('%s is %s', (alias, name) => {
    const named = predicateNamed(alias);
    expect(`${named?.negated === true ? 'not ' : ''}${named?.name}`).toBe(name);
  });

  it('has no guess for a word that all objects know', () => {
    expect(unknownPredicate('constructor', [])).toMatch(/^Unknown predicate `constructor`. Legal: equals, /);
  });

  it.each<[string, unknown, string]>([
    ['a word that is near', { contain: 'a' }, 'Unknown predicate `contain`. Did you mean `contains`?'],
    ['another tool’s call', { 'any()': [1] }, 'Unknown predicate "any()". Did you mean `in`?'],
    ['length', { length: 1 }, 'Unknown predicate `length`. Did you mean `count`?'],
    ['a range from high to low', { in: ['304-300'] }, '`in` takes ranges from low to high, not ["304-300"].'],
    [
      'bounds from high to low',
      { between: [3, 1] },
      '`between` takes a list of two, [lowest, highest], not [3,1].',
    ],
    ['in without a list', { in: 200 }, '`in` takes a list, not 200.'],
    ['an empty list', { in: [] }, '`in` takes a list, not [].'],
    ['exists without a flag', { exists: 'yes' }, '`exists` takes true or false, not "yes".'],
    [
      'an unknown type',
      { type: 'int' },
      '`type` takes one of string, number, integer, float, boolean, list, object, null, iso-date, uuid, ipv4, ipv6, not "int".',
    ],
    ['a count of a part', { count: 1.5 }, 'A count is a whole number, not 1.5.'],
    ['a flag for a type alias', { isString: 'a' }, '`isString` takes true or false, not "a".'],
    ['gt of a list', { gt: [1] }, '`gt` takes a number or text, not [1].'],
    ['a schema that is none', { schema: 5 }, '`schema` takes a JSON Schema, or the path of one, not 5.'],
  ])('refuses %s', (_, predicates, message) => {
    const problems: Problem[] = [];
    readPredicates(new Cursor(predicates, problems), (at) => at.value);
    expect(problems[0]?.message.replace(' To compare with an object, use `equals`.', '')).toBe(message);
  });

  it('counts the nodes of a query that found one', async () => {
    expect(await held({ count: 1 }, { kind: 'found', value: ['a', 'b'], nodes: [['a', 'b']] })).toEqual([
      'holds',
    ]);
  });

  it.each<[string, unknown, string]>([
    ['equals', { equals: null }, 'broken'],
    ['not-equals', { 'not-equals': 'x' }, 'broken'],
    ['not-contains', { 'not-contains': 'x' }, 'broken'],
    ['exists: false', { exists: false }, 'holds'],
    ['not-exists', { 'not-exists': true }, 'holds'],
    ['empty', { empty: true }, 'holds'],
    ['count 0', { count: 0 }, 'holds'],
    ['each', { each: { gt: 0 } }, 'broken'],
    ['not-each', { 'not-each': { gt: 0 } }, 'broken'],
    ['exists', { exists: true }, 'broken'],
    ['not-empty', { 'not-empty': true }, 'broken'],
    ['empty: false', { empty: false }, 'broken'],
    ['not-count', { 'not-count': 2 }, 'broken'],
    ['count at least 0', { count: { gte: 0 } }, 'holds'],
    ['not-in', { 'not-in': ['a'] }, 'broken'],
    ['not-matches', { 'not-matches': 'a' }, 'broken'],
    ['not-has-key', { 'not-has-key': 'a' }, 'broken'],
    ['not-semver', { 'not-semver': '^1' }, 'broken'],
    ['not-schema', { 'not-schema': { type: 'object' } }, 'broken'],
    ['type', { type: 'null' }, 'broken'],
  ])('of something missing: %s', async (_, predicates, kind) => {
    expect(await held(predicates, { kind: 'missing' })).toEqual([kind]);
  });
});

it.each<[string, number | undefined]>([
  ['500ms', 500],
  ['1.5s', 1500],
  ['1h30m', 5_400_000],
  ['2d', 172_800_000],
  ['30', undefined],
  ['', undefined],
  ['5 s', undefined],
  ['s', undefined],
])('reads the duration %j', (text, ms) => {
  expect(milliseconds(text)).toBe(ms);
});
