import { lineOf } from '../../../text/cut.ts';
import { ownValue } from '../../../text/own-value.ts';
import type { PlatformFailure } from '../../platform.ts';
import type { WireEvent } from './wire.ts';

/** Where a deployment failed, by its events. */
export interface FailingStep {
  /** One of `DeploymentEventStep`: `HEALTHCHECK`. */
  readonly step: string;
  /** What Railway says of it, one line; absent where it only did not end. */
  readonly error?: string;
}

/** The last step with an error, else the last that did not end. Undefined where none of them tells. */
export function failingStep(events: readonly WireEvent[]): FailingStep | undefined {
  const done = events.filter(({ payload }) => payload?.skipped !== true);
  const wrong = done.findLast(({ payload }) => (payload?.error ?? '') !== '');
  const unended = done.findLast(({ completedAt }) => completedAt === undefined);
  const found = wrong ?? unended;
  if (found === undefined) return undefined;
  const error = found.payload?.error ?? found.payload?.reason ?? found.payload?.detail;
  return { step: found.step, ...(error === undefined || error === '' ? {} : { error: lineOf(error, 300) }) };
}

interface StepFailure {
  readonly reason: string;
  /** What was being done, after `while`. */
  readonly doing: string;
  readonly next: string;
}

const steps: Readonly<Record<string, StepFailure>> = {
  SNAPSHOT_CODE: {
    reason: 'build-failed',
    doing: 'the code was taken over',
    next: 'Read the build log above, and run the job again where it says nothing.',
  },
  BUILD_IMAGE: {
    reason: 'build-failed',
    doing: 'the image was built',
    next: 'Read the build log above and fix the build.',
  },
  PUBLISH_IMAGE: {
    reason: 'build-failed',
    doing: 'the image was published',
    next: 'Run the job again; look at https://status.railway.com where it fails again.',
  },
  WAIT_FOR_DEPENDENCIES: {
    reason: 'deploy-failed',
    doing: 'it waited for the services it depends on',
    next: 'Look at the services that this one refers to in Railway’s dashboard.',
  },
  MIGRATE_VOLUMES: {
    reason: 'volume-failed',
    doing: 'its volume was moved',
    next: 'Look at the volume in Railway’s dashboard, then run the job again.',
  },
  PRE_DEPLOY_COMMAND: {
    reason: 'pre-deploy-failed',
    doing: 'the pre-deploy command ran',
    next: 'Read the command’s log above and fix it.',
  },
  CREATE_CONTAINER: {
    reason: 'container-failed',
    doing: 'its container was made',
    next: 'Read Railway’s error above: an image that is missing, or a limit of the plan.',
  },
  CONFIGURE_NETWORK: {
    reason: 'container-failed',
    doing: 'its container was connected',
    next: 'Run the job again; look at https://status.railway.com where it fails again.',
  },
  HEALTHCHECK: {
    reason: 'unhealthy',
    doing: 'its health check was asked',
    next: 'Read the log of the new version above: it must answer the health check with 200 on the port in PORT, to the host healthcheck.railway.app too.',
  },
  DRAIN_INSTANCES: {
    reason: 'deploy-failed',
    doing: 'the old instances were drained',
    next: 'See what serves in Railway’s dashboard, then run the job again.',
  },
};

/** What a failed step comes to. */
export function stepFailure({ step, error }: FailingStep): PlatformFailure {
  const known = ownValue(steps, step);
  const said = error === undefined ? '' : `: ${error}`;
  if (known === undefined) {
    return {
      reason: 'deploy-failed',
      what: `The deployment failed in the step ${step}${said}`,
      next: 'Read Railway’s error and the logs above.',
    };
  }
  return {
    reason: known.reason,
    what: `The deployment failed while ${known.doing} (${step})${said}`,
    next: known.next,
  };
}
