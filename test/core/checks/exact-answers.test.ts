// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { afterEach, describe, expect, it } from 'vitest';
import { check, closeServers, page, serve } from './loopback.ts';

afterEach(closeServers);

const body = `{
  "id": 9007199254740993, "count": 2, "price": 1.10, "huge": 1000000000000000000000, "big": 12345678901234567890,
  "ids": [9007199254740992, 9007199254740993], "rows": [{ "id": 9007199254740993 }],
  "nested": { "id": 9007199254740993 }, "text": "9007199254740993"
}`;

async function outcome(expectation: string, variables: Readonly<Record<string, string>> = {}) {
  const url = await serve((_, response) => response.end(body));
  return (await check(page(url, expectation), { variables })).outcome;
}

describe('an assertion about numbers beyond 2^53', () => {
  it.each<[string, string, string]>([
    ['equals its neighbour', '{ jsonpath: { $.id: 9007199254740992 } }', 'fail'],
    ['equals itself', '{ jsonpath: { $.id: 9007199254740993 } }', 'pass'],
    ['not-equals its neighbour', '{ jsonpath: { $.id: { not-equals: 9007199254740992 } } }', 'pass'],
    ['not-equals itself', '{ jsonpath: { $.id: { not-equals: 9007199254740993 } } }', 'fail'],
    ['gt its neighbour', '{ jsonpath: { $.id: { gt: 9007199254740992 } } }', 'pass'],
    ['gt itself', '{ jsonpath: { $.id: { gt: 9007199254740993 } } }', 'fail'],
    ['lte its neighbour', '{ jsonpath: { $.id: { lte: 9007199254740992 } } }', 'fail'],
    [
      'between neighbours',
      '{ jsonpath: { $.id: { between: [9007199254740993, 9007199254740994] } } }',
      'pass',
    ],
    ['in others', '{ jsonpath: { $.id: { in: [1, 9007199254740992] } } }', 'fail'],
    ['in a list with itself', '{ jsonpath: { $.id: { in: [1, 9007199254740993] } } }', 'pass'],
    ['a list that contains it', '{ jsonpath: { $.ids: { contains: 9007199254740993 } } }', 'pass'],
    ['a list that does not', '{ jsonpath: { $.ids: { contains: 9007199254740991 } } }', 'fail'],
    ['each', '{ jsonpath: { $.ids: { each: { gte: 9007199254740993 } } } }', 'fail'],
    ['any', '{ jsonpath: { $.ids: { any: { gte: 9007199254740993 } } } }', 'pass'],
    ['a whole list', '{ jsonpath: { $.ids: { equals: [9007199254740992, 9007199254740992] } } }', 'fail'],
    ['a whole object', '{ jsonpath: { $.nested: { equals: { id: 9007199254740993 } } } }', 'pass'],
    ['another whole object', '{ jsonpath: { $.nested: { equals: { id: 9007199254740992 } } } }', 'fail'],
    ['a part of the document', '{ json: { contains: { nested: { id: 9007199254740992 } } } }', 'fail'],
    ['the type integer', '{ jsonpath: { $.id: { type: integer } } }', 'pass'],
    ['the type float', '{ jsonpath: { $.id: { type: float } } }', 'fail'],
    ['the type number', '{ jsonpath: { $.big: { type: number } } }', 'pass'],
    ['the type object', '{ jsonpath: { $.big: { type: object } } }', 'fail'],
    [
      'a filter that makes a number of text',
      '{ jsonpath: { $.text: { toInt: true, equals: 9007199254740992 } } }',
      'fail',
    ],
    ['the same of itself', '{ jsonpath: { $.text: { toInt: true, equals: 9007199254740993 } } }', 'pass'],
    [
      'a filter by a query',
      '{ jsonpath: { $.nested: { jsonpath: $.id, equals: 9007199254740992 } } }',
      'fail',
    ],
    ['an item of a list', '{ jsonpath: { $.ids: { last: true, equals: 9007199254740993 } } }', 'pass'],
    ['as text', '{ jsonpath: { $.big: { toString: true, equals: "12345678901234567890" } } }', 'pass'],
    [
      'a query beside it that filters',
      '{ jsonpath: { "$.rows[?@.id > 5].id": { equals: 9007199254740993 } } }',
      'pass',
    ],
    ['a schema', '{ schema: { properties: { big: { type: integer } } } }', 'pass'],
    [
      'a schema that cannot tell it from its neighbour',
      '{ schema: { properties: { id: { const: 9007199254740992 } } } }',
      'fail',
    ],
    ['a schema that names it', '{ schema: { properties: { id: { const: 9007199254740993 } } } }', 'pass'],
    [
      'a query that cannot tell it',
      '{ jsonpath: { "$.rows[?@.id == 9007199254740992].id": { exists: true } } }',
      'fail',
    ],
    [
      'a query that names it',
      '{ jsonpath: { "$.rows[?@.id == 9007199254740993].id": { exists: true } } }',
      'pass',
    ],
    ['a small one is what it was', '{ jsonpath: { $.count: { gte: 2, type: integer } } }', 'pass'],
  ])('%s', async (_, expectation, expected) => {
    expect(await outcome(expectation)).toBe(expected);
  });

  it('shows all its digits', async () => {
    const url = await serve((_, response) => response.end(body));
    const report = await check(page(url, '{ jsonpath: { $.rows: { equals: [9007199254740992] } } }'));
    expect(
      report.results[0]?.attempts[0]?.failures.map(({ expected, actual }) => [expected, actual]),
    ).toEqual([['equals [9007199254740992]', '[{"id":9007199254740993}]']]);
  });

  it.each([
    ['9007199254740993', 'pass'],
    ['9007199254740992', 'fail'],
  ])('given as a variable: %s', async (id, expected) => {
    expect(await outcome('{ jsonpath: { $.id: "${id}" } }', { id })).toBe(expected);
  });
});

describe('a captured number', () => {
  it.each([
    ['$.big', '12345678901234567890', '12345678901234567890'],
    ['$.id', '9007199254740993', '9007199254740993'],
    ['$.price', '1.10', '1.1'],
    ['$.huge', '1000000000000000000000', '1e+21'],
    ['$.ids[1]', '9007199254740993', '9007199254740993'],
    ['$.rows[?@.id > 1].id', '9007199254740993', '9007199254740993'],
  ])(
    '%s has its digits in the next address, and is a number in the next document',
    async (query, text, value) => {
      const asked: string[] = [];
      const url = await serve((request, response) => {
        request.on('data', (chunk) => asked.push(`${request.url} ${chunk}`));
        request.on('end', () => response.end(body));
      });
      const report = await check(`target: ${url}
scenarios:
  - name: s
    steps:
      - { name: a, http: /, expect: { status: 200 }, capture: { n: { jsonpath: "${query}" } } }
      - name: b
        http: { method: PUT, url: "/\${n}", json: { n: "\${n}" } }
        expect: { jsonpath: { "${query}": "\${n}" } }
`);
      expect([report.outcome, asked]).toEqual(['pass', [`/${text} {"n":${value}}`]]);
    },
  );
});
