import { deployment, type WireDeployment } from '../../packages/core/src/platforms/railway/api/wire.ts';
import {
  serviceInstance,
  type WireServiceInstance,
} from '../../packages/core/src/platforms/railway/api/wire-service.ts';

/** The minute of 2026-12-01, 10 o'clock, at which something was made. */
export function minute(at: number): string {
  return `2026-12-01T10:${String(at).padStart(2, '0')}:00.000Z`;
}

/** A deployment as Railway answers it; `message` is that of an upload. */
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

/** A service instance `web` as Railway answers it. */
export function aServiceInstance(
  activeDeployments: readonly WireDeployment[],
  settings: object = {},
): WireServiceInstance {
  const ids = { id: 'instance', serviceId: 'service', serviceName: 'web' };
  const answered = serviceInstance({ ...ids, activeDeployments: [], ...settings }, 'serviceInstance');
  return { ...answered, activeDeployments };
}
