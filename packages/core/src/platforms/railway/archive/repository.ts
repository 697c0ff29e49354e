import { lstat, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** The folder of the repository that a folder lies in: it, or the nearest one around it, with a `.git`. */
export async function repositoryAround(folder: string): Promise<string | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    if (await isThere(join(at, '.git'))) return at;
    if (dirname(at) === at) return undefined;
  }
}

/**
 * The file of patterns that is a repository's own, beside its `.gitignore` files. In a worktree and in a submodule `.git`
 * is a file that names the folder; worktrees share that of their main one (gitrepository-layout).
 */
export async function infoExclude(repository: string): Promise<string> {
  const git = join(repository, '.git');
  const named = /^gitdir: (.+)$/m.exec(await textOf(git))?.[1];
  if (named === undefined) return join(git, 'info', 'exclude');
  const own = resolve(repository, named.trim());
  const common = (await textOf(join(own, 'commondir'))).trim();
  return join(common === '' ? own : resolve(own, common), 'info', 'exclude');
}

/** A text that may not be there, or be a folder: then there is none. */
async function textOf(file: string): Promise<string> {
  try {
    return (await stat(file)).isFile() ? await readFile(file, 'utf8') : '';
  } catch {
    return '';
  }
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
