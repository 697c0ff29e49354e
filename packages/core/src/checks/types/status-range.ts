import type { Cursor } from '../parse/cursor.ts';
import { shown } from '../parse/cursor.ts';

/** Of HTTP, both included: no answer with another status is taken. */
const [lowest, highest] = [100, 599] as const;

/** By these a status may be compared with the first number that is none. */
const comparisons: readonly (string | number)[] = ['gt', 'gte', 'lt', 'lte', 'between'];

/** Why no answer can have such a status, or always one in the range; undefined where one may. */
export function neverAnswered(at: Cursor): string | undefined {
  const { value } = at;
  const name = typeof at.key === 'number' ? (at.parent?.key ?? '') : at.key;
  if (comparisons.includes(bare(name))) return undefined;
  const range = typeof value === 'string' ? /^(\d{3})-(\d{3})$/.exec(value) : null;
  const [from, to] = range === null ? [value, value] : [Number(range[1]), Number(range[2])];
  if (typeof from !== 'number' || typeof to !== 'number' || !Number.isInteger(from)) return undefined;
  if (from > to) return `The range ${shown(value)} holds no status: its first number is the larger one.`;
  if (from >= lowest && to <= highest) return undefined;
  return `A status is from ${lowest} to ${highest}: no answer has ${shown(value)}.`;
}

function bare(name: string | number): string | number {
  return typeof name === 'string' ? name.replace(/^not-/, '') : name;
}
