import { nodeId, timestamp } from '../answers.ts';
import type { Deployment, DeploymentStatus, Repository } from '../model.ts';
import { refNamed } from '../revisions.ts';
import type { PayloadEncoding } from '../switches.ts';
import type { World } from '../world.ts';
import { connection, type PageArguments } from './connection.ts';
import { commitObject, refObject } from './git.ts';

export interface DeploymentArguments extends PageArguments {
  readonly environments?: readonly string[] | null;
  readonly orderBy?: { readonly direction: 'ASC' | 'DESC' } | null;
}

export interface View {
  readonly world: World;
  readonly repository: Repository;
  readonly encoding: PayloadEncoding;
}

export function deploymentConnection(view: View, page: DeploymentArguments) {
  const wanted = page.environments ?? [];
  const found = view.world
    .listedDeployments(view.repository)
    .filter((deployment) => wanted.length === 0 || wanted.includes(deployment.environment));
  const ordered = page.orderBy?.direction === 'DESC' ? found.toReversed() : found;
  return connection('deployments', ordered, {
    page,
    cursorOf: (deployment) => nodeId('cursor', deployment.id),
    resolve: (deployment) => deploymentObject(view, deployment),
  });
}

/** `deployment` as lists have it. Fields that cost something are functions: they run only when asked for. */
export function deploymentObject(view: View, deployment: Deployment) {
  const { repository } = view;
  const newest = deployment.statuses.at(-1);
  const ref = refNamed(repository, deployment.ref);
  return {
    __typename: 'Deployment',
    id: nodeId('Deployment', deployment.id),
    databaseId: deployment.id,
    createdAt: timestamp(deployment.createdAt),
    updatedAt: timestamp(deployment.updatedAt),
    commitOid: deployment.sha,
    commit: () => commitObject(repository.graph.get(deployment.sha)),
    creator: actor(deployment.creator),
    description: deployment.description,
    environment: deployment.environment,
    latestEnvironment: deployment.environment,
    originalEnvironment: deployment.originalEnvironment,
    payload: () => encodedPayload(deployment.payload, view.encoding),
    ref: () => (ref === undefined ? null : refObject(repository, ref)),
    task: deployment.task,
    state: () => deploymentState(view, deployment),
    latestStatus: newest === undefined ? null : statusObject(newest),
    statuses: (page: PageArguments) =>
      connection('statuses', deployment.statuses.toReversed(), {
        page,
        cursorOf: (status) => nodeId('cursor', status.id),
        resolve: statusObject,
      }),
  };
}

function statusObject(status: DeploymentStatus) {
  return {
    id: nodeId('DeploymentStatus', status.id),
    createdAt: timestamp(status.createdAt),
    updatedAt: timestamp(status.createdAt),
    creator: actor(status.creator),
    description: status.description,
    environment: status.environment,
    environmentUrl: status.environmentUrl === '' ? null : status.environmentUrl,
    logUrl: status.logUrl === '' ? null : status.logUrl,
    state: status.state.toUpperCase(),
  };
}

/** An app is `github-actions` here and `github-actions[bot]` in REST. */
export function actor(login: string) {
  const bot = login.match(/^(.*)\[bot\]$/)?.[1];
  return bot === undefined ? { __typename: 'User', login } : { __typename: 'Bot', login: bot };
}

/** A payload given as an object comes back as a JSON string encoded twice; one given as a string, as it was. */
function encodedPayload(payload: object | string, encoding: PayloadEncoding): string {
  const once = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const twice = encoding === 'twice' || (encoding === 'as-real' && typeof payload === 'object');
  return twice ? JSON.stringify(once) : once;
}

const abandonedAfterMs = 30 * 60_000;

function deploymentState(view: View, deployment: Deployment): string {
  const state = deployment.statuses.at(-1)?.state ?? 'pending';
  if (state === 'success') return isActive(view, deployment) ? 'ACTIVE' : 'SUCCESS';
  if (state === 'inactive' && deployment.transient) return 'DESTROYED';
  if (state === 'pending' && view.world.now() - deployment.updatedAt > abandonedAfterMs) return 'ABANDONED';
  return state.toUpperCase();
}

/** The newest success of its environment. */
function isActive({ world, repository }: View, { id, environment }: Deployment): boolean {
  const newest = world
    .listedDeployments(repository)
    .findLast((other) => other.environment === environment && other.statuses.at(-1)?.state === 'success');
  return newest?.id === id;
}
