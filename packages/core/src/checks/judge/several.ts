import type { Predicate } from '../assertion.ts';
import type { Reading } from './values.ts';

type Found = Extract<Reading, { kind: 'found' }>;

/** What a query found that may find several, however many it found. */
export function nodesReading(nodes: readonly unknown[]): Reading {
  return nodes.length === 0 ? { kind: 'missing', nodes: [] } : { kind: 'found', value: nodes, nodes };
}

/** A list by its nature, such as the records of a name: the same with one as with two. */
export function listReading(items: readonly unknown[], nodesAre: 'records' | 'texts'): Reading {
  return items.length === 0
    ? { kind: 'missing', nodes: [] }
    : { kind: 'found', value: items, nodes: items, nodesAre };
}

/** Lines of one header: by RFC 9110 one value, joined by commas; only those of `set-cookie` stand alone. */
export function headerReading(lines: string | readonly string[] | undefined, name: string): Reading {
  if (lines === undefined) return { kind: 'missing' };
  const nodes = typeof lines === 'string' ? [lines] : lines;
  if (name.toLowerCase() === 'set-cookie') return listReading(nodes, 'texts');
  return { kind: 'found', value: nodes.join(', '), nodes, nodesAre: 'lines' };
}

/** The value to keep or to compare as a whole: of several that are one, that one. */
export function soleValue({ value, nodes, nodesAre }: Found): unknown {
  return nodes?.length === 1 && nodesAre !== 'lines' ? nodes[0] : value;
}

/** Whether a predicate asks of the list of all nodes, and not of each. */
export function meansList({ name, expected }: Predicate): boolean {
  switch (name) {
    case 'count':
    case 'each':
    case 'any':
    case 'exists':
    case 'empty':
      return true;
    case 'equals':
    case 'contains':
      return Array.isArray(expected);
    case 'in':
      return Array.isArray(expected) && expected.every((item) => Array.isArray(item));
    default:
      return false;
  }
}
