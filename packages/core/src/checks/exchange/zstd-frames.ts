import { TruncatedBody } from './decompress.ts';

const magic = 0xfd2fb528;
/** Sixteen kinds of frames that hold nothing for the reader, from here on. */
const skippable = 0x184d2a50;

/** Each is undone on its own; a body in one piece has one. */
const mostFrames = 1000;

/**
 * The frames that a zstd stream is made of (RFC 8878), without those to be skipped. Node's own decoder stops after the
 * first, and takes what is cut short for whole. Throws TruncatedBody for a stream that breaks off, Error for what is none.
 */
export function zstdFrames(bytes: Buffer): readonly Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0;
    if (first !== (magic & 0xff) && first >> 4 !== (skippable & 0xff) >> 4) throw new Error('no zstd');
    const kind = numberAt(bytes, at, 4);
    const isSkipped = kind >= skippable && kind < skippable + 16;
    if (kind !== magic && !isSkipped) throw new Error('no zstd');
    const end = isSkipped ? at + 8 + numberAt(bytes, at + 4, 4) : endOfFrame(bytes, at);
    if (end > bytes.length) throw new TruncatedBody();
    if (!isSkipped) frames.push(bytes.subarray(at, end));
    if (frames.length > mostFrames) throw new Error(`more than ${mostFrames} frames`);
    at = end;
  }
  return frames;
}

/** Behind its last block and its checksum. */
function endOfFrame(bytes: Buffer, start: number): number {
  const descriptor = numberAt(bytes, start + 4, 1);
  const isSingle = (descriptor & 0x20) !== 0;
  const sizeOfDictionary = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const sizeOfContent = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  let at = start + 5 + (isSingle ? 0 : 1) + sizeOfDictionary + sizeOfContent;
  for (let isLast = false; !isLast; ) {
    const block = numberAt(bytes, at, 3);
    isLast = (block & 1) !== 0;
    const kind = (block >> 1) & 3;
    if (kind === reserved) throw new Error('a block of no known kind');
    at += 3 + (kind === runLength ? 1 : block >> 3);
  }
  return at + ((descriptor & 4) === 0 ? 0 : 4);
}

const runLength = 1;
const reserved = 3;

function numberAt(bytes: Buffer, at: number, length: number): number {
  if (at + length > bytes.length) throw new TruncatedBody();
  return bytes.readUIntLE(at, length);
}
