import type { Assertion, Predicate } from '../assertion.ts';

/** Whether an assertion is about one of these sources, whatever it says of it. */
export function about(...names: readonly string[]): (one: Assertion) => boolean {
  return ({ source }) => names.includes(source.name);
}

/** Whether it says of the list in `name` how many there may be; another word about a list wants something to be there. */
export function countsOf(name: string): (one: Assertion) => boolean {
  return ({ source, filters, predicate }) =>
    source.name === name && (saysHowMany(predicate) || filters.some((filter) => filter.name === 'count'));
}

function saysHowMany({ name }: Predicate): boolean {
  return ['count', 'empty', 'exists', 'equals'].includes(name);
}

/** The values that an assertion takes by name: what it `equals`, or is `in`. */
export function namedValues({ filters, predicate }: Assertion): readonly unknown[] {
  const { name, negated, expected } = predicate;
  if (negated || filters.length > 0) return [];
  if (name === 'equals') return [expected];
  return name === 'in' && Array.isArray(expected) ? expected : [];
}
