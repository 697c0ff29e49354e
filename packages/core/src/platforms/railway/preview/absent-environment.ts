import { ActionFailure } from '../../../outcome/failure.ts';
import type { PullRequest } from '../api/pull-request-environment.ts';
import type { WireEnvironment, WirePullRequestSettings } from '../api/wire-service.ts';

/** What was seen of a pull request's environment when its time was over. */
export interface SeenEnvironment {
  readonly pull: PullRequest;
  readonly project: string;
  readonly service: string;
  /** Undefined: there is none. */
  readonly environment: Pick<WireEnvironment, 'name'> | undefined;
  /** Undefined where they cannot be read. */
  readonly settings: WirePullRequestSettings | undefined;
  /** Whether a bot opened the pull request. */
  readonly isBots: boolean;
  readonly waitedS: number;
}

/** Why there is nothing to follow: what the project's settings say comes before any guess. */
export function absentEnvironment(seen: SeenEnvironment): ActionFailure {
  return new ActionFailure(seen.environment === undefined ? notMade(seen) : leftOut(seen));
}

function notMade({ pull, project, settings, isBots, waitedS }: SeenEnvironment) {
  const code = 'environment-not-made';
  const what = `Railway has made no environment for pull request ${pull.number} in the project ${project}`;
  if (settings?.prDeploys === false) {
    return {
      ...{ code, what, why: 'PR environments are switched off in the project (`prDeploys`)' },
      next: 'Switch on PR environments in the project’s settings, under Environments, or use `preview: create`.',
    };
  }
  if (isBots && settings?.botPrEnvironments === false) {
    return {
      ...{ code, what, why: 'a bot opened it, and the project makes none for bots (`botPrEnvironments`)' },
      next: 'Switch on bot PR environments in the project’s settings, under Environments, or leave this job out for bots.',
    };
  }
  return {
    ...{ code, what: `${what} within ${waitedS} s` },
    why: 'it is made when GitHub tells Railway of the pull request: a service of the project has to be connected to this repository, and whoever opened it has to be known to Railway',
    next: `Look for the pull request among the project’s environments, connect the service to ${pull.repository}, and open the pull request again.`,
  };
}

function leftOut({ environment, service, settings, waitedS }: SeenEnvironment) {
  const code = 'service-left-out';
  const name = environment?.name ?? '';
  if (settings?.focusedPrEnvironments === true) {
    return {
      code,
      what: `The environment ${name} has no service ${service}`,
      why: 'the project leaves out services that the change does not touch (`focusedPrEnvironments`)',
      next: 'Switch off focused PR environments in the project’s settings, or run this job for changes of the service alone.',
    };
  }
  return {
    code,
    what: `The environment ${name} has had no service ${service} for ${waitedS} s`,
    why: 'it is in the project, and was not copied into this environment',
    next: 'Add the service to the environment that pull requests are copied from.',
  };
}
