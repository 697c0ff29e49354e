import { resolve } from 'node:path';
import type { Capture, Check, CheckSource, Extraction, Origin, Predicate, Step } from '../check-file.ts';
import { parsedJson } from '../judge/json-text.ts';
import { loadJsonPaths } from '../judge/jsonpath.ts';
import type { Complaint, Located } from '../load-checks.ts';
import { FileRefusal, readWorkspaceFile } from '../workspace-files.ts';

/** What only a library can tell to be wrong: queries, ranges of versions, schemas. Each is loaded by the first that has one. */
export async function unsoundParts(checks: readonly Located[]): Promise<Complaint[]> {
  const parts = checks.flatMap(({ check, source }) => [
    ...check.blueprint.queries.map((query) => part('query', query, { origin: check.origin, source })),
    ...check.expect.flatMap((assertion) => [
      ...extractionParts(assertion, { origin: assertion.origin, source }),
      ...predicateParts(assertion.predicate, { origin: assertion.origin, source }),
    ]),
    ...capturesOf(check).flatMap((capture) => extractionParts(capture, { origin: capture.origin, source })),
  ]);
  return complaintsAbout(parts);
}

/** What a step keeps; checks that are no steps keep nothing. */
export function capturesOf(check: Check | Step): readonly Capture[] {
  return 'captures' in check ? check.captures : [];
}

interface Place {
  readonly origin: Origin;
  readonly source: CheckSource;
}

interface Part extends Place {
  readonly kind: 'query' | 'range' | 'schema';
  readonly value: unknown;
}

const noParts: readonly Part[] = [];

function part(kind: Part['kind'], value: unknown, place: Place): Part {
  return { kind, value, ...place };
}

function extractionParts({ source, filters }: Extraction, place: Place): readonly Part[] {
  if (source.name !== 'jsonpath' && filters.length === 0) return noParts;
  const own = source.name === 'jsonpath' ? [part('query', source.argument ?? '', place)] : [];
  const later = filters.filter((one) => one.name === 'jsonpath');
  return [...own, ...later.map(({ argument }) => part('query', argument, place))];
}

function predicateParts({ name, expected, nested }: Predicate, place: Place): readonly Part[] {
  if (name === 'semver') return [part('range', expected, place)];
  if (name === 'schema') return [part('schema', expected, place)];
  return nested.length === 0 ? noParts : nested.flatMap((one) => predicateParts(one, place));
}

/** What holds a variable is whole only when the run starts. */
function isTemplate(value: unknown): boolean {
  return typeof value === 'string' && value.includes('${');
}

async function complaintsAbout(parts: readonly Part[]): Promise<Complaint[]> {
  const complaints: Complaint[] = [];
  for (const one of parts) {
    if (isTemplate(one.value)) continue;
    const message = await problems[one.kind](one.value, one.source);
    // A query is the key of what it asserts.
    const on = one.kind === 'query' ? 'key' : 'value';
    if (message !== undefined) complaints.push({ message, place: one.source.place(one.origin, on) });
  }
  return complaints;
}

type Problem = (value: unknown, source: CheckSource) => Promise<string | undefined>;

const problems: Readonly<Record<Part['kind'], Problem>> = {
  async query(value) {
    const why = (await loadJsonPaths()).problem(String(value));
    return why && `${JSON.stringify(value)} is not a JSONPath: ${why}.`;
  },
  async range(value) {
    const { validRange } = await import('semver');
    const isRange = validRange(String(value)) !== null;
    return isRange
      ? undefined
      : `${JSON.stringify(value)} is not a range of versions, such as ^2.1 or ">=1 <3".`;
  },
  async schema(value, source) {
    const read = typeof value === 'string' ? fileAt(value, source) : { schema: value };
    if ('problem' in read) return read.problem;
    const { readSchema } = await import('../judge/schema.ts');
    const reading = readSchema(read.schema);
    const named = typeof value === 'string' ? `The schema ${JSON.stringify(value)}` : 'The schema';
    return reading.kind === 'wrong' ? `${named} is wrong: ${reading.why}.` : undefined;
  },
};

/** What stands in the file is in no message: it may be another file than was meant. */
function fileAt(path: string, { folder, files }: CheckSource) {
  const named = `The schema ${JSON.stringify(path)}`;
  // That was refused where it is named.
  if (files.untrusted !== undefined) return { schema: true };
  try {
    const json = parsedJson(readWorkspaceFile(resolve(folder, path), files).toString('utf8'));
    return json.kind === 'value' ? { schema: json.value } : { problem: `${named} is ${json.why}.` };
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error;
    return { problem: `${named} cannot be used: it ${error.message}.` };
  }
}
