import type { GitUser } from './global-excludes.ts';

/** What is uploaded beside what the ignore files say. */
export interface ArchiveRules {
  /**
   * Globs of what is uploaded although an ignore file names it, from the root: `dist`, `packages/web/build`, `public/*.map`. A
   * folder means all that is in it, dot files and `node_modules` too. As in a shell `*` matches no leading dot, and a `**`
   * on the way matches no `node_modules`. Nothing admits `.git`.
   */
  readonly include: readonly string[];
  /** Whose patterns for all repositories count as well (`core.excludesFile`): see `globalExcludesOf`. Absent: nobody's. */
  readonly user?: GitUser;
  /** How many files and folders may be listed, default 200,000: links can make a folder of any size. */
  readonly mostEntries?: number;
}

/** A file or a folder of an archive. */
export interface ArchiveEntry {
  /** From the root, with forward slashes; `` is the root itself. */
  readonly path: string;
  readonly kind: 'file' | 'folder';
  /** Of a file, as it was when it was listed; 0 of a folder. */
  readonly bytes: number;
  /** Whether its owner may execute it. All else of its mode is left behind, as in Git. */
  readonly isExecutable: boolean;
  /** When it was changed, whole seconds since the epoch. */
  readonly changedAt: number;
  /** Where it really lies, when a link led there. */
  readonly source?: string;
}

/** What an archive will hold, and what a person has to know of it before it is sent. */
export interface ArchiveListing {
  /** The folder's real path. */
  readonly root: string;
  /** Ordered by the bytes of their names in the archive: a folder, then what is in it, then the rest. */
  readonly entries: readonly ArchiveEntry[];
  /** How many of them are files. */
  readonly files: number;
  /** Of all files, before they are compressed. */
  readonly bytes: number;
  /** The ten largest files, largest first. */
  readonly largest: readonly { readonly path: string; readonly bytes: number }[];
  /** Whole sentences for a person: links, secrets, what was left out. */
  readonly warnings: readonly string[];
}
