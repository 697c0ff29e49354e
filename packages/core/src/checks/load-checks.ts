import { resolve } from 'node:path';
import type { CheckDocument, CheckFile, CheckSource } from './check-file.ts';
import { everyCheck } from './check-file.ts';
import type { SourcePlace } from './check-result.ts';
import { fileTexts, inlineText, mostTextBytes } from './check-texts.ts';
import type { Complaint } from './complaint.ts';
import { invalidChecks, mostNamed } from './complaint.ts';
import type { ReadDocument } from './parse/check-document.ts';
import { readDocument } from './parse/check-document.ts';
import type { Problem } from './parse/cursor.ts';
import { isMapping } from './parse/cursor.ts';
import { parseText, sourceOf } from './parse/document.ts';
import type { Rest } from './parse/salvage.ts';
import { salvage } from './parse/salvage.ts';
import { shellNames } from './parse/shell-names.ts';
import { capturesOf, staticIssues } from './parse/static-checks.ts';
import type { Yaml } from './parse/yaml-numbers.ts';
import { loadTypesIn } from './types/index.ts';
import type { FileRules } from './workspace-files.ts';

export interface LoadOptions {
  /** The workspace: no file outside it is read, and file names in reports and annotations are relative to it. */
  readonly root: string;
  /** Where relative paths start, itself relative to `root`; `root` when absent. */
  readonly folder?: string;
  /**
   * Why the run is not trusted, one sentence; absent when it is. A check that reads a file, uses a secret or runs a
   * program is then refused, each place of it.
   */
  readonly untrusted?: string | undefined;
}

/**
 * Reads the `checks` input: text that parses as a YAML mapping or list is the checks themselves; otherwise it is one
 * path or glob a line. Throws ActionFailure `checks-invalid` that lists everything wrong, with line and column.
 *
 *     await loadChecks('- name: home\n  http: /\n  expect: { status: 200 }', { root })
 *     await loadChecks('smoke/*.yml', { root })
 */
export async function loadChecks(
  input: string,
  { root, folder = '.', untrusted }: LoadOptions,
): Promise<CheckFile> {
  const yaml = await import('js-yaml');
  const files: FileRules = { root, untrusted };
  const from = resolve(root, folder);
  const given = isInline(yaml, input) ? inlineText(input, from) : await fileTexts(input, from, files);
  const complaints: Complaint[] = [...given.complaints];
  const documents: ReadDocument[] = [];
  for (const { text, file, folder } of given.texts) {
    const read = async (value: unknown, whole: string) => {
      await loadTypesIn(value);
      return readDocument(value, sourceOf(yaml, whole, { file, folder, files }));
    };
    const parsed = parseText(yaml, text, file);
    if (parsed.kind === 'value') documents.push(await read(parsed.value, text));
    else {
      const { problems, rest } = salvage(yaml, text, file);
      complaints.push(...problems);
      if (rest !== undefined) documents.push(withoutMade(await read(rest.value, rest.text), rest, problems));
    }
  }
  const checks = documents.flatMap(({ document }) =>
    everyCheck(document).map((check) => ({
      check,
      source: document.source,
      strictSchema: document.strictSchema,
    })),
  );
  for (const { problems, document } of documents) {
    // To say where each of many thousands stands takes longer than anybody waits.
    const [named, others] = [problems.slice(0, mostNamed), problems.slice(mostNamed)];
    complaints.push(...named.map((problem) => placed(problem, document.source)).sort(byPlace));
    complaints.push(...others.map(({ message }) => ({ message })));
  }
  if (checks.length > mostChecks) throw invalidChecks([...complaints, { message: tooMany(checks.length) }]);
  const issues = await staticIssues(checks);
  complaints.push(...repeatedNames(documents.map((one) => one.document)), ...issues.complaints);
  if (complaints.length === 0 && !checks.some(({ check }) => check.severity === 'gate')) {
    complaints.push({ message: 'Every check is advisory, so nothing could fail. Make at least one a gate.' });
  }
  const foreign = documents.flatMap(({ document }) => shellNames(document));
  if (complaints.length > 0) throw invalidChecks(complaints, foreign);
  const concurrency = documents.map((one) => one.concurrency).filter((one) => one !== undefined);
  return {
    documents: documents.map((one) => one.document),
    concurrency: concurrency.length === 0 ? defaultConcurrency : Math.min(...concurrency),
    failFast: documents.some((one) => one.failFast),
    warnings: [...foreign, ...issues.warnings],
  };
}

const defaultConcurrency = 16;

/** Checks of one run, steps included. */
const mostChecks = 20_000;

function tooMany(count: number): string {
  return `There are ${count} checks, and a run takes ${mostChecks} at most. Give some of them a run of their own.`;
}

/** Without what is wrong only since a part of the text was left out, and what was told of a line before. */
function withoutMade(
  read: ReadDocument,
  { isMade }: Rest,
  told: readonly { readonly message: string; readonly place: SourcePlace }[],
): ReadDocument {
  const isNew = ({ message, origin, on }: Problem) => {
    const { line } = read.document.source.place(origin, on);
    return !isMade(line) && !told.some((one) => one.message === message && one.place.line === line);
  };
  return { ...read, problems: read.problems.slice(0, mostNamed).filter(isNew) };
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
  // What is that long is no list of paths.
  if (Buffer.byteLength(input) > mostTextBytes) return true;
  const parsed = parseText(yaml, input, undefined);
  if (parsed.kind === 'value') return isMapping(parsed.value) || Array.isArray(parsed.value);
  // Broken YAML is meant as YAML unless every line could be a path: `*.yml` is a broken alias.
  return input.split('\n').some((line) => /^\s*-\s|:(\s|$)|^\s*[{[]/.test(line));
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
