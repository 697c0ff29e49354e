import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { loadChecks } from '../../packages/core/src/checks/load-checks.ts';
import { root } from '../../scripts/root.ts';

// The package is CommonJS whose types promise a default export that Node hands over one level deeper.
const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;

const schemas = new Ajv2020({ strict: false, allErrors: true });
addFormats(schemas);

/** A published schema, ready to be asked. */
export function compiledSchema(file: string): ValidateFunction {
  return schemas.compile(JSON.parse(readFileSync(join(root, 'schemas', file), 'utf8')));
}

/** What a schema says of a value; empty when it fits. */
export function schemaProblems(validate: ValidateFunction, value: unknown): string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** What the parser says of inline checks; empty when it takes them. */
export function parserProblems(text: string): Promise<readonly string[]> {
  return loadChecks(text, { root }).then(
    () => [],
    (error: { details: readonly string[] }) => error.details,
  );
}
