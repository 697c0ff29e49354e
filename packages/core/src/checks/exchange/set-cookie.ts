/** One `set-cookie` header. Attribute names are in lower case; one without a value has `''`. */
export interface SetCookie {
  readonly name: string;
  readonly value: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Reads `id=42; Path=/; Secure` as RFC 6265 tells browsers to; undefined for what names no cookie. */
export function parseSetCookie(header: string): SetCookie | undefined {
  const [pair = '', ...rest] = header.split(';');
  const [name, value] = halves(pair);
  if (name === '' || !pair.includes('=')) return undefined;
  const attributes: Record<string, string> = Object.create(null);
  for (const part of rest) {
    const [key, text] = halves(part);
    // Of an attribute given twice the last counts.
    attributes[key.toLowerCase()] = text;
  }
  return { name, value, attributes };
}

function halves(text: string): [string, string] {
  const at = text.indexOf('=');
  return at === -1 ? [text.trim(), ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}
