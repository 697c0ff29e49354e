import { resolve } from 'node:path';
import type { Extraction, Predicate } from '../assertion.ts';
import type { Capture, Check, CheckSource, LoadWarning, Located, ScenarioStep } from '../check-file.ts';
import type { Complaint } from '../complaint.ts';
import { inDoubles, parsedJson } from '../judge/json-text.ts';
import { loadJsonPaths } from '../judge/jsonpath.ts';
import { noteText } from '../judge/schema/notes.ts';
import type { SchemaNote } from '../judge/schema/reading.ts';
import { loadVersions } from '../judge/version-ranges.ts';
import type { Origin } from '../origin.ts';
import { FileRefusal, readWorkspaceFile } from '../workspace-files.ts';
import { originInSchema } from './schema-place.ts';

/** What is wrong with the parts of checks, and what is worth a warning. */
export interface StaticIssues {
  readonly complaints: readonly Complaint[];
  readonly warnings: readonly LoadWarning[];
}

/** What only a library can tell to be wrong: queries, ranges of versions, schemas. Each is loaded by the first that has one. */
export async function staticIssues(checks: readonly Located[]): Promise<StaticIssues> {
  const parts = checks.flatMap(({ check, ...rest }) => {
    const at = (origin: Origin): Place => ({ ...rest, origin, check: check.name });
    return [
      ...check.blueprint.queries.map((query) => part('query', query, at(check.origin))),
      ...(check.blueprint.predicates ?? []).flatMap((one) => predicateParts(one, at(check.origin))),
      ...check.expect.flatMap((assertion) => [
        ...extractionParts(assertion, at(assertion.origin)),
        ...predicateParts(assertion.predicate, at(assertion.origin)),
      ]),
      ...capturesOf(check).flatMap((capture) => extractionParts(capture, at(capture.origin))),
    ];
  });
  return issuesOf(parts);
}

/** What a step keeps; checks that are no steps keep nothing. */
export function capturesOf(check: Check | ScenarioStep): readonly Capture[] {
  return 'captures' in check ? check.captures : [];
}

interface Place {
  readonly origin: Origin;
  readonly source: CheckSource;
  /** The name of the check that it is part of. */
  readonly check: string;
  /** Whether a word that nobody knows makes a schema wrong. */
  readonly strictSchema: boolean;
}

interface Part extends Place {
  readonly kind: 'query' | 'range' | 'schema' | 'file';
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
  if (name === 'equals-file') return [part('file', expected, place)];
  return nested.length === 0 ? noParts : nested.flatMap((one) => predicateParts(one, place));
}

/** What holds a variable is whole only when the run starts. */
function isTemplate(value: unknown): boolean {
  return typeof value === 'string' && value.includes('${');
}

async function issuesOf(parts: readonly Part[]): Promise<StaticIssues> {
  const complaints: Complaint[] = [];
  const warnings: LoadWarning[] = [];
  const warned = new Set<string>();
  for (const one of parts) {
    if (isTemplate(one.value)) {
      await loaders[one.kind]?.();
      continue;
    }
    for (const { message, origin = one.origin, on = 'value', word } of await findings[one.kind](one)) {
      const isTold = word !== undefined && (warned.has(word) || warned.size >= mostWarned);
      if (isTold) continue;
      const where = one.source.place(origin, on);
      if (word === undefined) complaints.push({ message, place: where });
      else warnings.push({ message, where, check: one.check });
      if (word !== undefined) warned.add(word);
    }
  }
  return { complaints, warnings };
}

/** Words that are told in a run. */
const mostWarned = 50;

/** What is whole only when the run starts is judged at once then. */
const loaders: Readonly<Partial<Record<Part['kind'], () => Promise<unknown>>>> = {
  query: loadJsonPaths,
  range: loadVersions,
};

interface StaticIssue {
  readonly message: string;
  /** Where it stands, if that is within the part. */
  readonly origin?: Origin;
  readonly on?: 'key' | 'value';
  /** A word that is worth a warning, once in a run. Without it the part is wrong. */
  readonly word?: string | undefined;
}

const findings: Readonly<Record<Part['kind'], (part: Part) => Promise<readonly StaticIssue[]>>> = {
  async query({ value }) {
    const why = (await loadJsonPaths()).problem(String(value));
    // A query is the key of what it asserts.
    return why === undefined
      ? []
      : [{ message: `${JSON.stringify(value)} is not a JSONPath: ${why}.`, on: 'key' }];
  },
  async range({ value }) {
    const { validRange } = await loadVersions();
    if (validRange(String(value)) !== null) return [];
    return [{ message: `${JSON.stringify(value)} is not a range of versions, such as ^2.1 or ">=1 <3".` }];
  },
  async file({ value, source }) {
    const message = unreadable(String(value), source);
    return message === undefined ? [] : [{ message }];
  },
  async schema({ value, origin, source, strictSchema }) {
    const read = typeof value === 'string' ? fileAt(value, source) : { schema: value };
    if ('problem' in read) return [{ message: read.problem }];
    const { inspectSchema } = await import('../judge/schema.ts');
    const { problems, unknown } = await inspectSchema(inDoubles(read.schema));
    const named = typeof value === 'string' ? `The schema ${JSON.stringify(value)}` : 'The schema';
    const found = (note: SchemaNote, isWrong: boolean): StaticIssue => ({
      message: `${named}${isWrong ? ' is wrong' : ''}: ${sentence(note)}`,
      ...(typeof value === 'string' ? {} : { origin: originInSchema(origin, value, note.path) }),
      on: note.path === '' || typeof value === 'string' ? 'value' : 'key',
      word: isWrong ? undefined : (note.word ?? ''),
    });
    return [...problems.map((one) => found(one, true)), ...unknown.map((one) => found(one, strictSchema))];
  },
};

function sentence(note: SchemaNote): string {
  return noteText(note).replace(/(?<![.?])$/, '.');
}

function unreadable(path: string, { folder, files }: CheckSource): string | undefined {
  // That was refused where it is named.
  if (files.untrusted !== undefined) return undefined;
  try {
    readWorkspaceFile(resolve(folder, path), files);
    return undefined;
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error;
    return `The file ${JSON.stringify(path)} cannot be used: it ${error.message}.`;
  }
}

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
