import { nearest } from '../../text/nearest.ts';
import type { Cursor } from './cursor.ts';
import { isMapping, shown } from './cursor.ts';
import { kebab, meantBy } from './other-words.ts';
import { rightForm } from './right-forms.ts';

/** A mapping whose keys are all known. */
export interface Fields {
  readonly cursor: Cursor;
  /** The value under `key`; undefined when it is absent. */
  get(key: string): Cursor | undefined;
  /** Reads the value under `key` with `read`, when it is there. */
  read<T>(key: string, read: (at: Cursor) => T | undefined): T | undefined;
  readonly has: (key: string) => boolean;
}

export interface Shape {
  /** What the mapping is called in messages: "`retry`", "a check". */
  readonly what: string;
  readonly keys: readonly string[];
}

/** Opens a mapping; every key outside `shape.keys` is a problem with the nearest legal key as a hint. */
export function fields(at: Cursor, shape: Shape): Fields | undefined {
  const mapping = at.value;
  if (!isMapping(mapping))
    return at.fail(
      `${shape.what} must be a mapping${rightForm(shape.what, mapping)}, not ${shown(mapping)}.`,
    );
  const strange = Object.keys(mapping).filter((key) => !shape.keys.includes(key));
  for (const key of strange.slice(0, mostStrange))
    at.child(key, mapping[key]).fail(strangeKey(key, shape), 'key');
  if (strange.length > mostStrange)
    at.fail(`${strange.length - mostStrange} more keys of ${shape.what} are unknown.`);
  const get = (key: string) => (Object.hasOwn(mapping, key) ? at.child(key, mapping[key]) : undefined);
  return {
    cursor: at,
    get,
    has: (key) => Object.hasOwn(mapping, key),
    read(key, read) {
      const child = get(key);
      return child === undefined ? undefined : read(child);
    },
  };
}

/** Unknown keys of one mapping that are named. */
const mostStrange = 20;

function strangeKey(key: string, { what, keys }: Shape): string {
  return `Unknown key ${quoted(key)} in ${what}. ${hintAt(key, what, keys)}`;
}

/** A word of another tool says more than the spelling of ours. */
function hintAt(key: string, what: string, keys: readonly string[]): string {
  if (key.length > 80) return `Legal: ${keys.join(', ')}.`;
  const spelt = kebab(key);
  const meant = keys.includes(spelt) ? spelt : undefined;
  const near = meant ?? (meantBy(key, what) === undefined ? nearest(key, keys) : undefined);
  return near === undefined
    ? (meantBy(key, what) ?? `Legal: ${keys.join(', ')}.`)
    : `Did you mean \`${near}\`?`;
}

/** A key of the file in back quotes, unless it holds what would break out of them. */
export function quoted(key: string): string {
  return /^[\w $.@*[\]-]{1,80}$/.test(key) ? `\`${key}\`` : shown(key);
}
