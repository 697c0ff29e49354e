/** A reply of the Redis protocol: a line, a number, or an error. Others are not asked for. */
export type Reply =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'error'; readonly text: string }
  /** What it is instead, in words. */
  | { readonly kind: 'strange'; readonly text: string };

/** A command as an array of bulk strings: no argument needs escaping. */
export function command(...words: readonly string[]): Buffer {
  const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  return Buffer.from(`*${words.length}\r\n${parts.join('')}`);
}

/** Of a line, in bytes. */
const longest = 4096;

/** The reply that `bytes` are; undefined while its line is not whole. One command has one reply. */
export function replyOf(bytes: Buffer): Reply | undefined {
  const shown = () => JSON.stringify(bytes.toString('utf8', 0, 40));
  const kind = String.fromCharCode(bytes[0] ?? 0);
  if (!'+-:'.includes(kind)) return { kind: 'strange', text: shown() };
  const end = bytes.indexOf('\r\n');
  if (end > longest || (end < 0 && bytes.length > longest))
    return { kind: 'strange', text: `a reply of more than ${longest} bytes, ${shown()}` };
  if (end < 0) return undefined;
  if (bytes.length > end + 2) return { kind: 'strange', text: `more than one reply, ${shown()}` };
  return { kind: kind === '-' ? 'error' : 'line', text: bytes.toString('utf8', 1, end) };
}
