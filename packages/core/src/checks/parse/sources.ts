import type { Assertion, Predicate, Source } from '../check-file.ts';
import { takeBars } from './bars.ts';
import type { Cursor } from './cursor.ts';
import { isMapping, shown } from './cursor.ts';
import { fields } from './fields.ts';
import { readPredicates } from './predicates.ts';
import type { SourceGrammar, SourceGrammars } from './source-grammar.ts';

/** Reads `expect` for a check type that can answer `sources`. */
export function readExpect(at: Cursor, sources: SourceGrammars): Assertion[] | undefined {
  const given = fields(at, { what: '`expect`', keys: Object.keys(sources), vocabulary: 'expect' });
  if (given === undefined) return undefined;
  const assertions: Assertion[] = [];
  for (const [name, grammar] of Object.entries(sources)) {
    const cursor = given.get(name);
    if (cursor === undefined) continue;
    if (grammar.keyed) readKeyed(cursor, { name, grammar, assertions });
    else add(cursor, { name, argument: undefined }, grammar, assertions);
  }
  if (Object.keys(at.value as object).length === 0) {
    return at.fail('`expect` is empty: a check without an assertion proves nothing.');
  }
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
  const { bars, rest } = grammar.hasBars === true ? takeBars(at, source) : { bars: [], rest: at };
  assertions.push(...bars);
  if (rest === undefined) return;
  const predicates: readonly Predicate[] = readPredicates(rest, grammar.value ?? ((one) => one.value));
  for (const predicate of predicates) assertions.push({ source, predicate, origin: at });
}
