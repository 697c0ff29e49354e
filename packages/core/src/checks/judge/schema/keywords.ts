import { ownValue } from '../../../text/own-value.ts';
import type { Draft } from './drafts.ts';
import type { Shape } from './shapes.ts';
import {
  emptyNot,
  flag,
  list,
  mapping,
  names,
  namesByName,
  number,
  patterns,
  positive,
  regularExpression,
  size,
  text,
  types,
} from './shapes.ts';

/** What stands under a keyword: schemas that are asked, schemas that are kept for references, or no schema. */
export type Holds = 'schema' | 'schemas' | 'by-name' | 'kept' | 'value';

export interface Keyword {
  readonly holds: Holds;
  /** What its value must be. */
  readonly shape?: Shape;
  /** The only draft that has it. */
  readonly only?: Draft;
  /** Without this one it asserts nothing. */
  readonly needs?: string;
  /** It is about the value that its schema is about, not about a part of that. */
  readonly inPlace?: true;
}

const schema: Keyword = { holds: 'schema' };
const inPlace: Keyword = { holds: 'schema', inPlace: true };
const schemas: Keyword = { holds: 'schemas', shape: emptyNot, inPlace: true };
const byName: Keyword = { holds: 'by-name', shape: mapping };
const sized: Keyword = { holds: 'value', shape: size };
const limit: Keyword = { holds: 'value', shape: number };
const new2020 = { only: '2020-12' } as const;
const old07 = { only: 'draft-07' } as const;

/** The keywords that assert, hold schemas, or say where one is. */
const keywords: Readonly<Record<string, Keyword>> = {
  $id: { holds: 'value', shape: text },
  $schema: { holds: 'value', shape: text },
  $ref: { holds: 'value', shape: text },
  $anchor: { holds: 'value', shape: text, ...new2020 },
  $dynamicRef: { holds: 'value', shape: text, ...new2020 },
  $dynamicAnchor: { holds: 'value', shape: text, ...new2020 },
  $defs: { holds: 'kept', shape: mapping },
  definitions: { holds: 'kept', shape: mapping },
  type: { holds: 'value', shape: types },
  enum: { holds: 'value', shape: list },
  const: { holds: 'value' },
  multipleOf: { holds: 'value', shape: positive },
  maximum: limit,
  exclusiveMaximum: limit,
  minimum: limit,
  exclusiveMinimum: limit,
  maxLength: sized,
  minLength: sized,
  pattern: { holds: 'value', shape: regularExpression },
  format: { holds: 'value', shape: text },
  maxItems: sized,
  minItems: sized,
  uniqueItems: { holds: 'value', shape: flag },
  contains: schema,
  maxContains: { ...sized, ...new2020, needs: 'contains' },
  minContains: { ...sized, ...new2020, needs: 'contains' },
  items: schema,
  prefixItems: { holds: 'schemas', shape: emptyNot, ...new2020 },
  additionalItems: { ...schema, ...old07, needs: 'items' },
  unevaluatedItems: { ...schema, ...new2020 },
  maxProperties: sized,
  minProperties: sized,
  required: { holds: 'value', shape: names },
  properties: byName,
  patternProperties: { holds: 'by-name', shape: patterns },
  additionalProperties: schema,
  propertyNames: schema,
  unevaluatedProperties: { ...schema, ...new2020 },
  dependentRequired: { holds: 'value', shape: namesByName, ...new2020 },
  dependentSchemas: { ...byName, ...new2020, inPlace: true },
  dependencies: { ...byName, inPlace: true },
  allOf: schemas,
  anyOf: schemas,
  oneOf: schemas,
  not: inPlace,
  if: inPlace,
  // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
  then: { ...inPlace, needs: 'if' },
  else: { ...inPlace, needs: 'if' },
  contentEncoding: { holds: 'value', shape: text },
  contentMediaType: { holds: 'value', shape: text },
  contentSchema: { ...schema, ...new2020 },
};

/** The keyword of this name, whatever the draft. */
export function keywordNamed(word: string): Keyword | undefined {
  return ownValue(keywords, word);
}

/** Those of a draft, for "did you mean". */
export function keywordNames(draft: Draft): readonly string[] {
  return Object.keys(keywords).filter(
    (word) => keywords[word]?.only === undefined || keywords[word]?.only === draft,
  );
}
