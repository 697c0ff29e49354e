import { ExactNumber } from '../judge/exact-number.ts';

/** How much a parsed document holds, its aliases written out. */
export interface Extent {
  /** Keys of mappings. */
  readonly keys: number;
  /** Values of every kind, mappings and lists included. */
  readonly values: number;
}

/** The same as the YAML library's own. */
const deepest = 100;

/**
 * What an alias repeats is measured once, however often it stands there. Undefined when it goes deeper than any check
 * file does, as what holds itself would.
 */
export function extentOf(
  value: unknown,
  seen: Map<object, Extent> = new Map(),
  depth = 0,
): Extent | undefined {
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber)
    return { keys: 0, values: 1 };
  const known = seen.get(value);
  if (known !== undefined) return known;
  if (depth === deepest) return undefined;
  const parts = Object.values(value);
  let keys = Array.isArray(value) ? 0 : parts.length;
  let values = 1;
  for (const part of parts) {
    const inside = extentOf(part, seen, depth + 1);
    if (inside === undefined) return undefined;
    keys += inside.keys;
    values += inside.values;
  }
  const extent = { keys, values };
  seen.set(value, extent);
  return extent;
}
