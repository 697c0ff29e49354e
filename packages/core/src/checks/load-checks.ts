import { glob, readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { ActionFailure } from '../failure.ts';
import type { Check, CheckDocument, CheckFile, CheckSource } from './check-file.ts';
import type { ReadDocument } from './parse/check-document.ts';
import { readDocument } from './parse/check-document.ts';
import type { Problem } from './parse/cursor.ts';
import { isMapping } from './parse/cursor.ts';
import type { Yaml } from './parse/document.ts';
import { parseText, sourceOf } from './parse/document.ts';
import { capturesOf, unsoundParts } from './parse/soundness.ts';
import type { SourcePlace } from './verdict.ts';

export interface LoadOptions {
  /** What file names in reports and annotations are relative to: the workspace. */
  readonly root: string;
  /** Where relative paths start, itself relative to `root`; `root` when absent. */
  readonly folder?: string;
}

/**
 * Reads the `checks` input: text that parses as a YAML mapping or list is the checks themselves; otherwise it is one
 * path or glob a line. Throws ActionFailure `checks-invalid` that lists everything wrong, with line and column.
 *
 *     await loadChecks('- name: home\n  http: /\n  expect: { status: 200 }', { root })
 *     await loadChecks('smoke/*.yml', { root })
 */
export async function loadChecks(input: string, { root, folder = '.' }: LoadOptions): Promise<CheckFile> {
  const yaml = await import('js-yaml');
  const texts = isInline(yaml, input)
    ? [{ text: input, file: undefined, folder: resolve(root, folder) }]
    : await readFiles(input, resolve(root, folder), root);
  const complaints: Complaint[] = [];
  const documents: ReadDocument[] = [];
  for (const { text, file, folder } of texts) {
    const parsed = parseText(yaml, text, file);
    if (parsed.kind === 'broken') complaints.push(parsed.problem);
    else documents.push(readDocument(parsed.value, sourceOf(yaml, text, { file, folder })));
  }
  const checks = documents.flatMap(({ document }) =>
    everyCheck(document).map((check) => ({ check, source: document.source })),
  );
  for (const { problems, document } of documents) {
    complaints.push(...problems.map((problem) => placed(problem, document.source)).sort(byPlace));
  }
  complaints.push(...repeatedNames(documents.map((one) => one.document)), ...(await unsoundParts(checks)));
  if (complaints.length === 0 && !checks.some(({ check }) => check.severity === 'gate')) {
    complaints.push({ message: 'Every check is advisory, so nothing could fail. Make at least one a gate.' });
  }
  if (complaints.length > 0) throw invalidChecks(complaints);
  const concurrency = documents.map((one) => one.concurrency).filter((one) => one !== undefined);
  return {
    documents: documents.map((one) => one.document),
    concurrency: concurrency.length === 0 ? defaultConcurrency : Math.min(...concurrency),
    failFast: documents.some((one) => one.failFast),
  };
}

/** The checks of a document, steps of scenarios included. */
export function everyCheck({ checks, scenarios }: CheckDocument): readonly Check[] {
  return scenarios.length === 0 ? checks : [...checks, ...scenarios.flatMap(({ steps }) => steps)];
}

const defaultConcurrency = 16;

/** Something wrong, and where. */
export interface Complaint {
  readonly message: string;
  readonly place?: SourcePlace;
}

/** The one failure that lists everything wrong with the checks, in the order of the files. */
export function invalidChecks(complaints: readonly Complaint[]): ActionFailure {
  const lines = complaints.map(complaintLine);
  const [first = '', ...others] = lines;
  return new ActionFailure({
    code: 'checks-invalid',
    what:
      others.length === 0
        ? `The checks cannot be used: ${first}`
        : `The checks have ${lines.length} problems; the first: ${first}`,
    next: 'Correct the places named below.',
    details: lines,
  });
}

function complaintLine({ message, place }: Complaint): string {
  if (place === undefined) return message;
  return `${place.file ?? 'checks'}:${place.line}:${place.column}: ${message}`;
}

function byPlace(one: Complaint, other: Complaint): number {
  const [here, there] = [one.place, other.place];
  if (here === undefined || there === undefined) return 0;
  return here.line - there.line || here.column - there.column;
}

function placed({ message, origin, on }: Problem, source: CheckSource): Complaint {
  return { message, place: source.place(origin, on) };
}

function isInline(yaml: Yaml, input: string): boolean {
  const parsed = parseText(yaml, input, undefined);
  if (parsed.kind === 'value') return isMapping(parsed.value) || Array.isArray(parsed.value);
  // Broken YAML is meant as YAML unless every line could be a path: `*.yml` is a broken alias.
  return input.split('\n').some((line) => /^\s*-\s|:(\s|$)|^\s*[{[]/.test(line));
}

async function readFiles(
  input: string,
  from: string,
  root: string,
): Promise<{ text: string; file: string; folder: string }[]> {
  const patterns = input.split(/\r?\n/).map((line) => line.trim());
  const files = new Set<string>();
  const unmatched: Complaint[] = [];
  for (const pattern of patterns.filter((one) => one !== '')) {
    const matches: string[] = [];
    for await (const match of glob(pattern, { cwd: from })) matches.push(match);
    if (matches.length === 0)
      unmatched.push({ message: `No file matches ${JSON.stringify(pattern)} in ${from}.` });
    for (const match of matches.sort()) files.add(relative(root, resolve(from, match)));
  }
  if (unmatched.length === 0 && files.size === 0) unmatched.push({ message: 'No checks are given.' });
  if (unmatched.length > 0) throw invalidChecks(unmatched);
  return Promise.all(
    [...files].map(async (file) => ({
      file,
      folder: dirname(resolve(root, file)),
      text: await readFile(resolve(root, file), 'utf8'),
    })),
  );
}

/** A check and the document it stands in. */
export interface Located {
  readonly check: Check;
  readonly source: CheckSource;
}

/** Names are how results, `only` and JUnit tell checks and scenarios apart, also across files. */
function repeatedNames(documents: readonly CheckDocument[]): Complaint[] {
  const seen = new Set<string>();
  const complaints: Complaint[] = [];
  for (const document of documents) {
    for (const { name, origin } of [...everyCheck(document), ...document.scenarios]) {
      if (seen.has(name)) {
        const message = `The name ${JSON.stringify(name)} is taken by an earlier check.`;
        complaints.push({ message, place: document.source.place(origin) });
      }
      seen.add(name);
    }
  }
  return complaints;
}

/** Whether anything in a document reads by JSONPath. */
export function usesJsonPath(document: CheckDocument): boolean {
  return everyCheck(document).some(
    (check) =>
      check.blueprint.queries.length > 0 ||
      [...check.expect, ...capturesOf(check)].some(({ source }) => source.name === 'jsonpath'),
  );
}
