import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  /** As it stands in the archive, well-behaved or not. */
  readonly name: string;
  readonly content: Buffer | string;
  /** Unix mode; default 0644. */
  readonly mode?: number;
}

const utf8Names = 0x0800;
const deflated = 8;
const madeOnUnix = 0x0314;
/** 1 January 1980: the same entries make the same bytes. */
const date = 0x0021;

/** A zip file of these entries, deflated. */
export function zipFile(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, mode = 0o644 } of entries) {
    const bytes = Buffer.from(name);
    const plain = Buffer.from(content);
    const packed = deflateRawSync(plain);
    const about = header(plain, packed, bytes.length);
    const local = Buffer.concat([words(0x04034b50, 4), about, bytes, packed]);
    locals.push(local);
    directory.push(
      ...[words(0x02014b50, 4), words(madeOnUnix, 2), about, words(0, 2), words(0, 2), words(0, 2)],
      ...[words((0o100000 | mode) * 0x10000, 4), words(offset, 4), bytes],
    );
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const counts = [words(0, 4), words(entries.length, 2), words(entries.length, 2)];
  const end = [words(0x06054b50, 4), ...counts, words(central.length, 4), words(offset, 4), words(0, 2)];
  return Buffer.concat([...locals, central, ...end]);
}

/** What the entry itself and the directory say of it alike. */
function header(plain: Buffer, packed: Buffer, nameLength: number): Buffer {
  return Buffer.concat([
    ...[words(20, 2), words(utf8Names, 2), words(deflated, 2), words(0, 2), words(date, 2)],
    ...[words(crc32(plain), 4), words(packed.length, 4), words(plain.length, 4)],
    ...[words(nameLength, 2), words(0, 2)],
  ]);
}

function words(value: number, bytes: 2 | 4): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(value, 0, bytes);
  return buffer;
}
