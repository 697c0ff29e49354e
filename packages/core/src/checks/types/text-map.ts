import type { Cursor } from '../parse/cursor.ts';
import { isMapping, shown } from '../parse/cursor.ts';
import { isScalar, scalarText } from '../parse/scalars.ts';

/** Names with their values, in order; a name may come several times. */
export type TextPairs = readonly (readonly [name: string, value: string])[];

/** A mapping to text; numbers and flags are written as the text they look like. */
export function textMap(at: Cursor): Readonly<Record<string, string>> | undefined {
  const pairs = read(at, false);
  return pairs && Object.fromEntries(pairs);
}

/** The same, where the value may be a list of texts: `tag: [a, b]` comes twice. */
export function textPairs(at: Cursor): TextPairs | undefined {
  return read(at, true);
}

function read(at: Cursor, mayRepeat: boolean): TextPairs | undefined {
  if (!isMapping(at.value)) return at.fail(`\`${at.key}\` must be a mapping, not ${shown(at.value)}.`);
  return Object.entries(at.value).flatMap(([name, value]): TextPairs => {
    const one = at.child(name, value);
    if (!mayRepeat || !Array.isArray(value)) return pair(one, name, mayRepeat);
    if (value.length === 0) one.fail(`\`${name}\` is an empty list: leave it out.`);
    return value.flatMap((item, index) => pair(one.child(index, item), name, false));
  });
}

function pair(at: Cursor, name: string, mayBeList: boolean): TextPairs {
  if (isScalar(at.value)) return [[name, scalarText(at.value)]];
  at.fail(`\`${name}\` must be text${mayBeList ? ', or a list of texts' : ''}, not ${shown(at.value)}.`);
  return [];
}
