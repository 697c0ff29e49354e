import type { Cursor } from './cursor.ts';
import { isMapping, shown } from './cursor.ts';
import { quoted } from './fields.ts';

export const legalName = /^[A-Za-z_][\w-]*$/;

/** `variables`: text by name; numbers and flags are written as the text they look like. */
export function readVariables(at: Cursor): Readonly<Record<string, string>> | undefined {
  if (!isMapping(at.value)) return at.fail(`\`variables\` must be a mapping, not ${shown(at.value)}.`);
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(at.value)) {
    const one = at.child(name, value);
    if (!legalName.test(name))
      one.fail(`${quoted(name)} is not a variable name: letters, digits, _ and -.`, 'key');
    else if (typeof value === 'object')
      one.fail(`The variable \`${name}\` must be text, not ${shown(value)}.`);
    else values.set(name, String(value));
  }
  return Object.fromEntries(values);
}
