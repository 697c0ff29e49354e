import { parsedJson } from './json-text.ts';
import { kindOf, sameValue } from './values.ts';

/** A file that something is compared with, as read. */
export class ComparedFile {
  /** As written in the check. */
  readonly path: string;
  readonly bytes: Buffer;

  constructor(path: string, bytes: Buffer) {
    this.path = path;
    this.bytes = bytes;
  }
}

export type ComparedWithFile =
  | { readonly kind: 'same' }
  /** How the value differs, without a word of what stands in the file. */
  | { readonly kind: 'differs'; readonly actual?: string }
  /** A value of a kind that no such file holds. */
  | { readonly kind: 'unfit'; readonly actual: string };

/** Bytes and text are the file byte by byte; any other value is what the file says as JSON. */
export function comparedWithFile(value: unknown, { bytes }: ComparedFile): ComparedWithFile {
  if (Buffer.isBuffer(value)) return sameBytes(value, bytes);
  if (typeof value === 'string' && bytes.equals(Buffer.from(value))) return { kind: 'same' };
  const json = parsedJson(bytes.toString('utf8'));
  if (json.kind === 'value') return sameValue(value, json.value) ? { kind: 'same' } : { kind: 'differs' };
  return typeof value === 'string'
    ? sameBytes(Buffer.from(value), bytes)
    : { kind: 'unfit', actual: `a ${kindOf(value)}, and the file is ${json.why}` };
}

function sameBytes(actual: Buffer, expected: Buffer): ComparedWithFile {
  if (actual.equals(expected)) return { kind: 'same' };
  const at = actual.findIndex((byte, index) => byte !== expected[index]);
  const place = at === -1 ? actual.length : at;
  const line = actual.subarray(0, place).toString('latin1').split('\n').length;
  return {
    kind: 'differs',
    actual: `${actual.length} bytes, where the file has ${expected.length}; the first that differs is byte ${place + 1}, in line ${line}`,
  };
}
