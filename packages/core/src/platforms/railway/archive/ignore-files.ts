import { readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { ActionFailure } from '../../../outcome/failure.ts';
import { unreadable } from './archive-failures.ts';
import { type IgnoreKind, IgnoreRules } from './ignore-rules.ts';
import { Patterns, type PatternsPlace } from './patterns.ts';
import { infoExclude } from './repository.ts';
import { shownPath } from './shown-path.ts';

/** Larger ones are something else by that name. */
const largestBytes = 1024 * 1024;

const names = ['.railwayignore', '.ignore', '.gitignore'] as const;

/** Which ignore files count in a folder; as the folders are entered, from the root down. */
export interface IgnoreState {
  readonly rules: IgnoreRules;
  /** Whether the folder lies in a Git repository: where there is none, no `.gitignore` counts. */
  readonly isInRepository: boolean;
}

/** Reads ignore files. */
export class IgnoreFiles {
  readonly #root: string;
  readonly #globalExcludes: string | undefined;

  constructor(root: string, globalExcludes: string | undefined) {
    this.#root = root;
    this.#globalExcludes = globalExcludes;
  }

  /**
   * What counts at the root for what lies around it: the files of the folders up to the repository's, and no further. The
   * client goes up to `/`; what lies there is not part of what was checked out.
   */
  async around(repository: string | undefined): Promise<IgnoreState> {
    if (repository === undefined) return { rules: new IgnoreRules(), isInRepository: false };
    let rules = new IgnoreRules();
    for (const folder of foldersBetween(repository, this.#root)) {
      const above = relative(folder, this.#root).split(sep).join('/');
      if (folder === repository) rules = await this.#withRepository(rules, folder, { above });
      rules = await this.#withFiles(rules, { folder, place: { above }, kinds: names });
    }
    if (repository === this.#root) rules = await this.#withRepository(rules, repository, {});
    return { rules, isInRepository: true };
  }

  /** What counts in a folder of the upload, by what counts around it and what is in it. */
  async within(
    around: IgnoreState,
    {
      path,
      real,
      holds,
    }: { readonly path: string; readonly real: string; readonly holds: readonly string[] },
  ): Promise<IgnoreState> {
    const place = { below: path };
    let { rules, isInRepository } = around;
    // The root's own repository was entered before.
    if (path !== '' && holds.includes('.git')) {
      rules = await this.#withRepository(rules.withoutGit(), real, place);
      isInRepository = true;
    }
    const kinds = names.filter((name) => holds.includes(name) && (isInRepository || name !== '.gitignore'));
    rules = await this.#withFiles(rules, { folder: real, place, kinds });
    return { rules, isInRepository };
  }

  async #withRepository(rules: IgnoreRules, repository: string, place: PatternsPlace): Promise<IgnoreRules> {
    const files = [await infoExclude(repository), this.#globalExcludes];
    const texts = await Promise.all(files.map((file) => (file === undefined ? undefined : this.#text(file))));
    return rules.with({
      excludes: texts.flatMap((text) => (text === undefined ? [] : new Patterns(text, place))),
    });
  }

  async #withFiles(
    rules: IgnoreRules,
    {
      folder,
      place,
      kinds,
    }: { readonly folder: string; readonly place: PatternsPlace; readonly kinds: readonly IgnoreKind[] },
  ): Promise<IgnoreRules> {
    let all = rules;
    for (const kind of kinds) {
      const text = await this.#text(join(folder, kind));
      if (text !== undefined) all = all.with({ [kind]: [new Patterns(text, place)] });
    }
    return all;
  }

  /** A link is followed, as by the client: more is left out by it, and nothing of what it leads to is sent. */
  async #text(file: string): Promise<string | undefined> {
    const shown = relative(this.#root, file);
    try {
      const facts = await stat(file);
      if (!facts.isFile()) return undefined;
      if (facts.size > largestBytes) throw tooLarge(shown, facts.size);
      return await readFile(file, 'utf8');
    } catch (error) {
      if (error instanceof ActionFailure) throw error;
      if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
      throw unreadable(shown, error);
    }
  }
}

/** From the outermost to the one around the innermost: `/a`, `/a/b` of `/a` and `/a/b/c`. */
function foldersBetween(outermost: string, innermost: string): readonly string[] {
  const folders: string[] = [];
  for (let at = innermost; at !== outermost; at = dirname(at)) folders.unshift(dirname(at));
  return folders;
}

function tooLarge(path: string, bytes: number): ActionFailure {
  return new ActionFailure({
    code: 'archive-unreadable',
    what: `${shownPath(path)} has ${bytes} bytes`,
    why: `a file of patterns has at most ${largestBytes}, so it is probably something else by that name`,
    next: 'Make it a file of patterns, or remove it',
  });
}
