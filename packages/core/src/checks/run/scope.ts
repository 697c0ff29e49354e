import type { Redactor } from '../../io/redactor.ts';
import { ownValue } from '../../text/own-value.ts';
import type { Check, CheckDocument, CheckFile, Scenario } from '../check-file.ts';
import type { Complaint } from '../complaint.ts';
import { kindOf } from '../judge/values.ts';
import type { Origin, Reference } from '../origin.ts';
import { filled, filledDeep, mostOfVariable, wholeName } from '../parse/template.ts';
import { BindProblem } from '../types/bind-problem.ts';
import type { Scope, WantedBuild } from '../types/check-type.ts';
import { GeneratedValues, similarGenerated } from './generated-values.ts';
import type { ReadFiles } from './named-files.ts';
import { fileOf, folderOf } from './named-files.ts';
import type { VariableValue } from './variable-value.ts';
import { isPlain, typedValue, untypedValue } from './variable-value.ts';

/** The values a run may use. */
export interface Values {
  readonly variables: Readonly<Record<string, string>>;
  /** By name; only those a file lists under `secrets` reach it. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly protectionBypass?: string | undefined;
}

/** One document's names with their values: what the caller gives outranks what the file says. */
export interface Names {
  /** As text. */
  lookup(name: string): string | undefined;
  given(name: string): VariableValue | undefined;
  isSecret(name: string): boolean;
  /** Whether its value is generated, or made of one that is. */
  isGenerated(name: string): boolean;
}

/** `generated`: what nobody gives a value; the names of another attempt have another. */
export function namesOf(document: CheckDocument, values: Values, generated = new GeneratedValues()): Names {
  const secrets = new Map(document.secrets.map((name) => [name, ownValue(values.secrets, name)] as const));
  const given = new Map(Object.entries(values.variables));
  const known = (name: string) => {
    const text = secrets.get(name) ?? given.get(name);
    return text === undefined ? undefined : untypedValue(text);
  };
  const isSecret = (name: string) => secrets.has(name);
  return withVariables({ given: known, isSecret }, document.variables, generated);
}

/** The names a scenario may use: the caller's outrank its own, and its own those of the file. */
export function namesIn(
  scenario: Scenario,
  document: CheckDocument,
  values: Values,
  generated = new GeneratedValues(),
): Names {
  const variables = { ...document.variables, ...scenario.variables };
  return namesOf({ ...document, variables }, values, generated);
}

type Known = Omit<Names, 'lookup' | 'isGenerated'>;

/** A variable may use those above it. One that is made of a secret is as secret as that. */
function withVariables(
  known: Known,
  variables: CheckDocument['variables'],
  generated: GeneratedValues,
): Names {
  const own = new Map<string, VariableValue>();
  const secret = new Set<string>();
  const made = new Set<string>();
  const isOwn = (name: string) => Object.hasOwn(variables, name);
  const madeOf = (name: string) => {
    const text = isOwn(name) ? undefined : generated.lookup(name);
    return text === undefined ? undefined : typedValue(text);
  };
  const given = (name: string) => known.given(name) ?? own.get(name) ?? madeOf(name);
  const isSecret = (name: string) =>
    known.isSecret(name) || (known.given(name) === undefined && secret.has(name));
  const isGenerated = (name: string) =>
    known.given(name) === undefined && (isOwn(name) ? made.has(name) : generated.isOne(name));
  for (const [name, value] of Object.entries(variables)) {
    if (typeof value === 'string' && holds(value, isSecret)) secret.add(name);
    if (typeof value === 'string' && holds(value, isGenerated)) made.add(name);
    const whole = typeof value === 'string' ? variableOf(value, given) : typedValue(value);
    if (whole !== undefined) own.set(name, whole);
  }
  return { given, lookup: (name) => given(name)?.text, isSecret, isGenerated };
}

/** One that is all of another has its type. One that uses a name without a value, or one below it, has none itself. */
function variableOf(text: string, given: Names['given']): VariableValue | undefined {
  const name = wholeName(text);
  if (name !== undefined) return given(name);
  let isWhole = true;
  const whole = filled(
    text,
    (inner) => {
      const found = given(inner);
      isWhole &&= found !== undefined;
      return found?.text ?? '';
    },
    mostOfVariable,
  );
  return isWhole ? typedValue(whole) : undefined;
}

/** Whether a template has a name of which this is true. */
function holds(template: string, is: (name: string) => boolean): boolean {
  let found = false;
  filled(template, (name) => {
    found ||= is(name);
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
function undefinedIn({ references, steps, last }: Scenario, names: Names): Reference[] {
  const isMissing = ({ name }: Reference) => names.lookup(name) === undefined;
  const missing = references.filter(isMissing);
  const captured = new Set<string>();
  for (const step of [...steps, ...last]) {
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

/** Whether what a check asks differs from attempt to attempt. */
export function usesGenerated(
  { references }: Pick<Check, 'references'>,
  { target = '' }: Pick<CheckDocument, 'target'>,
  { isGenerated }: Names,
): boolean {
  return references.some(({ name }) => isGenerated(name)) || holds(target, isGenerated);
}

function noValue(name: string, document: CheckDocument): string {
  if (document.secrets.includes(name))
    return `The secret \`${name}\` has no value. Pass it in \`check-secrets\`.`;
  const made = similarGenerated(name);
  if (made !== undefined)
    return `\`${name}\` has no value. Did you mean \`${made}\`, which is made up in each attempt?`;
  return `\`${name}\` has no value. Pass it in \`check-variables\`, define it under \`variables\`, or list it under \`secrets\`.`;
}

export interface ScopeParts {
  readonly names: Names;
  readonly files: ReadFiles;
  readonly redactor: Redactor;
  readonly protectionBypass?: string | undefined;
  readonly build: WantedBuild | undefined;
  /** What earlier steps may have captured; none in a check that is no step. */
  readonly captured?: ReadonlySet<string>;
}

export function scopeOf(
  check: Check,
  document: CheckDocument,
  { names, files, redactor, protectionBypass, build, captured }: ScopeParts,
): Scope {
  const lookup = (name: string) => placeable(name, names.given(name));
  const fill = filler(lookup);
  return {
    fill,
    fillDeep: (value) => filledDeep(value, (text) => typedOr(text, fill, names)),
    given: names.given,
    isSecret: names.isSecret,
    target: document.target === undefined ? names.lookup('url') : filled(document.target, lookup),
    openFolder: (path) => folderOf(document.source, path),
    readFile: (path) => fileOf(document.source, path, files),
    redactor,
    // A check file may set its own target, and so would get the secret there.
    protectionBypass: document.source.files.untrusted === undefined ? protectionBypass : undefined,
    usesSecrets:
      check.references.some(({ name }) => names.isSecret(name)) ||
      holds(document.target ?? '', names.isSecret),
    isGenerated: (template) => holds(template, names.isGenerated),
    isCaptured: (template) => captured !== undefined && holds(template, (name) => captured.has(name)),
    build,
    asserts: (name) => check.expect.some(({ source }) => source.name === name),
    stated: check.expect,
  };
}

/** Where a value is all of a string, it keeps its type. */
function typedOr(text: string, fill: Scope['fill'], { given }: Names): unknown {
  const name = wholeName(text);
  const value = name === undefined ? undefined : given(name);
  return value === undefined || typeof value.value === 'string' ? fill(text) : value.value;
}

/** What stands for a name inside a text. Throws BindProblem for a captured value that is none. */
function placeable(name: string, given: VariableValue | undefined): string {
  if (given === undefined) return '';
  if (isPlain(given.value)) return given.text;
  throw new BindProblem(
    `\`${name}\` was captured as ${given.value === null ? 'null' : `${kindOf(given.value) === 'object' ? 'an' : 'a'} ${kindOf(given.value)}`}, which has no place in a text.`,
  );
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
