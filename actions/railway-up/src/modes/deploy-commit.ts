import { ActionFailure, type PlatformFailure } from '#core';
import type { OpenRailway } from '#core/railway';
import type { Mode, ModeParts } from './mode.ts';
import { shippingMode } from './shipping-mode.ts';

/** Deploys a commit of the repository that the service is connected to. Failures: `wrong-source`, `commit-not-found`. */
export async function openDeployCommit(parts: ModeParts): Promise<Mode> {
  const { given, ports, commit, isPost, opening } = parts;
  const railway = await opening;
  if (!isPost) assertOfRepository(railway);
  if (commit === undefined && !isPost) throw noCommit();
  const { eventName } = ports.runner.context;
  const isMerge = given.commit === undefined && eventName === 'pull_request';
  const { platform } = railway;
  return shippingMode(parts, railway, {
    source: commit === undefined ? undefined : { kind: 'commit', commit },
    commit,
    would: `It would deploy the commit ${commit?.slice(0, 7)} of ${repositoryOf(railway)}.`,
    // By Railway's word: an upload has a commit only by the message it was given.
    isWanted: ({ id }) => commit !== undefined && platform.metaOf(id)?.commitHash === commit,
    told: (failure) => (isMerge ? ofMerge(failure) : failure),
  });
}

function repositoryOf({ instance }: OpenRailway): string {
  return instance.source?.repo ?? '';
}

function assertOfRepository(railway: OpenRailway): void {
  if (repositoryOf(railway) !== '') return;
  const image = railway.instance.source?.image ?? '';
  throw new ActionFailure({
    code: 'wrong-source',
    what: `The service ${railway.target.name} is connected to no repository, so it has no commits to deploy`,
    why: image === '' ? 'it is uploaded to, or has no source' : `its source is the image ${image}`,
    next:
      image === ''
        ? 'Use `mode: upload`, or connect the service to the repository in Railway’s dashboard.'
        : 'Use `mode: image`.',
  });
}

function noCommit(): ActionFailure {
  return new ActionFailure({
    code: 'commit-not-found',
    what: 'Nobody says which commit is to be deployed',
    why: 'the event is about none, and `commit` is empty',
    next: 'Pass `commit`, 40 hex digits.',
  });
}

/** GitHub makes a merge commit for a pull request, and no branch has it. */
function ofMerge(failure: PlatformFailure): PlatformFailure {
  if (failure.reason !== 'commit-not-found') return failure;
  return {
    ...failure,
    why: 'in a pull request the event’s commit is a merge that GitHub made for the run, and no branch has it',
    next: 'Pass the head of the pull request, `github.event.pull_request.head.sha`, as `commit`.',
  };
}
