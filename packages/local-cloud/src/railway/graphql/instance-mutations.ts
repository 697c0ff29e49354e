import { findEnvironment, findInstance, findProject } from '../access.ts';
import type { Deployment, ServiceInstance } from '../deployment.ts';
import { deployCommit } from '../git-deploys.ts';
import type { Settings } from '../model.ts';
import { notAllowedSource, refused } from '../refusal.ts';
import { hostOf } from '../seed.ts';
import { oneDomain, triggerFields } from './instance-fields.ts';
import type { Viewer } from './viewer.ts';

interface OfInstance {
  readonly environmentId: string;
  readonly serviceId: string;
}

interface Update extends Omit<Partial<Settings>, 'source'> {
  readonly source?: { readonly repo?: string | null; readonly image?: string | null } | null;
}

interface VariablesInput {
  readonly environmentId: string;
  readonly serviceId?: string | null;
  readonly variables: Readonly<Record<string, string>>;
  readonly replace?: boolean | null;
  readonly skipDeploys?: boolean | null;
}

/** What is done to a service in an environment. */
export const instanceMutations = {
  /** With what is in force now: the source of the service, or what was uploaded last. */
  serviceInstanceDeployV2: async (
    { commitSha, ...of }: OfInstance & { commitSha?: string | null },
    viewer: Viewer,
  ) => {
    const instance = findInstance(viewer.world, viewer.token, of);
    if (commitSha && instance.settings.source.repo === null) throw refused('Commit not found');
    return (await deploySource(instance, viewer, commitSha ?? undefined)).id;
  },
  serviceInstanceDeploy: async (
    of: OfInstance & { commitSha?: string | null; latestCommit?: boolean | null },
    viewer: Viewer,
  ) => {
    const instance = findInstance(viewer.world, viewer.token, of);
    await deploySource(instance, viewer, of.commitSha ?? undefined);
    return true;
  },
  /** The image that was deployed last, whatever the source says meanwhile. */
  serviceInstanceRedeploy: (of: OfInstance, viewer: Viewer) => {
    const instance = findInstance(viewer.world, viewer.token, of);
    const last = instance.deployments.findLast(({ wasLive }) => wasLive);
    if (last === undefined) throw refused('Deployment not found');
    viewer.deploys.begin(instance, { content: last.content, isBuilt: true, meta: lasting(last) });
    return true;
  },
  /** Deploys nothing: the next deployment has it. */
  serviceInstanceUpdate: (
    { serviceId, environmentId, input }: { serviceId: string; environmentId?: string | null; input: Update },
    viewer: Viewer,
  ) => {
    const instances = environmentId
      ? [findInstance(viewer.world, viewer.token, { environmentId, serviceId })]
      : everyInstance(serviceId, viewer);
    for (const instance of instances) {
      instance.settings = updated(instance.settings, input);
      instance.updatedAt = viewer.world.doors.clock.now();
    }
    return true;
  },
  serviceInstanceAutoDeployUpdate: (
    { input }: { input: OfInstance & { enabled: boolean } },
    viewer: Viewer,
  ) => {
    const instance = findInstance(viewer.world, viewer.token, input);
    if (instance.trigger === undefined) throw refused('Problem processing request');
    instance.trigger = { ...instance.trigger, enabled: input.enabled };
    return { enabled: input.enabled };
  },
  deploymentTriggerUpdate: (
    {
      id,
      input,
    }: {
      id: string;
      input: { branch?: string | null; checkSuites?: boolean | null; repository?: string | null };
    },
    viewer: Viewer,
  ) => {
    const instance = viewer.world.instances().find(({ trigger }) => trigger?.id === id);
    if (instance?.trigger === undefined) throw refused('Problem processing request');
    findEnvironment(viewer.world, viewer.token, instance.environment.id);
    const { branch, checkSuites, repository } = instance.trigger;
    instance.trigger = {
      ...instance.trigger,
      branch: input.branch ?? branch,
      checkSuites: input.checkSuites ?? checkSuites,
      repository: input.repository ?? repository,
    };
    return triggerFields(instance)[0];
  },
  environmentTriggersDeploy: async ({ input }: { input: OfInstance }, viewer: Viewer) => {
    await deployCommit(viewer, findInstance(viewer.world, viewer.token, input));
    return true;
  },
  githubRepoDeploy: async (
    { input }: { input: { projectId: string; repo: string; environmentId?: string | null } },
    viewer: Viewer,
  ) => {
    const project = findProject(viewer.world, viewer.token, input.projectId);
    const instance = viewer.world
      .instances()
      .find(
        ({ environment, settings }) =>
          environment.project === project &&
          settings.source.repo === input.repo &&
          (input.environmentId ?? environment.id) === environment.id,
      );
    if (instance === undefined) throw refused('Problem processing request');
    return (await deployCommit(viewer, instance)).id;
  },
  variableCollectionUpsert: async ({ input }: { input: VariablesInput }, viewer: Viewer) => {
    const { environmentId, serviceId, variables, replace, skipDeploys } = input;
    if (!serviceId) throw refused('Problem processing request');
    const instance = findInstance(viewer.world, viewer.token, { environmentId, serviceId });
    instance.variables = { ...(replace ? {} : instance.variables), ...variables };
    const last = instance.deployments.findLast(({ wasLive }) => wasLive);
    if (!skipDeploys && last !== undefined)
      viewer.deploys.begin(instance, { content: last.content, isBuilt: true, meta: lasting(last) });
    return true;
  },
  serviceDomainCreate: (
    { input }: { input: OfInstance & { targetPort?: number | null } },
    viewer: Viewer,
  ) => {
    const { world, token } = viewer;
    const instance = findInstance(world, token, input);
    const stem = hostOf(instance.service, instance.environment);
    const { ids, clock } = world.doors;
    const id = ids.next();
    const domain = world.atHost(stem) === undefined ? stem : stem.replace('.', `-${id.slice(0, 4)}.`);
    const made = {
      id,
      domain,
      kind: 'service',
      targetPort: input.targetPort ?? undefined,
      createdAt: clock.now(),
    } as const;
    instance.domains.push(made);
    return oneDomain(made, instance);
  },
};

async function deploySource(instance: ServiceInstance, viewer: Viewer, sha?: string): Promise<Deployment> {
  const { repo, image } = instance.settings.source;
  if (repo !== null) return deployCommit(viewer, instance, { sha });
  if (image !== null) {
    if (instance.environment.project.workspace.onlyAllowedSources) throw notAllowedSource();
    const content = { kind: 'image', ref: image, image: viewer.world.doors.images.resolve(image) } as const;
    return viewer.deploys.begin(instance, { content, meta: { image } });
  }
  const last = instance.deployments.findLast(({ content }) => content.kind === 'tree');
  if (last === undefined) throw refused('Problem processing request');
  return viewer.deploys.begin(instance, { content: last.content, meta: lasting(last) });
}

function everyInstance(serviceId: string, { world, token }: Viewer): readonly ServiceInstance[] {
  return world
    .instances()
    .filter(({ service }) => service.id === serviceId)
    .map(({ environment }) => findInstance(world, token, { environmentId: environment.id, serviceId }));
}

/** Nulls are taken as said: a setting goes back to Railway's own default. */
function updated(settings: Settings, { source, ...input }: Update): Settings {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  const next = { ...settings, ...Object.fromEntries(given) };
  if (source === undefined || source === null) return next;
  // A service has one source: an image takes the place of a repository, and the reverse.
  const image = source.image ?? null;
  return { ...next, source: { image, repo: image === null ? (source.repo ?? null) : null } };
}

/** Of an earlier deployment's `meta` what says where it came from. */
function lasting({ meta }: Deployment): Readonly<Record<string, unknown>> {
  const names = ['repo', 'branch', 'commitHash', 'commitMessage', 'commitAuthor', 'image', 'imageDigest'];
  return Object.fromEntries(Object.entries(meta).filter(([name]) => names.includes(name)));
}
