/** A reply of the Redis protocol: a line, a number, or an error. Others are not asked for. */
export type Reply =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'strange'; readonly text: string };

/** A command as an array of bulk strings: no argument needs escaping. */
export function command(...words: readonly string[]): Buffer {
  const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  return Buffer.from(`*${words.length}\r\n${parts.join('')}`);
}

const longest = 4096;

/** The reply at the start of `text`; undefined while its line is not whole. */
export function replyOf(text: string): Reply | undefined {
  const end = text.indexOf('\r\n');
  if (!/^[+\-:]/.test(text)) return { kind: 'strange', text: text.slice(0, 40) };
  if (end < 0) return text.length > longest ? { kind: 'strange', text: text.slice(0, 40) } : undefined;
  const line = text.slice(1, end);
  return { kind: text.startsWith('-') ? 'error' : 'line', text: line };
}
