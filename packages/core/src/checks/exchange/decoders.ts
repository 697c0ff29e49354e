import * as zlib from 'node:zlib';
import type { Decompressed } from './decompress.ts';
import { decompress, TruncatedBody } from './decompress.ts';
import { gzipMembers } from './gzip-members.ts';
import { zstdFrames } from './zstd-frames.ts';

interface Decoder {
  /** Undoes all of a body, or rejects: TruncatedBody, RangeError for more than `maxBytes`, Error for what is none of its kind. */
  undo(bytes: Buffer, maxBytes: number): Promise<Decompressed>;
  /** Whether bytes behind its end are passed over, as curl does. */
  readonly mayTrail: boolean;
}

const gzip: Decoder = { undo: gunzipped, mayTrail: true };

/** The content codings that can be undone, by name. */
export const decoders: Readonly<Record<string, Decoder>> = {
  gzip,
  'x-gzip': gzip,
  br: {
    undo: (bytes, maxOutputLength) => decompress(zlib.brotliDecompress, bytes, { maxOutputLength }),
    mayTrail: false,
  },
  deflate: { undo: inflated, mayTrail: true },
  // Laptops may run a Node older than 22.15, which has none.
  ...('zstdDecompress' in zlib && { zstd: { undo: unpackedZstd, mayTrail: false } }),
};

/** Node's decoder reads several members, but refuses what follows them. */
async function gunzipped(bytes: Buffer, maxOutputLength: number): Promise<Decompressed> {
  return decompress(zlib.gunzip, bytes, { maxOutputLength }).catch((error: unknown) => {
    if (error instanceof RangeError) throw error;
    return gzipMembers(bytes, maxOutputLength);
  });
}

/** Streams of one body; one in one piece has one. */
const mostStreams = 1000;

/** Servers send `deflate` with and without the zlib wrapper the standard asks for. What follows and begins so too goes on. */
async function inflated(bytes: Buffer, maxBytes: number): Promise<Decompressed> {
  const pieces: Buffer[] = [];
  let read = 0;
  let room = maxBytes;
  do {
    const piece = await inflatedOnce(bytes.subarray(read), Math.max(1, room));
    room -= piece.bytes.length;
    if (room < 0) throw new RangeError('larger than allowed');
    pieces.push(piece.bytes);
    read += piece.read;
    if (pieces.length > mostStreams) throw new Error(`more than ${mostStreams} streams`);
  } while (isWrapped(bytes, read));
  return { bytes: together(pieces), read };
}

function inflatedOnce(bytes: Buffer, maxOutputLength: number): Promise<Decompressed> {
  return decompress(zlib.inflate, bytes, { maxOutputLength }).catch((error: unknown) => {
    if (error instanceof RangeError || error instanceof TruncatedBody) throw error;
    return decompress(zlib.inflateRaw, bytes, { maxOutputLength });
  });
}

/** The two bytes that a zlib stream begins with (RFC 1950). */
function isWrapped(bytes: Buffer, at: number): boolean {
  if (at + 2 > bytes.length) return false;
  const head = bytes.readUInt16BE(at);
  return (head & 0x0f00) === 0x0800 && head % 31 === 0;
}

function together(pieces: readonly Buffer[]): Buffer {
  const [first] = pieces;
  return first !== undefined && pieces.length === 1 ? first : Buffer.concat(pieces);
}

/** A window may be of 8 MB (RFC 9659), and a decoder that allows more lets a server of a few bytes take 128. */
async function unpackedZstd(bytes: Buffer, maxBytes: number): Promise<Decompressed> {
  const params = { [zlib.constants.ZSTD_d_windowLogMax]: 23 };
  const pieces: Buffer[] = [];
  let room = maxBytes;
  for (const frame of zstdFrames(bytes)) {
    const piece = await decompress(zlib.zstdDecompress, frame, {
      maxOutputLength: Math.max(1, room),
      params,
    });
    room -= piece.bytes.length;
    if (room < 0) throw new RangeError('larger than allowed');
    pieces.push(piece.bytes);
  }
  return { bytes: together(pieces), read: bytes.length };
}
