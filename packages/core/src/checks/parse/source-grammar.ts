import type { Cursor } from './cursor.ts';
import { shown } from './cursor.ts';
import { milliseconds } from './durations.ts';

/** How one source of `expect` is written. */
export interface SourceGrammar {
  /** True for `header` and `jsonpath`, which take a mapping from an argument to predicates. */
  readonly keyed: boolean;
  /** What a mapping of a keyed source looks like, for the message: `$.status: ok`. */
  readonly example?: string;
  /** Reads one expected value; undefined notes a problem. Without it every value is legal. */
  readonly value?: (at: Cursor) => unknown;
  /** Brings an argument into the form it is read by. */
  readonly argument?: (key: string) => string;
  /** True for durations, which take `degraded` and `max` beside the predicates. */
  readonly hasBars?: true;
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

export const textSource: SourceGrammar = { keyed: false, value: textValue };

export const numberSource: SourceGrammar = { keyed: false, value: numberValue };

export const flagSource: SourceGrammar = { keyed: false, value: flagValue };

export const durationSource: SourceGrammar = { keyed: false, value: durationValue, hasBars: true };

function textValue(at: Cursor): unknown {
  if (typeof at.value === 'string') return at.value;
  return at.fail(
    `\`${at.key}\` is text: compare it with text, not ${shown(at.value)}. Quote the value, or use \`jsonpath\`.`,
  );
}

function numberValue(at: Cursor): unknown {
  if (typeof at.value === 'number') return at.value;
  return at.fail(`\`${at.key}\` takes a number, not ${shown(at.value)}.`);
}

function flagValue(at: Cursor): unknown {
  if (typeof at.value === 'boolean') return at.value;
  return at.fail(`\`${at.key}\` takes true or false, not ${shown(at.value)}.`);
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
  return value ?? ((at) => at.value);
}
