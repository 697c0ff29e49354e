import type { IgnoreRules } from './ignore-rules.ts';
import type { Include } from './include.ts';

/**
 * How what is in a folder is judged: by the ignore files; `named`: nothing but what `include` names, the folder itself is
 * ignored; `all`: the folder was named, and so is what is in it.
 */
export type FolderMode = 'rules' | 'named' | 'all';

/** What becomes of something in a folder; of a folder, how what is in it is judged. */
export type Judged = FolderMode | 'left';

/** The same two names that Railway's client drops whatever else is said; it drops `.git` with no way back, as the walk does. */
const dropped = 'node_modules';

/**
 * Judges a file or folder. The client looks for `node_modules` in the whole path of the disk, so that a checkout below one
 * uploads nothing (railwayapp/cli src/controllers/upload.rs); here names from the root on count.
 */
export function judge(
  { path, kind }: { readonly path: string; readonly kind: string },
  {
    mode,
    rules,
    include,
  }: { readonly mode: FolderMode; readonly rules: IgnoreRules; readonly include: Include },
): Judged {
  if (mode === 'all') return 'all';
  const isFolder = kind === 'folder';
  if (mode === 'rules' && !isDropped(path) && !rules.ignores(path, isFolder)) return 'rules';
  if (include.names(path)) return 'all';
  return isFolder && include.mayNameWithin(path) ? 'named' : 'left';
}

function isDropped(path: string): boolean {
  return path === dropped || path.endsWith(`/${dropped}`);
}
