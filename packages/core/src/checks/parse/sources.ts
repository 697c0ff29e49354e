import type { Assertion, Predicate, Source } from '../check-file.ts';
import type { Cursor } from './cursor.ts';
import { isMapping, shown } from './cursor.ts';
import { milliseconds } from './durations.ts';
import { fields } from './fields.ts';
import { readPredicates } from './predicates.ts';

/** How one source of `expect` is written. */
interface SourceGrammar {
  /** `header` and `jsonpath` take a mapping from an argument to predicates. */
  readonly keyed: boolean;
  /** Reads one expected value; undefined notes a problem. */
  readonly value?: (at: Cursor) => unknown;
  readonly argument?: (key: string) => string;
}

/** Every source there is; a check type names those it can answer. */
const grammars: Readonly<Record<string, SourceGrammar>> = {
  status: { keyed: false, value: statusValue },
  header: { keyed: true, argument: (name) => name.toLowerCase() },
  body: { keyed: false, value: textValue },
  jsonpath: { keyed: true },
  duration: { keyed: false, value: durationValue },
};

/** Reads `expect` for a check type that can answer `sources`. */
export function readExpect(at: Cursor, sources: readonly string[]): Assertion[] | undefined {
  const given = fields(at, { what: '`expect`', keys: sources, vocabulary: 'expect' });
  if (given === undefined) return undefined;
  const assertions: Assertion[] = [];
  for (const name of sources) {
    const grammar = grammars[name];
    const cursor = given.get(name);
    if (grammar === undefined || cursor === undefined) continue;
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
    const example = name === 'header' ? 'content-type: { contains: text/html }' : '$.status: ok';
    at.fail(`\`${name}\` must be a mapping such as { ${example} }, not ${shown(at.value)}.`);
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

function statusValue(at: Cursor): unknown {
  if (typeof at.value === 'number' && Number.isInteger(at.value)) return at.value;
  if (typeof at.value === 'string' && /^\d{3}-\d{3}$|\$\{/.test(at.value)) return at.value;
  return at.fail(
    `A status is a number such as 200, or a range such as 200-299 in \`in\`, not ${shown(at.value)}.`,
  );
}

function textValue(at: Cursor): unknown {
  if (typeof at.value === 'string') return at.value;
  return at.fail(
    `The body is text: compare it with text, not ${shown(at.value)}. Quote the value, or use \`jsonpath\`.`,
  );
}

function durationValue(at: Cursor): unknown {
  const ms = typeof at.value === 'string' ? milliseconds(at.value) : undefined;
  return ms ?? at.fail(`A duration needs a unit, such as 800ms or 2s, not ${shown(at.value)}.`);
}
