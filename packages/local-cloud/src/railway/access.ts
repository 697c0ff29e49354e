import type { IncomingHttpHeaders } from 'node:http';
import type { Environment, Project, ServiceInstance } from './deployment.ts';
import type { Workspace } from './model.ts';
import { notAuthorized } from './refusal.ts';
import type { Token } from './token.ts';
import type { RailwayWorld } from './world.ts';

/** Who asks: a token of the header it belongs in. One in the other header is none. */
export function callerOf(world: RailwayWorld, headers: IncomingHttpHeaders): Token | undefined {
  const own = headers['project-access-token'];
  const [, bearer = ''] = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  const token = world.tokens.get(typeof own === 'string' ? own : bearer);
  if (token === undefined) return undefined;
  return (token.kind === 'project') === (typeof own === 'string') ? token : undefined;
}

export function maySeeWorkspace(token: Token | undefined, workspace: Workspace): boolean {
  return token?.kind === 'account' || (token?.kind === 'workspace' && token.workspace === workspace);
}

export function maySeeProject(token: Token | undefined, project: Project): boolean {
  if (token?.kind === 'project') return token.environment.project === project;
  return maySeeWorkspace(token, project.workspace);
}

export function mayEnter(token: Token | undefined, environment: Environment): boolean {
  if (token?.kind === 'project') return token.environment === environment;
  return maySeeWorkspace(token, environment.project.workspace);
}

/** What is not there is refused in the same words as what is another's. */
export function findProject(world: RailwayWorld, token: Token | undefined, id: string): Project {
  const project = world.projects.get(id);
  if (project === undefined || !maySeeProject(token, project)) throw notAuthorized();
  return project;
}

export function findEnvironment(world: RailwayWorld, token: Token | undefined, id: string): Environment {
  const environment = world.environment(id);
  if (environment === undefined || !mayEnter(token, environment)) throw notAuthorized();
  return environment;
}

export function findInstance(
  world: RailwayWorld,
  token: Token | undefined,
  of: { readonly environmentId: string; readonly serviceId: string },
): ServiceInstance {
  const instance = findEnvironment(world, token, of.environmentId).instances.get(of.serviceId);
  if (instance === undefined) throw notAuthorized();
  return instance;
}
