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
