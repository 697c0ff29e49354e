import type { Commit, TreeEntry } from './commit.ts';

/** Where commits come from that nobody seeded. All of it is looked up when it is asked for. */
export interface CommitSource {
  /** The commit and all it descends from, parents first, without what the given ones descend from; none if unknown. */
  history(sha: string, without: readonly string[]): readonly Commit[];
  /** The full SHA of a branch, a tag or the beginning of a SHA. */
  resolve(name: string): string | undefined;
  /** The files of a tree, at whatever depth. */
  files(tree: string): readonly TreeEntry[];
}
