import type { Commit } from './commit.ts';
import type { Repository } from './model.ts';

/** The commit a client means by a branch, a tag, a ref or a SHA, in the order GitHub tries them. */
export function commitNamed(repository: Repository, name: string): Commit | undefined {
  const sha =
    repository.refs.get(`refs/heads/${name}`) ??
    repository.refs.get(`refs/tags/${name}`) ??
    repository.refs.get(`refs/${name}`) ??
    repository.refs.get(name);
  return repository.graph.find(sha ?? name.toLowerCase()) ?? repository.graph.named(name);
}

/** The full name of a ref given in full or in short; undefined when there is none. */
export function refNamed(repository: Repository, name: string): string | undefined {
  return [name, `refs/heads/${name}`, `refs/tags/${name}`].find((full) => repository.refs.has(full));
}
