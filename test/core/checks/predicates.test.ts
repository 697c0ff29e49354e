import { afterAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../../packages/core/src/checks/judge/evaluate.ts';
import { PatternThread } from '../../../packages/core/src/checks/judge/patterns.ts';
import type { Reading } from '../../../packages/core/src/checks/judge/values.ts';
import { Cursor } from '../../../packages/core/src/checks/parse/cursor.ts';
import { milliseconds } from '../../../packages/core/src/checks/parse/durations.ts';
import { readPredicates } from '../../../packages/core/src/checks/parse/predicates.ts';

const patterns = new PatternThread();
afterAll(() => patterns.close());

async function held(predicates: unknown, reading: Reading): Promise<string[]> {
  const problems: never[] = [];
  const read = readPredicates(new Cursor(predicates, problems), (at) => at.value);
  expect(problems).toEqual([]);
  return Promise.all(
    read.map(
      async (one) => (await evaluate(one, reading, { patterns, deadlineMs: 1000, now: Date.now })).kind,
    ),
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
    ['lte across types cannot be asked', { lte: 1 }, '1', 'invalid'],
    ['not-lte across types cannot either', { 'not-lte': 1 }, '1', 'invalid'],
    ['between is inclusive', { between: [1, 3] }, 3, 'holds'],
    ['in with a range', { in: [204, '300-304'] }, 301, 'holds'],
    ['not-in', { 'not-in': ['a'] }, 'a', 'broken'],
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
    ['count of text cannot be asked', { count: 1 }, 'a', 'invalid'],
    ['type', { type: 'uuid' }, '123e4567-e89b-42d3-a456-426614174000', 'holds'],
    ['has-key', { 'has-key': 'a' }, { a: null }, 'holds'],
    ['each', { each: { gt: 0 } }, [1, 0], 'broken'],
    ['any', { any: { gt: 0 } }, [1, 0], 'holds'],
    ['each is about every node', { each: { 'has-key': 'a' } }, [{ a: 1 }, { a: 2 }], 'holds'],
  ])('%s', async (_, predicates, value, kind) => {
    expect(await held(predicates, { kind: 'found', value })).toEqual([kind]);
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
