import { posix } from 'node:path';
import { filesMatching } from '../../../text/globs.ts';

/** The globs that readmit what ignore files name. */
export class Include {
  readonly #globs: readonly { readonly written: string; readonly glob: string }[];
  readonly #used = new Set<string>();

  constructor(globs: readonly string[]) {
    this.#globs = globs.map((written) => ({ written, glob: normal(written) }));
  }

  /** Whether a glob names this file, or this folder with all that is in it. */
  names(path: string): boolean {
    const naming = this.#globs.filter(({ glob }) => reaches(glob, path) && matches(glob, path));
    for (const { written } of naming) this.#used.add(written);
    return naming.length > 0;
  }

  /** Whether a glob may name something in a folder that none names itself. */
  mayNameWithin(folder: string): boolean {
    return this.#globs.some(({ glob }) => reaches(glob, folder) && mayLead(glob, folder.split('/')));
  }

  /** As they were written, those that named nothing that was asked for, and match none of these paths. */
  unused(paths: readonly string[]): readonly string[] {
    return this.#globs
      .filter(({ written, glob }) => !this.#used.has(written) && !paths.some((path) => matches(glob, path)))
      .map(({ written }) => written);
  }
}

/** `./dist/`, `/dist` and `dist/**` mean the folder `dist`. */
function normal(glob: string): string {
  return glob
    .trim()
    .replace(/^(?:\.?\/)+/, '')
    .replace(/(?:\/|\/\*\*)+$/, '');
}

function matches(glob: string, path: string): boolean {
  return filesMatching([path], [glob]).length > 0;
}

/** A wildcard does not mean what packages are made of: a glob has to name `node_modules`, or a folder around it. */
function reaches(glob: string, path: string): boolean {
  return glob.includes('node_modules') || !path.split('/').includes('node_modules');
}

/** Whether a glob could match something below a folder, name by name from the root. */
function mayLead(glob: string, names: readonly string[]): boolean {
  // An alternative with a slash in it is no row of names.
  if (/\{[^}]*\//.test(glob)) return true;
  const parts = glob.split('/');
  for (const [index, name] of names.entries()) {
    const part = parts[index];
    if (part === undefined) return false;
    if (part === '**') return true;
    if (!posix.matchesGlob(name, part)) return false;
  }
  return parts.length > names.length;
}
