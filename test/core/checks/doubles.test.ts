import { afterAll, describe, expect, it } from 'vitest';
import { jsonOf } from '../../../packages/core/src/checks/judge/json-text.ts';
import { loadJsonPaths } from '../../../packages/core/src/checks/judge/jsonpath.ts';
import { PatternThread } from '../../../packages/core/src/checks/judge/patterns.ts';
import { judged } from './judged.ts';

const patterns = new PatternThread();
afterAll(() => patterns.close());

const near = '{"b":9007199254740992,"list":[{"a":9007199254740993,"n":1,"c":[1]}]}';
const far = '{"b":9007199254740995,"list":[{"a":9007199254740993,"n":1,"c":[1]}]}';

const read = async (query: string, document: string) =>
  (await loadJsonPaths()).read(query, jsonOf(document), 1000);

describe('a filter that compares two parts of a document whose numbers a double cannot tell apart', () => {
  it.each([
    '$.list[?@.a == $.b]',
    '$.list[?@.a != $.b]',
    '$.list[?@.a>$.b]',
    '$.list[?@.a <= $.b]',
    "$.list[?@['a'] == $['b']]",
    '$.list[?$.b == @.a]',
    '$.list[?@.n == 1 && @.a == $.b]',
    '$.list[?value(@.a) == $.b]',
    '$.list[?!(@.a == $.b)]',
    "$.list[?@.a == $['x == 1']]",
  ])('is not judged: %s', async (query) => {
    expect(await read(query, near)).toEqual({
      kind: 'unreadable',
      actual: expect.stringMatching(/^9007199254740993, which cannot be told from 9007199254740992 here/),
    });
  });

  it.each<[string, string]>([
    ['$.list[?@.a == $.b]', far],
    ['$.list[?@.n == 1]', near],
    ['$.list[?1 == @.n]', near],
    ["$.list[?@.n != 'x']", near],
    ["$.list[?'$.b' != @.n]", near],
    ['$.list[?@.n == true]', near],
    ['$.list[?null == @.n]', near],
    ['$.list[?@.a]', near],
    ["$.list[?@['a == b']]", near],
    ['$.list[0].a', near],
  ])('is judged where that cannot be mistaken: %s of %s', async (query, document) => {
    expect((await read(query, document)).kind).not.toBe('unreadable');
  });
});

describe('a schema that cannot tell two numbers apart', () => {
  const document = { kind: 'found', value: jsonOf('{"a":9007199254740993}') } as const;
  const schema = { properties: { a: { const: 9007199254740992 } } };

  it.each<[string, unknown]>([
    ['schema', { schema }],
    ['not-schema', { 'not-schema': schema }],
    ['not-any', { any: { 'not-schema': schema } }],
  ])('holds neither plain nor negated: %s', async (_, predicates) => {
    const reading =
      'any' in Object(predicates) ? { kind: 'found' as const, value: [document.value] } : document;
    expect(await judged(predicates, reading, patterns)).toBe('broken');
  });
});
