// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { PatternThread } from '../../../packages/core/src/checks/judge/patterns.ts';
import { judged } from './judged.ts';
import { check, closeServers, page, serve } from './loopback.ts';

const patterns = new PatternThread();
afterAll(() => patterns.close());
afterEach(closeServers);

const of = (predicates: unknown, value: unknown) => judged(predicates, { kind: 'found', value }, patterns);

describe('a range orders numbers: of what has no order neither `in` nor `not-in` holds', () => {
  const kinds: [string, unknown][] = [
    ['text of a number', '503'],
    ['text', 'down'],
    ['null', null],
    ['a flag', true],
    ['a list', [503]],
    ['an object', { code: 503 }],
  ];

  it.each(kinds)('%s', async (_, value) => {
    const list = [200, '300-304'];
    const kept = await Promise.all([
      of({ in: list }, value),
      of({ 'not-in': list }, value),
      of({ 'not-in': ['500-599'] }, value),
      of({ each: { 'not-in': list } }, [7, value]),
      of({ any: { 'not-in': list } }, [value]),
      of({ 'not-any': { in: list } }, [value]),
      of({ 'not-each': { in: list } }, [200, value]),
    ]);
    expect(new Set(kept)).toEqual(new Set(['broken']));
  });

  it.each<[string, unknown, unknown, string]>([
    ['a number within', { in: [200, '300-304'] }, 302, 'holds'],
    ['a number beside the range', { in: [200, '300-304'] }, 200, 'holds'],
    ['a number outside', { in: [200, '300-304'] }, 503, 'broken'],
    ['a number outside, negated', { 'not-in': [200, '300-304'] }, 503, 'holds'],
    ['a number within, negated', { 'not-in': [200, '300-304'] }, 302, 'broken'],
    ['text that is in the list', { in: ['ok', '300-304'] }, 'ok', 'holds'],
    ['text that is in the list, negated', { 'not-in': ['ok', '300-304'] }, 'ok', 'broken'],
    ['text that is such a range itself', { 'not-in': ['1-2', '3-4'] }, '5-6', 'holds'],
    ['text that is that very range', { 'not-in': ['1-2', '3-4'] }, '3-4', 'broken'],
    ['text beside texts', { 'not-in': ['down', 'gone'] }, 'up', 'holds'],
    ['null beside numbers', { 'not-in': [1, 2] }, null, 'holds'],
  ])('%s', async (_, predicates, value, kind) => {
    expect(await of(predicates, value)).toBe(kind);
  });

  it.each<[string, string, Record<string, string>, string]>([
    ['a variable that is a range', '', { v: '500-599' }, 'fail'],
    ['a typed one', 'variables: { v: "500-599" }', {}, 'fail'],
    ['a typed one that is none', 'variables: { v: 503 }', {}, 'pass'],
  ])('%s', async (_, top, variables, outcome) => {
    const url = await serve((__, response) => response.end('{"n":null}'));
    const text = `${top}\n${page(url, '{ jsonpath: { $.n: { not-in: [1, "${v}"] } } }')}`;
    expect((await check(text, { variables })).outcome).toBe(outcome);
  });
});
