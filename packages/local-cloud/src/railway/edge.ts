import type { ServiceAnswer, Upstream } from '../service.ts';
import type { Domain, ServiceInstance } from './model.ts';
import type { Replica } from './replica.ts';

/** What Railway's edge says where no deployment of the service is live, or none was ever made. */
const applicationNotFound = edgeAnswer(404, 'Application not found', { 'x-railway-fallback': 'true' });

const failedToRespond = edgeAnswer(502, 'Application failed to respond');

/** Where a request for a domain goes: in turn to the replicas of all deployments that are live, two while they overlap. */
export function upstreamFor(
  at: { readonly instance: ServiceInstance; readonly domain: Domain } | undefined,
): Upstream {
  if (at === undefined) return { kind: 'nothing', instead: applicationNotFound };
  const { instance, domain } = at;
  const live = instance.deployments.filter(({ status }) => status === 'SUCCESS' || status === 'CRASHED');
  if (live.length === 0) return { kind: 'nothing', instead: applicationNotFound };
  const open = live.flatMap(({ replicas }) => replicas).filter((replica) => isReached(replica, domain));
  instance.turn += 1;
  const { port } = open[instance.turn % open.length] ?? {};
  return port === undefined
    ? { kind: 'refused', instead: failedToRespond }
    : { kind: 'app', port, instead: failedToRespond };
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
