import type { Deployment } from '../deployment.ts';
import type { DeploymentEvent } from '../deployment-events.ts';
import { canRedeploy, canRollback } from '../retention.ts';
import { time, type Viewer } from './viewer.ts';

/** A `Deployment` of the schema. */
export function deploymentFields(deployment: Deployment, viewer: Viewer) {
  const { instance, replicas } = deployment;
  const now = viewer.world.doors.clock.now();
  return {
    __typename: 'Deployment',
    id: deployment.id,
    status: deployment.status,
    createdAt: time(deployment.createdAt),
    updatedAt: time(deployment.updatedAt),
    statusUpdatedAt: time(deployment.statusUpdatedAt),
    deploymentStopped: deployment.isStopped,
    canRedeploy: canRedeploy(deployment),
    canRollback: canRollback(deployment, now),
    meta: deployment.meta,
    diagnosis: null,
    snapshotId: deployment.snapshotId,
    staticUrl: deployment.staticUrl,
    url: deployment.staticUrl,
    suggestAddServiceDomain: instance.domains.length === 0,
    instances: replicas.map(({ id, status }) => ({ id, status })),
    projectId: instance.environment.project.id,
    environmentId: instance.environment.id,
    serviceId: instance.service.id,
    environment: () => viewer.show.environment(instance.environment),
    service: () => viewer.show.service(instance.service),
    creator: { id: deployment.creator, name: deployment.creator, email: `${deployment.creator}@example.com` },
  };
}

/** A `DeploymentEvent`; its payload has every field, most of them null. */
export function eventFields({ id, step, createdAt, completedAt, payload }: DeploymentEvent) {
  return { id, step, createdAt: time(createdAt), completedAt: time(completedAt), payload };
}
