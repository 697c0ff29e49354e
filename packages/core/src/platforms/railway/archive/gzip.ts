import { availableParallelism } from 'node:os';
import { constants, crc32, createDeflateRaw } from 'node:zlib';

/** What a portion may refer back to: the window of deflate. */
const windowBytes = 32_768;
/** Node has four threads for this. */
const mostAtOnce = Math.min(4, availableParallelism() + 1);
/** By so much deflate may make a portion longer: what it makes of one is in one buffer then. */
const roomBytes = 4096;

/** Magic, deflate, no name, no time, no hint, no system: the same for the same content wherever it is made. */
const head = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
/** The last block of deflate, empty. */
const lastBlock = Buffer.from([3, 0]);

/**
 * Compresses portions, several at a time, to one member of gzip. Each is ended at a whole byte and knows the 32 KiB before
 * it, so they are put together as they are: as pigz does it, and gzp, by which Railway's client compresses
 * (sstadick/gzp src/deflate.rs). The result depends on content, sizes of the portions and level alone.
 *
 * What it yields is lent until the next is asked for. `release` is told of each portion that is not needed any more.
 */
export async function* gzip(
  portions: Iterable<Uint8Array>,
  level: number,
  release: (portion: Uint8Array) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const packed: Promise<readonly Uint8Array[]>[] = [];
  const window = Buffer.alloc(windowBytes);
  let known = window.subarray(0, 0);
  let checksum = 0;
  let size = 0;
  yield Buffer.from(head);
  for (const portion of portions) {
    checksum = crc32(portion, checksum);
    size += portion.length;
    const made = deflated(portion, level, known).finally(() => release(portion));
    // One that nobody waits for any more, because an earlier one was the last wanted, fails in silence.
    made.catch(() => {});
    packed.push(made);
    // Who compresses has a copy of its own by now.
    const end = portion.subarray(-windowBytes);
    window.set(end);
    known = window.subarray(0, end.length);
    if (packed.length === mostAtOnce) yield* lent((await packed.shift()) ?? []);
  }
  for (const made of packed) yield* lent(await made);
  yield Buffer.concat([lastBlock, numbers(checksum, size)]);
}

/** A portion compressed, and ended at a whole byte without ending the stream: pieces of one buffer. */
function deflated(portion: Uint8Array, level: number, known: Uint8Array): Promise<readonly Uint8Array[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly Uint8Array[]>();
  const stream = createDeflateRaw({
    level,
    finishFlush: constants.Z_SYNC_FLUSH,
    chunkSize: portion.length + roomBytes,
    ...(known.length === 0 ? {} : { dictionary: known }),
  });
  const pieces: Uint8Array[] = [];
  stream.on('data', (piece: Buffer) => pieces.push(piece));
  stream.on('error', reject);
  stream.on('end', () => resolve(pieces));
  stream.end(portion);
  return promise;
}

/**
 * Lends pieces, and gives their memory back. Left to itself Node keeps 64 MB of such buffers before it looks which of them
 * are in use, whatever the size of the archive. Who holds on to a piece finds it empty.
 */
function* lent(pieces: readonly Uint8Array[]): Generator<Uint8Array> {
  yield* pieces;
  for (const { buffer } of pieces) {
    // Smaller ones are cut from a pool that others use.
    if (buffer instanceof ArrayBuffer && buffer.byteLength > Buffer.poolSize) buffer.transfer(0);
  }
}

function numbers(checksum: number, size: number): Buffer {
  const end = Buffer.alloc(8);
  end.writeUInt32LE(checksum, 0);
  end.writeUInt32LE(size % 2 ** 32, 4);
  return end;
}
