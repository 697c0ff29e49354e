import { gzip } from './gzip.ts';
import type { ArchiveListing } from './listing.ts';
import { Portions } from './portions.ts';
import { tarOf } from './tar.ts';

export interface ArchiveOptions {
  /** 0 to 9; default `clientLevel`. */
  readonly level?: number;
  readonly signal?: AbortSignal;
}

/** The level that Railway's client compresses with: it leaves gzp's default alone (sstadick/gzp src/par/compress.rs). */
export const clientLevel = 3;

/**
 * The `.tar.gz` of a listing, read from the disk as it is asked for, in constant memory. The same files with the same times
 * give the same bytes. A piece of it is good until the next is asked for; who keeps one copies it. Fails with an
 * ActionFailure that names the file (`archive-unreadable`, `archive-changed`), or with the reason of the signal: what came
 * until then is no whole archive, and no gzip either.
 */
export function openArchive(
  listing: ArchiveListing,
  { level = clientLevel, signal }: ArchiveOptions = {},
): AsyncIterable<Uint8Array> {
  const portions = new Portions();
  return gzip(tarOf(listing, portions, signal), level, (portion) => portions.release(portion));
}
