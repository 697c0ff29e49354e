import { none } from '../../text/none.ts';
import type { Check, RetryRules, Severity, Watch, WatchLimits, Window } from '../check-file.ts';
import type { HostLookup } from '../host-lookup.ts';
import type { Reference } from '../origin.ts';
import type { Blueprint, CheckType, TypeDefaults } from '../types/check-type.ts';
import { checkTypes, releaseCheck } from '../types/index.ts';
import type { FileBaseline } from './baseline.ts';
import type { Cursor } from './cursor.ts';
import { duration } from './durations.ts';
import type { Fields } from './fields.ts';
import { fields } from './fields.ts';
import { builtInHostLookup, readHostLookup } from './host-lookup.ts';
import { isMeant } from './other-words.ts';
import { measureSources, readSampling } from './sampling.ts';
import { listOf, oneOf, text, word } from './scalars.ts';
import type { SourceGrammars } from './source-grammar.ts';
import { readExpect } from './sources.ts';
import { collectReferences } from './template.ts';
import { builtInRetry, builtInWindow, retryRules, windowRules } from './timing.ts';
import { watchLimits } from './watch.ts';
import { bareReference, readWhen } from './when.ts';

/** What a check says unless it says otherwise. */
export interface Defaults extends TypeDefaults {
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly hostLookup: HostLookup;
  readonly delayMs: number;
  readonly severity: Severity;
  readonly retry: RetryRules;
  readonly window: Window;
  /** Of the file; a check may have its own, or none. */
  readonly baseline: FileBaseline | undefined;
  /** The watch of the file, and the limits of this part of it. */
  readonly fileWatch: Watch | undefined;
  readonly watch: WatchLimits | undefined;
}

export const builtInDefaults: Defaults = {
  timeoutMs: 5000,
  connectTimeoutMs: 3000,
  hostLookup: builtInHostLookup,
  delayMs: 0,
  severity: 'gate',
  follow: false,
  retry: builtInRetry,
  window: builtInWindow,
  baseline: undefined,
  fileWatch: undefined,
  watch: undefined,
};

/** What checks and scenarios have in common. */
export const commonKeys: readonly string[] = [
  'name',
  'severity',
  'tags',
  'if',
  'timeout',
  'connect-timeout',
  'ip',
  'resolve',
  'connect-to',
  'delay',
  'retry',
  'window',
  'samples',
  'warmup',
  'baseline',
  'watch',
];
export const typeNames: readonly string[] = checkTypes.map((type) => type.name);

/** Where a check stands decides what it may say. */
export interface CheckForm {
  readonly what: string;
  /** Its keys, those of the types included. */
  readonly keys: readonly string[];
  /** Sources of `expect`, given those of its type. */
  readonly sources: (own: SourceGrammars) => SourceGrammars;
  readonly retry: (at: Cursor, base: RetryRules) => RetryRules | undefined;
}

const checkForm: CheckForm = {
  what: 'a check',
  keys: [...commonKeys, 'expect', ...typeNames],
  sources: (own) => own,
  retry: retryRules,
};

/** `defaults`: the settings of a check that may be stated once for all. */
export function readDefaults(at: Cursor, base: Defaults): Defaults | undefined {
  const keys = [
    ...['timeout', 'connect-timeout', 'ip', 'resolve', 'connect-to'],
    ...['delay', 'severity', 'follow', 'retry'],
  ];
  const given = fields(at, { what: '`defaults`', keys });
  if (given === undefined) return undefined;
  const follow = given.read('follow', (one) =>
    typeof one.value === 'boolean' ? one.value : one.fail('`follow` must be true or false.'),
  );
  return { ...base, ...readCommon(given, base), follow: follow ?? base.follow };
}

/** One item of `checks`, or of the steps of a scenario. */
export function readCheck(at: Cursor, defaults: Defaults, form = checkForm): Check | undefined {
  const given = fields(at, { what: form.what, keys: form.keys });
  if (given === undefined) return undefined;
  const name = given.read('name', text);
  if (!given.has('name')) at.fail(`${capitalised(form.what)} needs a \`name\`.`);
  const type = typeOf(given, form.keys);
  const blueprint = type === undefined ? undefined : given.read(type.name, (one) => type.read(one, defaults));
  const written = type === undefined ? undefined : readAssertions(given, type, { blueprint, form });
  const sampled =
    type && written && readSampling(given, { type: type.name, expect: written, baseline: defaults.baseline });
  const common = readCommon(given, defaults, form.retry);
  const when = given.read('if', readWhen);
  const used = referencesIn(at);
  if (name === undefined || type === undefined || blueprint === undefined || sampled === undefined)
    return undefined;
  const implied =
    type === releaseCheck ? impliedCommit(at.child(type.name, given.get(type.name)?.value)) : none;
  const references = implied.length === 0 ? used : [...used, ...implied];
  return {
    ...common,
    ...sampled,
    name,
    scenario: undefined,
    type: type.name,
    tags: given.read('tags', listOf(word)) ?? none,
    blueprint,
    when,
    references:
      when?.kind === 'is-set'
        ? [...references, ...bareReference(at.child('if', given.get('if')?.value))]
        : references,
    origin: at,
  };
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The check that `release` at the top of a file stands for: always a gate, always first. */
export function readRelease(at: Cursor, defaults: Defaults): Check | undefined {
  const blueprint = releaseCheck.read(at, defaults);
  if (blueprint === undefined) return undefined;
  return {
    ...withoutTypeDefaults(defaults),
    severity: 'gate',
    name: 'release',
    scenario: undefined,
    type: releaseCheck.name,
    tags: [],
    blueprint,
    expect: [],
    when: undefined,
    references: [...referencesIn(at), ...impliedCommit(at)],
    origin: at,
  };
}

/** Without `equals` it is the provided `sha` that is compared. */
function impliedCommit(at: Cursor) {
  return hasKey(at, 'equals') ? [] : [{ name: 'sha', origin: at }];
}

type Common = Omit<Defaults, 'follow' | 'redactQuery' | 'fileWatch' | 'baseline'>;

export function readCommon(given: Fields, base: Defaults, readRetry = retryRules): Common {
  return {
    timeoutMs: given.read('timeout', positive) ?? base.timeoutMs,
    connectTimeoutMs: given.read('connect-timeout', positive) ?? base.connectTimeoutMs,
    hostLookup: readHostLookup(given, base.hostLookup),
    delayMs: given.read('delay', duration) ?? base.delayMs,
    severity: given.read('severity', oneOf(['gate', 'advisory'])) ?? base.severity,
    retry: given.read('retry', (one) => readRetry(one, base.retry)) ?? base.retry,
    window: given.read('window', (one) => windowRules(one, base.window)) ?? base.window,
    watch: given.read('watch', (one) => watchLimits(one, base.fileWatch)) ?? base.watch,
  };
}

function withoutTypeDefaults({
  follow: _,
  fileWatch: __,
  redactQuery: ___,
  baseline: ____,
  ...common
}: Defaults): Common {
  return common;
}

function positive(at: Cursor): number | undefined {
  const ms = duration(at);
  return ms === 0 ? at.fail(`\`${at.key}\` must be longer than nothing.`) : ms;
}

function typeOf(given: Fields, legalKeys: readonly string[]): CheckType | undefined {
  const present = checkTypes.filter((type) => given.has(type.name));
  if (present.length === 1) return present[0];
  const isStrange = (key: string) => !legalKeys.includes(key);
  const legal = typeNames.map((name) => `\`${name}\``).join(', ');
  // A strange key was most likely meant as the type, and has had its own message.
  if (present.length === 0 && Object.keys(given.cursor.value as object).some(isStrange)) return undefined;
  return given.cursor.fail(
    `A check needs one type out of ${legal}; this has ${present.length === 0 ? 'none' : present.length}.`,
  );
}

interface Asserting {
  readonly blueprint: Blueprint | undefined;
  readonly form: CheckForm;
}

function readAssertions(given: Fields, type: CheckType, { blueprint, form }: Asserting) {
  const own = blueprint?.expect ?? [];
  const expect = given.get('expect');
  const written =
    expect === undefined
      ? []
      : readExpect(expect, form.sources(withMeasures(blueprint?.sources ?? type.sources)));
  if (written === undefined) return undefined;
  const stated = [...own, ...written];
  const implied = (blueprint?.implied ?? []).filter(({ unless }) => !stated.some(unless));
  const origin = given.get(type.name) ?? given.cursor;
  const all = [...implied.map(({ assertion }) => ({ origin, ...assertion })), ...stated];
  if (type.assertsItself || stated.length > 0 || expect !== undefined) return all;
  if (isMeant('expect', Object.keys(given.cursor.value as object), form.what)) return undefined;
  return given.cursor.fail(
    `A check of type \`${type.name}\` needs \`expect\`: without an assertion it proves nothing.`,
  );
}

/** Thousands of checks have the sources of one type. */
const measured = new WeakMap<SourceGrammars, SourceGrammars>();

function withMeasures(sources: SourceGrammars): SourceGrammars {
  const known = measured.get(sources) ?? { ...sources, ...measureSources };
  measured.set(sources, known);
  return known;
}

function referencesIn(at: Cursor): readonly Reference[] {
  const found: Reference[] = [];
  collectReferences(at, found);
  return found.length === 0 ? none : found;
}

function hasKey(at: Cursor, key: string): boolean {
  return typeof at.value === 'object' && at.value !== null && Object.hasOwn(at.value, key);
}
