import { type Dirent, lstatSync, type Stats } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { tooMany, unreadable, unreadableFolder } from './archive-failures.ts';
import { compareBytes } from './byte-order.ts';
import type { IgnoreFiles, IgnoreState } from './ignore-files.ts';
import type { Include } from './include.ts';
import { type FolderMode, type Judged, judge } from './judge.ts';
import { type Bounds, linkEnd } from './links.ts';
import type { ArchiveEntry } from './listing.ts';

/** What was met on the way that a person has to know of, as paths of the upload. */
export interface Met {
  readonly outside: string[];
  readonly intoGit: string[];
  readonly nowhere: string[];
  readonly endless: string[];
  readonly special: string[];
  readonly notUtf8: string[];
  /** Links out of the root that were followed. */
  readonly leaving: string[];
}

/** What decides about each thing that is met. */
export interface WalkRules {
  readonly files: IgnoreFiles;
  readonly include: Include;
  readonly mostEntries: number;
}

interface Folder {
  readonly path: string;
  readonly real: string;
  /** The real paths of the folders that are being walked through, the root's first and this one last. */
  readonly trail: readonly string[];
  readonly mode: FolderMode;
  readonly ignored: IgnoreState;
  readonly isLinked: boolean;
}

/** Something in a folder, after links were followed. */
interface Child {
  readonly path: string;
  readonly real: string;
  readonly kind: 'file' | 'folder' | keyof Met;
  readonly isLinked: boolean;
  readonly leavesRoot: boolean;
}

/** Walks through a folder and keeps what is uploaded of it. */
export class Walk {
  readonly entries: ArchiveEntry[] = [];
  readonly met: Met = {
    outside: [],
    intoGit: [],
    nowhere: [],
    endless: [],
    special: [],
    notUtf8: [],
    leaving: [],
  };
  readonly #bounds: Bounds;
  readonly #files: IgnoreFiles;
  readonly #include: Include;
  readonly #mostEntries: number;

  constructor(bounds: Bounds, { files, include, mostEntries }: WalkRules) {
    this.#bounds = bounds;
    this.#files = files;
    this.#include = include;
    this.#mostEntries = mostEntries;
  }

  async begin(around: IgnoreState): Promise<void> {
    const { root } = this.#bounds;
    await this.#folder({
      path: '',
      real: root,
      trail: [root],
      mode: 'rules',
      ignored: around,
      isLinked: false,
    });
  }

  async #folder(folder: Folder): Promise<void> {
    const { path, real, mode } = folder;
    const before = this.entries.length;
    const children = await this.#read(folder);
    const holds = children.map(({ name }) => name);
    const ignored =
      mode === 'rules' ? await this.#files.within(folder.ignored, { path, real, holds }) : folder.ignored;
    const kept = { ...folder, ignored };
    for (const dirent of children) {
      const child = dirent.name === '.git' ? undefined : await this.#child(kept, dirent);
      if (child === undefined) continue;
      const judged = judge(child, { mode, rules: ignored.rules, include: this.#include });
      if (judged === 'left') continue;
      if (child.leavesRoot) this.met.leaving.push(child.path);
      if (child.kind === 'folder') await this.#enter(kept, child, judged);
      else if (child.kind === 'file') this.#keep(child, 'file');
      else this.met[child.kind].push(child.path);
    }
    // A folder on the way to what a glob names is kept for what was found in it.
    if (mode !== 'named' || this.entries.length > before) this.#keep(folder, 'folder');
  }

  async #enter(around: Folder, child: Child, judged: Exclude<Judged, 'left'>): Promise<void> {
    const { path, real } = child;
    if (around.trail.includes(real)) {
      this.met.endless.push(path);
      return;
    }
    if (judged === 'rules') around.ignored.rules.enter(path);
    const isLinked = around.isLinked || child.isLinked;
    const { ignored, trail } = around;
    await this.#folder({ path, real, trail: [...trail, real], mode: judged, ignored, isLinked });
  }

  async #read({ path, real }: Folder): Promise<readonly Dirent[]> {
    try {
      const children = await readdir(real, { withFileTypes: true });
      return children.sort((one, other) => compareBytes(one.name, other.name));
    } catch (error) {
      // What is gone by now, or has a name that is no UTF-8, is told of where it would be kept.
      if (path === '') throw unreadableFolder(real, error);
      if (isGone(error)) return [];
      throw unreadable(path, error);
    }
  }

  async #child(folder: Folder, dirent: Dirent): Promise<Child> {
    const path = folder.path === '' ? dirent.name : `${folder.path}/${dirent.name}`;
    const real = join(folder.real, dirent.name);
    const own = { path, real, isLinked: folder.isLinked, leavesRoot: false };
    if (dirent.isDirectory()) return { ...own, kind: 'folder' };
    if (dirent.isFile()) return { ...own, kind: 'file' };
    if (!dirent.isSymbolicLink()) return { ...own, kind: 'special' };
    const end = await linkEnd(real, this.#bounds);
    if (end.kind === 'git') return { ...own, kind: 'intoGit' };
    if (end.kind !== 'file' && end.kind !== 'folder') return { ...own, kind: end.kind };
    return { ...own, kind: end.kind, real: end.real, isLinked: true, leavesRoot: end.leavesRoot };
  }

  #keep(
    { path, real, isLinked }: Pick<Child, 'path' | 'real' | 'isLinked'>,
    kind: ArchiveEntry['kind'],
  ): void {
    const facts = this.#facts(path, real);
    if (facts === undefined) return;
    if (this.entries.length === this.#mostEntries) throw tooMany(path, this.#mostEntries);
    this.entries.push({
      path,
      kind,
      bytes: kind === 'file' ? facts.size : 0,
      isExecutable: kind === 'file' && (facts.mode & 0o100) !== 0,
      changedAt: Math.floor(facts.mtimeMs / 1000),
      ...(isLinked ? { source: real } : {}),
    });
  }

  /** Undefined of what is gone since its folder was read. In one go, since a promise takes ten times the time of the call. */
  #facts(path: string, real: string): Stats | undefined {
    try {
      const facts = lstatSync(real, { throwIfNoEntry: false });
      // A name that is no UTF-8 is read with this in place of what it could not be read as, and leads nowhere.
      if (facts === undefined && path.includes('\u{fffd}')) this.met.notUtf8.push(path);
      return facts;
    } catch (error) {
      throw unreadable(path, error);
    }
  }
}

function isGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
