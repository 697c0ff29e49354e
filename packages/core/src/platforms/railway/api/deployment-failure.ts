import { lineOf } from '../../../text/cut.ts';
import type { PlatformFailure } from '../../platform.ts';
import { classOf } from './deployment-status.ts';
import { failingStep, stepFailure } from './failing-step.ts';
import { shortId } from './release.ts';
import type { WireDeployment, WireEvent } from './wire.ts';

/**
 * What a deployment came to that did not, or does not, serve: a reason, and a sentence. Undefined where nothing is wrong
 * with it, so far.
 */
export function deploymentFailure(
  deployment: WireDeployment,
  events: readonly WireEvent[],
): PlatformFailure | undefined {
  const label = shortId(deployment.id);
  switch (classOf(deployment)) {
    case 'failed':
      return failed(deployment, events);
    case 'crashed':
      return {
        reason: 'crashed',
        what: `The process of the deployment ${label} kept exiting, and Railway starts it no more`,
        why: 'its restart policy has been used up',
        next: 'Read the log of the new version above.',
      };
    case 'skipped':
      return skipped(label, deployment.meta.skippedReason);
    case 'needs-approval':
      return {
        reason: 'needs-approval',
        what: `The deployment ${label} waits for a person to approve it`,
        why: 'Railway asks for that where the commit is of somebody who is no member of the workspace',
        next: 'Approve it in Railway’s dashboard, then run the job again.',
      };
    case 'superseded':
      return {
        reason: 'deployment-removed',
        what: `The deployment ${label} was removed (${deployment.status})`,
        why: 'it was cancelled or removed by hand, or a newer deployment took its place',
        next: 'See what serves in Railway’s dashboard, then run the job again.',
      };
    default:
      return undefined;
  }
}

/** One that fails within seconds and without a step never had a container: its image or its configuration is at fault. */
function failed({ id, meta, diagnosis }: WireDeployment, events: readonly WireEvent[]): PlatformFailure {
  const evidence = [...meta.configErrors, ...diagnosed(diagnosis)].map((line) => lineOf(line, 300));
  const more = evidence.length === 0 ? {} : { evidence };
  const [wrong] = meta.configErrors;
  if (wrong !== undefined) {
    return {
      reason: 'config-invalid',
      what: `Railway refused the configuration of the deployment ${shortId(id)}: ${lineOf(wrong, 300)}`,
      next: 'Correct the settings of the service as Railway says.',
      ...more,
    };
  }
  const step = failingStep(events);
  const lacksImage = meta.image !== undefined && meta.imageDigest === undefined;
  if (lacksImage && (step === undefined || step.step === 'CREATE_CONTAINER')) {
    return {
      reason: 'image-not-found',
      what: `Railway could not get the image ${lineOf(meta.image ?? '', 200)}${step?.error === undefined ? '' : `: ${step.error}`}`,
      why: 'the registry has no such image, or does not give it to Railway',
      next: 'Push the image first, correct its name, or give the service the registry’s credentials.',
      ...more,
    };
  }
  if (step !== undefined) return { ...stepFailure(step), ...more };
  return {
    reason: 'deploy-failed',
    what: `The deployment ${shortId(id)} failed, and Railway names no step`,
    next: 'Read the logs above; look at https://status.railway.com where they say nothing.',
    ...more,
  };
}

function skipped(label: string, reason: string | undefined): PlatformFailure {
  const why = reason === undefined ? 'it gives no reason' : lineOf(reason, 200);
  return {
    reason: 'skipped',
    what: `Railway skipped the deployment ${label}: ${why}`,
    why: /\bci\b|check suite/i.test(reason ?? '')
      ? 'a check suite of the commit failed, and running it again does not revive the deployment'
      : 'no file changed that the service watches; what served still serves',
    next: /\bci\b|check suite/i.test(reason ?? '')
      ? 'Push a commit whose checks pass.'
      : 'Correct the watch paths of the service where this commit was to be deployed.',
  };
}

/** Its shape is not established: what of it is text. */
function diagnosed(diagnosis: unknown): readonly string[] {
  if (typeof diagnosis === 'string') return [diagnosis];
  const values = typeof diagnosis === 'object' && diagnosis !== null ? Object.values(diagnosis) : [];
  return values.filter((value) => typeof value === 'string').slice(0, 5);
}
