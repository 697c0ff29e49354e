import { underDeadline } from './deadline.ts';
import type { Path, Rule } from './schema/asking.ts';
import { quiet } from './schema/asking.ts';
import { isAsserted } from './schema/format-names.ts';
import { isObject, withPlainNumbers } from './schema/json.ts';
import { noteText } from './schema/notes.ts';
import type { SchemaNote, SchemaRead } from './schema/reading.ts';
import { hasTemplate, readWords } from './schema/reading.ts';
import { type Formats, ruleOf } from './schema/rules.ts';

/** A JSON Schema ready to be asked. Load this file only where a check has one. */
export interface CompiledSchema {
  /**
   * Where a document breaks the schema, `/items/1/price: is "x", not a number`; empty when it conforms. Throws
   * ResourceLimit when time runs out.
   */
  failures(document: unknown, deadlineMs: number): readonly string[];
}

/** A schema, or what is wrong with it. */
export type SchemaReading =
  | { readonly kind: 'schema'; readonly schema: CompiledSchema }
  | { readonly kind: 'wrong'; readonly why: string };

const known = new WeakMap<object, Promise<SchemaReading>>();

/** Checks a schema (2020-12 unless `$schema` says draft-07) and makes it ready. The same object is read once. */
export function readSchema(written: unknown): Promise<SchemaReading> {
  if (typeof written !== 'object' || written === null) return compiled(written);
  const before = known.get(written);
  if (before !== undefined) return before;
  const reading = compiled(written);
  known.set(written, reading);
  return reading;
}

/** All that is wrong with a schema, and the words in it that nobody knows. What it will be with its variables is not judged. */
export async function inspectSchema(written: unknown): Promise<Pick<SchemaRead, 'problems' | 'unknown'>> {
  const isTemplate = hasTemplate(written);
  const read = readWords(written, isTemplate);
  if (isTemplate || read.problems.length > 0) return read;
  const reading = await readSchema(written);
  return reading.kind === 'schema' ? read : { ...read, problems: [tooMany] };
}

async function compiled(written: unknown): Promise<SchemaReading> {
  const read = readWords(written);
  const [problem] = read.problems;
  if (problem !== undefined) return { kind: 'wrong', why: noteText(problem) };
  const formats = hasFormat(read) ? (await import('./schema/formats.ts')).formats : undefined;
  const rule = ruleIn(read, formats);
  if (rule === undefined) return { kind: 'wrong', why: noteText(tooMany) };
  // A schema holds patterns, and patterns may backtrack without end.
  const failures: CompiledSchema['failures'] = (document, deadlineMs) =>
    underDeadline(() => breaches(rule, withPlainNumbers(document)), deadlineMs);
  return { kind: 'schema', schema: { failures } };
}

const tooMany: SchemaNote = { path: '', message: 'has too many schemas that lead to one another' };

/** Each reference holds a stack frame. */
function ruleIn(read: SchemaRead, formats: Formats | undefined): Rule | undefined {
  try {
    return ruleOf(read, formats);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function hasFormat({ references }: SchemaRead): boolean {
  return [...references.places].some(({ schema }) => isObject(schema) && isAsserted(schema.format));
}

/** A list that is longer is read by nobody, and takes memory. */
const mostTold = 1000;

function breaches(rule: Rule, document: unknown): readonly string[] {
  if (rule(document, quiet)) return [];
  // To say why takes longer than to judge.
  const told = new Set<string>();
  const say = (path: Path | undefined, message: string) => {
    if (told.size < mostTold) told.add(`${pathText(path)}: ${message}`);
  };
  rule(document, { path: undefined, say, evaluated: undefined });
  return [...told];
}

function pathText(path: Path | undefined): string {
  const keys: (string | number)[] = [];
  for (let at = path; at !== undefined; at = at.parent) keys.unshift(at.key);
  return keys.length === 0 ? 'the document' : `/${keys.join('/')}`;
}
