/**
 * Masks what programs read: JSON stays JSON, and a name or an address stays itself. A person may have stored `shop` or
 * `shop.example` as a secret; what is found again by its name must not lose it.
 */
export function redactData(text: string, redact: (text: string) => string): string {
  if (redact(text) === text) return text;
  const value = jsonOf(text);
  return value === undefined ? redactValue(text, redact) : JSON.stringify(redactedJson(value, redact));
}

/** Masks a text of JSON as any text, and where it would be JSON no more, only its texts and names. */
export function redactJson(text: string, redact: (text: string) => string): string {
  const masked = redact(text);
  if (masked === text || jsonOf(masked) !== undefined) return masked;
  return JSON.stringify(redactedJson(jsonOf(text), redact));
}

function redactedJson(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redactValue(value, redact);
  if (Array.isArray(value)) return value.map((one) => redactedJson(one, redact));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, one]) => [
    redactValue(name, redact),
    redactedJson(one, redact),
  ]);
  return Object.fromEntries(entries);
}

function redactValue(text: string, redact: (text: string) => string): string {
  if (!isNameOrAddress(text)) return redact(text);
  // What makes up a name or an address is spared, and a token in the midst of it is not.
  return text
    .split(/([./:@?&=,]+)/)
    .some((part) => !isNamePart(part) && !isByChance(part, redact) && redact(part) !== part)
    ? redact(text)
    : text;
}

/**
 * A digest or a number in which a short secret stands by chance: without a few characters of it nothing is found again. A
 * secret that is most of it is hidden.
 */
function isByChance(part: string, redact: (text: string) => string): boolean {
  if (!/^(?:[\da-f]{40}|[\da-f]{64}|\d{6,20})$/.test(part)) return false;
  return redact(part).replaceAll('***', '').length >= part.length * 0.4;
}

/** One word, without a query: `v43`, `fly:shop`, `https://shop.example/a`, `sha256:…`. */
function isNameOrAddress(text: string): boolean {
  return /^[\w./:@-]+$/.test(text);
}

/** As people name things: words of letters, a few digits behind each. Tokens are not made so. */
function isNamePart(part: string): boolean {
  return part.split(/[-_]/).every((word) => /^(?:[A-Z]?[a-z]{0,20}|[A-Z]{1,12})\d{0,5}$/.test(word));
}

/** An object or a list; anything else is no data of ours. */
function jsonOf(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
