import { none } from '../../text/none.ts';
import type { Assertion, Source } from '../assertion.ts';
import { provingSomething, refuseAnyStatus } from './always-true.ts';
import type { Conditions } from './conditions.ts';
import { conditionsUnder, judges, readConditions } from './conditions.ts';
import type { Cursor } from './cursor.ts';
import { isMapping, shown } from './cursor.ts';
import { readBeginning } from './extractions.ts';
import type { Fields } from './fields.ts';
import { fields } from './fields.ts';
import { fitting } from './misfits.ts';
import { assertsNothing, readPredicate } from './predicates.ts';
import type { SourceGrammar, SourceGrammars } from './source-grammar.ts';
import { argumentOf, expectedOf } from './source-grammar.ts';
import { anyOperand } from './template-operand.ts';
import { takeThresholds } from './thresholds.ts';

/** Reads `expect` for a check type that can answer `sources`. */
export function readExpect(at: Cursor, sources: SourceGrammars): Assertion[] | undefined {
  const names = Object.keys(sources);
  const given = fields(at, { what: '`expect`', keys: [...names, 'all'] });
  if (given === undefined) return undefined;
  const assertions = names.filter(given.has).flatMap((name) => readSource(given, name, sources));
  const all = given.read('all', (one) => readAll(one, sources)) ?? [];
  if (Object.keys(at.value as object).length === 0) {
    return at.fail('`expect` is empty: a check without an assertion proves nothing.');
  }
  const stated = [...assertions, ...all];
  refuseAnyStatus(stated, at);
  return stated;
}

/** What is asserted of one source; nothing when the mapping does not name it. */
export function readSource(given: Fields, name: string, sources: SourceGrammars): Assertion[] {
  const at = given.get(name);
  const grammar = sources[name];
  return at === undefined || grammar === undefined ? [] : readUnder(at, name, grammar);
}

/** The map form: what stands under the name of a source. */
function readUnder(at: Cursor, name: string, grammar: SourceGrammar): Assertion[] {
  if (grammar.shorthand !== undefined) return readShorthand(at, grammar.shorthand);
  if (grammar.keyed) return readKeyed(at, name, grammar);
  if (grammar.views !== undefined && isMapping(at.value)) return readViews(at, name, grammar);
  const source = { name, argument: undefined };
  const { thresholds, rest } =
    grammar.hasThresholds === true ? takeThresholds(at, source) : { thresholds: [], rest: at };
  if (rest === undefined) return [...thresholds];
  return [
    ...thresholds,
    ...assertionsOf(source, sound(readConditions(rest, expectedOf(grammar)), grammar, rest), at),
  ];
}

function readKeyed(at: Cursor, name: string, grammar: SourceGrammar): Assertion[] {
  const mapping = at.value;
  if (!isMapping(mapping)) {
    at.fail(`\`${name}\` must be a mapping such as { ${grammar.example} }, not ${shown(mapping)}.`);
    return [];
  }
  const keys = Object.keys(mapping);
  if (keys.length === 0) isEmpty(at);
  return keys.flatMap((key) => {
    const child = at.child(key, mapping[key]);
    if (key.includes('${')) child.fail(variableInKey(name), 'key');
    const source = { name, argument: argumentOf(child, key, grammar) };
    return assertionsOf(source, sound(readConditions(child, expectedOf(grammar)), grammar, child), child);
  });
}

function isEmpty(at: Cursor): undefined {
  return at.fail(`\`${at.key}\` asserts nothing: it is empty.`);
}

function variableInKey(name: string): string {
  return `A variable cannot stand in a key. Write the list form: all: [{ ${name}: "…", equals: … }].`;
}

function readViews(at: Cursor, name: string, grammar: SourceGrammar): Assertion[] {
  const mapping = at.value as Readonly<Record<string, unknown>>;
  const [views, rest]: [string[], string[]] = [[], []];
  for (const key in mapping) (grammar.views?.includes(key) ? views : rest).push(key);
  const viewed = views.flatMap((view) => {
    const child = at.child(view, mapping[view]);
    return assertionsOf(
      { name, argument: view },
      sound(readConditions(child, expectedOf(grammar)), grammar, child),
      child,
    );
  });
  if (views.length > 0 && rest.length === 0) return viewed;
  const conditions = sound(conditionsUnder(at, rest, expectedOf(grammar)), grammar, at);
  if (!judges(at, rest)) assertsNothing(at);
  return [...viewed, ...assertionsOf({ name, argument: undefined }, conditions, at)];
}

function readShorthand(
  at: Cursor,
  { source, predicate }: NonNullable<SourceGrammar['shorthand']>,
): Assertion[] {
  const read = readPredicate(at, { key: predicate, value: anyOperand });
  const conditions = { filters: none, predicates: read === undefined ? [] : [read] };
  return assertionsOf({ name: source, argument: undefined }, conditions, at);
}

/** The list form: each item is a source, then filters, then predicates, in the order they are written. */
function readAll(at: Cursor, sources: SourceGrammars): Assertion[] | undefined {
  const items = at.value;
  if (!Array.isArray(items))
    return at.fail(
      `\`all\` must be a list such as [{ header: x-servers, split: ",", count: 2 }], not ${shown(items)}.`,
    );
  if (items.length === 0) return isEmpty(at);
  return items.flatMap((item, index) => readItem(at.child(index, item), sources));
}

function readItem(at: Cursor, sources: SourceGrammars): Assertion[] {
  const begun = readBeginning(at, { sources });
  if (begun === undefined) return [];
  const { source, grammar, keys, first } = begun;
  if (grammar.shorthand !== undefined) return readShorthand(first, grammar.shorthand);
  if (!judges(at, keys)) assertsNothing(first);
  return assertionsOf(source, sound(conditionsUnder(at, keys, expectedOf(grammar)), grammar, at), at);
}

/** Notes conditions that never hold, and those that always do. */
function sound(conditions: Conditions, grammar: SourceGrammar, at: Cursor): Conditions {
  return provingSomething(fitting(conditions, grammar, at), grammar, at);
}

function assertionsOf(source: Source, { filters, predicates }: Conditions, origin: Cursor): Assertion[] {
  return predicates.map((predicate) => ({ source, filters, predicate, origin }));
}
