import { isObject } from './json.ts';

/** A value as text that is the same for what JSON Schema takes for equal: 1 and 1.0, objects whatever the order of their keys. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value === 'number') return String(value === 0 ? 0 : value);
  if (!isObject(value)) return JSON.stringify(value) ?? 'undefined';
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`;
}

/** How many characters a text has: those beyond the first 65,536 of Unicode are one, though two stand for them. */
export function lengthOf(text: string): number {
  if (!/[\uD800-\uDBFF]/.test(text)) return text.length;
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/** Whether a number is a multiple of another, digit by digit: 0.3 is one of 0.1. */
export function isMultiple(value: number, of: number): boolean {
  if (!Number.isFinite(value)) return false;
  if (Number.isSafeInteger(value) && Number.isSafeInteger(of)) return value % of === 0;
  const [one, other] = [decimal(value), decimal(of)];
  const scale = Math.min(one.exponent, other.exponent);
  const whole = ({ digits, exponent }: Decimal) => digits * 10n ** BigInt(exponent - scale);
  return whole(one) % whole(other) === 0n;
}

/** `digits × 10 ^ exponent`. */
interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

function decimal(value: number): Decimal {
  const [mantissa = '0', power = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
}

/** A value in a few words: what it holds may be large. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (isObject(value)) return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, 61)) : String(value);
  return text.length > 62 ? `${text.slice(0, 60)}…` : text;
}

/** Several values, as many as a line takes. */
export function shownList(values: readonly unknown[]): string {
  const some = values.slice(0, 8).map(shown).join(', ');
  return values.length > 8 ? `${some}, …` : some;
}
