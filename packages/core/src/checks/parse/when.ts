import type { When } from '../check-file.ts';
import type { Reference } from '../origin.ts';
import type { Cursor } from './cursor.ts';
import { shown } from './cursor.ts';

/** One side of a comparison: in quotes, or a word. Operators and brackets need quotes, so `a == b && c` is no word. */
const side = String.raw`"[^"]*"|'[^']*'|[^\s"'=!<>&|()[\],]+`;
const comparison = new RegExp(`^(${side})\\s*(==|!=)\\s*(${side})$`);
const membership = new RegExp(`^(${side})\\s+in\\s*\\[\\s*((?:${side})(?:\\s*,\\s*(?:${side}))*)\\s*\\]$`);
const bareName = /^(?:([A-Za-z_][\w-]*)|\$\{([A-Za-z_][\w-]*)\})$/;

/**
 * Reads an `if`: a name that must not be empty, or one comparison.
 *
 *     token     "${environment} == production"     "${region} in [ams, fra]"
 */
export function readWhen(at: Cursor): When | undefined {
  const { value } = at;
  if (typeof value !== 'string') return at.fail(`${legal} Not ${shown(value)}.`);
  const text = value.trim();
  const [, word, template] = bareName.exec(text) ?? [];
  const name = word ?? template;
  if (name !== undefined) return { kind: 'is-set', name };
  const [, left, operator, right] = comparison.exec(text) ?? [];
  if (left !== undefined && right !== undefined)
    return compared(at, { left, negated: operator === '!=', right: [right], text });
  const [, item, list] = membership.exec(text) ?? [];
  if (item === undefined || list === undefined) return at.fail(`${legal} Not ${shown(value)}.`);
  const items = list.match(new RegExp(side, 'g')) ?? [];
  return compared(at, { left: item, negated: false, right: items, text });
}

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: templates of the check language
const legal =
  '`if` must be a name, or one comparison such as "${environment} == production", with == , != or in [a, b].';
const constant = 'This compares two constants. Write a variable as ${name}.';
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: templates of the check language

function compared(at: Cursor, { left, right, ...rest }: Omit<Extract<When, { kind: 'compares' }>, 'kind'>) {
  if (![left, ...right].some((one) => one.includes('${'))) return at.fail(constant);
  return { kind: 'compares', ...rest, left: unquoted(left), right: right.map(unquoted) } as const;
}

function unquoted(text: string): string {
  return /^["']/.test(text) ? text.slice(1, -1) : text;
}

/** The name that a bare `if: token` refers to; templates are found like all others. */
export function bareReference(at: Cursor): Reference[] {
  const name = typeof at.value === 'string' ? bareName.exec(at.value.trim())?.[1] : undefined;
  return name === undefined ? [] : [{ name, origin: at }];
}
