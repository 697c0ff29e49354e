/**
 * Orders texts by their bytes in UTF-8: below, equal or above 0. JavaScript's own order is that of UTF-16, in which what
 * lies beyond U+FFFF comes too early.
 */
export function compareBytes(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) {
    const [a, b] = [one.charCodeAt(at), other.charCodeAt(at)];
    if (a !== b) return inBytes(a) - inBytes(b);
  }
  return one.length - other.length;
}

/** A half of a surrogate pair stands for a character above all that have one unit. */
function inBytes(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
