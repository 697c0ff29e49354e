import type { ServiceAnswer, Upstream } from '../service.ts';
import type { Deployment } from './deployment.ts';
import type { Domain } from './model.ts';
import type { Replica } from './replica.ts';
import type { RailwayWorld } from './world.ts';

/** What Railway's edge says where no deployment of the service is live, or none was ever made. */
const applicationNotFound = edgeAnswer(404, 'Application not found', { 'x-railway-fallback': 'true' });

const failedToRespond = edgeAnswer(502, 'Application failed to respond');

/** Where a request for a domain goes: in turn to the replicas of all deployments that are live, two while they overlap. */
export function upstreamFor(world: RailwayWorld, host: string): Upstream {
  const at = world.atHost(host);
  const live = at?.instance.deployments.filter((one) => one.isActive) ?? [];
  if (at === undefined || live.length === 0) return { kind: 'nothing', instead: applicationNotFound };
  const { instance, domain } = at;
  const open = reachedReplicas(world, instance.deployments).filter((replica) => isReached(replica, domain));
  for (const deployment of live) world.sleepers.use(deployment);
  instance.turn += 1;
  const { port } = open[instance.turn % open.length] ?? {};
  return port === undefined
    ? { kind: 'refused', instead: failedToRespond }
    : { kind: 'app', port, instead: failedToRespond };
}

/** Where a region lags behind, what served in it before goes on to, and what has come is not asked yet. */
function reachedReplicas({ doors }: RailwayWorld, all: readonly Deployment[]): readonly Replica[] {
  const live = all.filter((one) => one.isActive).flatMap(({ replicas }) => replicas);
  const { lateRegion } = doors.switches;
  const late = all
    .filter(({ status }) => status === 'REMOVING')
    .flatMap(({ replicas }) => replicas)
    .filter(({ region, status }) => region === lateRegion?.region && status === 'RUNNING');
  return late.length === 0 ? live : [...live.filter(({ region }) => region !== lateRegion?.region), ...late];
}

/** A domain's target port has to be the one the process listens on. */
function isReached({ status, port, innerPort }: Replica, { targetPort }: Domain): boolean {
  return status === 'RUNNING' && port !== undefined && (targetPort ?? innerPort) === innerPort;
}

function edgeAnswer(
  code: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): ServiceAnswer {
  return {
    status: code,
    headers: { server: 'railway-edge', 'x-railway-edge': 'railway/us-west2', ...headers },
    body: { status: 'error', code, message, request_id: 'AAAAAAAAAAAAAAAAAAAAAA' },
  };
}
