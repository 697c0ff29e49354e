import type { PlatformFailure } from '../../platform.ts';
import type { ServiceIds } from '../api/api.ts';
import { classOf } from '../api/deployment-status.ts';
import { holdersOf, type LiveQuestion } from '../api/live.ts';
import { digestNamed, shortId, toRelease } from '../api/release.ts';
import type { WireDeployment } from '../api/wire.ts';
import type { WireServiceInstance } from '../api/wire-service.ts';
import type { DeploymentAsked } from './asking-sender.ts';
import { ofCommit } from './commit-source.ts';

/** What serves when it is shipped. */
export interface RedeploySource {
  readonly kind: 'redeploy';
}

/** How what serves is deployed again. */
export type Redeploy =
  /** What it is of can be named: the commit, or the image by its digest. Settings and variables are those in force now. */
  | { readonly by: 'commit'; readonly commit: string }
  | { readonly by: 'image'; readonly image: string }
  /** Else Railway makes the deployment itself again, of which it is told that settings and variables are those of then. */
  | { readonly by: 'deployment'; readonly id: string };

/**
 * Whoever redeploys wants what serves with the variables of now. `serviceInstanceDeployV2` has them, and takes what it
 * deploys from the service: only where that can be no other than what serves it is asked. `deploymentRedeploy` names the
 * deployment. Source: docs.railway.com, “Manage deployments”; what it does with variables that changed is not established.
 */
export function redeployOf(
  instance: LiveQuestion & Pick<WireServiceInstance, 'source'>,
): Redeploy | PlatformFailure {
  const serving = holdersOf(instance);
  const [only, ...others] = serving;
  if (only === undefined || classOf(only) === 'crashed') return nothingServes(only);
  if (others.length > 0) return several(serving);
  const { repo = '', image = '' } = instance.source ?? {};
  const { commitHash, imageDigest, repo: of = repo } = only.meta;
  if (repo !== '' && of === repo && commitHash !== undefined) return { by: 'commit', commit: commitHash };
  const pinned = digestNamed(image);
  if (pinned !== undefined && pinned === imageDigest) return { by: 'image', image };
  return only.canRedeploy === false ? notRedeployable(only) : { by: 'deployment', id: only.id };
}

/** What Railway is asked for. */
export function askedAgain(ids: ServiceIds, redeploy: Redeploy): DeploymentAsked {
  switch (redeploy.by) {
    case 'commit':
      return ofCommit(ids, redeploy.commit);
    case 'image':
      return {
        of: { image: redeploy.image },
        ask: (api) => api.serviceInstanceDeployV2(ids),
      };
    case 'deployment':
      return {
        of: { again: redeploy.id },
        ask: (api) => api.deploymentRedeploy(redeploy.id, { usePreviousImageTag: false }),
      };
  }
}

/** The same in a sentence, for people. */
export function describeRedeploy(redeploy: Redeploy): string {
  switch (redeploy.by) {
    case 'commit':
      return `The commit ${redeploy.commit.slice(0, 7)}, which serves, is built again with the settings and variables in force now.`;
    case 'image':
      return `The image ${redeploy.image}, which serves, is deployed again with the settings and variables in force now.`;
    case 'deployment':
      return `The deployment ${shortId(redeploy.id)}, which serves, is built again by Railway from its source; Railway says that this takes the settings and variables it had.`;
  }
}

/** Of the one deployment that serves; undefined where it does not say it. */
export function commitServing(instance: LiveQuestion): string | undefined {
  const [only, ...others] = holdersOf(instance);
  return only === undefined || others.length > 0 ? undefined : toRelease(only, { now: 0 }).commit;
}

function nothingServes(crashed: WireDeployment | undefined): PlatformFailure {
  const why = crashed === undefined ? 'no deployment is active' : `${shortId(crashed.id)} has crashed`;
  return {
    reason: 'nothing-serves',
    what: 'Nothing serves that could be deployed again',
    why,
    next: 'Deploy a working version by another mode, such as `upload`.',
  };
}

function several(serving: readonly WireDeployment[]): PlatformFailure {
  return {
    reason: 'not-redeployable',
    what: `${serving.length} deployments serve at once: ${serving.map(({ id }) => shortId(id)).join(', ')}`,
    why: 'which of them is to be deployed again is not to be told',
    next: 'Wait until one alone serves, then run the job again.',
  };
}

function notRedeployable({ id }: WireDeployment): PlatformFailure {
  return {
    reason: 'not-redeployable',
    what: `Railway says of the deployment ${shortId(id)}, which serves, that it cannot be deployed again (canRedeploy is false)`,
    next: 'Deploy its source anew by another mode, such as `upload`.',
  };
}
