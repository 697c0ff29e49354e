import { problem, value } from '../text/parsed.ts';
import { type Input, manifestFacts } from './input.ts';
import type { SecretOptions } from './secret.ts';

/**
 * Secrets of at least `min` characters, one a line, trimmed; blank lines are passed over. Each is masked as it is read
 * and never shown in a message. Absent is the empty list.
 */
export function secretLines(
  name: string,
  { min, env = [], ...presence }: Omit<SecretOptions, 'required'> & { readonly min: number },
): Input<readonly string[]> {
  return {
    ...manifestFacts(presence),
    name,
    read(source) {
      const given = [source.input(name), ...env.map((variable) => source.env[variable] ?? '')];
      const text = given.find((one) => one.trim() !== '') ?? '';
      const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
      for (const line of lines) if (line !== '') source.mask(line);
      const short = lines.findIndex((line) => line !== '' && line.length < min);
      if (short >= 0) {
        const has = `line ${short + 1} has ${lines[short]?.length} characters`;
        return problem(`holds a secret that is too short: ${has}, and ${min} are needed at least.`);
      }
      return value([...new Set(lines.filter((line) => line !== ''))]);
    },
  };
}
