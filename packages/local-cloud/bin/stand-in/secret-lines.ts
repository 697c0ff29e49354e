import { CommandError } from './errors.ts';

/**
 * `NAME=VALUE` lines as flyctl reads them. An unquoted value ends at a `#`; three quotes hold a value of several lines.
 */
export function parseSecrets(text: string): Record<string, string> {
  const secrets: Record<string, string> = {};
  const lines = text.split('\n');
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    if (line.startsWith('#') || line.trim() === '') continue;
    const equals = line.indexOf('=');
    if (equals === -1) {
      throw new CommandError(
        `Failed to parse secrets from stdin: Secrets must be provided as NAME=VALUE pairs (${line} is invalid)`,
      );
    }
    const name = line.slice(0, equals).trim();
    const value = withoutRemark(line.slice(equals + 1).replace(/^ +/, ''));
    if (value.startsWith('"""') && !isClosed(value))
      secrets[name] = [value.slice(3), ...block(lines)].join('\n');
    else secrets[name] = unquoted(value);
  }
  return secrets;
}

function withoutRemark(value: string): string {
  const [before = ''] = value.split('#', 1);
  const isOutside = (before.split('"').length - 1) % 2 === 0;
  return before !== value && isOutside ? before.replace(/ +$/, '') : value;
}

function isClosed(value: string): boolean {
  return value.endsWith('"""') && value.length >= 6;
}

function unquoted(value: string): string {
  if (isClosed(value) && value.startsWith('"""')) return value.slice(3, -3);
  const quote = /^(["']).*\1$/s.exec(value)?.[1];
  return quote === undefined ? value : value.slice(1, -1);
}

/** The lines up to the one that ends with three quotes. */
function block(lines: string[]): string[] {
  const end = lines.findIndex((line) => line.endsWith('"""'));
  const taken = lines.splice(0, end === -1 ? lines.length : end + 1);
  return end === -1 ? taken : taken.with(-1, (taken.at(-1) ?? '').slice(0, -3));
}
