import { isDeepStrictEqual } from 'node:util';
import { bytesOf, countOf, kindOf, order, rangeOf, sameValue, valueTypes } from './values.ts';

/**
 * Whether a predicate holds. `mismatch`: the check asks what has no answer; `unfit`: the target said something of
 * another kind, of which neither the predicate nor its negation holds.
 */
export type Held = boolean | { readonly mismatch: string } | { readonly unfit: string };

/** One predicate without a deadline or nesting of its own. */
export interface PredicateRule {
  /** What its expected value must be, for the message; undefined when `expected` is legal. */
  wrong?(expected: unknown): string | undefined;
  holds(actual: unknown, expected: unknown): Held;
  /** As in `expected less than 800`. */
  readonly words: string;
}

const comparable = (expected: unknown) =>
  typeof expected === 'number' || typeof expected === 'string' ? undefined : 'a number or text';
const list = (expected: unknown) => {
  if (!Array.isArray(expected) || expected.length === 0) return 'a list';
  const ranges = expected.map(rangeOf).filter((range) => range !== undefined);
  return ranges.every(([lowest, highest]) => lowest <= highest) ? undefined : 'ranges from low to high';
};
const pair = (expected: unknown) => {
  const isPair = Array.isArray(expected) && expected.length === 2;
  const sign = isPair ? order(expected[0], expected[1]) : undefined;
  return isPair && !(sign !== undefined && sign > 0) ? undefined : 'a list of two, [lowest, highest]';
};
const words = (expected: unknown) => (typeof expected === 'string' && expected !== '' ? undefined : 'text');
const yesOrNo = (expected: unknown) => (typeof expected === 'boolean' ? undefined : 'true or false');
const typeName = (expected: unknown) =>
  typeof expected === 'string' && Object.hasOwn(valueTypes, expected)
    ? undefined
    : `one of ${Object.keys(valueTypes).join(', ')}`;

/** Predicates over plain values. `matches`, `semver` and `schema` (not at once), `count`, `each` and `any` (nest) are apart. */
export const predicateRules: Readonly<Record<string, PredicateRule>> = {
  equals: { words: 'equals', holds: sameValue },
  gt: { words: 'greater than', wrong: comparable, holds: ordered((sign) => sign > 0) },
  gte: { words: 'at least', wrong: comparable, holds: ordered((sign) => sign >= 0) },
  lt: { words: 'less than', wrong: comparable, holds: ordered((sign) => sign < 0) },
  lte: { words: 'at most', wrong: comparable, holds: ordered((sign) => sign <= 0) },
  between: { words: 'between', wrong: pair, holds: isBetween },
  in: { words: 'one of', wrong: list, holds: isIn },
  contains: { words: 'contains', holds: contains },
  'starts-with': {
    words: 'starts with',
    wrong: words,
    holds: textual((actual, part) => actual.startsWith(part)),
  },
  'ends-with': { words: 'ends with', wrong: words, holds: textual((actual, part) => actual.endsWith(part)) },
  exists: { words: 'exists', wrong: yesOrNo, holds: (_, expected) => expected === true },
  empty: { words: 'is empty', wrong: yesOrNo, holds: isEmpty },
  type: {
    words: 'is of type',
    wrong: typeName,
    holds: (actual, expected) => valueTypes[String(expected)]?.(actual) ?? false,
  },
  'has-key': {
    words: 'has the key',
    wrong: words,
    holds: (actual, expected) =>
      kindOf(actual) === 'object' && Object.hasOwn(actual as object, String(expected)),
  },
};

function ordered(accepts: (sign: number) => boolean): PredicateRule['holds'] {
  return (actual, expected) => {
    const sign = order(actual, expected);
    return sign === undefined ? cannotOrder(actual, expected) : accepts(sign);
  };
}

function isBetween(actual: unknown, expected: unknown): Held {
  const [lowest, highest] = expected as readonly unknown[];
  const [above, below] = [order(actual, lowest), order(actual, highest)];
  if (above === undefined || below === undefined) return cannotOrder(actual, lowest);
  return above >= 0 && below <= 0;
}

function cannotOrder(actual: unknown, expected: unknown): Held {
  return { mismatch: `a ${kindOf(actual)} cannot be ordered against a ${kindOf(expected)}` };
}

function isIn(actual: unknown, expected: unknown): Held {
  return (expected as readonly unknown[]).some((item) => {
    const range = rangeOf(item);
    if (range !== undefined && typeof actual === 'number') return actual >= range[0] && actual <= range[1];
    return sameValue(actual, item);
  });
}

function contains(actual: unknown, expected: unknown): Held {
  if (Array.isArray(actual)) return actual.some((item) => sameValue(item, expected));
  if (typeof actual === 'string' && typeof expected === 'string') return actual.includes(expected);
  const run = Buffer.isBuffer(actual) ? bytesOf(expected) : undefined;
  if (Buffer.isBuffer(actual) && run !== undefined) return actual.includes(run);
  if (kindOf(actual) === 'object' && kindOf(expected) === 'object') return isSubset(expected, actual);
  return { unfit: `a ${kindOf(actual)}, which cannot contain a ${kindOf(expected)}` };
}

/** Every key of an object is there with its value; more may be. Lists have the same length, and hold subsets. */
function isSubset(expected: unknown, actual: unknown): boolean {
  if (Array.isArray(expected) && Array.isArray(actual))
    return (
      expected.length === actual.length && expected.every((item, index) => isSubset(item, actual[index]))
    );
  if (kindOf(expected) !== 'object' || kindOf(actual) !== 'object')
    return isDeepStrictEqual(expected, actual);
  return Object.entries(expected as object).every(
    ([key, value]) =>
      Object.hasOwn(actual as object, key) && isSubset(value, Reflect.get(actual as object, key)),
  );
}

function textual(test: (actual: string, part: string) => boolean): PredicateRule['holds'] {
  return (actual, expected) =>
    typeof actual === 'string'
      ? test(actual, String(expected))
      : { unfit: `a ${kindOf(actual)}, which is not text` };
}

function isEmpty(actual: unknown, expected: unknown): Held {
  const empty = actual === '' || countOf(actual) === 0;
  return empty === expected;
}
