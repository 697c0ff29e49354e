import type { Patterns } from './patterns.ts';

/** The kinds of ignore files by rank, highest first. `excludes`: `.git/info/exclude`, and the user's own for all repositories. */
const ranks = ['.railwayignore', '.ignore', '.gitignore', 'excludes'] as const;

export type IgnoreKind = (typeof ranks)[number];

type ByKind = Readonly<Record<IgnoreKind, readonly Patterns[]>>;

const none: ByKind = { '.railwayignore': [], '.ignore': [], '.gitignore': [], excludes: [] };

/**
 * What the ignore files say that count in a folder. The rank of a file's kind comes first, then how deep it lies, then the
 * last line: so `!dist/` in any `.railwayignore` outranks every `.gitignore`. As Railway's client has it by the Rust crate
 * `ignore`, to which `.railwayignore` is a custom ignore file (railwayapp/cli src/controllers/upload.rs).
 */
export class IgnoreRules {
  /** Of each kind the deepest first. */
  readonly #byKind: ByKind;

  constructor(byKind: ByKind = none) {
    this.#byKind = byKind;
  }

  ignores(path: string, isFolder: boolean): boolean {
    for (const patterns of this.#all()) {
      const verdict = patterns.verdict(path, isFolder);
      if (verdict !== undefined) return verdict === 'ignored';
    }
    return false;
  }

  /** Tells that a folder that is not ignored is entered. */
  enter(folder: string): void {
    for (const patterns of this.#all()) patterns.enter(folder);
  }

  /** The same with more files, deepest first; they lie deeper than those that are there. */
  with(more: Partial<ByKind>): IgnoreRules {
    const of = (kind: IgnoreKind) => [...(more[kind] ?? []), ...this.#byKind[kind]];
    return new IgnoreRules({
      '.railwayignore': of('.railwayignore'),
      '.ignore': of('.ignore'),
      '.gitignore': of('.gitignore'),
      excludes: of('excludes'),
    });
  }

  /** The same without what Git reads: another repository begins, for which that of its parent does not count. */
  withoutGit(): IgnoreRules {
    return new IgnoreRules({ ...this.#byKind, '.gitignore': [], excludes: [] });
  }

  *#all(): Generator<Patterns> {
    for (const kind of ranks) yield* this.#byKind[kind];
  }
}
