// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language and of workflows
import type { Reference } from '../origin.ts';
import { BindProblem } from '../types/bind-problem.ts';
import type { Cursor } from './cursor.ts';
import { isMapping, shown } from './cursor.ts';

/** `$${` is an escaped `${`; anything else after `${` must be a name and a closing brace. */
const token = /\$\$\{|\$\{([A-Za-z_][\w-]*)\}|\$\{/g;

/** Characters of a text with its variables filled in: as much as a body from a file. */
const mostFilled = 16 * 1024 * 1024;

/** Characters of a variable that uses others: a few lines could fill the memory with themselves. */
export const mostOfVariable = 1024 * 1024;

/**
 * `text` with every `${name}` replaced by what `lookup` answers, and `$${` by `${`. Throws BindProblem where that would
 * be longer than `most`, before it is made.
 */
export function filled(text: string, lookup: (name: string) => string, most = mostFilled): string {
  if (!text.includes('${')) return text;
  let room = most - text.length;
  return text.replace(token, (match, name: string | undefined) => {
    const value = name === undefined ? (match === '$${' ? '${' : match) : lookup(name);
    room -= value.length;
    if (room < 0)
      throw new BindProblem(
        `${shown(text)} is longer than ${most} characters once it is filled in. Shorten the variables it uses.`,
      );
    return value;
  });
}

/** Whether a text refers to a name. */
export function hasReference(text: string): boolean {
  return text.includes('${') && namesUsed(text).length > 0;
}

/** The names that a text refers to. */
export function namesUsed(text: string): readonly string[] {
  return [...text.matchAll(token)].flatMap(([, name]) => name ?? []);
}

/** The name that is all of a text; undefined when there is more to it. */
export function wholeName(text: string): string | undefined {
  return /^\$\{([A-Za-z_][\w-]*)\}$/.exec(text)?.[1];
}

/** A value with every string inside it replaced by what `fill` makes of it; parts without templates are kept as they are. */
export function filledDeep(value: unknown, fill: (text: string) => unknown): unknown {
  if (typeof value === 'string') return fill(value);
  if (Array.isArray(value)) return value.map((item) => filledDeep(item, fill));
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filledDeep(item, fill)]));
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

/** Each name of a text counts once, and what is wrong with it is said once: a text may hold thousands. */
function scan(at: Cursor, text: string, found: Reference[]): void {
  const names = new Set<string>();
  let isBroken = false;
  for (const [match, name] of text.matchAll(token)) {
    if (name !== undefined) names.add(name);
    else if (match === '${') isBroken = true;
  }
  for (const name of names) found.push({ name, origin: at });
  if (isBroken)
    at.fail(
      `${shown(text)} has a \`\${\` that is not a name in braces. Write \`$\${\` for the characters themselves.`,
    );
}
