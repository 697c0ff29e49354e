import type { InstanceHealth } from '../../platform.ts';
import { classOf } from '../api/deployment-status.ts';
import { instanceState } from '../api/instances.ts';
import { holdersOf } from '../api/live.ts';
import { shortId } from '../api/release.ts';
import type { WireServiceInstance } from '../api/wire-service.ts';

/** Every instance of what serves. Railway asks its health check only while it deploys: afterwards there is the process alone. */
export function healthOf(service: WireServiceInstance): readonly InstanceHealth[] {
  return holdersOf(service).flatMap((deployment) => {
    const of = classOf(deployment);
    return (deployment.instances ?? []).map((instance) => {
      const state = instanceState(instance, of);
      return {
        instance: instance.id,
        healthy: state === 'unknown' ? ('unknown' as const) : state === 'running' || state === 'resting',
        note: `${instance.status}, of ${shortId(deployment.id)}`,
        ...(state === 'resting' && { atRest: true }),
      };
    });
  });
}
