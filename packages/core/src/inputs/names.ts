import { problem, shown, value } from '../text/parsed.ts';
import type { Input, Presence } from './input.ts';
import { declareInput } from './input.ts';

const legal = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Names of environment variables, separated by commas or lines. Absent is none. */
export function names(name: string, options?: Presence): Input<readonly string[]> {
  const input = declareInput(name, options, (given) => {
    const read = given.split(/[,\r\n]/).flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
    const wrong = read.filter((one) => !legal.test(one)).map(shown);
    if (wrong.length === 0) return value([...new Set(read)]);
    const what = wrong.length === 1 ? 'which is not a name' : 'which are not names';
    return problem(
      `holds ${wrong.join(', ')}, ${what}. A name is letters, digits and "_", and does not start with a digit.`,
    );
  });
  return {
    ...input,
    read(source) {
      const read = input.read(source);
      return read.kind === 'value' ? value(read.value ?? []) : read;
    },
  };
}
