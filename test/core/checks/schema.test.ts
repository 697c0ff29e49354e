import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readSchema } from '../../../packages/core/src/checks/judge/schema.ts';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import type { ActionFailure } from '../../../packages/core/src/outcome/failure.ts';
import { lastAttempt } from './last-attempt.ts';
import { closeServers, page, serve } from './loopback.ts';

afterEach(closeServers);

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'belay-schema-test-'));
});

const order = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'integer' }, items: { type: 'array', items: { $ref: '#/$defs/item' } } },
  $defs: { item: { type: 'object', properties: { price: { type: 'number', minimum: 0 } } } },
};

async function failures(schema: unknown, document: unknown): Promise<readonly string[]> {
  const reading = await readSchema(schema);
  return reading.kind === 'wrong' ? [`wrong: ${reading.why}`] : reading.schema.failures(document, 500);
}

describe('a schema', () => {
  it.each<[string, unknown, unknown, readonly string[]]>([
    ['passes what conforms', order, { id: 1, items: [{ price: 2 }] }, []],
    [
      'names the place that breaks it',
      order,
      { items: [{ price: 1 }, { price: 'x' }] },
      ['the document: has no "id"', '/items/1/price: is "x", not a number'],
    ],
    [
      'of draft-07 has its own words',
      {
        $schema: 'http://json-schema.org/draft-07/schema#',
        items: [{ type: 'string' }],
        additionalItems: false,
      },
      ['a', 1],
      ['/1: is not allowed'],
    ],
    ['may be true or false', false, 1, ['the document: is not allowed']],
    [
      'of another draft',
      { $schema: 'http://json-schema.org/draft-04/schema#' },
      1,
      ['wrong: `$schema` is "http://json-schema.org/draft-04/schema#"; 2020-12 and draft-07 are known'],
    ],
    [
      'with an unknown type',
      { properties: { a: { type: 'int' } } },
      1,
      ['wrong: /properties/a/type must be of array, boolean, integer, null, number, object, string'],
    ],
    ['with text where a list belongs', { required: 'a' }, 1, ['wrong: /required must be a list of texts']],
    [
      'with a broken pattern',
      { items: { pattern: '(' } },
      1,
      [
        'wrong: /items/pattern must be a regular expression (Invalid regular expression: /(/u: Unterminated group)',
      ],
    ],
    [
      'with a reference to nowhere',
      { $ref: '#/$defs/none' },
      1,
      ['wrong: /$ref "#/$defs/none" leads nowhere in this schema'],
    ],
    [
      'with a reference to a server',
      { properties: { a: { $ref: 'https://a.example/b' } } },
      1,
      ['wrong: /properties/a/$ref "https://a.example/b" leads out of this schema: nothing is fetched'],
    ],
  ])('%s', async (_, schema, document, said) => {
    expect(await failures(schema, document)).toEqual(said);
  });

  it('ends when a pattern in it backtracks past the deadline', async () => {
    const began = performance.now();
    await expect(failures({ pattern: '^(a+)+b$' }, 'a'.repeat(40))).rejects.toThrow('came to no end');
    expect(performance.now() - began).toBeLessThan(3000);
  });

  it('that has a choice at every level of a document is asked once at each', async () => {
    const tree = {
      oneOf: [{ type: 'null' }, { type: 'object', properties: { next: { $ref: '#' } }, required: ['next'] }],
      unevaluatedProperties: false,
    };
    let document: unknown = null;
    for (let level = 0; level < 200; level++) document = { next: document };
    expect(await failures(tree, document)).toEqual([]);
    expect((await failures(tree, { next: { next: 1 } })).slice(0, 2)).toEqual([
      'the document: fits nothing of `oneOf`',
      'the document: is an object, not null',
    ]);
  });

  it('in a file is checked when the checks are read', async () => {
    await writeFile(join(root, 'bad.json'), '{ "type": "strnig" }');
    await writeFile(join(root, 'broken.json'), '{');
    const expects = ['bad.json', 'broken.json', 'absent.json'].map(
      (file, index) => `- { name: c${index}, http: /, expect: { schema: ${file} } }`,
    );
    const failure: ActionFailure = await loadChecks(expects.join('\n'), { root }).then(
      () => undefined,
      (error) => error,
    );
    expect(failure.details).toEqual([
      'checks:1:42: The schema "bad.json" is wrong: /type must be of array, boolean, integer, null, number, object, string.',
      'checks:2:42: The schema "broken.json" is not JSON.',
      'checks:3:42: The schema "absent.json" cannot be used: it is not there.',
    ]);
  });

  it('in a file judges the document, and names itself in the report', async () => {
    await writeFile(join(root, 'order.json'), JSON.stringify(order));
    const url = await serve((_, response) => response.end('{"id":"1"}'));
    expect(await lastAttempt(page(url, '{ schema: order.json }'), { root })).toMatchObject({
      class: 'assertion',
      failures: [`json: conforms to the schema order.json: /id: is "1", not an integer`],
    });
  });

  it('stands beside the other predicates of a part', async () => {
    const url = await serve((_, response) => response.end('{"items":[{"price":-1}]}'));
    const expected =
      '{ jsonpath: { "$.items[*]": { each: { schema: { properties: { price: { minimum: 0 } } } } } } }';
    expect(await lastAttempt(page(url, expected))).toMatchObject({
      failures: ['jsonpath $.items[*]: each item conforms to the schema: /price: is -1, less than 0'],
    });
  });
});
