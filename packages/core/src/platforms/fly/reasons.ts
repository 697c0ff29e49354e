import type { Reason } from '../../outcome/reason.ts';

/** What only Fly comes to. Plain data, which the closed list is made of. */
export const flyReasons = {
  'review-app-destroyed': {
    meaning: 'The review app of the closed pull request was destroyed.',
    advice: 'Nothing to do.',
  },
  'review-app-absent': {
    meaning: 'The pull request is closed, and there was no review app to destroy.',
    advice: 'Nothing to do.',
  },
  'not-our-app': {
    meaning:
      'Every name the pull request’s app may have is taken by an app that nothing proves to be made for it.',
    advice: 'Set `service`, which goes into the app’s name, or destroy an app of yours that nobody needs.',
  },
  'app-not-created': {
    meaning: 'Fly did not make the app.',
    advice: 'Read the client’s output above.',
  },
  'app-not-destroyed': {
    meaning: 'Fly did not destroy the app.',
    advice: 'Destroy it by hand, or run the sweep again.',
  },
  'release-command-failed': {
    meaning: 'The release command exited with a failure before any machine was touched.',
    advice: 'Read its log above and fix the command.',
  },
  'lease-held': {
    meaning: 'Another deploy holds a lease on a machine.',
    advice: 'Wait for the other deploy to end, then run this job again.',
  },
  'strategy-refused': {
    meaning: 'The platform refuses the `strategy` for this app as it is.',
    advice: 'Use another `strategy`, or do what the message says.',
  },
  'wrong-image': {
    meaning: 'The machines run another image than the one that was asked for.',
    advice: 'Find out what the client shipped: see the image digests above.',
  },
  'snapshot-failed': {
    meaning: 'The data could not be saved before the release, so nothing was shipped.',
    advice: 'Read Fly’s answer above, then run the job again.',
  },
  'snapshot-timeout': {
    meaning: 'The snapshot was not finished within `snapshot-timeout`, so nothing was shipped.',
    advice: 'Raise `snapshot-timeout` if the data are large; otherwise look at the platform’s status page.',
  },
  'volume-not-found': {
    meaning: 'There is no such volume to take a snapshot of.',
    advice: 'Correct `snapshot`, or use a token that sees the volume’s app.',
  },
  'volume-ambiguous': {
    meaning: 'Several volumes are meant by `snapshot`, and their data differ.',
    advice: 'Give the id of the one whose data matter.',
  },
  'cluster-not-found': {
    meaning: 'The token sees no such cluster of Managed Postgres.',
    advice: 'Correct `snapshot`, or use a token of the organization.',
  },
  'app-not-found': {
    meaning: 'The token sees no such app.',
    advice: 'Correct the app’s name, or use a token of its organization.',
  },
  'machines-not-found': {
    meaning: 'The app has no machine that the inputs name.',
    advice: 'Correct `only-machines`, `regions` or `process-groups`.',
  },
  'secrets-not-staged': {
    meaning: 'The platform did not take the secrets; nothing was shipped.',
    advice: 'Read the platform’s answer above.',
  },
  'public-address': {
    meaning: 'The app is to be private and has an address that the internet reaches.',
    advice: 'Release the addresses named above, or set `private: false`.',
  },
} as const satisfies Record<string, Reason>;

/** What can be wrong before a rollout on Fly has begun: the checks, the client, the token, the app, the time. */
export const flyOpeningReasons = [
  'token-rejected',
  'token-kind',
  'app-not-found',
  'checks-invalid',
  'install-failed',
  'tool-missing',
  'checksum-mismatch',
  'download-refused',
  'proxy-unusable',
  'tls-unverified',
  'runner-unwritable',
  'platform-error',
  'platform-unreachable',
  'rate-limited',
  'deploy-timeout',
] as const satisfies readonly string[];

/** What can go wrong after Fly has begun to change machines. */
export const flySwitchingReasons = [
  'unhealthy',
  'crashed',
  'incomplete',
  'no-capacity',
  'wrong-image',
  'lease-held',
  'rate-limited',
  'platform-error',
  'platform-unreachable',
  'token-rejected',
  'token-kind',
  'deploy-failed',
  'deploy-timeout',
  'checks-failed',
] as const satisfies readonly string[];

/** What can keep Fly from making a release of an image that is there. */
export const flyRefusingReasons = [
  'release-not-created',
  'app-not-found',
  'image-not-found',
  'config-invalid',
] as const satisfies readonly string[];
