import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * Unpacks a zip into a folder. The toolkit's own would start PowerShell with a script, or a program that not every
 * image has. An entry whose path leads out of the folder is refused, and so is a second one of the same name; links
 * become plain files. Rejects with what is wrong with the file, or with the reason of the signal.
 */
export async function unpackZip(archive: string, into: string, signal: AbortSignal): Promise<void> {
  const { openPromise } = await import('yauzl');
  const zip = await openPromise(archive, { strictFileNames: true });
  try {
    for await (const entry of zip.eachEntry()) {
      signal.throwIfAborted();
      if (entry.fileName.endsWith('/')) continue;
      const file = join(into, entry.fileName);
      await mkdir(dirname(file), { recursive: true });
      const mode = modeOf(entry.externalFileAttributes);
      const to = createWriteStream(file, { flags: 'wx', mode });
      await pipeline(await zip.openReadStreamPromise(entry), to, { signal });
    }
  } finally {
    zip.close();
  }
}

/** Unix systems keep a file's mode in the upper half; what was made on Windows has none. */
function modeOf(attributes: number): number {
  const mode = (attributes >>> 16) & 0o755;
  return mode === 0 ? 0o644 : mode;
}
