import { ownValue } from '../../own-value.ts';
import type { Redactor } from '../../redactor.ts';
import type { Check, CheckDocument, CheckFile, Origin, Reference, Scenario } from '../check-file.ts';
import type { Complaint } from '../load-checks.ts';
import { filled, filledDeep, mostOfVariable } from '../parse/template.ts';
import type { Scope, WantedBuild } from '../types/check-type.ts';
import { BindProblem } from '../types/check-type.ts';
import type { ReadFiles } from './named-files.ts';
import { fileOf, folderOf } from './named-files.ts';

/** The values a run may use. */
export interface Values {
  readonly variables: Readonly<Record<string, string>>;
  /** By name; only those a file lists under `secrets` reach it. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly protectionBypass?: string | undefined;
}

/** One document's names with their values: what the caller gives outranks what the file says. */
export interface Names {
  lookup(name: string): string | undefined;
  isSecret(name: string): boolean;
}

export function namesOf(document: CheckDocument, values: Values): Names {
  const secrets = new Map(document.secrets.map((name) => [name, ownValue(values.secrets, name)] as const));
  const given = new Map(Object.entries(values.variables));
  const known = (name: string) => secrets.get(name) ?? given.get(name);
  return withVariables({ lookup: known, isSecret: (name) => secrets.has(name) }, document.variables);
}

/** The names a scenario may use: the caller's outrank its own, and its own those of the file. */
export function namesIn(scenario: Scenario, document: CheckDocument, values: Values): Names {
  const variables = { ...document.variables, ...scenario.variables };
  return namesOf({ ...document, variables }, values);
}

/** A variable may use those above it. One that is made of a secret is as secret as that. */
function withVariables(known: Names, variables: Readonly<Record<string, string>>): Names {
  const own = new Map<string, string>();
  const secret = new Set<string>();
  const lookup = (name: string) => known.lookup(name) ?? own.get(name);
  const isSecret = (name: string) =>
    known.isSecret(name) || (known.lookup(name) === undefined && secret.has(name));
  for (const [name, text] of Object.entries(variables)) {
    if (holdsSecret(text, isSecret)) secret.add(name);
    let isWhole = true;
    const value = (inner: string) => {
      const found = lookup(inner);
      isWhole &&= found !== undefined;
      return found ?? '';
    };
    const whole = filled(text, value, mostOfVariable);
    // One that uses a name without a value, or one below it, has none itself.
    if (isWhole) own.set(name, whole);
  }
  return { lookup, isSecret };
}

function holdsSecret(template: string, isSecret: Names['isSecret']): boolean {
  let found = false;
  filled(template, (name) => {
    found ||= isSecret(name);
    return '';
  });
  return found;
}

/** Every name that is used and has no value: an error before anything is sent. */
export function undefinedNames(file: CheckFile, values: Values, build: WantedBuild | undefined): Complaint[] {
  return file.documents.flatMap((document) => {
    const overgrown = overgrownTexts(document, values);
    if (overgrown.length > 0) return overgrown;
    const names = namesOf(document, values);
    const used = [...document.references, ...document.checks.flatMap((check) => usedBy(check, build))];
    const missing = used.filter(({ name }) => names.lookup(name) === undefined);
    for (const scenario of document.scenarios)
      missing.push(...undefinedIn(scenario, namesIn(scenario, document, values)));
    return missing.map(({ name, origin }) => ({
      message: noValue(name, document),
      place: document.source.place(origin),
    }));
  });
}

/** Variables, and a target, that grow beyond all bounds when they are filled in. */
function overgrownTexts(document: CheckDocument, values: Values): Complaint[] {
  const parts = [
    document,
    ...document.scenarios.filter(({ variables }) => Object.keys(variables).length > 0),
  ];
  return parts.flatMap((part) => {
    try {
      const { lookup } = 'steps' in part ? namesIn(part, document, values) : namesOf(document, values);
      filled(document.target ?? '', (name) => lookup(name) ?? '');
      return [];
    } catch (error) {
      if (!(error instanceof BindProblem)) throw error;
      const origin = 'steps' in part ? part.origin : variablesOrigin;
      return [{ message: error.message, place: document.source.place(origin) }];
    }
  });
}

const variablesOrigin: Origin = { parent: { parent: undefined, key: '' }, key: 'variables' };

/** What earlier steps capture counts as defined. */
function undefinedIn({ references, steps }: Scenario, names: Names): Reference[] {
  const isMissing = ({ name }: Reference) => names.lookup(name) === undefined;
  const missing = references.filter(isMissing);
  const captured = new Set<string>();
  for (const step of steps) {
    missing.push(...step.references.filter((one) => !captured.has(one.name) && isMissing(one)));
    for (const { name } of step.captures) captured.add(name);
  }
  return missing;
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
  readonly files: ReadFiles;
  readonly redactor: Redactor;
  readonly protectionBypass?: string | undefined;
  readonly build: WantedBuild | undefined;
}

export function scopeOf(
  check: Check,
  document: CheckDocument,
  { names, files, redactor, protectionBypass, build }: ScopeParts,
): Scope {
  const lookup = (name: string) => names.lookup(name) ?? '';
  const fill = filler(lookup);
  return {
    fill,
    fillDeep: (value) => filledDeep(value, fill),
    target: document.target === undefined ? names.lookup('url') : filled(document.target, lookup),
    openFolder: (path) => folderOf(document.source, path),
    readFile: (path) => fileOf(document.source, path, files),
    redactor,
    // A check file may set its own target, and so would get the secret there.
    protectionBypass: document.source.files.untrusted === undefined ? protectionBypass : undefined,
    usesSecrets:
      check.references.some(({ name }) => names.isSecret(name)) ||
      holdsSecret(document.target ?? '', names.isSecret),
    build,
    asserts: (name) => check.expect.some(({ source }) => source.name === name),
  };
}

/** Characters of all the texts of one check together, once they are filled in. */
const mostOfCheck = 64 * 1024 * 1024;

function filler(lookup: (name: string) => string): Scope['fill'] {
  let room = mostOfCheck;
  return (text) => {
    const whole = filled(text, lookup);
    if (whole !== text) room -= whole.length;
    if (room < 0)
      throw new BindProblem(
        `The texts of the check are longer than ${mostOfCheck} characters once they are filled in. Shorten the variables they use.`,
      );
    return whole;
  };
}
