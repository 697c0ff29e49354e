import { describe, expect, it } from 'vitest';
import { noteText } from '../../../packages/core/src/checks/judge/schema/notes.ts';
import { inspectSchema, readSchema } from '../../../packages/core/src/checks/judge/schema.ts';

const draft7 = 'http://json-schema.org/draft-07/schema#';

async function read(schema: unknown) {
  const { problems, unknown } = await inspectSchema(schema);
  return { wrong: problems.map(noteText), strange: unknown.map(noteText) };
}

const fine = { wrong: [], strange: [] };
const nullable =
  'is not supported: it is of OpenAPI 3.0; write `type: [string, "null"]`, with the type that is meant, or `anyOf` with `type: "null"`';

describe('a word of a schema that asserts nothing here, and was meant to', () => {
  it.each<[string, unknown, readonly string[]]>([
    [
      'two slips of the keyboard',
      { type: 'object', requried: ['a'], propertes: { a: { type: 'string' } } },
      [
        '/requried is no keyword. Did you mean `required`?',
        '/propertes is no keyword. Did you mean `properties`?',
      ],
    ],
    ['another spelling', { min_length: 1 }, ['/min_length is no keyword. Did you mean `minLength`?']],
    ['other capitals', { anyof: [{}] }, ['/anyof is no keyword. Did you mean `anyOf`?']],
    ['a missing dollar', { ref: '#/$defs/a' }, ['/ref is no keyword. Did you mean `$ref`?']],
    ['another word for it', { regex: '^a' }, ['/regex is no keyword. Did you mean `pattern`?']],
    [
      'deep within',
      { properties: { a: { items: { allOf: [{ enums: [1] }] } } } },
      ['/properties/a/items/allOf/0/enums is no keyword. Did you mean `enum`?'],
    ],
    [
      'in what only a reference would ask',
      { $defs: { a: { requird: [] } } },
      ['/$defs/a/requird is no keyword. Did you mean `required`?'],
    ],
    [
      'behind a word that is no keyword, where a reference leads',
      { $ref: '#/components/schemas/a', components: { schemas: { a: { typ: 'string' } } } },
      ['/components/schemas/a/typ is no keyword. Did you mean `type`?'],
    ],
    [
      'nullable',
      { properties: { a: { type: 'string', nullable: true } } },
      [`/properties/a/nullable ${nullable}`],
    ],
    [
      'nullable that is false',
      { nullable: false },
      ['/nullable is not supported: it is of OpenAPI 3.0, and says nothing when it is false: leave it out'],
    ],
    [
      'exclusiveMinimum of draft-04',
      { minimum: 5, exclusiveMinimum: true },
      [
        '/exclusiveMinimum must be a number: draft-04 and OpenAPI 3.0 write `minimum: 5, exclusiveMinimum: true` for what is `exclusiveMinimum: 5` here',
      ],
    ],
    [
      'required of draft-03',
      { properties: { a: { required: true } } },
      ['/properties/a/required must be a list of texts, beside `properties`'],
    ],
    [
      'id of draft-04',
      { id: 'a' },
      ['/id is not supported: draft-04 has it; write `$id`, or put it under `properties`'],
    ],
    [
      'a reference of 2019-09',
      { properties: { a: { $recursiveRef: '#' } } },
      ['/properties/a/$recursiveRef is not supported: it is of 2019-09; write `$ref`, or `$dynamicRef`'],
    ],
    [
      'divisibleBy',
      { divisibleBy: 2 },
      ['/divisibleBy is not supported: draft-03 has it; write `multipleOf`'],
    ],
    [
      'a word of one validator',
      { format: 'date', formatMinimum: '2026-01-01' },
      [
        "/formatMinimum is not supported: it is a word of one validator's own; compare the date by a predicate of the check",
      ],
    ],
    [
      'a list under items',
      { items: [{ type: 'string' }] },
      ['/items must be one schema: 2020-12 writes a list of them as `prefixItems`'],
    ],
    [
      'additionalItems in 2020-12',
      { prefixItems: [{}], additionalItems: false },
      [
        '/additionalItems is not supported: it is of draft-07, and this schema is of 2020-12; write `prefixItems`, and `items` for the rest',
      ],
    ],
    [
      'words of 2020-12 in draft-07',
      { $schema: draft7, dependentRequired: { a: ['b'] }, unevaluatedProperties: false },
      [
        '/dependentRequired is not supported: it is of 2020-12, and this schema is of draft-07; write `dependencies`',
        '/unevaluatedProperties is not supported: it is of 2020-12, and this schema is of draft-07; write `additionalProperties`',
      ],
    ],
    [
      'assertions beside a reference of draft-07',
      {
        $schema: draft7,
        properties: { a: { $ref: '#/definitions/b', minLength: 2 } },
        definitions: { b: {} },
      },
      ['/properties/a/minLength stands beside `$ref`, and draft-07 passes it over: put both under `allOf`'],
    ],
    [
      'contents that draft-07 asserts and nobody can check',
      { $schema: draft7, contentEncoding: 'quoted-printable' },
      [
        '/contentEncoding "quoted-printable" is asserted by draft-07, and only base64 is supported: say 2020-12 with `$schema` where it describes, or leave it out',
      ],
    ],
    [
      'a format with a slip',
      { format: 'datetime' },
      ['/format "datetime" is no known format. Did you mean `date-time`?'],
    ],
    ['a format of a browser', { format: 'url' }, ['/format "url" is no known format. Did you mean `uri`?']],
    [
      'an unknown format',
      { properties: { a: { format: 'postcode' } } },
      [
        '/properties/a/format "postcode" is no known format. Known: date-time, date, time, duration, email, idn-email, hostname, idn-hostname, ipv4, ipv6, uri, uri-reference, uri-template, iri, iri-reference, uuid, json-pointer, relative-json-pointer, regex',
      ],
    ],
    [
      'a draft of the future',
      { $schema: 'https://json-schema.org/v1/2030' },
      ['`$schema` is "https://json-schema.org/v1/2030"; 2020-12 and draft-07 are known'],
    ],
    [
      'another draft within',
      { $defs: { a: { $id: 'a', $schema: draft7 } } },
      [
        '/$defs/a/$schema is another draft than that of the whole schema, 2020-12: one schema is of one draft',
      ],
    ],
    [
      'the wrapping of a media type',
      { schema: { type: 'object' } },
      ['/schema is not supported: the schema itself stands here: what is under it goes one level up'],
    ],
    ...['__proto__', 'constructor', 'toString', 'hasOwnProperty'].map((name): [string, unknown, string[]] => [
      `the word ${name}, which every object has`,
      JSON.parse(`{ "properties": { "a": { "${name}": {} } } }`),
      [`/properties/a/${name} is not supported: every object of JavaScript has it: it asserts nothing`],
    ]),
    [
      'values that a keyword cannot have, all at once',
      { type: 'int', minLength: -1, multipleOf: 0, allOf: [], enum: 'a', uniqueItems: 'yes', properties: [] },
      [
        '/type must be of array, boolean, integer, null, number, object, string',
        '/minLength must be a whole number from 0',
        '/multipleOf must be a number above 0',
        '/allOf must be a list of at least one',
        '/enum must be a list',
        '/uniqueItems must be true or false',
        '/properties must be a mapping',
      ],
    ],
  ])('is refused: %s', async (_, schema, wrong) => {
    expect(await read(schema)).toEqual({ wrong, strange: [] });
    expect(await readSchema(schema)).toEqual({ kind: 'wrong', why: wrong[0] });
  });
});

describe('a word of a schema that only describes', () => {
  it.each<[string, unknown]>([
    [
      'annotations of the drafts',
      {
        title: 'a',
        description: 'b',
        default: 1,
        examples: [1],
        deprecated: true,
        readOnly: true,
        writeOnly: true,
        $comment: 'c',
      },
    ],
    [
      'annotations of OpenAPI',
      { example: { a: 1 }, discriminator: { propertyName: 'kind' }, externalDocs: {}, xml: {} },
    ],
    ['extensions', { 'x-internal': true, 'x-requried': [] }],
    [
      'formats of numbers, files and secrets',
      {
        anyOf: ['int32', 'int64', 'float', 'double', 'byte', 'binary', 'password'].map((format) => ({
          format,
        })),
      },
    ],
    [
      'contents in 2020-12',
      { contentEncoding: 'base64url', contentMediaType: 'image/png', contentSchema: {} },
    ],
    [
      'annotations beside a reference of draft-07',
      { $schema: draft7, $ref: '#/definitions/a', description: 'a', definitions: { a: {} } },
    ],
    [
      'a description of a whole interface',
      {
        openapi: '3.1.0',
        info: {},
        paths: {},
        components: { schemas: { a: {} } },
        $ref: '#/components/schemas/a',
      },
    ],
  ])('passes: %s', async (_, schema) => {
    expect(await read(schema)).toEqual(fine);
    const reading = await readSchema(schema);
    expect(reading.kind === 'schema' && reading.schema.failures({ anything: 1 }, 500)).toEqual([]);
  });
});

describe('any other word of a schema', () => {
  it.each<[string, unknown, readonly string[]]>([
    [
      'of an editor',
      { markdownDescription: 'a' },
      ['/markdownDescription is no keyword, and asserts nothing.'],
    ],
    [
      'that is a keyword but for a letter by chance',
      { note: 'a', order: 1 },
      ['/note is no keyword, and asserts nothing.', '/order is no keyword, and asserts nothing.'],
    ],
    [
      'near to an annotation',
      { descripton: 'a' },
      ['/descripton is no keyword, and asserts nothing. Did you mean `description`?'],
    ],
    [
      'without what it belongs to',
      JSON.parse('{ "then": { "type": "string" }, "minContains": 2 }'),
      ['/then asserts nothing without `if`.', '/minContains asserts nothing without `contains`.'],
    ],
  ])('is worth a warning: %s', async (_, schema, strange) => {
    expect(await read(schema)).toEqual({ wrong: [], strange });
  });
});

describe('a word that is near to a keyword, and asserts nothing', () => {
  it.each([
    ['maxLen', 'maxLength'],
    ['minLen', 'minLength'],
    ['maxlen', 'maxLength'],
    ['minlen', 'minLength'],
    ['max_len', 'maxLength'],
    ['minValue', 'minimum'],
    ['maxValue', 'maximum'],
    ['max_value', 'maximum'],
    ['minVal', 'minimum'],
    ['minProps', 'minProperties'],
    ['maxProps', 'maxProperties'],
    ['minCount', 'minItems'],
    ['maxCount', 'maxItems'],
    ['requiredProperties', 'required'],
    ['requiredFields', 'required'],
    ['requires', 'required'],
    ['regexPattern', 'pattern'],
    ['length', 'minLength'],
    ['size', 'minLength'],
    ['additionalItem', 'items'],
    ['exclusiveMin', 'exclusiveMinimum'],
    ['exclusiveMax', 'exclusiveMaximum'],
    ['greaterThan', 'exclusiveMinimum'],
    ['lessThan', 'exclusiveMaximum'],
    ['choices', 'enum'],
    ['oneof', 'oneOf'],
    ['equals', 'const'],
    ['noAdditionalProperties', 'additionalProperties'],
  ])('%s is refused, with %s', async (word, meant) => {
    const { wrong, strange } = await read({ properties: { a: { [word]: 1 } } });
    expect([wrong, strange]).toEqual([[expect.stringContaining(`\`${meant}\``)], []]);
  });

  it.each([['nullabel'], ['Nullable']])('%s is refused as nullable is', async (word) => {
    const { wrong } = await read({ [word]: true });
    expect(wrong).toEqual([expect.stringContaining('`nullable`')]);
  });
});
