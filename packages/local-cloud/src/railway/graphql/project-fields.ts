import { mayEnter, maySeeProject } from '../access.ts';
import type { Environment, Project, Service } from '../deployment.ts';
import type { Workspace } from '../model.ts';
import { notAuthorized } from '../refusal.ts';
import { newestFirst } from '../world.ts';
import { connection, type Page } from './connection.ts';
import { deploymentFields } from './deployment-fields.ts';
import { instanceFields, triggerFields } from './instance-fields.ts';
import { time, type Viewer } from './viewer.ts';

/** A `Workspace`. Fields are plain values, or functions where they take arguments or lead far. */
export function workspaceFields(workspace: Workspace, viewer: Viewer) {
  const projects = () =>
    [...viewer.world.projects.values()].filter(
      (project) => project.workspace === workspace && maySeeProject(viewer.token, project),
    );
  return {
    id: workspace.id,
    name: workspace.name,
    plan: workspace.plan.toUpperCase(),
    createdAt: time(workspace.createdAt),
    updatedAt: time(workspace.createdAt),
    hasGuardrailsAccess: true,
    projectCount: () => projects().length,
    projects: (page: Page) =>
      connection(
        projects().map((project) => projectFields(project, viewer)),
        page,
      ),
  };
}

export function projectFields(project: Project, viewer: Viewer) {
  const environments = [...project.environments.values()].filter(({ deletedAt }) => deletedAt === undefined);
  const [base] = environments.filter(({ isEphemeral }) => !isEphemeral);
  return {
    __typename: 'Project',
    id: project.id,
    name: project.name,
    description: null,
    createdAt: time(project.createdAt),
    updatedAt: time(project.createdAt),
    deletedAt: null,
    baseEnvironmentId: base?.id ?? null,
    baseEnvironment: () => base && environmentFields(base, viewer),
    primaryEnvironmentId: base?.id ?? null,
    workspaceId: project.workspace.id,
    workspace: () => workspaceFields(project.workspace, viewer),
    isPublic: false,
    isTempProject: false,
    prDeploys: project.prDeploys,
    botPrEnvironments: project.botPrEnvironments,
    focusedPrEnvironments: project.focusedPrEnvironments,
    subscriptionType: project.workspace.plan,
    tracingEnabled: false,
    buckets: (page: Page) => connection([], page),
    volumes: (page: Page) => connection([], page),
    environments: ({ isEphemeral, ...page }: Page & { isEphemeral?: boolean | null }) =>
      connection(
        environments
          .filter((one) => (isEphemeral ?? one.isEphemeral) === one.isEphemeral)
          .map((one) => environmentFields(one, viewer)),
        page,
      ),
    services: (page: Page) =>
      connection(
        [...project.services.values()].map((service) => serviceFields(service, viewer)),
        page,
      ),
  };
}

export function serviceFields(service: Service, viewer: Viewer) {
  return {
    __typename: 'Service',
    id: service.id,
    name: service.name,
    icon: null,
    projectId: service.project.id,
    project: () => projectFields(service.project, viewer),
    createdAt: time(service.createdAt),
    updatedAt: time(service.createdAt),
    deletedAt: null,
    tracingEnabled: null,
    autoInstrumentationEnabled: false,
    isRestricted: false,
  };
}

/** Whoever may not enter an environment sees that it is there, and nothing in it. */
export function environmentFields(environment: Environment, viewer: Viewer) {
  const canAccess = mayEnter(viewer.token, environment);
  const inside = () => {
    if (!canAccess) throw notAuthorized();
    return [...environment.instances.values()];
  };
  return {
    __typename: 'Environment',
    id: environment.id,
    name: environment.name,
    projectId: environment.project.id,
    canAccess,
    createdAt: time(environment.createdAt),
    updatedAt: time(environment.createdAt),
    deletedAt: time(environment.deletedAt),
    isEphemeral: environment.isEphemeral,
    meta: pullFields(environment),
    unmergedChangesCount: 0,
    sourceEnvironment: () => environment.source && environmentFields(environment.source, viewer),
    config: () => ({
      services: Object.fromEntries(inside().map(({ service, settings }) => [service.id, settings])),
    }),
    serviceInstances: (page: Page) =>
      connection(
        inside().map((one) => instanceFields(one, viewer)),
        page,
      ),
    volumeInstances: (page: Page) => connection([], page),
    deployments: (page: Page) => {
      const all = inside()
        .flatMap(newestFirst)
        .toSorted((one, other) => other.createdAt - one.createdAt);
      return connection(
        all.map((one) => deploymentFields(one, viewer)),
        page,
      );
    },
    deploymentTriggers: (page: Page) => connection(inside().flatMap(triggerFields), page),
  };
}

function pullFields({ pull }: Environment) {
  if (pull === undefined) return null;
  const { number, repo, title, branch, baseBranch } = pull;
  return { prNumber: number, prRepo: repo, prTitle: title, branch, baseBranch };
}
