import type { Assertion, Predicate, Source } from '../check-file.ts';
import type { Cursor } from './cursor.ts';
import { isMapping, shown } from './cursor.ts';
import type { Fields } from './fields.ts';
import { fields } from './fields.ts';
import { readPredicates } from './predicates.ts';
import type { SourceGrammar, SourceGrammars } from './source-grammar.ts';

/** Reads `expect` for a check type that can answer `sources`. */
export function readExpect(at: Cursor, sources: SourceGrammars): Assertion[] | undefined {
  const given = fields(at, { what: '`expect`', keys: Object.keys(sources), vocabulary: 'expect' });
  if (given === undefined) return undefined;
  const assertions = Object.keys(sources).flatMap((name) => readSource(given, name, sources));
  if (Object.keys(at.value as object).length === 0) {
    return at.fail('`expect` is empty: a check without an assertion proves nothing.');
  }
  return assertions;
}

/** What is asserted of one source; nothing when the mapping does not name it. */
export function readSource(given: Fields, name: string, sources: SourceGrammars): Assertion[] {
  const assertions: Assertion[] = [];
  const cursor = given.get(name);
  const grammar = sources[name];
  if (cursor === undefined || grammar === undefined) return assertions;
  if (grammar.keyed) readKeyed(cursor, { name, grammar, assertions });
  else add(cursor, { name, argument: undefined }, grammar, assertions);
  return assertions;
}

interface Keyed {
  readonly name: string;
  readonly grammar: SourceGrammar;
  readonly assertions: Assertion[];
}

function readKeyed(at: Cursor, { name, grammar, assertions }: Keyed): void {
  if (!isMapping(at.value)) {
    at.fail(`\`${name}\` must be a mapping such as { ${grammar.example} }, not ${shown(at.value)}.`);
    return;
  }
  for (const [key, value] of Object.entries(at.value)) {
    const argument = grammar.argument?.(key) ?? key;
    add(at.child(key, value), { name, argument }, grammar, assertions);
  }
}

function add(at: Cursor, source: Source, grammar: SourceGrammar, assertions: Assertion[]): void {
  const predicates: readonly Predicate[] = readPredicates(at, grammar.value ?? ((one) => one.value));
  for (const predicate of predicates) assertions.push({ source, predicate, origin: at });
}
