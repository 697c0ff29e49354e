import type { Commit, TreeEntry } from './commit.ts';
import type { CommitSource } from './commit-source.ts';

export type Comparison = {
  readonly status: 'ahead' | 'behind' | 'identical' | 'diverged';
  readonly mergeBase: Commit;
  /** Commits of head that base lacks, oldest first. */
  readonly ahead: readonly Commit[];
  readonly behind: readonly Commit[];
};

/** The commits of one repository and how they descend from each other. */
export class CommitGraph {
  readonly #commits = new Map<string, Commit>();
  readonly #source: CommitSource | undefined;
  /** Whose whole history has been taken from the source. */
  readonly #taken: string[] = [];

  constructor(source?: CommitSource) {
    this.#source = source;
  }

  add(commit: Commit): void {
    this.#commits.set(commit.sha, commit);
  }

  get(sha: string): Commit | undefined {
    if (!this.#commits.has(sha) && /^[0-9a-f]{40}$/.test(sha)) this.#take(sha);
    return this.#commits.get(sha);
  }

  /** By a branch or tag of the source; those of the repository itself are its refs. */
  named(name: string): Commit | undefined {
    return this.get(this.#source?.resolve(name) ?? '');
  }

  filesOf(tree: string): readonly TreeEntry[] {
    return this.#source?.files(tree) ?? [];
  }

  /** Git takes an abbreviation of four digits or more, as long as only one commit begins with it. */
  find(sha: string): Commit | undefined {
    const exact = this.get(sha);
    if (exact !== undefined || !/^[0-9a-f]{4,39}$/.test(sha)) return exact;
    const matches = [...this.#commits.values()].filter((commit) => commit.sha.startsWith(sha));
    return matches.length < 2 ? (matches[0] ?? this.named(sha)) : undefined;
  }

  /** The commit itself and everything it descends from. */
  history(sha: string): Set<string> {
    const seen = new Set<string>();
    const waiting = [sha];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      waiting.push(...(this.#commits.get(next)?.parents ?? []));
    }
    return seen;
  }

  /** undefined when the two have no common ancestor. */
  compare(base: Commit, head: Commit): Comparison | undefined {
    const ofBase = this.history(base.sha);
    const ofHead = this.history(head.sha);
    const mergeBase = this.#bestCommon(ofBase, ofHead);
    if (mergeBase === undefined) return undefined;
    const ahead = this.#ordered([...ofHead].filter((sha) => !ofBase.has(sha)));
    const behind = this.#ordered([...ofBase].filter((sha) => !ofHead.has(sha)));
    return { status: relation(ahead.length, behind.length), mergeBase, ahead, behind };
  }

  #take(sha: string): void {
    const found = this.#source?.history(sha, this.#taken) ?? [];
    for (const commit of found) this.add(commit);
    if (found.length > 0) this.#taken.push(sha);
  }

  /** Common ancestors include all their own parents, so a best one is no common ancestor's parent. */
  #bestCommon(left: ReadonlySet<string>, right: ReadonlySet<string>): Commit | undefined {
    const common = this.#ordered([...left].filter((sha) => right.has(sha)));
    const parents = new Set(common.flatMap((commit) => commit.parents));
    return common.find((commit) => !parents.has(commit.sha));
  }

  /** In order of arrival, which is oldest first: a commit cannot be added before its parents exist. */
  #ordered(shas: readonly string[]): Commit[] {
    const wanted = new Set(shas);
    return [...this.#commits.values()].filter((commit) => wanted.has(commit.sha));
  }
}

function relation(ahead: number, behind: number): Comparison['status'] {
  if (ahead > 0 && behind > 0) return 'diverged';
  if (ahead > 0) return 'ahead';
  return behind > 0 ? 'behind' : 'identical';
}
