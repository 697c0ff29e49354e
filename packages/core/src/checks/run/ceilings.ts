import type { Assertion, Predicate } from '../assertion.ts';

/** What is wanted of the least that a measure comes to: where that is over, no other sample brings it below again. */
export function ceilingsOf(measures: readonly Assertion[]): readonly Assertion[] {
  return measures.flatMap((assertion) => {
    const predicate = assertion.filters.length === 0 ? ceilingOf(assertion.predicate) : undefined;
    return predicate === undefined ? [] : [{ ...assertion, predicate }];
  });
}

/** Undefined for what a larger value may fulfil. */
function ceilingOf(predicate: Predicate): Predicate | undefined {
  const { name, negated, expected } = predicate;
  const atMost = (most: unknown) => ({ ...predicate, name: 'lte', expected: most });
  switch (name) {
    case 'lt':
    case 'lte':
      return negated ? undefined : predicate;
    case 'gt':
    case 'gte':
      return negated ? predicate : undefined;
    case 'equals':
      return negated ? undefined : atMost(expected);
    case 'between':
      return negated || !Array.isArray(expected) ? undefined : atMost(expected[1]);
    default:
      return undefined;
  }
}
