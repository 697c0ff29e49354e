import { lineOf } from '../../../text/cut.ts';
import type { PlatformFailure } from '../../platform.ts';
import { isSameName } from '../api/same-name.ts';
import type { WireAutoDeploy, WireServiceInstance, WireTrigger } from '../api/wire-service.ts';
import type { RailwayMatch } from './match.ts';

/** What Railway says of how pushes deploy a service; undefined: it did not tell. */
export interface PushFacts {
  readonly instance: Pick<WireServiceInstance, 'source'> | undefined;
  readonly autoDeploy: WireAutoDeploy | undefined;
  readonly triggers: readonly WireTrigger[] | undefined;
}

interface Because {
  readonly why: string;
  readonly next: string;
}

/** Whether no push can deploy the service: neither it nor a trigger names a repository, so that waiting is in vain. */
export function lacksRepository({ instance, triggers }: Pick<PushFacts, 'instance' | 'triggers'>): boolean {
  return instance !== undefined && (instance.source?.repo ?? '') === '' && triggers?.length === 0;
}

/** Why no deployment of a commit has appeared: the first that Railway’s own settings explain, else that it was not told of the push. */
export function whyNotMade(match: RailwayMatch, facts: PushFacts, waitedMs: number): PlatformFailure {
  const waited = waitedMs < 1_000 ? '' : ` within ${Math.round(waitedMs / 1_000)} s`;
  const { why, next } = because(match, facts);
  const what = `Railway has made no deployment of the commit ${match.commit.slice(0, 7)}${waited}`;
  return { reason: 'deployment-not-made', what, why, next };
}

function because(
  { repository, branch }: RailwayMatch,
  { instance, autoDeploy, triggers }: PushFacts,
): Because {
  if (lacksRepository({ instance, triggers })) {
    const image = instance?.source?.image ?? '';
    const of = image === '' ? 'is uploaded to' : `runs the image ${lineOf(image, 200)}`;
    return {
      why: `the service ${of}, and has no repository whose pushes deploy it`,
      next: 'Connect the service to the repository in its settings, or deploy it by another `mode`.',
    };
  }
  if (autoDeploy?.enabled === false) {
    const said = autoDeploy.reason === undefined ? '' : `: ${lineOf(autoDeploy.reason, 200)}`;
    return {
      why: `automatic deploys are switched off for the service${said}`,
      next: 'Switch them on in the settings of the service, or deploy it by another `mode`.',
    };
  }
  const [trigger] = triggers ?? [];
  if (triggers !== undefined && trigger === undefined)
    return {
      why: 'no branch triggers deploys of the service',
      next: 'Choose the branch in the settings of the service.',
    };
  const ofRepository = (triggers ?? []).filter((one) => isSameName(one.repository, repository));
  if (trigger !== undefined && repository !== undefined && ofRepository.length === 0)
    return {
      why: `the service deploys ${trigger.repository}, and this run is of ${repository}`,
      next: 'Name the service of this repository in `railway-service`, or connect it to this one.',
    };
  const [own] = ofRepository;
  if (own !== undefined && branch !== undefined && !ofRepository.some((one) => one.branch === branch))
    return {
      why: `the service deploys the branch ${own.branch}, and this run is of ${branch}`,
      next: `Run this job on pushes to ${own.branch} alone, or change the branch in the settings of the service.`,
    };
  if (triggers === undefined)
    return {
      why: 'Railway does not tell this token which pushes deploy the service',
      next: 'See in the settings of the service which repository and branch deploy it, and whether automatic deploys are on.',
    };
  return {
    why: 'its settings would have it deployed, so it has not heard of the push, or passed over it',
    next: 'Deploy the newest commit by hand in Railway’s dashboard, then run the job again; see https://status.railway.com.',
  };
}
