import type { Deployment } from './deployment.ts';
import type { RailwayDoors } from './switches.ts';

export type DeploymentStep =
  | 'SNAPSHOT_CODE'
  | 'BUILD_IMAGE'
  | 'PUBLISH_IMAGE'
  | 'PRE_DEPLOY_COMMAND'
  | 'CREATE_CONTAINER'
  | 'CONFIGURE_NETWORK'
  | 'HEALTHCHECK'
  | 'DRAIN_INSTANCES';

export interface EventPayload {
  readonly attempt?: number;
  readonly detail?: string;
  readonly durationMs?: number;
  readonly error?: string;
  readonly maxAttempts?: number;
  readonly reason?: string;
  readonly skipped?: boolean;
}

/** A step of a deployment: without `completedAt` it is under way, with `payload.error` it failed. */
export interface DeploymentEvent {
  readonly id: string;
  readonly step: DeploymentStep;
  readonly createdAt: number;
  completedAt: number | undefined;
  payload: EventPayload;
}

/** What a step that failed had to say; the deployment is over then. */
export class StepFailure extends Error {}

/** Does a step and writes down how it went; a failure of it is thrown on. */
export async function step<T>(
  deployment: Deployment,
  name: DeploymentStep,
  { doors, work }: { readonly doors: Pick<RailwayDoors, 'clock' | 'ids'>; readonly work: () => Promise<T> },
): Promise<T> {
  const { clock, ids } = doors;
  const event: DeploymentEvent = {
    id: ids.next(),
    step: name,
    createdAt: clock.now(),
    completedAt: undefined,
    payload: {},
  };
  deployment.events.push(event);
  deployment.changed();
  const complete = (payload: EventPayload) => {
    event.completedAt = clock.now();
    event.payload = { durationMs: Math.round(event.completedAt - event.createdAt), ...payload };
    deployment.changed();
  };
  try {
    const result = await work();
    complete({});
    return result;
  } catch (error) {
    if (error instanceof StepFailure) complete({ error: error.message });
    throw error;
  }
}
