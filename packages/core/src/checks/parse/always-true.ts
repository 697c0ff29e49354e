import type { Assertion, Predicate } from '../assertion.ts';
import { predicateRules } from '../judge/predicates.ts';
import type { Conditions } from './conditions.ts';
import { Cursor } from './cursor.ts';
import { quoted } from './fields.ts';
import type { SourceGrammar } from './source-grammar.ts';
import { isPutOff } from './template-operand.ts';

/** Every status there is. */
const statuses: readonly number[] = Array.from({ length: 500 }, (_, index) => 100 + index);

/** Numbers that stand for all that are not below zero. */
const notNegative: readonly number[] = [0, 0.5, 1, 1000, Number.MAX_SAFE_INTEGER, Number.MAX_VALUE];
const counts = notNegative.filter(Number.isInteger);

/** Notes conditions that hold whatever the service says: of a number that is always there, and never below zero. */
export function provingSomething(conditions: Conditions, grammar: SourceGrammar, at: Cursor): Conditions {
  const { filters, predicates } = conditions;
  const isAlways =
    (grammar.always === 'number' && filters.length === 0 && holdOf(predicates, notNegative)) ||
    (grammar.always === 'counted' && isAnyCount(conditions));
  const isThere = grammar.always !== undefined && filters.length === 0 && sayThatItIsThere(predicates);
  if (isAlways || isThere) at.fail(`${said(nameAt(at))}. Write what a good one is.`);
  else if (grammar.keyed && isAnyCount(conditions)) at.fail(`${saidOfNone(nameAt(at))}.`);
  return conditions;
}

/**
 * Notes an `expect` that asks for nothing but a status, and allows every one. Beside something else that says that the
 * status need not be 2xx.
 */
export function refuseAnyStatus(assertions: readonly Assertion[], at: Cursor): void {
  const [first] = assertions;
  const isOfStatus = assertions.every(
    ({ source, filters }) => source.name === 'status' && filters.length === 0,
  );
  if (first === undefined || !isOfStatus) return;
  const predicates = assertions.map(({ predicate }) => predicate);
  const place = first.origin instanceof Cursor ? first.origin : at;
  if (sayThatItIsThere(predicates) || holdOf(predicates, statuses))
    place.fail(`${said('status')}. Write which are good; where any will do, write what else is asked.`);
}

/** Whether they ask for no more than that something is there. */
function sayThatItIsThere(predicates: readonly Predicate[]): boolean {
  return (
    predicates.length > 0 &&
    predicates.every(({ name, expected, negated }) => name === 'exists' && expected === !negated)
  );
}

/** Beside `each` such a count says that there may be none; alone it says nothing. */
function isAnyCount({ filters, predicates }: Conditions): boolean {
  if (filters.length === 0) return predicates.length > 0 && predicates.every(isIdleCount);
  return filters.length === 1 && filters[0]?.name === 'count' && holdOf(predicates, counts);
}

/** Whether all of them hold of every one of `values`. What a variable decides is not known yet. */
function holdOf(predicates: readonly Predicate[], values: readonly number[]): boolean {
  return predicates.length > 0 && predicates.every((one) => holdsOfAll(one, values));
}

function holdsOfAll({ name, expected, negated }: Predicate, values: readonly number[]): boolean {
  const rule = name === 'exists' || isPutOff(expected) ? undefined : predicateRules[name];
  if (rule === undefined || rule.wrong?.(expected) !== undefined) return false;
  return values.every((value) => rule.holds(value, expected) === !negated);
}

function isIdleCount({ name, negated, nested }: Predicate): boolean {
  if (name !== 'count') return false;
  return negated ? nested.some((one) => holdsOfNone(one, counts)) : holdOf(nested, counts);
}

function holdsOfNone(predicate: Predicate, values: readonly number[]): boolean {
  return holdsOfAll({ ...predicate, negated: !predicate.negated }, values);
}

/** In the list form the source comes first. */
function nameAt({ key, value }: Cursor): string {
  return typeof key === 'number' ? (Object.keys(Object(value))[0] ?? '') : key;
}

function saidOfNone(name: string): string {
  return `${quoted(name)} asks here for any number of them, and none will do, so it proves nothing. Write how many there must be, or \`each\` beside it`;
}

function said(name: string): string {
  return `${quoted(name)} asks here what holds of every answer, so it proves nothing`;
}
