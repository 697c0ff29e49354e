import type { OutputUnit, Schema, SchemaDraft } from '@cfworker/json-schema';
import { Validator } from '@cfworker/json-schema';
import { ownValue } from '../../own-value.ts';
import { underDeadline } from './deadline.ts';
import { isObject, schemaProblem } from './schema-problem.ts';

/** A JSON Schema ready to be asked. Load this file only where a check has one. */
export interface CompiledSchema {
  /** Where a document breaks the schema; empty when it conforms. Throws ResourceLimit when time runs out. */
  failures(document: unknown, deadlineMs: number): readonly string[];
}

/** A schema, or what is wrong with it. */
export type SchemaReading =
  | { readonly kind: 'schema'; readonly schema: CompiledSchema }
  | { readonly kind: 'wrong'; readonly why: string };

const drafts: Readonly<Record<string, SchemaDraft>> = {
  'https://json-schema.org/draft/2020-12/schema': '2020-12',
  'http://json-schema.org/draft-07/schema': '7',
};

const known = new WeakMap<object, SchemaReading>();

/** Checks a schema (2020-12 unless `$schema` says draft-07) and makes it ready. The same object is read once. */
export function readSchema(written: unknown): SchemaReading {
  if (typeof written !== 'object' || written === null) return compiled(written);
  const before = known.get(written);
  if (before !== undefined) return before;
  const reading = compiled(written);
  known.set(written, reading);
  return reading;
}

function compiled(written: unknown): SchemaReading {
  const named = isObject(written) ? written.$schema : undefined;
  const draft = named === undefined ? '2020-12' : ownValue(drafts, String(named).replace(/#$/, ''));
  if (draft === undefined)
    return { kind: 'wrong', why: `\`$schema\` is ${JSON.stringify(named)}; 2020-12 and draft-07 are known` };
  const why = schemaProblem(written);
  if (why !== undefined) return { kind: 'wrong', why };
  // The validator writes into the schema that it is given.
  const validator = new Validator(structuredClone(written) as Schema, draft, false);
  return {
    kind: 'schema',
    schema: { failures: (document, deadlineMs) => failures(validator, document, deadlineMs) },
  };
}

function failures(validator: Validator, document: unknown, deadlineMs: number): readonly string[] {
  // A schema holds patterns, and patterns may backtrack without end.
  const { valid, errors } = underDeadline(() => validator.validate(document), deadlineMs);
  if (valid) return [];
  const leaves = errors.filter((unit) => isLeaf(unit, errors));
  return (leaves.length === 0 ? errors : leaves).map(
    ({ instanceLocation, error }) => `${pathOf(instanceLocation)}: ${error}`,
  );
}

/** "Items did not match" only leads to the place; what stands below it says what is wrong there. */
function isLeaf({ keyword, keywordLocation }: OutputUnit, errors: readonly OutputUnit[]): boolean {
  if (leading.includes(keyword)) return false;
  return !errors.some((other) => other.keywordLocation.startsWith(`${keywordLocation}/`));
}

const leading: readonly string[] = [
  'properties',
  'items',
  'prefixItems',
  '$ref',
  'allOf',
  'patternProperties',
  'false',
];

function pathOf(location: string): string {
  const path = decodeURIComponent(location.slice(1));
  return path === '' ? 'the document' : path;
}
