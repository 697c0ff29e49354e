import { Zip, ZipDeflate } from 'fflate';

export interface ZipEntry {
  /** As it stands in the archive, well-behaved or not. */
  readonly name: string;
  readonly content: Buffer | string;
  /** Unix mode; default 0644. */
  readonly mode?: number;
}

/** The first day there is: the same entries make the same bytes, wherever they are packed. */
const mtime = new Date(1980, 0, 1);
const unix = 3;

/** A zip file of these entries, deflated; one after the other, since two may have the same name. */
export function zipFile(entries: readonly ZipEntry[]): Buffer {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    chunks.push(chunk);
  });
  for (const { name, content, mode = 0o644 } of entries) {
    const file = new ZipDeflate(name);
    zip.add(Object.assign(file, { mtime, os: unix, attrs: (0o100000 | mode) << 16 }));
    file.push(Buffer.from(content), true);
  }
  zip.end();
  return Buffer.concat(chunks);
}
