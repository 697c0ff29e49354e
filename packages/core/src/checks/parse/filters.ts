import { nearest } from '../../text/nearest.ts';
import type { Filter } from '../assertion.ts';
import { filterRules } from '../judge/filters.ts';
import type { Cursor } from './cursor.ts';
import { isMapping, shown } from './cursor.ts';
import { quoted } from './fields.ts';
import { predicateNamed } from './predicate-names.ts';

export const filterNames = Object.keys(filterRules);

/** Whether a key beside predicates is a filter. `count: true` is one; `count: 2` compares. */
export function isFilter(key: string, value: unknown): boolean {
  if (key === 'filters') return true;
  return Object.hasOwn(filterRules, key) && (predicateNamed(key) === undefined || value === true);
}

/** Reads `split: ","`, `first: true`, or `filters: [split: ",", first]` where one is needed twice. */
export function readFilters(at: Cursor): Filter[] {
  if (at.key !== 'filters') return readFilter(at, String(at.key));
  if (!Array.isArray(at.value)) {
    at.fail('`filters` must be a list, such as [first, { split: "," }].');
    return [];
  }
  return at.value.flatMap((item, index) => readItem(at.child(index, item)));
}

function readItem(at: Cursor): Filter[] {
  if (typeof at.value === 'string') return readFilter(at, at.value, true);
  const [key, ...others] = isMapping(at.value) ? Object.keys(at.value) : [];
  if (isMapping(at.value) && key !== undefined && others.length === 0)
    return readFilter(at.child(key, at.value[key]), key);
  at.fail(`An item of \`filters\` is one filter, such as first or { split: "," }, not ${shown(at.value)}.`);
  return [];
}

function readFilter(at: Cursor, name: string, argument: unknown = at.value): Filter[] {
  const rule = Object.hasOwn(filterRules, name) ? filterRules[name] : undefined;
  if (rule === undefined) {
    at.fail(unknownFilter(name), 'key');
    return [];
  }
  const wrong = rule.wrong === undefined ? wrongFlag(argument) : rule.wrong(argument);
  if (wrong === undefined) return [{ name, argument }];
  at.fail(`The filter \`${name}\` takes ${wrong}, not ${shown(argument)}.`);
  return [];
}

function wrongFlag(argument: unknown): string | undefined {
  return argument === true ? undefined : 'only true';
}

function unknownFilter(name: string): string {
  const meant = nearest(name, filterNames);
  const hint = meant === undefined ? `Legal: ${filterNames.join(', ')}.` : `Did you mean \`${meant}\`?`;
  return `Unknown filter ${quoted(name)}. ${hint}`;
}
