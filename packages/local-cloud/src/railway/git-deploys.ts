import { matchesGlob } from 'node:path';
import type { Deployment, ServiceInstance } from './deployment.ts';
import { checkOut, type Deploys } from './deploys.ts';
import type { Fate } from './fates.ts';
import { refused } from './refusal.ts';
import type { Repository, RepositoryCommit } from './repository.ts';
import type { RailwayWorld } from './world.ts';

interface Parts {
  readonly world: RailwayWorld;
  readonly deploys: Deploys;
}

/** Deploys a commit of the instance's repository: by its whole sha, or the newest of the branch. */
export async function deployCommit(
  { world, deploys }: Parts,
  instance: ServiceInstance,
  { sha, fate }: { readonly sha?: string | undefined; readonly fate?: Fate | undefined } = {},
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
  const meta = commitMeta(repo, commit, instance);
  return deploys.begin(instance, { content: { kind: 'tree', dir }, meta, creator: commit.author, fate });
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

/**
 * A push, as GitHub's webhook tells of it: every service whose trigger names the branch gets a deployment. It is SKIPPED
 * where no watched file changed, and WAITING where its trigger waits for CI.
 */
export async function deployPush(
  parts: Parts,
  { repository: name, sha }: { readonly repository: string; readonly sha: string },
): Promise<readonly Deployment[]> {
  const repository = parts.world.repositories.get(name);
  const commit = repository?.commits.find((one) => one.sha === sha);
  if (repository === undefined || commit === undefined)
    throw new Error(`the emulated Railway knows no commit ${sha} of ${name}`);
  const watching = parts.world.instances().filter(({ trigger }) => {
    return trigger?.enabled === true && trigger.repository === name && trigger.branch === commit.branch;
  });
  return Promise.all(
    watching.map((instance) =>
      deployCommit(parts, instance, { sha, fate: fateOf(instance, { repository, commit }) }),
    ),
  );
}

function fateOf(
  { settings, trigger }: ServiceInstance,
  { repository, commit }: { readonly repository: Repository; readonly commit: RepositoryCommit },
): Fate | undefined {
  const changed = changedFiles(repository, commit);
  const { watchPatterns } = settings;
  const isWatched = watchPatterns.some((pattern) =>
    changed.some((file) => matchesGlob(`/${file}`, pattern.startsWith('/') ? pattern : `/${pattern}`)),
  );
  if (watchPatterns.length > 0 && !isWatched) return { kind: 'skipped' };
  return trigger?.checkSuites === true ? { kind: 'waits-for-ci' } : undefined;
}

/** Against the commit before it on its branch. */
function changedFiles({ commits }: Repository, commit: RepositoryCommit): readonly string[] {
  const branch = commits.filter((one) => one.branch === commit.branch);
  const before = branch[branch.indexOf(commit) - 1]?.files ?? {};
  const all = new Set([...Object.keys(before), ...Object.keys(commit.files)]);
  return [...all].filter((path) => before[path] !== commit.files[path]);
}

/** The image and the settings of what serves, in a deployment that nobody asked for. */
export function moveHost(deploys: Deploys, instance: ServiceInstance): Deployment {
  const live = instance.deployments.findLast(({ isActive }) => isActive);
  if (live === undefined) throw new Error(`nothing of ${instance.service.name} serves`);
  const { content, settings, variables, meta } = live;
  return deploys.begin(instance, {
    ...{ content, settings, variables, isBuilt: true, creator: 'railway' },
    meta: { ...meta, reason: 'migrate' },
  });
}
