/** The few forms of DER (X.690) that a certificate is made of. */

const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Tag, length and value. Context tags such as `[3]` are passed as numbers. */
export function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), length(value.length), value]);
}

export const sequence = (...parts: readonly Buffer[]) => tagged(tags.sequence, ...parts);
export const set = (...parts: readonly Buffer[]) => tagged(tags.set, ...parts);
export const octetString = (value: Buffer) => tagged(tags.octetString, value);
export const utf8String = (value: string) => tagged(tags.utf8String, Buffer.from(value));
export const trueValue = tagged(tags.boolean, Buffer.from([0xff]));

/** A positive integer: DER reads a leading high bit as a minus sign. */
export function integer(value: Buffer): Buffer {
  const negative = ((value[0] ?? 0) & 0x80) !== 0;
  return tagged(tags.integer, negative ? Buffer.concat([Buffer.from([0]), value]) : value);
}

export function bitString(value: Buffer, unusedBits = 0): Buffer {
  return tagged(tags.bitString, Buffer.from([unusedBits]), value);
}

/** UTCTime has two digits for the year, so it holds until 2049. */
export function utcTime(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/\D/g, '').slice(2, 14);
  return tagged(tags.utcTime, Buffer.from(`${digits}Z`));
}

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return tagged(tags.oid, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(arc: number): number[] {
  const digits = [arc & 0x7f];
  for (let left = arc >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

function length(bytes: number): Buffer {
  if (bytes < 0x80) return Buffer.from([bytes]);
  const hex = bytes.toString(16);
  const digits = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return Buffer.concat([Buffer.from([0x80 | digits.length]), digits]);
}
