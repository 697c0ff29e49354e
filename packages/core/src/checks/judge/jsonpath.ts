import type { JSONPathQuery } from 'json-p3';
import { errorMessage } from '../../outcome/failure.ts';
import { underDeadline } from './deadline.ts';
import type { ExactNumber } from './exact-number.ts';
import { isNumber, numberOf } from './exact-number.ts';
import { digitsAt, inDoubles, mistakenIn, mistakenText, mistakenWithin, partAt } from './json-text.ts';
import { withPlainNumbers } from './jsonpath-numbers.ts';
import { isTooDeep, mostLevels, tooDeep } from './nesting.ts';
import { ResourceLimit } from './resource-limit.ts';
import { nodesReading } from './several.ts';
import type { Reading } from './values.ts';

/** Compiled queries. `json-p3` is loaded by the first file that has one. */
export interface JsonPaths {
  /** Notes nothing and answers undefined when the query is sound, else why not. */
  problem(query: string): string | undefined;
  /** Throws ResourceLimit when it comes to no end. */
  read(query: string, document: unknown, deadlineMs: number): Reading;
}

let loaded: Promise<JsonPaths> | undefined;
let ready: JsonPaths | undefined;

/** The compiled queries of this process: what was found sound when the file was read is not compiled again. */
export function loadJsonPaths(): Promise<JsonPaths> {
  loaded ??= load().then((paths) => {
    ready = paths;
    return paths;
  });
  return loaded;
}

/** Why a text is no query, a clause; undefined when it is one, and while nothing can tell. */
export function queryProblem(text: string): string | undefined {
  const why = ready?.problem(text);
  return why === undefined ? undefined : notQuery(text, why);
}

function notQuery(text: string, why: string): string {
  return `${JSON.stringify(text)} is not a JSONPath: ${why}`;
}

async function load(): Promise<JsonPaths> {
  const { JSONPathEnvironment } = await import('json-p3');
  // By default `$..a` ends at 50 levels.
  const environment = new JSONPathEnvironment({ maxRecursionDepth: 2 * mostLevels });
  const compiled = new Map<string, JSONPathQuery>();
  const query = (text: string) => {
    const known = compiled.get(text) ?? environment.compile(withPlainNumbers(text));
    compiled.set(text, known);
    return known;
  };
  return {
    problem(text) {
      try {
        query(text);
        return undefined;
      } catch (error) {
        return messageOf(error);
      }
    },
    read(text, document, deadlineMs) {
      if (isTooDeep(document)) return { kind: 'unreadable', actual: tooDeep };
      let compiled: JSONPathQuery;
      try {
        compiled = query(text);
      } catch (error) {
        return { kind: 'invalid', why: notQuery(text, messageOf(error)) };
      }
      try {
        return reading({ text, query: compiled }, document, mayTakeLong(text) ? deadlineMs : undefined);
      } catch (error) {
        if (error instanceof ResourceLimit) throw error;
        // It is a good query: that it met no good end is of what it was asked of.
        return { kind: 'unreadable', actual: `what the query found no end in: ${messageOf(error)}` };
      }
    },
  };
}

interface Query {
  readonly text: string;
  readonly query: JSONPathQuery;
}

function reading({ text, query }: Query, document: unknown, deadlineMs: number | undefined): Reading {
  const mistaken =
    mistakenIn(document, comparedIn(text)) ?? (comparesTwoParts(text) ? mistakenWithin(document) : undefined);
  if (mistaken !== undefined) return { kind: 'unreadable', actual: mistakenText(mistaken) };
  // The library knows doubles only: what it finds is taken from the document itself.
  const doubles = inDoubles(document);
  const select = () => query.query(doubles as Parameters<JSONPathQuery['query']>[0]);
  const found = deadlineMs === undefined ? select() : underDeadline(select, deadlineMs);
  const nodes: readonly unknown[] =
    doubles === document ? found.values() : found.locations().map((place) => partAt(document, place));
  const [first] = nodes;
  const digits =
    nodes.length === 1 && isNumber(first)
      ? { digits: () => digitsAt(document, found.locations()[0] ?? []) }
      : {};
  if (!query.singularQuery()) return { ...nodesReading(nodes), ...digits };
  return nodes.length === 0 ? { kind: 'missing' } : { kind: 'found', value: first, ...digits };
}

/** The numbers that the filters of a query compare with. */
function comparedIn(query: string): readonly (number | ExactNumber)[] {
  if (!query.includes('?')) return [];
  return [...withoutTexts(query).matchAll(/(?<![\w.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi)].map(([number]) =>
    numberOf(number),
  );
}

/** Whether a filter compares two parts of a document: on neither side of the sign stands a literal. */
function comparesTwoParts(query: string): boolean {
  if (!query.includes('?')) return false;
  const bare = withoutTexts(query);
  return [...bare.matchAll(/[=!]=|[<>]=?/g)].some(
    ({ 0: sign, index }) =>
      !literalBefore.test(bare.slice(0, index)) && !literalAfter.test(bare.slice(index + sign.length)),
  );
}

const literalBefore =
  /(?:''|(?<![\w.\]\u0080-\u{10ffff}])(?:true|false|null|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?))\s*$/iu;
const literalAfter = /^\s*(?:''|-?\d|(?:true|false|null)\b)/;

/** With every text of a query empty: what stands in one is none of it. */
function withoutTexts(query: string): string {
  return query.replace(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"/g, "''");
}

/** `..` goes everywhere, and a filter asks of every node: `match()` may backtrack, `count()` counts anew each time. */
function mayTakeLong(query: string): boolean {
  return /\.\.|\?/.test(query);
}

function messageOf(error: unknown): string {
  return errorMessage(error);
}
