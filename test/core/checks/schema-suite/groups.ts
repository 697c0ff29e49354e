import { readFileSync } from 'node:fs';

/** Some tests of the public suite that share a schema. */
export interface Group {
  /** `type.json: integer type matches integers`. */
  readonly name: string;
  readonly schema: unknown;
  readonly tests: readonly (readonly [name: string, document: unknown, isValid: boolean])[];
}

/** The groups of one draft, whose schemas say which. */
export function groupsOf(draft: 'draft2020-12' | 'draft7'): readonly Group[] {
  const file = new URL(`recorded/${draft}.jsonl`, import.meta.url);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const { file: within, description, schema, tests } = JSON.parse(line);
    const isObject = typeof schema === 'object' && !Array.isArray(schema);
    const said = draft === 'draft7' && isObject ? { $schema: draft7, ...schema } : schema;
    return { name: `${within}: ${description}`, schema: said, tests };
  });
}

const draft7 = 'http://json-schema.org/draft-07/schema#';
