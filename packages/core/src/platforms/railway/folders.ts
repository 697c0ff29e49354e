import { resolve } from 'node:path';

/** Where relative paths start, and the folder to upload. */
export function foldersOf(
  workspace: string,
  { workingDirectory, directory }: { readonly workingDirectory: string; readonly directory: string },
): { readonly cwd: string; readonly root: string } {
  const cwd = resolve(workspace, workingDirectory);
  return { cwd, root: resolve(cwd, directory) };
}
