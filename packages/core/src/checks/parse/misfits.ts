import type { Assertion, Predicate } from '../assertion.ts';
import { CoercibleValue } from '../judge/coerce.ts';
import { parsedDate } from '../judge/dates.ts';
import { isNumber } from '../judge/exact-number.ts';
import type { Conditions } from './conditions.ts';
import type { Cursor } from './cursor.ts';
import { isMapping, shown } from './cursor.ts';
import { predicateNamed } from './predicate-names.ts';
import type { Gives, SourceGrammar } from './source-grammar.ts';
import { isPutOff } from './template-operand.ts';

const ordering: readonly string[] = ['gt', 'gte', 'lt', 'lte', 'between'];

/** The filters that make one kind of value, whatever they are given. */
const makers: Readonly<Record<Gives, readonly string[]>> = {
  number: ['count', 'toInt', 'toFloat', 'daysAfterNow', 'daysBeforeNow'],
  text: [
    'regex',
    'replace',
    'replaceRegex',
    'urlDecode',
    'urlQueryParam',
    'htmlUnescape',
    'utf8Decode',
    'toString',
    'dateFormat',
    'toHex',
    'urlEncode',
    'charset',
    'md5',
  ],
  date: ['toDate'],
  list: ['split'],
  bytes: ['base64Decode', 'base64UrlSafeDecode'],
  flag: [],
};
const madeBy = new Map(
  Object.entries(makers).flatMap(([kind, names]) => names.map((name) => [name, kind as Gives] as const)),
);

/** Notes predicates that cannot hold whatever the service says: what is compared is always of another kind. */
export function fitting(conditions: Conditions, grammar: SourceGrammar, at: Cursor): Conditions {
  const { filters, predicates } = conditions;
  const last = filters.at(-1);
  const gives = last === undefined ? grammar.gives : madeBy.get(last.name);
  if (gives === undefined) return conditions;
  const isOne = last === undefined && grammar.isOne === true;
  for (const predicate of predicates) {
    const why = misfit(predicate, gives) ?? (isOne ? notOfItems(predicate, gives) : undefined);
    if (why !== undefined) placeOf(predicate, at).fail(why);
  }
  return conditions;
}

/** The same of an assertion whose variables have values; what its source gives was looked at before. */
export function boundMisfit({
  filters,
  predicate,
}: Pick<Assertion, 'filters' | 'predicate'>): string | undefined {
  const gives = madeBy.get(filters.at(-1)?.name ?? '');
  return gives && misfit(predicate, gives);
}

function misfit({ name, expected, nested }: Predicate, gives: Gives): string | undefined {
  // The filter was put on each of several.
  if (gives === 'date' && (name === 'each' || name === 'any')) return firstMisfit(nested, gives);
  if (!ordering.includes(name)) return undefined;
  const operands: readonly unknown[] = Array.isArray(expected) ? expected : [expected];
  const odd = operands.find((operand) => !isPutOff(operand) && !isOrderable(meant(operand, gives), gives));
  if (odd === undefined) return undefined;
  return `\`${name}\` compares with ${shown(odd instanceof CoercibleValue ? odd.value : odd)} here, and what is read is ${words[gives]} whatever the service says${advice(odd, gives)}.`;
}

/** A variable takes the type of what it is compared with. */
function meant(operand: unknown, gives: Gives): unknown {
  if (!(operand instanceof CoercibleValue)) return operand;
  return operand.against(gives === 'number' ? 0 : '');
}

function firstMisfit(predicates: readonly Predicate[], gives: Gives): string | undefined {
  for (const one of predicates) {
    const why = misfit(one, gives);
    if (why !== undefined) return why;
  }
  return undefined;
}

function isOrderable(operand: unknown, gives: Gives): boolean {
  switch (gives) {
    case 'number':
      return isNumber(operand);
    case 'text':
      return typeof operand === 'string';
    case 'date':
      return typeof operand === 'string' && parsedDate(operand, undefined) !== undefined;
    case 'flag':
    case 'list':
    case 'bytes':
      return false;
  }
}

const words: Readonly<Record<Gives, string>> = {
  number: 'a number',
  text: 'text',
  date: 'a date',
  flag: 'true or false',
  list: 'a list',
  bytes: 'bytes',
};

function advice(odd: unknown, gives: Gives): string {
  if (gives === 'text' && isNumber(odd)) return '. Put `toInt: true` or `toFloat: true` before it';
  if (gives === 'number') return '. Write a number';
  if (gives === 'date') return '. Write a date such as 2026-11-21 or 2026-11-21T10:00:00Z';
  return '. It has no order';
}

function notOfItems({ name }: Predicate, gives: Gives): string | undefined {
  if (name !== 'each' && name !== 'any') return undefined;
  return `\`${name}\` asks of the elements of a list, and what is read is ${words[gives]} whatever the service says. Ask it without \`${name}\`.`;
}

/** Where the predicate stands, by whatever name it is written. */
function placeOf({ name }: Predicate, at: Cursor): Cursor {
  if (!isMapping(at.value)) return at;
  const key = Object.keys(at.value).find((one) => predicateNamed(one)?.name === name);
  return key === undefined ? at : at.child(key, at.value[key]);
}
