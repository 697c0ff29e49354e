import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';

/** The folders that decide where a link may lead. Real paths. */
export interface Bounds {
  /** What is uploaded. */
  readonly root: string;
  /** What was checked out: the repository around the root, or the root where there is none. */
  readonly outermost: string;
}

/** What a link comes to. `real`: what it leads to, by its real path. */
export type LinkEnd =
  | { readonly kind: 'file' | 'folder'; readonly real: string; readonly leavesRoot: boolean }
  /** A socket, a pipe or a device. */
  | { readonly kind: 'special' }
  /** To nothing, or to itself. */
  | { readonly kind: 'nowhere' }
  /** Out of what was checked out: `/etc`, or a home. */
  | { readonly kind: 'outside' }
  /** Into `.git`, in whose configuration actions/checkout leaves the job's token. */
  | { readonly kind: 'git' };

/**
 * Where a link leads. Railway's client follows each of them wherever it leads (`follow_links(true)`, railwayapp/cli
 * src/controllers/upload.rs), and so would send what lies beside a repository to whoever can write a link into it: here
 * those are followed that stay in what was checked out, and its `.git` is no part of that.
 */
export async function linkEnd(link: string, bounds: Bounds): Promise<LinkEnd> {
  try {
    const real = await realpath(link);
    if (!isWithin(real, bounds.outermost)) return { kind: 'outside' };
    if (relative(bounds.outermost, real).split(sep).includes('.git')) return { kind: 'git' };
    const facts = await stat(real);
    const leavesRoot = !isWithin(real, bounds.root);
    if (facts.isDirectory()) return { kind: 'folder', real, leavesRoot };
    return facts.isFile() ? { kind: 'file', real, leavesRoot } : { kind: 'special' };
  } catch (error) {
    // A way that cannot be gone to its end may lead anywhere.
    const code = (error as NodeJS.ErrnoException).code;
    return { kind: code === 'EACCES' || code === 'EPERM' ? 'outside' : 'nowhere' };
  }
}

/** Whether a path is a folder's own, or lies in it. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
