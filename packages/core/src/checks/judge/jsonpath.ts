import type { JSONPathQuery } from 'json-p3';
import { errorMessage } from '../../failure.ts';
import { underDeadline } from './deadline.ts';
import { isTooDeep, mostLevels, tooDeep } from './nesting.ts';
import { ResourceLimit } from './resource-limit.ts';
import type { Reading } from './values.ts';

/** Compiled queries. `json-p3` is loaded by the first file that has one. */
export interface JsonPaths {
  /** Notes nothing and answers undefined when the query is sound, else why not. */
  problem(query: string): string | undefined;
  /** Throws ResourceLimit when it comes to no end. */
  read(query: string, document: unknown, deadlineMs: number): Reading;
}

let loaded: Promise<JsonPaths> | undefined;

/** The compiled queries of this process: what was found sound when the file was read is not compiled again. */
export function loadJsonPaths(): Promise<JsonPaths> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<JsonPaths> {
  const { JSONPathEnvironment } = await import('json-p3');
  // By default `$..a` ends at 50 levels.
  const environment = new JSONPathEnvironment({ maxRecursionDepth: 2 * mostLevels });
  const compiled = new Map<string, JSONPathQuery>();
  const query = (text: string) => {
    const known = compiled.get(text) ?? environment.compile(text);
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
      try {
        return reading(query(text), document, mayTakeLong(text) ? deadlineMs : undefined);
      } catch (error) {
        if (error instanceof ResourceLimit) throw error;
        return { kind: 'invalid', why: `the query did not end well: ${messageOf(error)}` };
      }
    },
  };
}

function reading(query: JSONPathQuery, document: unknown, deadlineMs: number | undefined): Reading {
  const select = () => query.query(document as Parameters<JSONPathQuery['query']>[0]).values();
  const nodes: readonly unknown[] = deadlineMs === undefined ? select() : underDeadline(select, deadlineMs);
  if (query.singularQuery()) {
    return nodes.length === 0 ? { kind: 'missing' } : { kind: 'found', value: nodes[0] };
  }
  if (nodes.length === 0) return { kind: 'missing' };
  return { kind: 'found', value: nodes.length === 1 ? nodes[0] : nodes, nodes };
}

/** `..` goes everywhere, and a filter asks of every node: `match()` may backtrack, `count()` counts anew each time. */
function mayTakeLong(query: string): boolean {
  return /\.\.|\?/.test(query);
}

function messageOf(error: unknown): string {
  return errorMessage(error);
}
