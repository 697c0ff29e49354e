import { resolve } from 'node:path';
import type { CheckSource } from '../check-file.ts';
import { untrustedText } from '../parse/trust.ts';
import { BindProblem } from '../types/bind-problem.ts';
import { FileRefusal, readWorkspaceFile, workspaceFolder } from '../workspace-files.ts';

/** The files named in the checks of a run, by absolute path: each is read once, before the first round. */
export type ReadFiles = Map<string, Buffer>;

/** The bytes of a file that a check names. Throws BindProblem where it may not be read. */
export function fileOf({ folder, files: rules }: CheckSource, path: string, read: ReadFiles): Buffer {
  if (rules.untrusted !== undefined)
    throw new BindProblem(untrustedText(`The file ${JSON.stringify(path)} would be read`, rules.untrusted));
  const file = resolve(folder, path);
  const bytes = read.get(file) ?? allowed('file', path, () => readWorkspaceFile(file, rules));
  read.set(file, bytes);
  return bytes;
}

/** The real path of a folder that a check names. Throws BindProblem where it may not be used. */
export function folderOf({ folder, files: rules }: CheckSource, path: string): string {
  return allowed('folder', path, () => workspaceFolder(resolve(folder, path), rules));
}

function allowed<T>(what: string, path: string, look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error;
    throw new BindProblem(`The ${what} ${JSON.stringify(path)} cannot be used: it ${error.message}.`);
  }
}
