import type { Check, CheckDocument, CheckSource, Reference } from '../check-file.ts';
import { readBaseline } from './baseline.ts';
import type { Defaults } from './check.ts';
import { builtInDefaults, readCheck, readDefaults, readRelease } from './check.ts';
import type { Problem } from './cursor.ts';
import { Cursor, isMapping, shown } from './cursor.ts';
import type { Fields } from './fields.ts';
import { fields, quoted } from './fields.ts';
import { integer, listOf, text, word } from './scalars.ts';
import { collectReferences } from './template.ts';
import { windowRules } from './timing.ts';

/** A document as read, with everything that is wrong with it. */
export interface ReadDocument {
  readonly document: CheckDocument;
  readonly concurrency: number | undefined;
  readonly problems: readonly Problem[];
}

const topKeys = [
  'version',
  'target',
  'defaults',
  'variables',
  'secrets',
  'release',
  'window',
  'concurrency',
  'baseline',
  'checks',
];

/** Reads one document. Inline text may omit `version`, and may be the list of checks itself. */
export function readDocument(value: unknown, source: CheckSource): ReadDocument {
  const problems: Problem[] = [];
  const inline = source.file === undefined;
  const root = new Cursor(value, problems);
  const empty = { source, target: undefined, variables: {}, secrets: [], references: [], checks: [] };
  if (inline && Array.isArray(value)) {
    const document = { ...empty, checks: checkList(root, builtInDefaults) };
    return { document, concurrency: undefined, problems };
  }
  const given = fields(root, { what: 'the check file', keys: topKeys, vocabulary: 'file' });
  if (given === undefined) return { document: empty, concurrency: undefined, problems };
  readVersion(given, inline);
  const window = given.read('window', (at) => windowRules(at, builtInDefaults.window));
  const baseline = given.read('baseline', (at) => readBaseline(at, undefined));
  const base = { ...builtInDefaults, baseline, ...(window === undefined ? {} : { window }) };
  const defaults = given.read('defaults', (at) => readDefaults(at, base)) ?? base;
  const references: Reference[] = [];
  for (const key of ['target', 'variables']) given.read(key, (at) => collectReferences(at, references));
  const document: CheckDocument = {
    source,
    target: given.read('target', text),
    variables: given.read('variables', variables) ?? {},
    secrets: given.read('secrets', listOf(variableName)) ?? [],
    references,
    checks: [...release(given, defaults), ...checks(given, defaults)],
  };
  refuseIdleBaseline(given, document);
  return { document, concurrency: given.read('concurrency', integer(1)), problems };
}

function readVersion(given: Fields, inline: boolean): void {
  const version = given.get('version');
  if (version === undefined) {
    if (!inline) given.cursor.fail('The file needs `version: 1` at its top.');
  } else if (version.value !== 1) version.fail(`\`version\` must be 1, not ${shown(version.value)}.`);
}

function release(given: Fields, defaults: Defaults): Check[] {
  const at = given.get('release');
  if (at === undefined || at.value === 'none') return [];
  const check = readRelease(at, defaults);
  return check === undefined ? [] : [check];
}

function checks(given: Fields, defaults: Defaults): Check[] {
  const at = given.get('checks');
  if (at !== undefined) return checkList(at, defaults);
  if (!given.has('release')) given.cursor.fail(noCheck);
  return [];
}

function checkList(at: Cursor, defaults: Defaults): Check[] {
  if (Array.isArray(at.value) && at.value.length === 0) at.fail(noCheck);
  return listOf((one) => readCheck(one, defaults))(at) ?? [];
}

function refuseIdleBaseline(given: Fields, { checks: read }: CheckDocument): void {
  const isCompared = read.some(({ sampling }) => sampling?.baseline !== undefined);
  if (!isCompared && read.length > 0) given.get('baseline')?.fail(comparesNothing);
}

const comparesNothing =
  '`baseline` compares nothing: no check takes samples. Give it `samples: 50`, or a check its own.';

const noCheck = 'There is no check: nothing would be proved.';

function variables(at: Cursor): Readonly<Record<string, string>> | undefined {
  if (!isMapping(at.value)) return at.fail(`\`variables\` must be a mapping, not ${shown(at.value)}.`);
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(at.value)) {
    const one = at.child(name, value);
    if (!legalName.test(name))
      one.fail(`${quoted(name)} is not a variable name: letters, digits, _ and -.`, 'key');
    else if (typeof value === 'object')
      one.fail(`The variable \`${name}\` must be text, not ${shown(value)}.`);
    else values[name] = String(value);
  }
  return values;
}

const legalName = /^[A-Za-z_][\w-]*$/;

function variableName(at: Cursor): string | undefined {
  const name = word(at);
  if (name === undefined || legalName.test(name)) return name;
  return at.fail('`secrets` lists names only; their values come from `check-secrets`.');
}
