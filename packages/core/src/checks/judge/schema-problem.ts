import type { Schema } from '@cfworker/json-schema';
import { dereference } from '@cfworker/json-schema';
import { errorMessage } from '../../failure.ts';
import { ownValue } from '../../own-value.ts';

/** What is wrong with a JSON Schema, with its place; undefined when it can be asked. */
export function schemaProblem(written: unknown): string | undefined {
  return problemIn(written, '') ?? strayReference(written);
}

/** A wrong keyword value would be passed over in silence, and its rule never asked. */
function problemIn(schema: unknown, path: string): string | undefined {
  if (typeof schema === 'boolean') return undefined;
  if (!isObject(schema)) return `${path || 'it'} must be an object, true or false`;
  for (const [keyword, value] of Object.entries(schema)) {
    const here = `${path}/${keyword}`;
    const wrong = ownValue(shapes, keyword)?.(value);
    const why = wrong === undefined ? below(keyword, value, here) : `${here} must be ${wrong}`;
    if (why !== undefined) return why;
  }
  return undefined;
}

function below(keyword: string, value: unknown, path: string): string | undefined {
  if (keyword === 'items' && Array.isArray(value)) return firstProblem(Object.entries(value), path);
  if (one.includes(keyword)) return problemIn(value, path);
  if (many.includes(keyword) || byName.includes(keyword))
    return firstProblem(Object.entries(value as object), path);
  return undefined;
}

function firstProblem(entries: readonly [string, unknown][], path: string): string | undefined {
  for (const [key, schema] of entries) {
    // draft-07 lists names where it means that they are required.
    const why =
      path.endsWith('/dependencies') && Array.isArray(schema)
        ? undefined
        : problemIn(schema, `${path}/${key}`);
    if (why !== undefined) return why;
  }
  return undefined;
}

const one = [
  'additionalItems',
  'unevaluatedItems',
  'items',
  'contains',
  'additionalProperties',
  'unevaluatedProperties',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
];
const many = ['prefixItems', 'allOf', 'anyOf', 'oneOf'];
const byName = [
  '$defs',
  'definitions',
  'properties',
  'patternProperties',
  'dependentSchemas',
  'dependencies',
];

type Shape = (value: unknown) => string | undefined;

const types = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];
const number: Shape = (value) => (typeof value === 'number' ? undefined : 'a number');
const size: Shape = (value) =>
  Number.isInteger(value) && Number(value) >= 0 ? undefined : 'a whole number from 0';
const flag: Shape = (value) => (typeof value === 'boolean' ? undefined : 'true or false');
const string: Shape = (value) => (typeof value === 'string' ? undefined : 'text');
const list: Shape = (value) => (Array.isArray(value) ? undefined : 'a list');
const texts: Shape = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? undefined : 'a list of texts';
const type: Shape = (value) =>
  [value].flat().every((item) => types.includes(String(item))) ? undefined : `of ${types.join(', ')}`;
const object: Shape = (value) => (isObject(value) ? undefined : 'a mapping');
const patterns: Shape = (value) =>
  object(value) ??
  Object.keys(value as object)
    .map(pattern)
    .find(Boolean);

const shapes: Readonly<Record<string, Shape>> = {
  $ref: string,
  $id: string,
  type,
  pattern,
  patternProperties: patterns,
  required: texts,
  enum: list,
  format: string,
  uniqueItems: flag,
  ...Object.fromEntries([...many].map((keyword) => [keyword, list])),
  ...Object.fromEntries(
    byName.filter((keyword) => keyword !== 'patternProperties').map((keyword) => [keyword, object]),
  ),
  ...Object.fromEntries(
    ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'].map((keyword) => [
      keyword,
      number,
    ]),
  ),
  ...Object.fromEntries(
    [
      'minLength',
      'maxLength',
      'minItems',
      'maxItems',
      'minProperties',
      'maxProperties',
      'minContains',
      'maxContains',
    ].map((keyword) => [keyword, size]),
  ),
};

function pattern(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'a regular expression';
  try {
    new RegExp(value, 'u');
    return undefined;
  } catch (error) {
    return `a regular expression (${errorMessage(error)})`;
  }
}

/** A reference that leads nowhere, or to another server: nothing is fetched. */
function strayReference(written: unknown): string | undefined {
  if (!isObject(written)) return undefined;
  const copy = structuredClone(written);
  const targets = dereference(copy as Schema);
  for (const schema of Object.values(targets)) {
    if (!isObject(schema) || typeof schema.$ref !== 'string') continue;
    const { $ref, __absolute_ref__: absolute = $ref } = schema;
    if (targets[String(absolute)] === undefined)
      return `\`$ref\` ${JSON.stringify($ref)} leads nowhere in this schema`;
  }
  return undefined;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
