/** An entry as a tar header tells it. */
export interface TarEntry {
  /** `./relative/path`; that of a folder ends with a slash. */
  readonly name: string;
  readonly kind: 'file' | 'folder';
  readonly bytes: number;
  readonly isExecutable: boolean;
  /** Whole seconds since the epoch. */
  readonly changedAt: number;
}

/** A tar is made of blocks of so many bytes. */
export const tarBlock = 512;

const longestName = 100;
const largestOctal = 8 ** 11 - 1;

/**
 * The blocks before the content of an entry, in GNU's form: user and group 0, mode 755 or 644.
 *
 * GNU's, because what Railway reads every day is that: its client writes by the Rust crate `tar`, whose headers are GNU's,
 * with `././@LongLink` for names over 100 bytes and numbers beyond octal in base 256 (railwayapp/cli
 * src/controllers/upload.rs, tar::Builder). GNU tar, bsdtar, Go, Python and BusyBox read them all; BusyBox passes the
 * names of pax over.
 */
export function tarHeader(entry: TarEntry): Buffer {
  const name = Buffer.from(entry.name);
  const header = headerBlock(name, {
    mode: entry.kind === 'folder' || entry.isExecutable ? 0o755 : 0o644,
    bytes: entry.bytes,
    changedAt: entry.changedAt,
    type: entry.kind === 'folder' ? '5' : '0',
  });
  if (name.length <= longestName) return header;
  const content = Buffer.concat([name, Buffer.alloc(1)]);
  const long = headerBlock(Buffer.from('././@LongLink'), {
    mode: 0o644,
    bytes: content.length,
    changedAt: 0,
    type: 'L',
  });
  return Buffer.concat([long, content, padding(content.length), header]);
}

/** What follows a content of so many bytes, so that the next header begins with a block. */
export function padding(bytes: number): Buffer {
  return Buffer.alloc((tarBlock - (bytes % tarBlock)) % tarBlock);
}

/** What follows the last entry. */
export const tarEnd: Buffer = Buffer.alloc(2 * tarBlock);

interface Fields {
  readonly mode: number;
  readonly bytes: number;
  readonly changedAt: number;
  readonly type: string;
}

function headerBlock(name: Buffer, { mode, bytes, changedAt, type }: Fields): Buffer {
  const block = Buffer.alloc(tarBlock);
  name.copy(block, 0, 0, longestName);
  const octal = (value: number, at: number, digits: number) =>
    block.write(value.toString(8).padStart(digits, '0'), at, 'latin1');
  octal(mode, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  writeSize(block, bytes);
  octal(Math.min(Math.max(0, changedAt), largestOctal), 136, 11);
  block.write(type, 156, 'latin1');
  block.write('ustar  ', 257, 'latin1');
  block.fill(' ', 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

/** 11 octal digits, which end at 8 GiB; from there on a number of 12 bytes whose first bit says so. */
function writeSize(block: Buffer, bytes: number): void {
  if (bytes <= largestOctal) {
    block.write(bytes.toString(8).padStart(11, '0'), 124, 'latin1');
    return;
  }
  block.writeUInt8(0x80, 124);
  block.writeBigUInt64BE(BigInt(bytes), 128);
}
