import type { Deployment } from './deployment.ts';
import type { Deploys } from './deploys.ts';
import { checkOut } from './deploys.ts';
import type { ServiceInstance } from './model.ts';
import { refused } from './refusal.ts';
import type { RepositoryCommit } from './repository.ts';
import type { RailwayWorld } from './world.ts';

/** Deploys a commit of the instance's repository: by its whole sha, or the newest of the branch. */
export async function deployCommit(
  { world, deploys }: { readonly world: RailwayWorld; readonly deploys: Deploys },
  instance: ServiceInstance,
  sha?: string,
): Promise<Deployment> {
  const repo = instance.settings.source.repo ?? '';
  const branch = instance.trigger?.branch ?? 'main';
  const commits = world.repositories.get(repo)?.commits ?? [];
  const commit =
    sha === undefined
      ? commits.findLast((one) => one.branch === branch)
      : commits.find((one) => one.sha === sha);
  if (commit === undefined) throw refused('Commit not found');
  const dir = await world.doors.directory();
  await checkOut(commit.files, dir);
  return deploys.begin(instance, {
    content: { kind: 'tree', dir },
    meta: commitMeta(repo, commit, instance),
    creator: commit.author,
  });
}

/** What a deployment tells of the commit it was made from. */
function commitMeta(repo: string, commit: RepositoryCommit, { settings }: ServiceInstance) {
  return {
    repo,
    branch: commit.branch,
    commitHash: commit.sha,
    commitMessage: commit.message,
    commitAuthor: commit.author,
    rootDirectory: settings.rootDirectory,
  };
}

/** A push to a branch, as GitHub's webhook tells of it: every service whose trigger names that branch is deployed. */
export async function deployPush(
  parts: { readonly world: RailwayWorld; readonly deploys: Deploys },
  { repository, sha }: { readonly repository: string; readonly sha: string },
): Promise<readonly Deployment[]> {
  const commit = parts.world.repositories.get(repository)?.commits.find((one) => one.sha === sha);
  if (commit === undefined) throw new Error(`the emulated Railway knows no commit ${sha} of ${repository}`);
  const watching = parts.world
    .instances()
    .filter(
      ({ trigger }) =>
        trigger?.enabled && trigger.repository === repository && trigger.branch === commit.branch,
    );
  return Promise.all(watching.map((instance) => deployCommit(parts, instance, sha)));
}
