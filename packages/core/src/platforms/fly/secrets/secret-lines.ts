/**
 * Secrets as `flyctl secrets import` reads them from stdin, so that each arrives as it was given. Its parser knows no
 * escapes: it cuts a line at `#` unless an odd number of double quotes stands before it, takes off one pair of quotes,
 * and ends a block at the first line that ends with three. What none of its forms can hold is found by `unfitSecret`.
 */
export function secretLines(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${quoted(value)}\n`)
    .join('');
}

/** Three quotes are odd: they guard every `#` that no odd number of quotes stands before in the value itself. */
function quoted(value: string): string {
  if (!value.includes('\n') && hasOddQuotes(value)) return `'${value}'`;
  return `"""${value}"""`;
}

/** Whether an odd number of double quotes stands before the first `#`. */
function hasOddQuotes(line: string): boolean {
  const [before = ''] = line.split('#', 1);
  return before !== line && before.split('"').length % 2 === 0;
}

/** The longest line flyctl reads; at a longer one it stops, silently, and the secrets after it are lost. Bytes. */
const longestLine = 60_000;

/** Why flyctl cannot be given this value, as the end of a sentence that begins with its name; undefined when it can. */
export function unfitSecret(value: string): string | undefined {
  const lines = value.split('\n');
  const [first = ''] = lines;
  if (value.includes('\0')) return 'holds a NUL character, which no environment can hold.';
  if (lines.some((line) => Buffer.byteLength(line) > longestLine)) {
    return `has a line of more than ${longestLine} bytes, which flyctl does not read; encode it in several lines.`;
  }
  if (lines.length === 1) return undefined;
  if (value.includes('\r\n'))
    return 'has lines that end with CRLF, which flyctl would change; store it with LF.';
  if (lines.slice(0, -1).some((line) => line.endsWith('"""')) || hasOddQuotes(first)) {
    return 'has several lines with quotes where flyctl would end the value early; encode it, as base64 for instance.';
  }
  return undefined;
}
