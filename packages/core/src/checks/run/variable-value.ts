import { isNumber, numeralOf } from '../judge/exact-number.ts';
import { asText } from '../judge/values.ts';

/** What a name stands for. */
export interface VariableValue {
  /** With the type that YAML or JSON gives it. */
  readonly value: unknown;
  /** As it stands in a text. */
  readonly text: string;
  /** False for what comes from the command line and for secrets: text that may be meant as a number. */
  readonly isTyped: boolean;
  /** Nothing has captured it yet: neither value nor text is of use. */
  readonly isOpen?: true;
}

export function untypedValue(text: string): VariableValue {
  return { value: text, text, isTyped: false };
}

/** `digits`: those of a number as they were written, where they are known. */
export function typedValue(value: unknown, digits?: string): VariableValue {
  return { value, text: digits ?? textOf(value), isTyped: true };
}

/** Whether a value has a place in a text. */
export function isPlain(value: unknown): boolean {
  return value !== null && (typeof value !== 'object' || isNumber(value) || isBytesOrDate(value));
}

function isBytesOrDate(value: unknown): boolean {
  return Buffer.isBuffer(value) || value instanceof Date;
}

/** Nothing for null, JSON for what has no place in a text. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return isNumber(value) ? numeralOf(value) : asText(value);
}
