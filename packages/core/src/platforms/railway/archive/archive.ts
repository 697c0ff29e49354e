/** The door of what is uploaded: a folder listed by the rules of Railway's client, and the listing as a `.tar.gz`. */

export { listArchive } from './list-archive.ts';
export type { ArchiveEntry, ArchiveListing, ArchiveRules } from './listing.ts';
export { type ArchiveOptions, clientLevel, openArchive } from './open-archive.ts';
