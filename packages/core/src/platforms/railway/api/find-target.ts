import { ActionFailure } from '../../../outcome/failure.ts';
import type { Named } from '../token/token.ts';
import type { RailwayApi, ServiceIds } from './api.ts';
import { chooseNamed, type Kind } from './choose-named.ts';
import type { WireProject } from './wire-service.ts';

/** What the inputs name, each by name or id; what is absent is chosen where there is one alone. */
export interface WantedService {
  readonly project?: string | undefined;
  readonly environment?: string | undefined;
  readonly service?: string | undefined;
}

/** A service in an environment, found. */
export interface FoundService {
  readonly project: Named;
  readonly environment: Named & { readonly isEphemeral: boolean };
  readonly service: Named;
  readonly workspaceId: string | undefined;
  readonly ids: ServiceIds;
}

/**
 * The ids of what the inputs name. A project token brings its project and environment along. Failures:
 * `target-not-found`, which lists what there is, `target-ambiguous`, `token-kind`, those of the API.
 */
export async function findService(api: RailwayApi, wanted: WantedService): Promise<FoundService> {
  const project = await findProject(api, wanted);
  const environment = environmentIn(project, api, wanted);
  const service = await serviceIn(project, environment, { api, wanted });
  return {
    project: { id: project.id, name: project.name },
    environment,
    service,
    workspaceId: project.workspaceId,
    ids: { projectId: project.id, environmentId: environment.id, serviceId: service.id },
  };
}

/** The project that the inputs name. Failures: as of `findService`. */
export async function findProject(
  api: RailwayApi,
  wanted: Pick<WantedService, 'project'>,
): Promise<WireProject> {
  const project = await api.project(await projectIdOf(api, wanted));
  if (project.deletedAt !== undefined) throw deleted('project', project);
  return project;
}

async function projectIdOf(
  api: RailwayApi,
  { project: wanted }: Pick<WantedService, 'project'>,
): Promise<string> {
  const { token } = api;
  if (token.kind === 'project') {
    requireOwn('project', token.project, wanted);
    return token.project.id;
  }
  if (wanted !== undefined && isId(wanted)) return wanted;
  const all = await Array.fromAsync(api.projects(onlyWorkspace(token.workspaces)));
  return chooseNamed('project', wanted, all).id;
}

/** Projects of several workspaces are listed together; one alone is asked for, since a token of it may see no others. */
function onlyWorkspace(workspaces: readonly Named[]): string | undefined {
  return workspaces.length === 1 ? workspaces[0]?.id : undefined;
}

/** The environment that the inputs name in a project. Failures: as of `findService`. */
export function environmentIn(
  project: WireProject,
  { token }: Pick<RailwayApi, 'token'>,
  { environment: wanted }: WantedService,
): FoundService['environment'] {
  const all = project.environments.filter(({ deletedAt }) => deletedAt === undefined);
  if (token.kind === 'project') requireOwn('environment', token.environment, wanted);
  const own = token.kind === 'project' ? token.environment.id : wanted;
  // Those of pull requests come and go: the one that stays is meant where nothing is said.
  const lasting = all.filter(({ isEphemeral }) => isEphemeral !== true);
  const found = chooseNamed('environment', own, own === undefined && lasting.length === 1 ? lasting : all);
  if (found.canAccess === false) throw restricted(found, token.kind);
  return { id: found.id, name: found.name, isEphemeral: found.isEphemeral === true };
}

/** A service is of a project, and need not be in every environment: what is chosen by itself is. */
async function serviceIn(
  project: WireProject,
  { id: environmentId }: Named,
  { api, wanted }: { readonly api: RailwayApi; readonly wanted: WantedService },
): Promise<Named> {
  if (wanted.service !== undefined || project.services.length < 2)
    return chooseNamed('service', wanted.service, project.services);
  const { serviceInstances } = await api.environment(environmentId, project.id);
  const here = serviceInstances.map(({ serviceId, serviceName }) => ({ id: serviceId, name: serviceName }));
  return chooseNamed('service', undefined, here);
}

/** A project token is for one environment, whatever the inputs say. */
function requireOwn(kind: Kind, own: Named, wanted: string | undefined): void {
  if (wanted === undefined || own.id === wanted || own.name.toLowerCase() === wanted.toLowerCase()) return;
  throw new ActionFailure({
    code: 'token-kind',
    what: `\`railway-token\` is a project token for the ${kind} ${own.name} (${own.id}), and \`railway-${kind}\` is ${wanted}`,
    why: 'a project token reaches one environment of one project and no other',
    next: `Correct \`railway-${kind}\`, or use a project token of ${wanted} or a token of the workspace.`,
  });
}

function deleted(kind: Kind, { id, name }: Named): ActionFailure {
  return new ActionFailure({
    code: 'target-not-found',
    what: `The ${kind} ${name} (${id}) is deleted`,
    why: 'Railway keeps it for a while, and deploys nothing to it',
    next: `Correct \`railway-${kind}\`, or restore it in Railway’s dashboard.`,
  });
}

function restricted({ id, name }: Named, kind: string): ActionFailure {
  return new ActionFailure({
    code: 'token-kind',
    what: `The environment ${name} (${id}) is restricted, and this ${kind} token is kept out of it`,
    why: 'only its members and project tokens made for it may use it',
    next: `Create a project token for ${name} in the settings of the project, under Tokens, and store it as the secret this job reads.`,
  });
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
