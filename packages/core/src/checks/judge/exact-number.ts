/** A decimal as its sign, its digits without zeros at either end, and where they begin: 0.d₁d₂… × 10^magnitude. */
interface Decimal {
  readonly isNegative: boolean;
  readonly digits: string;
  readonly magnitude: number;
}

/** A number of JSON or YAML that a double would round: 12345678901234567890, 2^53 + 1. Two that are equal have equal fields. */
export class ExactNumber implements Decimal {
  readonly isNegative: boolean;
  readonly digits: string;
  readonly magnitude: number;

  constructor({ isNegative, digits, magnitude }: Decimal) {
    this.isNegative = isNegative;
    this.digits = digits;
    this.magnitude = magnitude;
  }

  get isInteger(): boolean {
    return this.digits.length <= this.magnitude;
  }

  /** The nearest double. */
  valueOf(): number {
    return Number(this.toString());
  }

  /** All its digits, as JSON writes a number. */
  toString(): string {
    const { digits, magnitude } = this;
    const sign = this.isNegative ? '-' : '';
    if (magnitude > mostWritten || magnitude < -mostWritten)
      return `${sign}${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ''}e${magnitude - 1}`;
    if (magnitude <= 0) return `${sign}0.${'0'.repeat(-magnitude)}${digits}`;
    const fraction = digits.slice(magnitude);
    return `${sign}${digits.slice(0, magnitude).padEnd(magnitude, '0')}${fraction === '' ? '' : `.${fraction}`}`;
  }

  /** Its digits in JSON; rounded by a Node that cannot write them. */
  toJSON(): unknown {
    return rawJson?.(this.toString()) ?? this.valueOf();
  }
}

/** Zeros that are written out rather than said by an exponent. */
const mostWritten = 400;

const { rawJSON: rawJson } = JSON as { readonly rawJSON?: (text: string) => unknown };

/** A number as it is written in decimal: a double where that is the same number, else all its digits. */
export function numberOf(written: string): number | ExactNumber {
  const value = Number(written);
  if (written.length <= 15 && !/e/i.test(written)) return value;
  const decimal = decimalOf(written);
  return Number.isFinite(value) && compared(decimal, decimalOf(String(value))) === 0
    ? value
    : new ExactNumber(decimal);
}

export function isNumber(value: unknown): value is number | ExactNumber {
  return typeof value === 'number' || value instanceof ExactNumber;
}

/** Below, equal or above zero. A double counts as the decimal it is written as; NaN is equal to nothing. */
export function orderOfNumbers(one: number | ExactNumber, other: number | ExactNumber): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  // What is infinite has no digits.
  if (!Number.isFinite(one) && typeof one === 'number') return one;
  if (!Number.isFinite(other) && typeof other === 'number') return -other;
  return compared(decimalIn(one), decimalIn(other));
}

/** A number in decimal, without an exponent where it is not too long. */
export function numeralOf(value: number | ExactNumber): string {
  const text = String(value);
  return typeof value === 'number' && text.includes('e') ? String(new ExactNumber(decimalOf(text))) : text;
}

/** Whether a text is a number as JSON writes it. */
export function isNumeral(text: string): boolean {
  return text.length <= mostOfNumeral && /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text);
}

const mostOfNumeral = 400;

function decimalIn(value: number | ExactNumber): Decimal {
  return value instanceof ExactNumber ? value : decimalOf(String(value));
}

function decimalOf(written: string): Decimal {
  const [, sign, whole = '', fraction = '', exponent = '0'] =
    /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?\s*$/.exec(written) ?? [];
  const all = `${whole}${fraction}`;
  const digits = all.replace(/^0+/, '');
  const magnitude = whole.length + Number(exponent) - (all.length - digits.length);
  const significant = withoutEndZeros(digits);
  if (significant === '') return { isNegative: false, digits: '', magnitude: 0 };
  return { isNegative: sign === '-', digits: significant, magnitude };
}

function withoutEndZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}

function compared(one: Decimal, other: Decimal): number {
  const sides = [signOf(one), signOf(other)] as const;
  if (sides[0] !== sides[1]) return sides[0] - sides[1];
  if (one.magnitude !== other.magnitude) return sides[0] * (one.magnitude - other.magnitude);
  if (one.digits === other.digits) return 0;
  return one.digits > other.digits ? sides[0] : -sides[0];
}

function signOf({ isNegative, digits }: Decimal): number {
  if (digits === '') return 0;
  return isNegative ? -1 : 1;
}
