import type { Reference } from '../check-file.ts';
import type { Cursor } from './cursor.ts';
import { isMapping, shown } from './cursor.ts';

/** `$${` is an escaped `${`; anything else after `${` must be a name and a closing brace. */
const token = /\$\$\{|\$\{([A-Za-z_][\w-]*)\}|\$\{/g;

/** `text` with every `${name}` replaced by what `lookup` answers, and `$${` by `${`. */
export function filled(text: string, lookup: (name: string) => string): string {
  if (!text.includes('${')) return text;
  return text.replace(token, (match, name: string | undefined) =>
    name === undefined ? (match === '$${' ? '${' : match) : lookup(name),
  );
}

/** The same for every string inside a value; parts without templates are kept as they are. */
export function filledDeep(value: unknown, lookup: (name: string) => string): unknown {
  if (typeof value === 'string') return filled(value, lookup);
  if (Array.isArray(value)) return value.map((item) => filledDeep(item, lookup));
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filledDeep(item, lookup)]));
}

/** Collects the names a value refers to, at any depth; a broken template is a problem. */
export function collectReferences(at: Cursor, found: Reference[]): void {
  const value = at.value;
  if (typeof value === 'string') {
    if (value.includes('${')) scan(at, value, found);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      if (mayRefer(item)) collectReferences(at.child(index, item), found);
  } else if (isMapping(value)) {
    for (const key in value) if (mayRefer(value[key])) collectReferences(at.child(key, value[key]), found);
  }
}

function mayRefer(value: unknown): boolean {
  return typeof value === 'string' ? value.includes('${') : typeof value === 'object' && value !== null;
}

function scan(at: Cursor, text: string, found: Reference[]): void {
  for (const match of text.matchAll(token)) {
    if (match[1] !== undefined) found.push({ name: match[1], origin: at });
    else if (match[0] === '${')
      at.fail(
        `${shown(text)} has a \`\${\` that is not a name in braces. Write \`$\${\` for the characters themselves.`,
      );
  }
}
