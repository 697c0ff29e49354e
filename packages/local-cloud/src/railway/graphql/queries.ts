import {
  findEnvironment,
  findInstance,
  findProject,
  mayEnter,
  maySeeProject,
  maySeeWorkspace,
} from '../access.ts';
import type { Deployment } from '../deployment.ts';
import { notAuthorized, refused } from '../refusal.ts';
import { railwayVariables } from '../runtime-env.ts';
import { newestFirst } from '../world.ts';
import { connection, type Page } from './connection.ts';
import { deploymentFields, eventFields } from './deployment-fields.ts';
import { domainFields, instanceFields, triggerFields } from './instance-fields.ts';
import {
  type DeploymentLogArguments,
  deploymentLines,
  type EnvironmentLogArguments,
  environmentLines,
  logFields,
} from './log-fields.ts';
import { environmentFields, projectFields, serviceFields, workspaceFields } from './project-fields.ts';
import { time, type Viewer } from './viewer.ts';

interface OfInstance {
  readonly projectId: string;
  readonly environmentId: string;
  readonly serviceId: string;
}

interface DeploymentListInput {
  readonly projectId?: string | null;
  readonly environmentId?: string | null;
  readonly serviceId?: string | null;
  readonly status?: {
    readonly in?: readonly string[] | null;
    readonly notIn?: readonly string[] | null;
  } | null;
}

/** A deployment the token may see; an unknown id is refused as if it were another's. */
export function findDeployment({ world, token }: Viewer, id: string): Deployment {
  const deployment = world.deployments.get(id);
  if (deployment === undefined) throw refused('Deployment not found');
  if (!mayEnter(token, deployment.instance.environment)) throw notAuthorized();
  return deployment;
}

/** Root fields of `Query`. */
export const queries = {
  projectToken: (_: unknown, viewer: Viewer) => {
    const { token } = viewer;
    if (token?.kind !== 'project') throw refused('Project Token not found');
    const { environment } = token;
    return {
      id: token.id,
      name: token.name,
      displayToken: `${token.value.slice(0, 4)}****`,
      createdAt: time(token.createdAt),
      projectId: environment.project.id,
      environmentId: environment.id,
      project: () => projectFields(environment.project, viewer),
      environment: () => environmentFields(environment, viewer),
    };
  },
  apiToken: (_: unknown, { world, token }: Viewer) => {
    if (token === undefined || token.kind === 'project') throw notAuthorized();
    const workspaces = [...world.workspaces.values()].filter((one) => maySeeWorkspace(token, one));
    return { workspaces: workspaces.map(({ id, name }) => ({ id, name })) };
  },
  me: (_: unknown, viewer: Viewer) => {
    const { world, token } = viewer;
    if (token?.kind !== 'account') throw notAuthorized();
    return {
      ...token.user,
      username: token.user.name,
      isVerified: true,
      createdAt: time(world.doors.clock.now()),
      workspaces: () => [...world.workspaces.values()].map((one) => workspaceFields(one, viewer)),
    };
  },
  workspace: ({ workspaceId }: { workspaceId: string }, viewer: Viewer) => {
    const workspace = viewer.world.workspaces.get(workspaceId);
    if (workspace === undefined || !maySeeWorkspace(viewer.token, workspace)) throw notAuthorized();
    return workspaceFields(workspace, viewer);
  },
  workspacePolicy: ({ workspaceId }: { workspaceId: string }, { world, token }: Viewer) => {
    const workspace = world.workspaces.get(workspaceId);
    const isOwn = token?.kind === 'project' && token.environment.project.workspace === workspace;
    if (workspace === undefined || !(isOwn || maySeeWorkspace(token, workspace))) throw notAuthorized();
    return {
      id: workspace.id,
      restrictDeploysToAllowedSources: workspace.onlyAllowedSources,
      restrictPublicTcpProxies: false,
      restrictRailwayDomainGeneration: false,
    };
  },
  projects: ({ workspaceId, ...page }: Page & { workspaceId?: string | null }, viewer: Viewer) => {
    const { world, token } = viewer;
    if (token === undefined || token.kind === 'project') throw notAuthorized();
    const visible = [...world.projects.values()].filter(
      (project) =>
        maySeeProject(token, project) && (workspaceId ?? project.workspace.id) === project.workspace.id,
    );
    return connection(
      visible.map((project) => projectFields(project, viewer)),
      page,
    );
  },
  project: ({ id }: { id: string }, viewer: Viewer) =>
    projectFields(findProject(viewer.world, viewer.token, id), viewer),
  environment: ({ id }: { id: string }, viewer: Viewer) =>
    environmentFields(findEnvironment(viewer.world, viewer.token, id), viewer),
  environments: ({ projectId, ...page }: Page & { projectId: string }, viewer: Viewer) =>
    projectFields(findProject(viewer.world, viewer.token, projectId), viewer).environments(page),
  service: ({ id }: { id: string }, viewer: Viewer) => {
    const service = viewer.world.service(id);
    if (service === undefined || !maySeeProject(viewer.token, service.project)) throw notAuthorized();
    return serviceFields(service, viewer);
  },
  serviceInstance: (of: Omit<OfInstance, 'projectId'>, viewer: Viewer) => {
    const environment = findEnvironment(viewer.world, viewer.token, of.environmentId);
    const instance = environment.instances.get(of.serviceId);
    if (instance === undefined) throw refused('ServiceInstance not found');
    return instanceFields(instance, viewer);
  },
  deployments: ({ input, ...page }: Page & { input: DeploymentListInput }, viewer: Viewer) => {
    const { world, token } = viewer;
    const { projectId, environmentId, serviceId, status } = input;
    if (environmentId) findEnvironment(world, token, environmentId);
    else if (projectId) findProject(world, token, projectId);
    else throw refused('Problem processing request');
    const found = world
      .instances()
      .filter(({ environment, service }) => {
        if (projectId && environment.project.id !== projectId) return false;
        if (environmentId && environment.id !== environmentId) return false;
        return mayEnter(token, environment) && (!serviceId || service.id === serviceId);
      })
      .flatMap(newestFirst)
      .filter((one) => !status?.in || status.in.includes(one.status))
      .filter((one) => !status?.notIn?.includes(one.status))
      .toSorted((one, other) => other.createdAt - one.createdAt);
    return connection(
      found.map((one) => deploymentFields(one, viewer)),
      page,
    );
  },
  deployment: ({ id }: { id: string }, viewer: Viewer) =>
    deploymentFields(findDeployment(viewer, id), viewer),
  deploymentEvents: ({ id, ...page }: Page & { id: string }, viewer: Viewer) =>
    connection(findDeployment(viewer, id).events.map(eventFields), page),
  buildLogs: (wanted: DeploymentLogArguments, viewer: Viewer) => {
    const of = { deployment: findDeployment(viewer, wanted.deploymentId), kind: 'build' as const };
    return deploymentLines(viewer.world, of, wanted).map(logFields);
  },
  deploymentLogs: (wanted: DeploymentLogArguments, viewer: Viewer) => {
    const of = { deployment: findDeployment(viewer, wanted.deploymentId), kind: 'deploy' as const };
    return deploymentLines(viewer.world, of, wanted).map(logFields);
  },
  environmentLogs: (wanted: EnvironmentLogArguments, viewer: Viewer) => {
    const environment = findEnvironment(viewer.world, viewer.token, wanted.environmentId);
    return environmentLines(viewer.world, environment, wanted).map(logFields);
  },
  deploymentTriggers: ({ environmentId, serviceId, ...page }: Page & OfInstance, { world, token }: Viewer) =>
    connection(triggerFields(findInstance(world, token, { environmentId, serviceId })), page),
  serviceInstanceAutoDeployStatus: (of: OfInstance, { world, token }: Viewer) => {
    const { trigger, settings } = findInstance(world, token, of);
    const canEnable = settings.source.repo !== null;
    const enabled = trigger?.enabled === true;
    return { enabled, canEnable, reason: canEnable ? null : 'Service is not connected to a repository' };
  },
  domains: (of: OfInstance, { world, token }: Viewer) => domainFields(findInstance(world, token, of)),
  variables: (of: OfInstance & { serviceId?: string | null }, { world, token }: Viewer) => {
    if (!of.serviceId) return findEnvironment(world, token, of.environmentId) && {};
    const instance = findInstance(world, token, of);
    return { ...instance.variables, ...railwayVariables(instance) };
  },
  variablesForServiceDeployment: (of: OfInstance, { world, token }: Viewer) => {
    const instance = findInstance(world, token, of);
    return { ...instance.variables, ...railwayVariables(instance) };
  },
  platformStatus: (_: unknown, { world }: Viewer) => {
    const { incident: message } = world.doors.switches;
    if (message === null) return { isStable: true, incident: null };
    const url = 'https://status.railway.com';
    return {
      isStable: false,
      incident: { id: 'incident', message, status: 'INVESTIGATING', url, createdAt: null },
    };
  },
};
