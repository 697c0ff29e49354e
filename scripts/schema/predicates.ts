import type { Schema } from './words.ts';
import { each, flag, list, mappingOr, ref, said, text, whole } from './words.ts';

const ordered: Schema = { type: ['number', 'string'] };

/** Each is also there as not-…. */
const predicates: Readonly<Record<string, Schema>> = {
  equals: said('Typed: "1" is not 1; objects are deep, whatever the order of their keys.'),
  gt: said('Greater than.', ordered),
  gte: said('At least.', ordered),
  lt: said('Less than.', ordered),
  lte: said('At most.', ordered),
  between: said('[lowest, highest], both included.', { type: 'array', minItems: 2, maxItems: 2 }),
  in: said('One of a list; whole numbers may be ranges such as 200-299.', { type: 'array', minItems: 1 }),
  contains: said('A part of text, an element of a list; not an empty one.', { not: { enum: ['', {}] } }),
  'starts-with': text,
  'ends-with': text,
  matches: said('A regular expression that is searched for: text, or /text/flags.', text),
  exists: said('null exists; a missing value does not.', flag),
  empty: said('"", [] or {}.', flag),
  count: said('How many there are: a number, or predicates.', ref('count')),
  type: said('What kind of value it is.', {
    enum: [
      ...['string', 'number', 'integer', 'float', 'boolean', 'list', 'object', 'null'],
      ...['iso-date', 'uuid', 'ipv4', 'ipv6'],
    ],
  }),
  semver: said('A range of versions such as ^2.1.', text),
  schema: said('A JSON Schema, or the path of one: 2020-12, or draft-07 where `$schema` says so.', {
    type: ['object', 'boolean', 'string'],
  }),
  'has-key': text,
  'equals-file': said('The path of a file; text and bytes byte by byte, other values as its JSON.', text),
  each: said('Holds of every element.', ref('any-conditions')),
  any: said('Holds of at least one element.', ref('any-conditions')),
};

/** What users of other tools write. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  equals: ['==', 'eq', '!=', 'ne'],
  gt: ['>'],
  gte: ['>=', 'ge'],
  lt: ['<'],
  lte: ['<=', 'le'],
  in: ['nin'],
  contains: ['includes', 'contain-element', 'HAS_VALUE'],
  'starts-with': ['startsWith', 'have-prefix'],
  'ends-with': ['endsWith', 'have-suffix'],
  matches: ['match-regexp', 'pat'],
  exists: ['isDefined'],
  empty: ['isEmpty'],
  count: ['have-len', 'ShouldHaveLength'],
  semver: ['semver-constraint'],
  'has-key': ['have-key'],
};

const typeAliases = [
  ...['isString', 'isNumber', 'isInteger', 'isFloat', 'isBoolean', 'isList', 'isObject'],
  ...['isIsoDate', 'isUuid', 'isIpv4', 'isIpv6'],
];

const pair: Schema = { type: 'array', minItems: 2, maxItems: 2 };

const filters: Readonly<Record<string, Schema>> = {
  ...each(
    [
      ...['first', 'last', 'urlDecode', 'base64Decode', 'base64UrlSafeDecode', 'htmlUnescape', 'utf8Decode'],
      ...['toInt', 'toFloat', 'toString', 'daysAfterNow', 'daysBeforeNow', 'toHex', 'urlEncode', 'md5'],
    ],
    { const: true },
  ),
  ...each(['split', 'regex', 'jsonpath', 'urlQueryParam', 'dateFormat', 'charset'], text),
  nth: { type: 'integer' },
  replace: pair,
  replaceRegex: pair,
  toDate: { anyOf: [{ const: true }, text] },
};

const conditions: Readonly<Record<string, Schema>> = {
  ...Object.fromEntries(
    Object.entries(predicates).flatMap(([name, schema]) => [
      [name, schema],
      [`not-${name}`, schema],
      ...(aliases[name] ?? []).map((alias) => [alias, schema] as const),
    ]),
  ),
  ...each(typeAliases, flag),
  ...filters,
  filters: list({
    anyOf: [
      { enum: [...Object.keys(filters), 'count'] },
      { type: 'object', minProperties: 1, maxProperties: 1 },
    ],
  }),
};

/** Every object has a `toString`, and validators that do not ask whose it is would judge that one: patterns see own keys only. */
const { toString: toText = {}, ...named } = conditions;

/** A mapping of filters and predicates; hurl's `not …` is accepted beside not-…. */
const conditionsWith = (more: Readonly<Record<string, Schema>>): Schema => ({
  type: 'object',
  minProperties: 1,
  properties: { ...named, ...more },
  patternProperties: { '^not ': {}, '^toString$': toText },
  additionalProperties: false,
});

const ofOwnKind = (schema: Schema): Schema => each(['equals', 'gt', 'gte', 'lt', 'lte'], schema);
const status: Schema = {
  anyOf: [
    { type: 'integer', minimum: 100, maximum: 599 },
    { type: 'string', pattern: String.raw`^[1-5]\d{2}-[1-5]\d{2}$|\$\{` },
  ],
};

/** It takes the type of what it is compared with once it has a value. */
const template: Schema = { type: 'string', pattern: String.raw`\$\{` };
const positive: Schema = { anyOf: [ref('positive'), template] };

/** What may stand under a source: a plain value means equals. */
export const conditionSchemas: Readonly<Record<string, Schema>> = {
  predicates: said(
    'Filters in the order they are written, then what must hold of the result.',
    conditionsWith({}),
  ),
  count: { anyOf: [whole(0), { const: true }, template, ref('predicates')] },
  'any-conditions': mappingOr(ref('predicates'), {}),
  'text-conditions': mappingOr(
    { allOf: [ref('predicates'), { properties: { equals: { type: 'string' } } }] },
    { type: 'string' },
  ),
  'number-conditions': mappingOr(ref('predicates'), { type: ['number', 'string'] }),
  'flag-conditions': mappingOr(ref('predicates'), { type: ['boolean', 'string'] }),
  'duration-conditions': mappingOr(
    conditionsWith({
      ...ofOwnKind(positive),
      degraded: said('Over it, a warning.', ref('positive')),
      max: said('Over it, a failure.', ref('positive')),
    } as Readonly<Record<string, Schema>>),
    positive,
  ),
  'status-conditions': mappingOr(
    { allOf: [ref('predicates'), { properties: { equals: status, in: { items: status } } }] },
    status,
  ),
};
