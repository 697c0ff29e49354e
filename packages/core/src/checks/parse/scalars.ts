import { nearest } from '../../text/nearest.ts';
import { ownValue } from '../../text/own-value.ts';
import type { ExactNumber } from '../judge/exact-number.ts';
import { isNumber, numeralOf } from '../judge/exact-number.ts';
import type { Cursor } from './cursor.ts';
import { shown } from './cursor.ts';

/** Readers of single values: each answers the value, or notes a problem and answers undefined. */

export function text(at: Cursor): string | undefined {
  if (typeof at.value === 'string' && at.value !== '') return at.value;
  return at.fail(`\`${at.key}\` must be text, not ${shown(at.value)}.`);
}

export function flag(at: Cursor): boolean | undefined {
  if (typeof at.value === 'boolean') return at.value;
  return at.fail(`\`${at.key}\` must be true or false, not ${shown(at.value)}.`);
}

/** What YAML writes on one line: text, a number or a flag. */
export function isScalar(value: unknown): value is string | number | boolean | ExactNumber {
  return typeof value === 'string' || typeof value === 'boolean' || isNumber(value);
}

/** The same as text: a number in all its digits. */
export function scalarText(value: unknown): string {
  return isNumber(value) ? numeralOf(value) : String(value);
}

/** A whole number of at least `least`. */
export function integer(least: number): (at: Cursor) => number | undefined {
  return (at) => {
    if (typeof at.value === 'number' && Number.isSafeInteger(at.value) && at.value >= least) return at.value;
    return at.fail(`\`${at.key}\` must be a whole number of at least ${least}, not ${shown(at.value)}.`);
  };
}

export function oneOf<C extends string>(legal: readonly C[]): (at: Cursor) => C | undefined {
  return (at) => {
    const found = legal.find((one) => one === at.value);
    if (found !== undefined) return found;
    const meant = typeof at.value === 'string' ? nearest(at.value, legal) : undefined;
    const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
    return at.fail(`\`${at.key}\` must be one of ${legal.join(', ')}, not ${shown(at.value)}.${hint}`);
  };
}

/** Items of one list: as many as a run takes checks. */
const mostItems = 20_000;

function tooMany(count: number): string {
  return `This list has ${count} items, and ${mostItems} is the most. Use several files.`;
}

/** A list whose items `read` accepts; items it refuses are left out after their problem is noted. */
export function listOf<T>(read: (at: Cursor) => T | undefined): (at: Cursor) => T[] | undefined {
  return (at) => {
    if (!Array.isArray(at.value)) return at.fail(`\`${at.key}\` must be a list, not ${shown(at.value)}.`);
    if (at.value.length > mostItems) return at.fail(tooMany(at.value.length));
    const items: T[] = [];
    for (const [index, item] of at.value.entries()) {
      const value = read(at.child(index, item));
      if (value !== undefined) items.push(value);
    }
    return items;
  };
}

/** A string inside a list or mapping, where the key says nothing about it. */
export function word(at: Cursor): string | undefined {
  if (typeof at.value === 'string' && at.value !== '') return at.value;
  return at.fail(`${shown(at.value)} must be text.`);
}

export function percentage(at: Cursor): number | undefined {
  const digits = typeof at.value === 'string' ? /^(\d+(?:\.\d+)?)\s*%$/.exec(at.value)?.[1] : undefined;
  if (digits !== undefined) return Number(digits) / 100;
  return at.fail(`\`${at.key}\` must be a percentage such as 10%, not ${shown(at.value)}.`);
}

/** A share of a whole: at most 100 %. */
export function share(at: Cursor): number | undefined {
  const part = percentage(at);
  if (part === undefined || part <= 1) return part;
  return at.fail(`\`${at.key}\` must be at most 100%, not ${shown(at.value)}.`);
}

/** A size in bytes: a whole number, or one with a unit such as `10 MiB`. */
export function size(at: Cursor): number | undefined {
  const units: Readonly<Record<string, number>> = {
    B: 1,
    KiB: 1024,
    MiB: 1024 ** 2,
    kB: 1000,
    MB: 1_000_000,
  };
  const parts = typeof at.value === 'string' ? /^(\d+)\s*([A-Za-z]+)$/.exec(at.value) : null;
  const factor = ownValue(units, parts?.[2] ?? '');
  if (parts !== null && factor !== undefined) return Number(parts[1]) * factor;
  return at.fail(
    `\`${at.key}\` must be a size with a unit (${Object.keys(units).join(', ')}), not ${shown(at.value)}.`,
  );
}
