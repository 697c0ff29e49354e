import { nodeId, timestamp } from '../answers.ts';
import type { Commit } from '../commit.ts';
import type { Repository } from '../model.ts';
import { commitNamed, refNamed } from '../revisions.ts';

export function commitObject(commit: Commit | undefined) {
  if (commit === undefined) return null;
  return {
    __typename: 'Commit',
    ...named('Commit', commit.sha),
    message: commit.message,
    committedDate: timestamp(commit.author.date),
  };
}

/** `expression` is a revision, or `<revision>:<path>` for a file at the top of its tree. */
export function gitObject(
  repository: Repository,
  wanted: { expression?: string | null; oid?: string | null },
) {
  const [revision = '', path] = (wanted.expression ?? wanted.oid ?? '').split(':');
  const commit = commitNamed(repository, revision);
  if (path === undefined) return commitObject(commit);
  const entry = repository.trees.get(commit?.tree ?? '')?.find((candidate) => candidate.path === path);
  const content = repository.blobs.get(entry?.sha ?? '');
  if (entry === undefined || content === undefined) return null;
  return {
    __typename: 'Blob',
    ...named('Blob', entry.sha),
    byteSize: content.length,
    isBinary: content.includes(0),
    text: content.includes(0) ? null : content.toString('utf8'),
  };
}

export function refObject(repository: Repository, name: string) {
  const full = refNamed(repository, name);
  if (full === undefined) return null;
  const [, prefix = '', short = ''] = full.match(/^(refs\/[^/]+\/)(.+)$/) ?? [];
  return {
    id: nodeId('Ref', full),
    name: short,
    prefix,
    target: () => commitObject(repository.graph.get(repository.refs.get(full) ?? '')),
  };
}

function named(kind: string, sha: string) {
  return { id: nodeId(kind, sha), oid: sha, abbreviatedOid: sha.slice(0, 7) };
}
