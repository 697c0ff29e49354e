import { posix } from 'node:path';

/**
 * The files that a glob names, or that lie in a folder it names: `db/migrate` means what is in it. Paths and globs
 * start at the repository's root and have forward slashes.
 */
export function filesMatching(files: readonly string[], globs: readonly string[]): readonly string[] {
  const patterns = globs.map((glob) => glob.replace(/\/+$/, '')).flatMap((glob) => [glob, `${glob}/**`]);
  return files.filter((file) => patterns.some((pattern) => posix.matchesGlob(file, pattern)));
}
