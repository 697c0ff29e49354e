import { describe, expect, it } from 'vitest';
import { noteText } from '../../../packages/core/src/checks/judge/schema/notes.ts';
import { inspectSchema, readSchema } from '../../../packages/core/src/checks/judge/schema.ts';

async function failures(schema: unknown, document: unknown): Promise<readonly string[]> {
  const reading = await readSchema(schema);
  return reading.kind === 'wrong' ? [`wrong: ${reading.why}`] : reading.schema.failures(document, 500);
}

const draft7 = 'http://json-schema.org/draft-07/schema#';

describe('a reference of a schema', () => {
  it.each<[string, unknown, string]>([
    [
      'to nowhere',
      { properties: { a: { $ref: '#/$defs/none' } } },
      '/properties/a/$ref "#/$defs/none" leads nowhere in this schema',
    ],
    [
      'to a name that nobody has',
      { $ref: '#constructor' },
      '/$ref "#constructor" leads nowhere in this schema',
    ],
    [
      'to what every object has',
      { $ref: '#/constructor' },
      '/$ref "#/constructor" leads nowhere in this schema',
    ],
    ['to what is no schema', { $ref: '#/title', title: 'a' }, '/$ref "#/title" leads nowhere in this schema'],
    ['with a broken escape', { $ref: '#/%zz' }, '/$ref "#/%zz" leads nowhere in this schema'],
    [
      'to a server',
      { $ref: 'https://a.example/b' },
      '/$ref "https://a.example/b" leads out of this schema: nothing is fetched',
    ],
    [
      'to a file',
      { $ref: 'file:///etc/passwd' },
      '/$ref "file:///etc/passwd" leads out of this schema: nothing is fetched',
    ],
    [
      'to the file beside it',
      { $ref: 'order.json' },
      '/$ref "order.json" leads out of this schema: nothing is fetched',
    ],
    ['back to itself', { $ref: '#' }, '/$ref leads back to itself, and looks at no part of the value'],
    [
      'back to itself over two others',
      {
        $ref: '#/$defs/a',
        $defs: { a: { allOf: [{ $ref: '#/$defs/b' }] }, b: { not: { $ref: '#/$defs/a' } } },
      },
      '/$defs/a/allOf/0/$ref leads back to itself, and looks at no part of the value',
    ],
    [
      'that is dynamic, with a choice',
      {
        $id: 'https://a.example/root',
        $ref: 'list',
        $defs: {
          text: { $dynamicAnchor: 'item', type: 'string' },
          list: { $id: 'list', items: { $dynamicRef: '#item' }, $defs: { any: { $dynamicAnchor: 'item' } } },
        },
      },
      '/$defs/list/items/$dynamicRef is not supported where several schemas have the `$dynamicAnchor` "item": write `$ref`',
    ],
  ])('is refused with its place: %s', async (_, schema, why) => {
    expect(await readSchema(schema)).toEqual({ kind: 'wrong', why });
  });

  it('is refused in a chain that nothing could follow', async () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => [
      `d${index}`,
      index === 0 ? {} : { $ref: `#/$defs/d${index - 1}` },
    ]);
    const schema = { $ref: '#/$defs/d19999', $defs: Object.fromEntries(chain) };
    const why = 'it has too many schemas that lead to one another';
    expect(await readSchema(schema)).toEqual({ kind: 'wrong', why });
    const { problems } = await inspectSchema(schema);
    expect(problems.map(noteText)).toEqual([why]);
  });

  it.each<[string, unknown, string]>([
    [
      '$id',
      { $defs: { a: { $id: 'x' }, b: { $id: 'x' } } },
      '/$defs/b/$id "x" is taken: /$defs/a has the same',
    ],
    [
      '$id of the root',
      { $id: 'https://a.example/x', $defs: { a: { $id: 'x' } } },
      '/$defs/a/$id "x" is taken: the root has the same',
    ],
    [
      '$anchor',
      { $defs: { a: { $anchor: 'x' }, b: { $anchor: 'x' } } },
      '/$defs/b/$anchor "x" is taken: /$defs/a has the same',
    ],
    [
      'anchor of draft-07',
      { $schema: draft7, definitions: { a: { $id: '#x' }, b: { $id: '#x' } } },
      '/definitions/b/$id "#x" is taken: /definitions/a has the same',
    ],
    ['$id that is no address', { $id: 'https://[' }, '/$id "https://[" is no address'],
    [
      '$id with a fragment',
      { $id: 'a#b' },
      '/$id must have no fragment: a name within a schema is an `$anchor`',
    ],
    [
      '$anchor that is no name',
      { $anchor: '#a' },
      '/$anchor must be a name: letters, digits, `-`, `_` and `.`',
    ],
  ])('is by one name: %s', async (_, schema, why) => {
    expect(await readSchema(schema)).toEqual({ kind: 'wrong', why });
  });

  it.each<[string, unknown, unknown, readonly string[]]>([
    [
      'through escapes',
      { $ref: '#/$defs/a~1b%25', $defs: { 'a/b%': { type: 'string' } } },
      1,
      ['the document: is 1, not a string'],
    ],
    [
      'to an alias of YAML, which is one object twice',
      aliased(),
      { a: 1, b: 'x' },
      ['/a: is 1, not a string'],
    ],
    [
      'back to the root',
      { properties: { next: { $ref: '#' }, id: { type: 'integer' } } },
      { next: { next: { id: 'x' } } },
      ['/next/next/id: is "x", not an integer'],
    ],
    [
      'beside assertions in 2020-12',
      { $ref: '#/$defs/a', minLength: 2, $defs: { a: { type: 'string' } } },
      'x',
      ['the document: has fewer than 2 characters'],
    ],
    [
      'to an address within',
      { $ref: 'item', $defs: { a: { $id: 'item', type: 'null' } } },
      1,
      ['the document: is 1, not null'],
    ],
    [
      'to a name within',
      { $ref: '#x', $defs: { a: { $anchor: 'x', const: 2 } } },
      1,
      ['the document: is 1, not 2'],
    ],
    [
      'to false',
      { properties: { a: { $ref: '#/$defs/no' } }, $defs: { no: false } },
      { a: 1 },
      ['/a: is not allowed'],
    ],
    [
      'that is dynamic, without a choice',
      { $dynamicRef: '#x', $defs: { a: { $dynamicAnchor: 'x', type: 'string' } } },
      1,
      ['the document: is 1, not a string'],
    ],
  ])('leads %s', async (_, schema, document, said) => {
    expect(await failures(schema, document)).toEqual(said);
  });
});

function aliased(): unknown {
  const text = { type: 'string' };
  return { properties: { a: text, b: text } };
}

describe('names that every object has', () => {
  const properties = JSON.parse(
    '{ "__proto__": { "type": "string" }, "constructor": { "type": "string" }, "toString": { "type": "string" } }',
  );

  it('are properties like any other', async () => {
    const schema = { properties, required: ['__proto__', 'constructor'], additionalProperties: false };
    expect(
      await failures(schema, JSON.parse('{ "__proto__": "a", "constructor": "b", "toString": "c" }')),
    ).toEqual([]);
    expect(await failures(schema, JSON.parse('{ "__proto__": 1, "constructor": 2, "toString": 3 }'))).toEqual(
      ['/__proto__: is 1, not a string', '/constructor: is 2, not a string', '/toString: is 3, not a string'],
    );
  });

  it('are not there where nobody wrote them', async () => {
    expect(await failures({ properties, required: ['__proto__', 'constructor', 'toString'] }, {})).toEqual([
      'the document: has no "__proto__"',
      'the document: has no "constructor"',
      'the document: has no "toString"',
    ]);
    expect(await failures({ dependentRequired: { toString: ['a'] } }, {})).toEqual([]);
  });

  it('may name what a reference leads to', async () => {
    const schema = JSON.parse(
      '{ "$ref": "#/$defs/__proto__", "$defs": { "__proto__": { "type": "string" } } }',
    );
    expect(await failures(schema, 1)).toEqual(['the document: is 1, not a string']);
  });
});
