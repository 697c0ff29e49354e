import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { loadJsonPaths } from '../../../packages/core/src/checks/judge/jsonpath.ts';
import { PatternThread } from '../../../packages/core/src/checks/judge/patterns.ts';
import { judged } from './judged.ts';
import { lastAttempt } from './last-attempt.ts';
import { check, closeServers, page, serve } from './loopback.ts';

const patterns = new PatternThread();
afterAll(() => patterns.close());
afterEach(closeServers);

/** What becomes of `$.a[*].b` under a mapping of predicates, where the nodes are these. */
async function ofNodes(predicates: unknown, nodes: readonly unknown[]): Promise<string> {
  const document = { a: nodes.map((b) => ({ b })) };
  const reading = (await loadJsonPaths()).read('$.a[*].b', document, 1000);
  return judged(predicates, reading, patterns);
}

describe('a query that may give several nodes is read as each of at least one', () => {
  it.each<[string, unknown, unknown]>([
    ['equals', 'up', 'down'],
    ['not-equals', { 'not-equals': 'down' }, 'down'],
    ['gt', { gt: 0 }, 0],
    ['not-gt', { 'not-gt': 5 }, 6],
    ['between', { between: [1, 5] }, 9],
    ['in', { in: ['up', 'ok'] }, 'down'],
    ['not-in', { 'not-in': ['down'] }, 'down'],
    ['contains of text', { contains: 'u' }, 'down'],
    ['not-contains of text', { 'not-contains': 'error' }, 'an error'],
    ['starts-with', { 'starts-with': 'u' }, 'down'],
    ['ends-with', { 'ends-with': 'p' }, 'down'],
    ['matches', { matches: '^u' }, 'down'],
    ['not-matches', { 'not-matches': 'rro' }, 'error'],
    ['type', { type: 'string' }, null],
    ['not-type', { 'not-type': 'null' }, null],
    ['semver', { semver: '^1' }, '2.0.0'],
    ['has-key', { 'has-key': 'id' }, {}],
    ['not-has-key', { 'not-has-key': 'error' }, { error: 1 }],
    ['contains of an object', { contains: { id: 1 } }, { id: 2 }],
    ['schema', { schema: { type: 'object' } }, 'down'],
    ['null', { equals: null }, 'x'],
  ])('%s', async (name, predicates, bad) => {
    const good: Readonly<Record<string, unknown>> = {
      gt: 1,
      'not-gt': 5,
      between: 3,
      semver: '1.2.0',
      'has-key': { id: 1 },
      'not-has-key': { id: 1 },
      'contains of an object': { id: 1, more: 2 },
      schema: {},
      null: null,
    };
    const fine = Object.hasOwn(good, name) ? good[name] : 'up';
    const verdicts = [[fine], [fine, fine], [fine, bad], [bad, fine], [bad], [], [fine, null, fine]];
    const kinds = await Promise.all(verdicts.map((nodes) => ofNodes(predicates, nodes)));
    const ofNull = ['not-equals', 'not-in', 'null'].includes(name) ? 'holds' : 'broken';
    expect(kinds).toEqual(['holds', 'holds', 'broken', 'broken', 'broken', 'broken', ofNull]);
  });

  it.each<[string, unknown, readonly unknown[], string]>([
    ['a list as operand', ['a', 'b'], ['a', 'b'], 'holds'],
    ['a list as operand, of one', ['a'], ['a'], 'holds'],
    ['a list as operand, of none', { equals: [] }, [], 'holds'],
    ['another list as operand', { 'not-equals': ['a'] }, ['a', 'b'], 'holds'],
    ['another list as operand, of none', { 'not-equals': ['a'] }, [], 'broken'],
    ['a list that contains a list', { contains: ['a'] }, [['a'], ['b']], 'holds'],
    ['one of several lists', { in: [['a'], ['a', 'b']] }, ['a', 'b'], 'holds'],
    ['count', { count: 2 }, [[1], [2]], 'holds'],
    ['count of one that is a list', { count: 1 }, [[1, 2]], 'holds'],
    ['count of none', { count: 0 }, [], 'holds'],
    ['exists', { exists: true }, [null], 'holds'],
    ['exists: false', { exists: false }, [], 'holds'],
    ['exists: false of some', { exists: false }, [null], 'broken'],
    ['empty', { empty: true }, [], 'holds'],
    ['empty of one that is empty', { empty: true }, [''], 'broken'],
    ['empty: false', { empty: false }, ['', ''], 'holds'],
    ['any', { any: { equals: 'up' } }, ['down', 'up'], 'holds'],
    ['any of none', { any: { equals: 'up' } }, [], 'broken'],
    ['not-any', { 'not-any': { equals: 'down' } }, ['up', 'down'], 'broken'],
    ['not-any of one', { 'not-any': { equals: 'down' } }, ['down'], 'broken'],
    ['not-any of none', { 'not-any': { equals: 'down' } }, [], 'broken'],
    ['each', { each: { equals: 'up' } }, ['up', 'down'], 'broken'],
    ['each of one that is a list', { each: { count: 2 } }, [[1, 2]], 'holds'],
    ['each of none', { each: { equals: 'up' } }, [], 'broken'],
    ['not-each', { 'not-each': { equals: 'up' } }, ['up', 'down'], 'holds'],
    ['none, where a count allows it', { 'not-equals': 'down', count: { gte: 0 } }, [], 'holds'],
    ['none, where a count does not', { 'not-equals': 'down', count: { gte: 1 } }, [], 'broken'],
    ['each of none, where a count allows it', { each: { gt: 0 }, count: { lte: 5 } }, [], 'holds'],
  ])('but for what means the list: %s', async (_, predicates, nodes, kind) => {
    expect(await ofNodes(predicates, nodes)).toBe(kind);
  });
});

const shop = {
  services: [
    { name: 'db', state: 'down', price: '3.5' },
    { name: 'web', state: 'up', price: '4' },
    { name: 'cache', state: 'up', price: '5' },
  ],
  groups: [{ members: [] }, { members: [{ id: 1 }, { id: 2 }] }],
  text: '{"items":[{"id":7}]}',
};
const answering = () => serve((_request, response) => response.end(JSON.stringify(shop)));

describe('several nodes of an answer', () => {
  it.each<[string, string, readonly string[]]>([
    ['a filter that picks one', '{ "$.services[?@.name==\'web\'].state": up }', []],
    [
      'a filter that picks none',
      '{ "$.services[?@.name==\'wbe\'].state": { not-equals: down } }',
      ['jsonpath $.services[?@.name==\'wbe\'].state: not equals "down": not found'],
    ],
    [
      'one that does not hold',
      '{ "$.services[*].state": { not-equals: down } }',
      ['jsonpath $.services[*].state: not equals "down": 2 of 3 hold, the first that does not: "down"'],
    ],
    [
      'a descendant',
      '{ $..state: up }',
      ['jsonpath $..state: equals "up": 2 of 3 hold, the first that does not: "down"'],
    ],
    [
      'a slice',
      '{ "$.services[1:].state": down }',
      ['jsonpath $.services[1:].state: equals "down": 0 of 2 hold, the first that does not: "up"'],
    ],
    ['two names', "{ \"$.services[0]['name','state']\": { starts-with: d } }", []],
    [
      'one of a kind that does not fit',
      "{ \"$.services[0]['name','gone']\": { gt: 1 } }",
      [
        "jsonpath $.services[0]['name','gone']: greater than 1: a string, which cannot be ordered against a number",
      ],
    ],
    ['a filter for each', '{ "$.services[*].price": { toFloat: true, gt: 3 } }', []],
    [
      'a filter for each, one of which cannot',
      '{ "$.services[*].name": { toFloat: true, gt: 3 } }',
      [
        'jsonpath $.services[*].name, toFloat: greater than 3: not readable by `toFloat`: "db" is not a number',
      ],
    ],
    [
      'a filter that finds it in some',
      '{ "$.services[*].name": { regex: "^(d)", equals: d } }',
      [
        'jsonpath $.services[*].name, regex "^(d)": equals "d": not readable by `regex "^(d)"`: the pattern is not in the text, in 2 of 3',
      ],
    ],
    ['one of them by a filter', '{ "$.services[*].price": { filters: [first, toFloat], equals: 3.5 } }', []],
    ['how many by a filter', '{ "$.services[*]": { filters: [count], equals: 3 } }', []],
    ['a query in each', '{ "$.groups[*]": { jsonpath: "$.members[*].id", equals: [1, 2] } }', []],
    ['a query of one that gives several', '{ $.text: { jsonpath: "$.items[*].id", equals: 7 } }', []],
    ['a query of one that gives several, counted', '{ $.text: { jsonpath: "$.items[*]", count: 1 } }', []],
    [
      'a query of one that gives none',
      '{ $.text: { jsonpath: "$.gone[*]", not-equals: 7 } }',
      [
        'jsonpath $.text, jsonpath "$.gone[*]": not equals 7: not found by `jsonpath "$.gone[*]"`: the query matches nothing',
      ],
    ],
    [
      'each of none by a filter',
      '{ $.text: { jsonpath: "$.gone[*]", each: { gt: 1 }, count: { lt: 9 } } }',
      [],
    ],
  ])('%s', async (_, expected, failures) => {
    expect((await lastAttempt(page(await answering(), `{ jsonpath: ${expected} }`))).failures).toEqual(
      failures,
    );
  });

  it('are one where one is captured', async () => {
    const url = await answering();
    const text = `target: ${url}
scenarios:
  - name: shop
    steps:
      - name: look
        http: /
        expect: { status: 200 }
        capture: { state: { jsonpath: "$.services[?@.name=='web'].state" } }
      - name: use
        http: /
        expect: { capture: { state: { equals: up } }, jsonpath: { "$.services[1].state": "\${state}" } }`;
    expect((await check(text)).outcome).toBe('pass');
  });

  it('are one in the list form too', async () => {
    const text = page(await answering(), '{ all: [{ jsonpath: "$.services[*].state", not-equals: down }] }');
    expect((await lastAttempt(text)).outcome).toBe('fail');
  });
});
