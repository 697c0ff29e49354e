import type { Commit, TreeEntry } from './commit.ts';
import type { Repository } from './model.ts';
import { apiUrl, webUrl } from './render/links.ts';

/** GitHub lists no more of them, on no page. */
const filesAtMost = 300;

/** The files in which two commits differ, as the commits API lists them. A rename shows as a removal and an addition. */
export function changedFiles(repository: Repository, from: Commit | undefined, to: Commit): object[] {
  const before = filesOf(repository, from);
  const after = filesOf(repository, to);
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths
    .filter((path) => before.get(path)?.sha !== after.get(path)?.sha)
    .slice(0, filesAtMost)
    .map((path) => fileJson(repository, to, { path, before: before.get(path), after: after.get(path) }));
}

function filesOf(repository: Repository, commit: Commit | undefined): ReadonlyMap<string, TreeEntry> {
  const { tree = '' } = commit ?? {};
  const entries = repository.trees.get(tree) ?? repository.graph.filesOf(tree);
  return new Map(entries.map((entry) => [entry.path, entry]));
}

interface Change {
  readonly path: string;
  readonly before: TreeEntry | undefined;
  readonly after: TreeEntry | undefined;
}

function fileJson(repository: Repository, to: Commit, { path, before, after }: Change): object {
  const status = before === undefined ? 'added' : after === undefined ? 'removed' : 'modified';
  const [additions, deletions] = [after === undefined ? 0 : 1, before === undefined ? 0 : 1];
  return {
    sha: after?.sha ?? before?.sha,
    filename: path,
    status,
    additions,
    deletions,
    changes: additions + deletions,
    blob_url: `${webUrl(repository)}/blob/${to.sha}/${path}`,
    raw_url: `${webUrl(repository)}/raw/${to.sha}/${path}`,
    contents_url: `${apiUrl(repository)}/contents/${path}?ref=${to.sha}`,
  };
}
