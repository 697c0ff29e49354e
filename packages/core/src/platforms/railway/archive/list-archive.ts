import { open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { unreadableFolder } from './archive-failures.ts';
import { compareBytes } from './byte-order.ts';
import { globalExcludesOf } from './global-excludes.ts';
import { IgnoreFiles } from './ignore-files.ts';
import { Include } from './include.ts';
import type { ArchiveEntry, ArchiveListing, ArchiveRules } from './listing.ts';
import { repositoryAround } from './repository.ts';
import { holdsSecret, secretName } from './secrets.ts';
import { Walk } from './walk.ts';
import { warningsOf } from './warnings.ts';

/** What is read of a file that may hold a secret, bytes. */
const lookedAt = 65_536;

/**
 * Lists what an upload of a folder holds, by the rules of Railway's client where they are safe: `.gitignore` in a Git
 * repository, `.ignore`, `.railwayignore`, links followed, no `.git`, no `node_modules`. Where they are not: see `linkEnd`,
 * `judge`, `IgnoreFiles.around`. Fails with an ActionFailure that names what cannot be read (`archive-unreadable`) or is too
 * much (`archive-too-many`).
 */
export async function listArchive(root: string, rules: ArchiveRules): Promise<ArchiveListing> {
  const real = await realRoot(root);
  const repository = await repositoryAround(real);
  const files = new IgnoreFiles(real, rules.user && (await globalExcludesOf(rules.user)));
  const include = new Include(rules.include);
  const { mostEntries = 200_000 } = rules;
  const walk = new Walk({ root: real, outermost: repository ?? real }, { files, include, mostEntries });
  await walk.begin(await files.around(repository));
  const entries = walk.entries.sort((one, other) => compareBytes(orderOf(one), orderOf(other)));
  const sent = entries.filter(({ kind }) => kind === 'file');
  const paths = sent.map(({ path }) => path);
  const warnings = warningsOf({
    ...walk.met,
    isInRepository: repository !== undefined,
    secrets: await secretsOf(real, sent),
    gitignores: paths.filter((path) => /(?:^|\/)\.gitignore$/.test(path)),
    unusedGlobs: include.unused(paths),
  });
  return {
    root: real,
    entries,
    files: sent.length,
    bytes: sent.reduce((sum, { bytes }) => sum + bytes, 0),
    largest: largestOf(sent),
    warnings,
  };
}

async function realRoot(root: string): Promise<string> {
  try {
    return await realpath(root);
  } catch (error) {
    throw unreadableFolder(root, error);
  }
}

/**
 * With the slash that a folder ends with: `a-b`, `a/`, `a/b`. Without it what lies in `a` would come after `a-b`, and a tar
 * reader gives a folder its time when it believes it to be done with it.
 */
function orderOf({ path, kind }: ArchiveEntry): string {
  return kind === 'folder' && path !== '' ? `${path}/` : path;
}

function largestOf(files: readonly ArchiveEntry[]): ArchiveListing['largest'] {
  const bySize = files.toSorted((one, other) => other.bytes - one.bytes);
  return bySize.slice(0, 10).map(({ path, bytes }) => ({ path, bytes }));
}

/** The files that look like secrets, by their names or by that of what a link leads to. */
async function secretsOf(root: string, files: readonly ArchiveEntry[]): Promise<readonly string[]> {
  const secrets: string[] = [];
  for (const { path, source } of files) {
    const names = [secretName(path), source === undefined ? 'plain' : secretName(source)];
    const isSecret =
      names.includes('secret') ||
      (names.includes('look') && holdsSecret(source ?? path, await beginningOf(source ?? join(root, path))));
    if (isSecret) secrets.push(path);
  }
  return secrets;
}

async function beginningOf(file: string): Promise<string> {
  try {
    await using handle = await open(file);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(lookedAt), 0, lookedAt, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch {
    // The upload will say that it cannot be read.
    return '';
  }
}
