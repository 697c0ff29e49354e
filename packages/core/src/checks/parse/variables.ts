import type { Variables } from '../check-file.ts';
import type { Cursor } from './cursor.ts';
import { isMapping, shown } from './cursor.ts';
import { quoted } from './fields.ts';
import { isScalar } from './scalars.ts';

export const legalName = /^[A-Za-z_][\w-]*$/;

/** `variables`: text, numbers and flags by name. */
export function readVariables(at: Cursor): Variables | undefined {
  if (!isMapping(at.value)) return at.fail(`\`variables\` must be a mapping, not ${shown(at.value)}.`);
  const values = new Map<string, Variables[string]>();
  for (const [name, value] of Object.entries(at.value)) {
    const one = at.child(name, value);
    if (!legalName.test(name))
      one.fail(`${quoted(name)} is not a variable name: letters, digits, _ and -.`, 'key');
    else if (!isScalar(value))
      one.fail(`The variable \`${name}\` must be text, a number or a flag, not ${shown(value)}.`);
    else values.set(name, value);
  }
  return Object.fromEntries(values);
}
