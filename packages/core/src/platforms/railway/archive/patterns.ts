import ignore, { type Ignore } from 'ignore';

/** Where the patterns of a file count, beside the root of the upload. */
export interface PatternsPlace {
  /** From the root to the folder of the patterns: `` or `packages/web`. */
  readonly below?: string;
  /** From the folder of the patterns to the root, where that lies deeper: `` or `apps/shop`. */
  readonly above?: string;
}

/** So many answers are remembered; each holds on to a path. */
const mostRemembered = 2_000;

/** Exact case, as Git on Linux and Railway’s client have it. */
const create = () => ignore({ ignorecase: false });

/** The patterns of one ignore file, by the rules of Git. */
export class Patterns {
  #matcher: Ignore;
  #asked = 0;
  readonly #base: string;
  readonly #prefix: string;

  constructor(text: string, { below = '', above = '' }: PatternsPlace = {}) {
    this.#matcher = create().add(text);
    this.#base = below === '' ? '' : `${below}/`;
    this.#prefix = above === '' ? '' : `${above}/`;
    for (const folder of foldersOf(above)) this.#readmit(`${folder}/`);
  }

  /** What the last pattern says that matches; undefined where none does. `path` starts at the root of the upload. */
  verdict(path: string, isFolder: boolean): 'ignored' | 'admitted' | undefined {
    const { ignored, unignored } = this.#test(this.#own(path, isFolder));
    return ignored ? 'ignored' : unignored ? 'admitted' : undefined;
  }

  /**
   * Tells that a folder is entered. Git never enters one that a pattern names, so what is in it counts as ignored; here a
   * file that outranks these patterns may have brought it back, and then each thing in it is asked for by itself.
   */
  enter(folder: string): void {
    const own = this.#own(folder, true);
    if (this.#test(own).ignored) this.#readmit(own);
  }

  #own(path: string, isFolder: boolean): string {
    return `${this.#prefix}${path.slice(this.#base.length)}${isFolder ? '/' : ''}`;
  }

  #readmit(folder: string): void {
    this.#matcher.add({ pattern: `!/${folder.replace(/[\\*?[]/g, '\\$&')}` });
  }

  #test(path: string) {
    this.#asked += 1;
    // The library forgets nothing; another one with the same patterns begins anew.
    if (this.#asked % mostRemembered === 0) this.#matcher = create().add(this.#matcher);
    return this.#matcher.test(path);
  }
}

/** `a/b/c` → `a`, `a/b`, `a/b/c`. */
function foldersOf(path: string): readonly string[] {
  if (path === '') return [];
  const names = path.split('/');
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}
