import { deployment, type WireDeployment } from '../../packages/core/src/platforms/railway/api/wire.ts';
import {
  serviceInstance,
  type WireServiceInstance,
} from '../../packages/core/src/platforms/railway/api/wire-service.ts';

export const railwayDigests = { v1: `sha256:${'1'.repeat(64)}`, v2: `sha256:${'2'.repeat(64)}` } as const;

export const shopIds = { projectId: 'p1', environmentId: 'e1', serviceId: 's1' } as const;

/** A deployment as Railway answers it: live, with one replica, made of an upload. */
export function answeredDeployment(more: object = {}) {
  return {
    id: 'd1000000-0000-4000-8000-000000000001',
    status: 'SUCCESS',
    createdAt: '2026-12-01T10:00:00.000Z',
    statusUpdatedAt: '2026-12-01T10:01:00.000Z',
    deploymentStopped: false,
    canRollback: true,
    canRedeploy: true,
    staticUrl: 'shop.up.railway.app',
    url: null,
    meta: { imageDigest: railwayDigests.v1 },
    environmentId: 'e1',
    serviceId: 's1',
    projectId: 'p1',
    snapshotId: null,
    instances: [{ id: 'i1', status: 'RUNNING' }],
    ...more,
  };
}

/** The same, read. */
export function aWireDeployment(more: object = {}): WireDeployment {
  return deployment(answeredDeployment(more), 'deployment');
}

/** A service in an environment as Railway answers it: one replica in us-west2, nothing set. */
export function answeredInstance(more: object = {}) {
  return {
    id: 'si1',
    serviceId: 's1',
    serviceName: 'web',
    healthcheckPath: null,
    numReplicas: 1,
    region: 'us-west2',
    source: { repo: null, image: null },
    domains: { serviceDomains: [{ domain: 'shop.up.railway.app' }], customDomains: [] },
    latestDeployment: null,
    activeDeployments: [answeredDeployment()],
    ...more,
  };
}

export function aServiceInstance(more: object = {}): WireServiceInstance {
  return serviceInstance(answeredInstance(more), 'serviceInstance');
}

/** The minute of 2026-12-01, 10 o'clock, at which something was made. */
export function minute(at: number): string {
  return `2026-12-01T10:${String(at).padStart(2, '0')}:00.000Z`;
}

/** A deployment of which Railway tells little: no instances; `message` is that of an upload. */
export function aDeployment(
  id: string,
  {
    message,
    digest,
    ...wire
  }: Record<string, unknown> & { readonly message?: string; readonly digest?: string } = {},
): WireDeployment {
  const meta = { commitMessage: message, imageDigest: digest };
  return deployment({ id, status: 'SUCCESS', createdAt: minute(0), meta, ...wire }, 'deployment');
}

/** The service `web` with these as its active deployments. */
export function serviceWith(
  activeDeployments: readonly WireDeployment[],
  settings: object = {},
): WireServiceInstance {
  const ids = { id: 'instance', serviceId: 'service', serviceName: 'web' };
  const answered = serviceInstance({ ...ids, activeDeployments: [], ...settings }, 'serviceInstance');
  return { ...answered, activeDeployments };
}
