import type { When } from '../check-file.ts';
import { filled } from '../parse/template.ts';

/** Why a condition does not hold, for the report; undefined when it does. A name without a value counts as empty. */
export function reasonAgainst(when: When, lookup: (name: string) => string | undefined): string | undefined {
  const value = (name: string) => lookup(name) ?? '';
  if (when.kind === 'is-set') return value(when.name) === '' ? `\`${when.name}\` is empty` : undefined;
  const left = filled(when.left, value);
  const isAmong = when.right.some((one) => filled(one, value) === left);
  return isAmong !== when.negated ? undefined : `\`${when.text}\` does not hold of ${JSON.stringify(left)}`;
}
