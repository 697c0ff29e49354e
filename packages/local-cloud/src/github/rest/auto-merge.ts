import type { ServiceAnswer } from '../../service.ts';
import { commitNamed } from '../revisions.ts';
import type { Call } from '../route.ts';
import { fixedSha } from '../world.ts';

/**
 * What `auto_merge` does to a branch that lacks commits of the default branch: merges them into it, answers 202
 * and makes no deployment. A SHA or a tag cannot be merged into, so it is left alone.
 */
export function mergeDefaultBranch(call: Call, ref: string): ServiceAnswer | undefined {
  const { repository } = call;
  const branch = `refs/heads/${ref.replace(/^refs\/heads\//, '')}`;
  const topic = commitNamed(repository, branch);
  const main = commitNamed(repository, repository.defaultBranch);
  if (topic === undefined || main === undefined) return undefined;
  const comparison = repository.graph.compare(topic, main);
  if (comparison === undefined || comparison.ahead.length === 0) return undefined;
  const message = `Merge ${repository.defaultBranch} into ${ref}`;
  const sha = fixedSha(`${message} ${topic.sha} ${main.sha}`);
  const author = { ...main.author, date: call.world.now() };
  repository.graph.add({ sha, parents: [topic.sha, main.sha], message, author, tree: main.tree });
  repository.refs.set(branch, sha);
  return {
    status: 202,
    body: { message: `Auto-merged ${repository.defaultBranch} into ${ref} on deployment.` },
  };
}
