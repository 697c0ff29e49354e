import type { Check, CheckDocument, CheckSource, Scenario } from '../check-file.ts';
import type { Reference } from '../origin.ts';
import { readBaseline } from './baseline.ts';
import type { Defaults } from './check.ts';
import { builtInDefaults, readCheck, readDefaults, readRelease } from './check.ts';
import type { Problem } from './cursor.ts';
import { Cursor, isMapping, shown } from './cursor.ts';
import type { Fields } from './fields.ts';
import { fields } from './fields.ts';
import { perFamily } from './host-lookup.ts';
import { isMeant } from './other-words.ts';
import { flag, integer, listOf, text, word } from './scalars.ts';
import { readScenario } from './scenario.ts';
import { collectReferences } from './template.ts';
import { windowRules } from './timing.ts';
import { refuseUntrusted } from './trust.ts';
import { legalName, readVariables } from './variables.ts';
import { readWatch } from './watch.ts';

/** A document as read, with everything that is wrong with it. */
export interface ReadDocument {
  readonly document: CheckDocument;
  readonly concurrency: number | undefined;
  readonly failFast: boolean;
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
  'fail-fast',
  'strict-schema',
  'redact-query',
  'checks',
  'scenarios',
  'watch',
];

const theFile = 'the check file';

/** Reads one document. Inline text may omit `version`, and may be the list of checks itself. */
export function readDocument(value: unknown, source: CheckSource): ReadDocument {
  const problems: Problem[] = [];
  const inline = source.file === undefined;
  const root = new Cursor(value, problems, undefined, '', source.files.untrusted);
  const nothing = { concurrency: undefined, failFast: false, problems };
  if (inline && Array.isArray(value))
    return { ...nothing, document: { ...empty(source), checks: checkList(root, builtInDefaults) } };
  if (!inline && !isCheckFile(value)) root.fail(noCheckFile);
  if (root.problems.length > 0) return { ...nothing, document: empty(source) };
  const given = fields(root, { what: theFile, keys: topKeys });
  if (given === undefined) return { ...nothing, document: empty(source) };
  readVersion(given, inline);
  const document = documentOf(given, source);
  refuseIdleBaseline(given, document);
  return {
    document,
    concurrency: given.read('concurrency', integer(1)),
    failFast: given.read('fail-fast', flag) ?? false,
    problems,
  };
}

/** Any other file may have been named by mistake, and nothing of it is shown. */
function isCheckFile(value: unknown): boolean {
  if (!isMapping(value)) return false;
  if (topKeys.some((key) => Object.hasOwn(value, key))) return true;
  const keys = Object.keys(value);
  return isMeant('checks', keys, theFile) || isMeant('scenarios', keys, theFile);
}

const noCheckFile =
  'This is no check file: it is no mapping with a key of one. A file begins with `version: 1`, and its list of checks stands under `checks:`.';

function empty(source: CheckSource): CheckDocument {
  const lists = { secrets: [], references: [], checks: [], scenarios: [] };
  return { source, target: undefined, variables: {}, ...lists, strictSchema: false, watch: undefined };
}

function documentOf(given: Fields, source: CheckSource): CheckDocument {
  const window =
    given.read('window', (at) => windowRules(at, builtInDefaults.window)) ?? builtInDefaults.window;
  const baseline = given.read('baseline', (at) => readBaseline(at, undefined));
  const watch = given.read('watch', readWatch);
  const redactQuery = given.read('redact-query', listOf(word)) ?? [];
  const base: Defaults = {
    ...builtInDefaults,
    redactQuery,
    window,
    baseline,
    fileWatch: watch,
    watch: watch?.limits,
  };
  const defaults = given.read('defaults', (at) => readDefaults(at, base)) ?? base;
  const references: Reference[] = [];
  for (const key of ['target', 'variables']) given.read(key, (at) => collectReferences(at, references));
  return {
    source,
    target: given.read('target', text),
    variables: given.read('variables', readVariables) ?? {},
    secrets: given.read('secrets', listOf(variableName)) ?? [],
    strictSchema: given.read('strict-schema', flag) ?? false,
    references,
    checks: [...release(given, defaults), ...checks(given, defaults)],
    scenarios: scenarios(given, defaults),
    watch,
  };
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
  return check === undefined ? [] : perFamily(check);
}

function checks(given: Fields, defaults: Defaults): Check[] {
  const at = given.get('checks');
  if (at !== undefined) return checkList(at, defaults);
  const keys = Object.keys(given.cursor.value as object);
  const isOther = isMeant('checks', keys, theFile) || isMeant('scenarios', keys, theFile);
  if (!given.has('release') && !given.has('scenarios') && !isOther) given.cursor.fail(noCheck);
  return [];
}

function scenarios(given: Fields, defaults: Defaults): Scenario[] {
  const at = given.get('scenarios');
  if (at === undefined) return [];
  if (Array.isArray(at.value) && at.value.length === 0) at.fail(noCheck);
  return listOf((one) => readScenario(one, defaults))(at) ?? [];
}

function checkList(at: Cursor, defaults: Defaults): Check[] {
  if (isMapping(at.value)) at.fail(asList);
  if (isMapping(at.value)) return [];
  if (Array.isArray(at.value) && at.value.length === 0) at.fail(noCheck);
  return (listOf((one) => readCheck(one, defaults))(at) ?? []).flatMap(perFamily);
}

function refuseIdleBaseline(given: Fields, { checks: single, scenarios: several }: CheckDocument): void {
  const read = [...single, ...several.flatMap(({ steps }) => steps)];
  const isCompared = read.some(({ sampling }) => sampling?.baseline !== undefined);
  if (!isCompared && read.length > 0) given.get('baseline')?.fail(comparesNothing);
}

const comparesNothing =
  '`baseline` compares nothing: no check takes samples. Give it `samples: 50`, or a check its own.';

const asList =
  '`checks` is a list: every check begins with a dash and its `name`, as in `- { name: home, http: /, expect: { status: 200 } }`.';

const noCheck = 'There is no check: nothing would be proved.';

function variableName(at: Cursor): string | undefined {
  const name = word(at);
  refuseUntrusted(at, 'uses a secret');
  if (name === undefined || legalName.test(name)) return name;
  return at.fail('`secrets` lists names only; their values come from `check-secrets`.');
}
