import type { Reason } from '../../outcome/reason.ts';

/** What only Railway comes to. Plain data, which the closed list is made of. */
export const railwayReasons = {
  'archive-unreadable': {
    meaning: 'A file or folder that would be uploaded cannot be read.',
    advice: 'Make it readable for the job, or name it in `.railwayignore`.',
  },
  'archive-empty': {
    meaning: 'There is no file to upload.',
    advice: 'Correct `directory`, or check the repository out in a step before this one.',
  },
  'archive-changed': {
    meaning: 'A file changed while it was uploaded; the upload was cut.',
    advice: 'End what writes it before the deploy, or name it in `.railwayignore`.',
  },
  'archive-too-many': {
    meaning: 'The folder holds more files than can be uploaded.',
    advice: 'Name what the service does not need in `.railwayignore`.',
  },
  'upload-refused': {
    meaning: 'Railway did not take the archive.',
    advice: 'Read Railway’s answer above.',
  },
  'upload-too-large': {
    meaning: 'The archive is larger than Railway takes.',
    advice: 'Name what the build does not need in `.railwayignore`, or upload a smaller `directory`.',
  },
  'upload-failed': {
    meaning: 'The archive did not reach Railway, and no deployment of it has appeared.',
    advice: 'Run the job again.',
  },
  'not-authorized': {
    meaning: 'Railway refused the call: the token may not do it, or an id in it does not exist.',
    advice: 'Correct the ids named above, or use a token that reaches them.',
  },
  'target-not-found': {
    meaning: 'The token sees no such project, environment or service.',
    advice: 'Correct `railway-project`, `railway-environment` or `railway-service`.',
  },
  'target-ambiguous': {
    meaning: 'Several projects, environments or services are meant, and they are not the same.',
    advice: 'Give the id of the one that is meant.',
  },
  'deployment-not-found': {
    meaning: 'Railway has no such deployment.',
    advice: 'Correct the deployment’s id, or choose one that Railway still has.',
  },
  'deployment-not-made': {
    meaning: 'Railway has made no deployment of the commit by itself.',
    advice: 'Look at the source settings of the service in Railway’s dashboard.',
  },
  'commit-not-found': {
    meaning: 'Railway does not find the commit in the repository of the service.',
    advice: 'Push the commit to the repository that the service is connected to, then run the job again.',
  },
  'wrong-source': {
    meaning: 'The service is not deployed from what the mode deploys.',
    advice: 'Choose the mode that fits the source of the service.',
  },
  'nothing-serves': {
    meaning: 'No deployment serves, so there is none to make again.',
    advice: 'Deploy a working version first.',
  },
  'not-redeployable': {
    meaning: 'Railway does not make a deployment again of what serves.',
    advice: 'Deploy its source anew, by another mode.',
  },
  'two-factor-required': {
    meaning: 'The workspace asks for a second factor, which no job has.',
    advice: 'Do this by hand, or use a token of a workspace that does not ask for one.',
  },
  'policy-refused': {
    meaning: 'A guardrail of the workspace forbids this.',
    advice: 'Ask an owner of the workspace to allow it.',
  },
  'request-refused': {
    meaning: 'Railway refused what it was asked for.',
    advice: 'Read Railway’s answer above.',
  },
  'api-changed': {
    meaning: 'Railway’s API no longer has something that this version of Belay asks for.',
    advice: 'Update the action to its newest version.',
  },
  skipped: {
    meaning: 'Railway skipped the deployment: nothing was built, and what served still serves.',
    advice: 'Read why above; correct the watch paths of the service where it was to be deployed.',
  },
  'needs-approval': {
    meaning: 'The deployment waits for a person to approve it.',
    advice: 'Approve it in Railway’s dashboard, then run the job again.',
  },
  'waiting-for-ci': {
    meaning: 'The deployment waits for the checks of its commit, and this job is one of them.',
    advice: 'Wait for it in a workflow on `deployment_status`, or switch “Wait for CI” off for the service.',
  },
  'deployment-removed': {
    meaning: 'The deployment was cancelled or removed before it was seen to serve.',
    advice: 'Find out who removed it, then run the job again.',
  },
  'pre-deploy-failed': {
    meaning: 'The pre-deploy command failed; the new version was not started.',
    advice: 'Read its log above and fix the command.',
  },
  'container-failed': {
    meaning: 'The container could not be made or connected.',
    advice: 'Read Railway’s error above: an image that is missing, or a limit of the plan.',
  },
  'volume-failed': {
    meaning: 'The volume could not be moved to the new version.',
    advice: 'Look at the volume in Railway’s dashboard, then run the job again.',
  },
  'image-expired': {
    meaning: 'Railway no longer keeps the image of the wanted deployment.',
    advice:
      'Choose a newer one, or run the rollback action with `allow-rebuild: true`, which builds it again from its source.',
  },
  'deployment-not-seen': {
    meaning: 'Railway accepted the call, and no new deployment appeared.',
    advice: 'Look at the deployments of the service in Railway’s dashboard.',
  },
  'environment-not-made': {
    meaning: 'The pull request has no environment on Railway.',
    advice: 'Switch on PR environments in the settings of the Railway project, or use `preview: create`.',
  },
  'service-left-out': {
    meaning: 'The pull request’s environment on Railway does not have the service.',
    advice: 'Switch off focused PR environments in the settings of the Railway project.',
  },
  'preview-removed': {
    meaning: 'The preview of the closed pull request is gone.',
    advice: 'Nothing to do.',
  },
  'preview-absent': {
    meaning: 'The pull request is closed, and there was no preview of it to remove.',
    advice: 'Nothing to do.',
  },
} as const satisfies Record<string, Reason>;

export type RailwayReason = keyof typeof railwayReasons;

/** What can be wrong before a rollout on Railway has begun. */
export const railwayOpeningReasons = [
  'token-rejected',
  'token-kind',
  'not-authorized',
  'target-not-found',
  'target-ambiguous',
  'two-factor-required',
  'policy-refused',
  'request-refused',
  'api-changed',
  'platform-error',
  'platform-unreachable',
  'rate-limited',
  'deploy-timeout',
] as const satisfies readonly string[];

/** What can go wrong once Railway has begun to change what serves. */
export const railwaySwitchingReasons = [
  'unhealthy',
  'crashed',
  'pre-deploy-failed',
  'container-failed',
  'volume-failed',
  'deployment-removed',
  'deployment-not-seen',
  'not-authorized',
  'rate-limited',
  'platform-error',
  'platform-unreachable',
  'token-rejected',
  'token-kind',
  'deploy-failed',
  'deploy-timeout',
  'checks-failed',
] as const satisfies readonly string[];

/** What can come of a deployment that is built again. */
export const railwayRebuildReasons = [
  'build-failed',
  'config-invalid',
  'skipped',
  'needs-approval',
] as const satisfies readonly string[];

/** What can keep Railway from making a deployment of one that it had. */
export const railwayRefusingReasons = [
  'release-not-created',
  'deployment-not-found',
  'image-expired',
  'request-refused',
] as const satisfies readonly string[];
