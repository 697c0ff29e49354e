import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/**
 * Reads a file that others may have put there. A pipe or a device has no end, and opening one may wait for ever: only a
 * regular file is read, and what it has is awaited no longer than the signal lets. Undefined for what cannot be read.
 */
export async function readRegularFile<T>(
  path: string,
  read: (file: FileHandle) => Promise<T>,
  signal: AbortSignal,
): Promise<T | undefined> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    return (await file.stat()).isFile() ? await read(file) : undefined;
  } catch {
    signal.throwIfAborted();
    return undefined;
  } finally {
    await file?.close();
  }
}
