import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Redactor } from '../../redactor.ts';
import type { Check, CheckDocument, CheckFile, CheckSource } from '../check-file.ts';
import type { Complaint } from '../load-checks.ts';
import { filled, filledDeep } from '../parse/template.ts';
import type { Scope, WantedBuild } from '../types/check-type.ts';
import { BindProblem } from '../types/check-type.ts';

/** The values a run may use. */
export interface Values {
  readonly variables: Readonly<Record<string, string>>;
  /** By name; only those a file lists under `secrets` reach it. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** One document's names with their values: what the caller gives outranks what the file says. */
export interface Names {
  lookup(name: string): string | undefined;
  isSecret(name: string): boolean;
}

export function namesOf(document: CheckDocument, values: Values): Names {
  const secrets = new Map(document.secrets.map((name) => [name, values.secrets[name]] as const));
  const given = new Map(Object.entries(values.variables));
  const known = (name: string) => secrets.get(name) ?? given.get(name);
  const own = new Map<string, string>();
  const lookup = (name: string) => known(name) ?? own.get(name);
  // A variable of the file may use those above it.
  for (const [name, text] of Object.entries(document.variables))
    own.set(
      name,
      filled(text, (inner) => lookup(inner) ?? ''),
    );
  return { lookup, isSecret: (name) => secrets.has(name) };
}

/** Every name that is used and has no value: an error before anything is sent. */
export function undefinedNames(file: CheckFile, values: Values, build: WantedBuild | undefined): Complaint[] {
  return file.documents.flatMap((document) => {
    const names = namesOf(document, values);
    const references = [...document.references, ...document.checks.flatMap((check) => usedBy(check, build))];
    return references
      .filter(({ name }) => names.lookup(name) === undefined)
      .map(({ name, origin }) => ({
        message: noValue(name, document),
        place: document.source.place(origin),
      }));
  });
}

/** A release check that is bound by the caller does not need `sha`. */
function usedBy(check: Check, build: WantedBuild | undefined) {
  return check.type === 'release' && build !== undefined
    ? check.references.filter(({ name }) => name !== 'sha')
    : check.references;
}

function noValue(name: string, document: CheckDocument): string {
  if (document.secrets.includes(name))
    return `The secret \`${name}\` has no value. Pass it in \`check-secrets\`.`;
  return `\`${name}\` has no value. Pass it in \`check-variables\`, define it under \`variables\`, or list it under \`secrets\`.`;
}

export interface ScopeParts {
  readonly names: Names;
  readonly redactor: Redactor;
  readonly build: WantedBuild | undefined;
}

export function scopeOf(
  check: Check,
  document: CheckDocument,
  { names, redactor, build }: ScopeParts,
): Scope {
  const lookup = (name: string) => names.lookup(name) ?? '';
  return {
    fill: (text) => filled(text, lookup),
    fillDeep: (value) => filledDeep(value, lookup),
    target: document.target === undefined ? names.lookup('url') : filled(document.target, lookup),
    folder: document.source.folder,
    readFile: (path) => fileOf(document.source, path),
    redactor,
    usesSecrets: check.references.some(({ name }) => names.isSecret(name)),
    build,
  };
}

function fileOf({ folder }: CheckSource, path: string): Buffer {
  const file = resolve(folder, path);
  try {
    return readFileSync(file);
  } catch (error) {
    throw new BindProblem(`The file ${JSON.stringify(path)} cannot be read in ${folder}: ${String(error)}`);
  }
}
