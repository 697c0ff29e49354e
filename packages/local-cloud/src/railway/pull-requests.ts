import type { Deployment, Environment, Project } from './deployment.ts';
import type { Deploys } from './deploys.ts';
import { deployCommit } from './git-deploys.ts';
import type { PullRequest } from './model.ts';
import { newEnvironment, newInstance } from './seed.ts';
import type { RailwayWorld } from './world.ts';

export interface OpenedPullRequest {
  readonly project: Project;
  readonly pull: PullRequest;
  readonly sha: string;
  /** Services that are left out, as a focused environment leaves out those that the change does not touch. */
  readonly without?: readonly string[];
}

/**
 * The environment Railway makes for a pull request, `<repo>-pr-<number>`, with every service of `production` in it; those
 * of its repository are deployed at its commit, and again at each push to its branch:
 * https://docs.railway.com/guides/environments#pr-environments.
 */
export async function openPullRequest(
  parts: { readonly world: RailwayWorld; readonly deploys: Deploys },
  { project, pull, sha, without = [] }: OpenedPullRequest,
): Promise<{ readonly environment: Environment; readonly deployments: readonly Deployment[] }> {
  const { clock, ids } = parts.world.doors;
  const [source] = project.environments.values();
  const name = `${pull.repo.split('/').at(-1)}-pr-${pull.number}`;
  const now = clock.now();
  const environment = newEnvironment(project, { id: ids.next(), name, now, isEphemeral: true, source, pull });
  const originals = [...(source?.instances.values() ?? [])];
  const copied = originals.filter(({ service }) => !without.includes(service.name));
  const instances = copied.map((original) => {
    const { service, settings, variables, domains } = original;
    const hosts = domains.length > 0 ? {} : { hosts: [] };
    const isOfPull = settings.source.repo === pull.repo;
    const trigger = isOfPull ? { trigger: { repository: pull.repo, branch: pull.branch } } : {};
    const seed = { settings, variables, ...hosts, ...trigger };
    const instance = newInstance(service, environment, { seed, now });
    environment.instances.set(service.id, instance);
    return instance;
  });
  const deployed = instances.filter(({ settings }) => settings.source.repo === pull.repo);
  const deployments = await Promise.all(deployed.map((instance) => deployCommit(parts, instance, { sha })));
  return { environment, deployments };
}
