import * as zlib from 'node:zlib';
import type { Decompressed } from './decompress.ts';
import { decompress, TruncatedBody } from './decompress.ts';

/**
 * A gzip stream of which Node's decoder refuses the end (RFC 1952): its members in full, and how many bytes follow the
 * last that begin none, as curl reads it. Throws TruncatedBody for a member that breaks off, Error for what is no gzip.
 *
 * Ours, over Node's inflate: fflate looks at no checksum.
 */
export async function gzipMembers(bytes: Buffer, maxOutputLength: number): Promise<Decompressed> {
  const members: Buffer[] = [];
  let at = 0;
  let room = maxOutputLength;
  while (isMember(bytes, at)) {
    const start = endOfHeader(bytes, at);
    const member = await decompress(zlib.inflateRaw, bytes.subarray(start), {
      maxOutputLength: Math.max(1, room),
    });
    const end = start + member.read;
    if (end + 8 > bytes.length) throw new TruncatedBody();
    if (bytes.readUInt32LE(end) !== zlib.crc32(member.bytes)) throw new Error('a wrong checksum');
    if (bytes.readUInt32LE(end + 4) !== member.bytes.length >>> 0) throw new Error('a wrong length');
    members.push(member.bytes);
    if (members.length > mostMembers) throw new Error(`more than ${mostMembers} members`);
    room -= member.bytes.length;
    if (room < 0) throw new RangeError('larger than allowed');
    at = end + 8;
  }
  if (members.length === 0) throw new Error('no gzip');
  return { bytes: Buffer.concat(members), read: at };
}

/** Each is undone on its own; a body in one piece has one. */
const mostMembers = 1000;

function isMember(bytes: Buffer, at: number): boolean {
  return bytes[at] === 0x1f && bytes[at + 1] === 0x8b;
}

/** Of a header with its optional fields. Refuses what zlib refuses. */
function endOfHeader(bytes: Buffer, start: number): number {
  if (start + 10 > bytes.length) throw new TruncatedBody();
  const flags = bytes[start + 3] ?? 0;
  if (bytes[start + 2] !== deflate || (flags & reserved) !== 0) throw new Error('of no known kind');
  let at = start + 10;
  if ((flags & 4) !== 0) at += 2 + (bytes.length < at + 2 ? 0 : bytes.readUInt16LE(at));
  for (const text of [8, 16]) if ((flags & text) !== 0) at = afterText(bytes, at);
  if ((flags & 2) !== 0) {
    if (at + 2 > bytes.length) throw new TruncatedBody();
    const sum = zlib.crc32(bytes.subarray(start, at)) & 0xffff;
    if (bytes.readUInt16LE(at) !== sum) throw new Error('a wrong checksum of its head');
    at += 2;
  }
  if (at >= bytes.length) throw new TruncatedBody();
  return at;
}

/** The only method there is, and the flags that mean nothing yet. */
const [deflate, reserved] = [8, 0xe0] as const;

function afterText(bytes: Buffer, at: number): number {
  const end = bytes.indexOf(0, at);
  if (end < 0) throw new TruncatedBody();
  return end + 1;
}
