import { nearest } from '../../text/nearest.ts';
import { ownValue } from '../../text/own-value.ts';
import { predicateRules } from '../judge/predicates.ts';
import { quoted } from './fields.ts';
import { kebab } from './other-words.ts';

/** Predicates that hold of items, or of how many there are. */
export const nesting: readonly string[] = ['count', 'each', 'any'];
const awaiting: readonly string[] = ['matches', 'semver', 'schema', 'equals-file'];
const names = [...Object.keys(predicateRules), ...awaiting, ...nesting];

/** What users of other tools write, and what it is called here. */
const aliases: Readonly<Record<string, string>> = {
  '==': 'equals',
  eq: 'equals',
  '!=': 'not-equals',
  ne: 'not-equals',
  '>': 'gt',
  '>=': 'gte',
  ge: 'gte',
  '<': 'lt',
  '<=': 'lte',
  le: 'lte',
  nin: 'not-in',
  includes: 'contains',
  'contain-element': 'contains',
  HAS_VALUE: 'contains',
  startsWith: 'starts-with',
  'have-prefix': 'starts-with',
  endsWith: 'ends-with',
  'have-suffix': 'ends-with',
  'match-regexp': 'matches',
  pat: 'matches',
  isDefined: 'exists',
  isEmpty: 'empty',
  'have-len': 'count',
  ShouldHaveLength: 'count',
  'semver-constraint': 'semver',
  'have-key': 'has-key',
};

/** Words that are near to another predicate than the one they mean. */
const meant: Readonly<Record<string, string>> = {
  'any()': 'in',
  length: 'count',
  size: 'count',
  regex: 'matches',
  is: 'equals',
  equal: 'equals',
  'equal-to': 'equals',
  'to-be': 'equals',
  'to-equal': 'equals',
  eql: 'equals',
  not: 'not-equals',
  'is-not': 'not-equals',
  'not-equal': 'not-equals',
  'less-than': 'lt',
  below: 'lt',
  under: 'lt',
  'at-most': 'lte',
  maximum: 'lte',
  max: 'lte',
  'greater-than': 'gt',
  above: 'gt',
  over: 'gt',
  'at-least': 'gte',
  minimum: 'gte',
  min: 'gte',
  range: 'between',
  'in-range': 'between',
  'one-of': 'in',
  'any-of': 'in',
  have: 'contains',
  has: 'contains',
  include: 'contains',
  like: 'matches',
  regexp: 'matches',
  pattern: 'matches',
  match: 'matches',
  prefix: 'starts-with',
  'begins-with': 'starts-with',
  suffix: 'ends-with',
  present: 'exists',
  defined: 'exists',
  'not-null': 'not-equals',
  'has-length': 'count',
  len: 'count',
  'is-a': 'type',
  'instance-of': 'type',
  'type-of': 'type',
  typeof: 'type',
  every: 'each',
  all: 'each',
  some: 'any',
};

/** `isString: true` is `type: string`. */
const typeAliases: Readonly<Record<string, string>> = {
  isString: 'string',
  isNumber: 'number',
  isInteger: 'integer',
  isFloat: 'float',
  isBoolean: 'boolean',
  isList: 'list',
  isObject: 'object',
  isIsoDate: 'iso-date',
  isUuid: 'uuid',
  isIpv4: 'ipv4',
  isIpv6: 'ipv6',
};

export interface PredicateName {
  readonly name: string;
  readonly negated: boolean;
  /** The type that an alias such as `isString` asks for. */
  readonly type?: string;
}

/** The predicate a key names: ours, one of another tool, or `not-…` (hurl: `not …`) of either. */
export function predicateNamed(key: string): PredicateName | undefined {
  const plain = nameOf(key);
  if (plain !== undefined) return plain;
  const negated = /^not[- ](.+)$/.exec(key)?.[1];
  const inner = negated === undefined ? undefined : nameOf(negated);
  return inner && { ...inner, negated: !inner.negated };
}

function nameOf(key: string): PredicateName | undefined {
  if (names.includes(key)) return { name: key, negated: false };
  const type = Object.hasOwn(typeAliases, key) ? typeAliases[key] : undefined;
  if (type !== undefined) return { name: 'type', negated: false, type };
  const alias = Object.hasOwn(aliases, key) ? aliases[key] : undefined;
  if (alias === undefined) return undefined;
  const negated = alias.startsWith('not-');
  return { name: negated ? alias.slice(4) : alias, negated };
}

/** What to say of a key that is no predicate; `others` are the words that are legal beside them. */
export function unknownPredicate(key: string, others: readonly string[]): string {
  const close =
    ownValue(meant, key) ??
    ownValue(meant, kebab(key)) ??
    nearest(key, [...names, ...names.map((name) => `not-${name}`), ...others]);
  const hint =
    close === undefined ? `Legal: ${names.join(', ')}, and not-… of each.` : `Did you mean \`${close}\`?`;
  return `Unknown predicate ${quoted(key)}. ${hint} To compare with an object, use \`equals\`.`;
}
