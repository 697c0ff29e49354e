import type { Filter, Predicate } from '../assertion.ts';
import type { Cursor } from './cursor.ts';
import { isMapping } from './cursor.ts';
import { filterNames, isFilter, readFilters } from './filters.ts';
import { assertsNothing, readPredicate, readPredicates } from './predicates.ts';
import type { ReadValue } from './template-operand.ts';
import { anyOperand } from './template-operand.ts';

/** What is done to a value, and what must then hold of it. */
export interface Conditions {
  readonly filters: readonly Filter[];
  readonly predicates: readonly Predicate[];
}

const none: readonly Filter[] = [];

/** Reads what stands under a source: a plain value, or a mapping of filters and then predicates. */
export function readConditions(at: Cursor, value: ReadValue): Conditions {
  if (!isMapping(at.value)) return { filters: none, predicates: readPredicates(at, value) };
  const keys = Object.keys(at.value);
  if (!judges(at, keys)) assertsNothing(at);
  return conditionsUnder(at, keys, value);
}

/** Whether anything under `keys` of a mapping claims to be a predicate: filters alone, however many, judge nothing. */
export function judges(at: Cursor, keys: readonly string[]): boolean {
  const mapping = at.value as Readonly<Record<string, unknown>>;
  return keys.some((key) => !isFilter(key, mapping[key]));
}

/** Reads the filters and predicates under `keys` of a mapping, in the order they are written: filters come first. */
export function conditionsUnder(at: Cursor, keys: readonly string[], value: ReadValue): Conditions {
  const mapping = at.value as Readonly<Record<string, unknown>>;
  const filters: Filter[] = [];
  const predicates: Predicate[] = [];
  let expecting: string | undefined;
  for (const key of keys) {
    const child = at.child(key, mapping[key]);
    if (isFilter(key, child.value)) {
      if (expecting !== undefined) {
        child.fail(
          `The filter \`${key}\` comes after the predicate \`${expecting}\`. Write filters first.`,
          'key',
        );
      }
      filters.push(...readFilters(child));
      continue;
    }
    expecting = key;
    // What a filter makes is no longer of the source's own kind.
    const read = filters.length === 0 ? value : anyOperand;
    const predicate = readPredicate(child, { key, value: read, others: filterNames });
    if (predicate !== undefined) predicates.push(predicate);
  }
  return { filters: filters.length === 0 ? none : filters, predicates };
}
