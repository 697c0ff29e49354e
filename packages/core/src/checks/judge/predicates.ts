import { CoercibleValue, coerced } from './coerce.ts';
import { isNumber, orderOfNumbers } from './exact-number.ts';
import { aKindOf, bytesOf, countOf, kindOf, order, rangeOf, sameValue, valueTypes } from './values.ts';

/**
 * Whether a predicate holds. `mismatch`: the check asks what has no answer, whatever the target says; `unfit`: the target
 * said something of another kind, of which neither the predicate nor its negation holds.
 */
export type PredicateResult = boolean | { readonly mismatch: string } | { readonly unfit: string };

/** One predicate without a deadline or nesting of its own. */
export interface PredicateRule {
  /** What its expected value must be, for the message; undefined when `expected` is legal. */
  wrong?(expected: unknown): string | undefined;
  holds(actual: unknown, expected: unknown): PredicateResult;
  /** As in `expected less than 800`. */
  readonly words: string;
}

const comparable = (expected: unknown) =>
  isNumber(expected) || typeof expected === 'string' || expected instanceof CoercibleValue
    ? undefined
    : 'a number or text';
const list = (expected: unknown) => {
  if (!Array.isArray(expected) || expected.length === 0) return 'a list';
  const ranges = expected.map(rangeOf).filter((range) => range !== undefined);
  return ranges.every(([lowest, highest]) => lowest <= highest) ? undefined : 'ranges from low to high';
};
const pair = (expected: unknown) => {
  if (
    !Array.isArray(expected) ||
    expected.length !== 2 ||
    expected.some((end) => comparable(end) !== undefined)
  )
    return 'a list of two, [lowest, highest]';
  const [lowest, highest] = expected.map((end) => (end instanceof CoercibleValue ? end.against(0) : end));
  const sign = order(lowest, highest);
  // One with a variable in it is whole only when the run starts, and may fit what it meets.
  const isOpen = expected.some((end) => isTemplate(end) || end instanceof CoercibleValue);
  if (isOpen && !(isNumber(lowest) && isNumber(highest))) return undefined;
  if (sign === undefined) return 'a list of two of the same kind';
  return sign > 0 ? 'a list of two, [lowest, highest]' : undefined;
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
    holds: atOneEnd(
      (actual, part) => actual.startsWith(part),
      (actual, part) => actual.subarray(0, part.length).equals(part),
    ),
  },
  'ends-with': {
    words: 'ends with',
    wrong: words,
    holds: atOneEnd(
      (actual, part) => actual.endsWith(part),
      (actual, part) => actual.subarray(Math.max(0, actual.length - part.length)).equals(part),
    ),
  },
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
      kindOf(actual) === 'object'
        ? Object.hasOwn(actual as object, String(expected))
        : { unfit: `${aKindOf(actual)}, which has no keys` },
  },
};

function isTemplate(expected: unknown): boolean {
  return typeof expected === 'string' && expected.includes('${');
}

function ordered(accepts: (sign: number) => boolean): PredicateRule['holds'] {
  return (actual, expected) => {
    const sign = order(actual, expected);
    return sign === undefined ? cannotOrder(actual, expected) : accepts(sign);
  };
}

function isBetween(actual: unknown, expected: unknown): PredicateResult {
  const [lowest, highest] = expected as readonly unknown[];
  const [above, below] = [order(actual, lowest), order(actual, highest)];
  if (above === undefined || below === undefined)
    return cannotOrder(actual, above === undefined ? lowest : highest);
  return above >= 0 && below <= 0;
}

/** Only filters make dates: one that meets what is none is compared so whatever the target says. */
function cannotOrder(actual: unknown, operand: unknown): PredicateResult {
  const expected = operand instanceof CoercibleValue ? operand.against(actual) : operand;
  return actual instanceof Date
    ? { mismatch: `a date cannot be ordered against ${aKindOf(expected)} that is none` }
    : { unfit: `${aKindOf(actual)}, which cannot be ordered against ${aKindOf(expected)}` };
}

/** A range orders numbers: of what is none, and is not in the list as it stands, nothing can be said. */
function isIn(actual: unknown, expected: unknown): PredicateResult {
  const items = (expected as readonly unknown[]).map((one) => coerced(one, actual));
  if (items.some((item) => sameValue(actual, item))) return true;
  const ranges = items.map(rangeOf).filter((range) => range !== undefined);
  if (isNumber(actual))
    return ranges.some(
      ([lowest, highest]) => orderOfNumbers(actual, lowest) >= 0 && orderOfNumbers(actual, highest) <= 0,
    );
  // Text that is written as a range is told apart from another as text.
  if (ranges.length === 0 || rangeOf(actual) !== undefined) return false;
  return { unfit: `${aKindOf(actual)}, which is in no range of numbers` };
}

function contains(actual: unknown, operand: unknown): PredicateResult {
  const expected = Array.isArray(actual) ? elementMeant(actual, operand) : coerced(operand, actual);
  if (Array.isArray(actual)) return hasElement(actual, expected);
  if (typeof actual === 'string' && typeof expected === 'string') return actual.includes(expected);
  const run = Buffer.isBuffer(actual) ? bytesOf(expected) : undefined;
  if (Buffer.isBuffer(actual) && run !== undefined) return actual.includes(run);
  if (kindOf(actual) === 'object' && kindOf(expected) === 'object') return isSubset(expected, actual);
  return { unfit: `${aKindOf(actual)}, which cannot contain ${aKindOf(expected)}` };
}

/** That no object equals a text proves nothing; that nothing is null does. */
function hasElement(items: readonly unknown[], expected: unknown): PredicateResult {
  if (items.some((item) => sameValue(item, expected))) return true;
  const isOfOtherKind = items.length > 0 && items.every((item) => kindOf(item) !== kindOf(expected));
  if (expected === null || !isOfOtherKind) return false;
  return { unfit: `a list of ${items.length}, none of them ${aKindOf(expected)}` };
}

/** A variable takes the type of the element that it equals, else of the first. */
function elementMeant(items: readonly unknown[], operand: unknown): unknown {
  if (!(operand instanceof CoercibleValue)) return operand;
  return coerced(operand, items.find((item) => sameValue(item, operand)) ?? items[0]);
}

/** Every key of an object is there with its value; more may be. Lists have the same length, and hold subsets. */
function isSubset(expected: unknown, actual: unknown): boolean {
  if (Array.isArray(expected) && Array.isArray(actual))
    return (
      expected.length === actual.length && expected.every((item, index) => isSubset(item, actual[index]))
    );
  if (kindOf(expected) !== 'object' || kindOf(actual) !== 'object') return sameValue(actual, expected);
  return Object.entries(expected as object).every(
    ([key, value]) =>
      Object.hasOwn(actual as object, key) && isSubset(value, Reflect.get(actual as object, key)),
  );
}

function atOneEnd(
  ofText: (actual: string, part: string) => boolean,
  ofBytes: (actual: Buffer, part: Buffer) => boolean,
): PredicateRule['holds'] {
  return (actual, expected) => {
    if (typeof actual === 'string') return ofText(actual, String(expected));
    const part = Buffer.isBuffer(actual) ? bytesOf(expected) : undefined;
    if (Buffer.isBuffer(actual) && part !== undefined) return ofBytes(actual, part);
    return { unfit: `${aKindOf(actual)}, which is not text` };
  };
}

function isEmpty(actual: unknown, expected: unknown): PredicateResult {
  const size = typeof actual === 'string' ? actual.length : countOf(actual);
  if (size === undefined) return { unfit: `${aKindOf(actual)}, which is neither empty nor not` };
  return (size === 0) === expected;
}
