import type { Check, Reference, RetryRules, Severity, Window } from '../check-file.ts';
import type { Blueprint, CheckType, TypeDefaults } from '../types/check-type.ts';
import { checkTypes, releaseCheck } from '../types/index.ts';
import type { Cursor } from './cursor.ts';
import { duration } from './durations.ts';
import type { Fields } from './fields.ts';
import { fields } from './fields.ts';
import { listOf, oneOf, text, word } from './scalars.ts';
import { readExpect } from './sources.ts';
import { collectReferences } from './template.ts';
import { builtInRetry, builtInWindow, retryRules, windowRules } from './timing.ts';

/** What a check says unless it says otherwise. */
export interface Defaults extends TypeDefaults {
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly delayMs: number;
  readonly severity: Severity;
  readonly retry: RetryRules;
  readonly window: Window;
}

export const builtInDefaults: Defaults = {
  timeoutMs: 5000,
  connectTimeoutMs: 3000,
  delayMs: 0,
  severity: 'gate',
  follow: false,
  retry: builtInRetry,
  window: builtInWindow,
};

const commonKeys = [
  'name',
  'severity',
  'tags',
  'timeout',
  'connect-timeout',
  'delay',
  'retry',
  'window',
  'expect',
];
const checkKeys = [...commonKeys, ...checkTypes.map((type) => type.name)];

/** `defaults`: the settings of a check that may be stated once for all. */
export function readDefaults(at: Cursor, base: Defaults): Defaults | undefined {
  const keys = ['timeout', 'connect-timeout', 'delay', 'severity', 'follow', 'retry'];
  const given = fields(at, { what: '`defaults`', keys });
  if (given === undefined) return undefined;
  const follow = given.read('follow', (one) =>
    typeof one.value === 'boolean' ? one.value : one.fail('`follow` must be true or false.'),
  );
  return { ...readCommon(given, base), follow: follow ?? base.follow };
}

/** One item of `checks`. */
export function readCheck(at: Cursor, defaults: Defaults): Check | undefined {
  const given = fields(at, { what: 'a check', keys: checkKeys, vocabulary: 'check' });
  if (given === undefined) return undefined;
  const name = given.read('name', text);
  if (!given.has('name')) at.fail('A check needs a `name`.');
  const type = typeOf(given);
  const blueprint = type === undefined ? undefined : given.read(type.name, (one) => type.read(one, defaults));
  const expect = type === undefined ? undefined : readAssertions(given, type, blueprint);
  const common = readCommon(given, defaults);
  if (name === undefined || type === undefined || blueprint === undefined || expect === undefined)
    return undefined;
  const references = referencesIn(at);
  const tags = given.read('tags', listOf(word)) ?? [];
  return { ...common, name, type: type.name, tags, blueprint, expect, references, origin: at };
}

/** The check that `release` at the top of a file stands for: always a gate, always first. */
export function readRelease(at: Cursor, defaults: Defaults): Check | undefined {
  const blueprint = releaseCheck.read(at, defaults);
  if (blueprint === undefined) return undefined;
  const references = referencesIn(at);
  // Without `equals` it is the provided `sha` that is compared.
  const implied = hasKey(at, 'equals') ? [] : [{ name: 'sha', origin: at }];
  return {
    ...withoutTypeDefaults(defaults),
    severity: 'gate',
    name: 'release',
    type: releaseCheck.name,
    tags: [],
    blueprint,
    expect: [],
    references: [...references, ...implied],
    origin: at,
  };
}

type Common = Omit<Defaults, 'follow'>;

function readCommon(given: Fields, base: Common): Common {
  return {
    timeoutMs: given.read('timeout', positive) ?? base.timeoutMs,
    connectTimeoutMs: given.read('connect-timeout', positive) ?? base.connectTimeoutMs,
    delayMs: given.read('delay', duration) ?? base.delayMs,
    severity: given.read('severity', oneOf(['gate', 'advisory'])) ?? base.severity,
    retry: given.read('retry', (one) => retryRules(one, base.retry)) ?? base.retry,
    window: given.read('window', (one) => windowRules(one, base.window)) ?? base.window,
  };
}

function withoutTypeDefaults({ follow: _, ...common }: Defaults): Common {
  return common;
}

function positive(at: Cursor): number | undefined {
  const ms = duration(at);
  return ms === 0 ? at.fail(`\`${at.key}\` must be longer than nothing.`) : ms;
}

function typeOf(given: Fields): CheckType | undefined {
  const present = checkTypes.filter((type) => given.has(type.name));
  if (present.length === 1) return present[0];
  const legal = checkTypes.map((type) => `\`${type.name}\``).join(', ');
  // A strange key was most likely meant as the type, and has had its own message.
  if (present.length === 0 && Object.keys(given.cursor.value as object).some(isStrange)) return undefined;
  return given.cursor.fail(
    `A check needs one type out of ${legal}; this has ${present.length === 0 ? 'none' : present.length}.`,
  );
}

function isStrange(key: string): boolean {
  return !checkKeys.includes(key);
}

function readAssertions(given: Fields, type: CheckType, blueprint: Blueprint | undefined) {
  const own = blueprint?.expect ?? [];
  const expect = given.get('expect');
  const written = expect === undefined ? [] : readExpect(expect, type.sources);
  if (written === undefined) return undefined;
  const stated = [...own, ...written];
  const isStated = (name: string) => stated.some(({ source }) => source.name === name);
  const implied = (blueprint?.implied ?? []).filter(({ unless }) => !unless.some(isStated));
  const all = [...implied.map(({ assertion }) => assertion), ...stated];
  if (type.assertsItself || all.length > 0 || expect !== undefined) return all;
  return given.cursor.fail(
    `A check of type \`${type.name}\` needs \`expect\`: without an assertion it proves nothing.`,
  );
}

const none: readonly Reference[] = [];

function referencesIn(at: Cursor): readonly Reference[] {
  const found: Reference[] = [];
  collectReferences(at, found);
  return found.length === 0 ? none : found;
}

function hasKey(at: Cursor, key: string): boolean {
  return typeof at.value === 'object' && at.value !== null && Object.hasOwn(at.value, key);
}
