import { isNumber } from '../judge/exact-number.ts';
import { bytesOf } from '../judge/values.ts';
import type { Cursor } from './cursor.ts';
import { isMapping, shown } from './cursor.ts';
import { milliseconds } from './durations.ts';
import { anyOperand, numeric } from './template-operand.ts';

/** What a value is of, whatever the service says. */
export type Gives = 'text' | 'number' | 'flag' | 'date' | 'list' | 'bytes';

/** How one source of `expect` is written. */
export interface SourceGrammar {
  /** True for `header` and `jsonpath`, which take a mapping from an argument to predicates. */
  readonly keyed: boolean;
  /** What a mapping of a keyed source looks like, for the message: `$.status: ok`. */
  readonly example?: string;
  /** Reads one expected value; undefined notes a problem. Without it every value is legal. */
  readonly value?: (at: Cursor) => unknown;
  /** Absent where that depends on the service. */
  readonly gives?: Gives;
  /** What is in every answer: a number that is never below zero, or what can be counted. */
  readonly always?: 'number' | 'counted';
  /** True when it is never a list. */
  readonly isOne?: true;
  /** Brings an argument into the form it is read by. */
  readonly argument?: (key: string) => string;
  /** True for durations, which take `degraded` and `max` beside the predicates. */
  readonly hasThresholds?: true;
  /** What is wrong with an argument; undefined when it is legal. */
  readonly wrongArgument?: (argument: string) => string | undefined;
  /** Other views of a source that is not keyed, written as its argument: `bytes: { raw: { count: 10 } }`. */
  readonly views?: readonly string[];
  /** This name stands for a predicate of another source: `schema: …` is `json: { schema: … }`. */
  readonly shorthand?: { readonly source: string; readonly predicate: string };
}

/** The sources of one check type by name. */
export type SourceGrammars = Readonly<Record<string, SourceGrammar>>;

/** A source compared with whatever it holds. */
export const anyValue: SourceGrammar = { keyed: false };

export const textSource: SourceGrammar = { keyed: false, value: textValue, gives: 'text', isOne: true };

export const numberSource: SourceGrammar = {
  keyed: false,
  value: numeric(numberValue),
  gives: 'number',
  isOne: true,
};

export const flagSource: SourceGrammar = { keyed: false, value: flagValue, gives: 'flag', isOne: true };

/** Bytes, which are compared with text, `hex,…` or `base64,…`. */
export const bytesSource: SourceGrammar = {
  keyed: false,
  value: bytesValue,
  views: ['raw'],
  always: 'counted',
};

export const durationSource: SourceGrammar = {
  keyed: false,
  value: numeric(durationValue),
  gives: 'number',
  isOne: true,
  hasThresholds: true,
};

/** A duration that every attempt has. */
export const wholeDuration: SourceGrammar = { ...durationSource, always: 'number' };

/** Reads what text may be compared with. */
export function textValue(at: Cursor): unknown {
  if (typeof at.value === 'string') return at.value;
  if (isMapping(at.value) && Object.keys(at.value).join() === 'file')
    return at.fail('Text is compared with a file by `equals-file: golden.txt`.');
  return at.fail(
    `\`${at.key}\` is text: compare it with text, not ${shown(at.value)}. Quote the value, or use \`jsonpath\`.`,
  );
}

function numberValue(at: Cursor): unknown {
  if (isNumber(at.value)) return at.value;
  return at.fail(`\`${at.key}\` takes a number, not ${shown(at.value)}.`);
}

function flagValue(at: Cursor): unknown {
  if (typeof at.value === 'boolean') return at.value;
  return at.fail(`\`${at.key}\` takes true or false, not ${shown(at.value)}.`);
}

/** Reads what bytes may be compared with. */
export function bytesValue(at: Cursor): unknown {
  const { value } = at;
  if (typeof value !== 'string' || bytesOf(value) !== undefined) return value;
  const form = value.startsWith('hex')
    ? '`hex,` is followed by pairs of hex digits, such as hex,cafe'
    : '`base64,` is followed by base64, such as base64,yv4=';
  return at.fail(`${form}, not ${shown(value)}.`);
}

function durationValue(at: Cursor): unknown {
  const ms = typeof at.value === 'string' ? milliseconds(at.value) : undefined;
  return ms ?? at.fail(`A duration needs a unit, such as 800ms or 2s, not ${shown(at.value)}.`);
}

/** The argument of a keyed source, as it is read by. */
export function argumentOf(at: Cursor, written: string, { argument, wrongArgument }: SourceGrammar): string {
  // One with variables in it is whole only when the run starts.
  if (written.includes('${')) return written;
  const wrong = wrongArgument?.(written);
  if (wrong !== undefined) at.fail(wrong, 'key');
  return argument?.(written) ?? written;
}

/** How the expected values of a source are read. */
export function expectedOf({ value }: SourceGrammar): (at: Cursor) => unknown {
  return value ?? anyOperand;
}
