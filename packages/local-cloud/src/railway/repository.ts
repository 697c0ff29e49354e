/** A repository that services are built from, as Railway's GitHub app sees it. */
export interface Repository {
  /** `owner/name`. */
  readonly name: string;
  readonly commits: readonly RepositoryCommit[];
}

export interface RepositoryCommit {
  readonly sha: string;
  readonly branch: string;
  readonly message: string;
  readonly author: string;
  readonly files: Tree;
}

/** Path → content. */
export type Tree = Readonly<Record<string, string>>;
