import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { GraphQLError } from 'graphql';
import type { ServiceAnswer, ServiceRequest } from '../service.ts';
import { callerOf, mayEnter } from './access.ts';
import type { Deployment, Environment, ServiceInstance } from './deployment.ts';
import type { Deploys } from './deploys.ts';
import { notAllowedSource } from './refusal.ts';
import { newInstance } from './seed.ts';
import type { RailwayWorld } from './world.ts';

const path = /^\/project\/([^/]+)\/environment\/([^/]+)\/up$/;

/** `POST /project/<id>/environment/<id>/up`: https://github.com/railwayapp/cli, `src/controllers/upload.rs`. */
export function isUpload({ method, url }: Pick<ServiceRequest, 'method' | 'url'>): boolean {
  return method === 'POST' && path.test(url.pathname);
}

/** Takes a gzipped tar and answers with the deployment of it, which is on its way then. */
export async function answerUpload(
  request: ServiceRequest,
  { world, deploys }: { readonly world: RailwayWorld; readonly deploys: Deploys },
): Promise<ServiceAnswer> {
  const { body, url, headers } = request;
  if (body.length > world.doors.switches.uploadBytes) return { status: 413, body: 'Payload Too Large' };
  const [, projectId = '', environmentId = ''] = path.exec(url.pathname) ?? [];
  const environment = world.environment(environmentId);
  const token = callerOf(world, headers);
  if (environment === undefined || environment.project.id !== projectId || !mayEnter(token, environment))
    return { status: 401, body: { message: 'Not Authorized' } };
  if (environment.project.workspace.onlyAllowedSources) return refusal(notAllowedSource().message);
  const instance = instanceOf(world, environment, url.searchParams.get('serviceId') ?? '');
  if (instance === undefined) return refusal('Service not found');
  const dir = await world.doors.directory();
  if (!(await unpack(body, dir))) return refusal('Failed to read the uploaded archive');
  const message = url.searchParams.get('message');
  const caller = headers['x-railway-caller'];
  const meta = {
    ...(message === null ? {} : { commitMessage: message }),
    ...(caller === undefined ? {} : { cliCaller: caller }),
  };
  return begun(instance, () => deploys.begin(instance, { content: { kind: 'tree', dir }, meta }));
}

function begun({ service, environment }: ServiceInstance, begin: () => Deployment): ServiceAnswer {
  const deployment = attempt(begin);
  if (deployment instanceof GraphQLError) return refusal(deployment.message);
  const page = `https://railway.com/project/${environment.project.id}/service/${service.id}?id=${deployment.id}`;
  // The domain is left empty more often than not, so here it always is.
  return {
    status: 200,
    body: { deploymentId: deployment.id, url: page, logsUrl: `${page}&`, deploymentDomain: '' },
  };
}

/** What keeps a deployment from being made is said here as it is over GraphQL. */
function attempt(begin: () => Deployment): Deployment | GraphQLError {
  try {
    return begin();
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

/** The service that is named; in a project without any, an upload that names none makes one. */
function instanceOf(
  world: RailwayWorld,
  environment: Environment,
  serviceId: string,
): ServiceInstance | undefined {
  const { project, instances } = environment;
  if (serviceId !== '' || project.services.size > 0) return instances.get(serviceId);
  const now = world.doors.clock.now();
  const service = { id: world.doors.ids.next(), name: project.name, project, createdAt: now };
  project.services.set(service.id, service);
  const instance = newInstance(service, environment, { seed: { hosts: [] }, now });
  instances.set(service.id, instance);
  return instance;
}

/** By the system's tar, which takes archives of several gzip members and refuses names that climb out. */
async function unpack(archive: Buffer, dir: string): Promise<boolean> {
  const tar = spawn('tar', ['-xzf', '-', '-C', dir], { stdio: ['pipe', 'ignore', 'ignore'] });
  // One that gives up early closes the pipe; its exit code tells.
  tar.stdin.on('error', () => undefined);
  tar.stdin.end(archive);
  const [code] = await once(tar, 'close');
  return code === 0;
}

function refusal(message: string): ServiceAnswer {
  return { status: 400, body: { message } };
}
