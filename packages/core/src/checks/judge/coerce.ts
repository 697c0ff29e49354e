import { isNumber, isNumeral, numberOf } from './exact-number.ts';

/**
 * The value of a `${name}` that is compared with whatever an answer holds there: it takes the type of that. A number or
 * flag fits the text it is written as; text fits a number or flag only where it has no type of its own, as what comes
 * from the command line.
 */
export class CoercibleValue {
  readonly value: unknown;
  readonly text: string;
  readonly isTyped: boolean;

  constructor(value: unknown, text: string, isTyped: boolean) {
    this.value = value;
    this.text = text;
    this.isTyped = isTyped;
  }

  /** As it is compared with `actual`. */
  for(actual: unknown): unknown {
    if (typeof actual === 'string' || Buffer.isBuffer(actual) || actual instanceof Date) return this.text;
    if (this.isTyped) return this.value;
    if (isNumber(actual) && isNumeral(this.text)) return numberOf(this.text);
    if (typeof actual === 'boolean' && (this.text === 'true' || this.text === 'false'))
      return this.text === 'true';
    return this.value;
  }

  /** As it is ordered against `actual`: a number stays one. */
  against(actual: unknown): unknown {
    return this.isTyped ? this.value : this.for(actual);
  }
}

/** An operand as it is compared with `actual`. */
export function coerced(expected: unknown, actual: unknown): unknown {
  return expected instanceof CoercibleValue ? expected.for(actual) : expected;
}
