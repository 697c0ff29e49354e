import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { changed, unreadable } from './archive-failures.ts';
import type { ArchiveEntry, ArchiveListing } from './listing.ts';
import type { Portions } from './portions.ts';
import { padding, tarEnd, tarHeader } from './tar-header.ts';

/**
 * The tar of a listing, portion by portion, each read when it is asked for. A file is sent as long as it is when it is
 * opened; one that changes from then on cannot be told as it was at any moment, so the archive breaks off.
 *
 * Files are read without giving the turn away: five promises a file, each through the threads that compress, took more
 * time than all compressing. A portion of small files holds everything else up for a millisecond.
 */
export function* tarOf(
  listing: ArchiveListing,
  portions: Portions,
  signal: AbortSignal | undefined,
): Generator<Uint8Array, void, undefined> {
  for (const entry of listing.entries) {
    signal?.throwIfAborted();
    if (entry.kind === 'folder') yield* portions.put(headerOf(entry, 0));
    else yield* fileOf(entry, listing.root, { portions, signal });
  }
  yield* portions.put(tarEnd);
  yield portions.rest();
}

function* fileOf(
  entry: ArchiveEntry,
  root: string,
  { portions, signal }: { readonly portions: Portions; readonly signal: AbortSignal | undefined },
): Generator<Uint8Array> {
  const { path } = entry;
  const file = opened(entry, root);
  try {
    const before = fstatSync(file);
    if (!before.isFile()) throw changed(path, 'is no file any more');
    yield* portions.put(headerOf(entry, before.size));
    for (let left = before.size; left > 0; ) {
      signal?.throwIfAborted();
      const bytes = portions.fill((target) => read(file, target.subarray(0, left), path));
      if (bytes === 0) throw changed(path, `became shorter than ${before.size} bytes`);
      left -= bytes;
      yield* portions.full();
    }
    yield* portions.put(padding(before.size));
    const after = fstatSync(file);
    if (after.size !== before.size) throw changed(path, `grew from ${before.size} to ${after.size} bytes`);
    if (after.mtimeMs !== before.mtimeMs) throw changed(path, 'was written to');
  } finally {
    closeSync(file);
  }
}

/** Follows no link: where one led when the folder was listed, it was looked at, and the file is named by its real path. */
function opened({ path, source }: ArchiveEntry, root: string): number {
  try {
    // A pipe by that name would be waited for until somebody writes into it.
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
    return openSync(source ?? join(root, path), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function read(file: number, target: Uint8Array, path: string): number {
  try {
    return readSync(file, target);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function headerOf({ path, kind, isExecutable, changedAt }: ArchiveEntry, bytes: number): Buffer {
  const name = kind === 'folder' && path !== '' ? `./${path}/` : `./${path}`;
  return tarHeader({ name, kind, bytes, isExecutable, changedAt });
}
