import type { Reason } from './reason.ts';

/** What becomes of a release: shipped, refused, taken back. */
export const rolloutReasons = {
  // it worked
  'platform-only': {
    meaning: 'The release serves by the platform’s own account; no checks were given to prove it.',
    advice: 'Add `checks` so that a green means your users are served.',
  },
  'already-live': { meaning: 'The wanted artifact already served.', advice: 'Nothing to do.' },
  staged: {
    meaning: 'The release is ready and proved, and takes no traffic yet.',
    advice: 'Promote it when you are ready.',
  },
  'dry-run': {
    meaning: 'Only reads were made; nothing was changed.',
    advice: 'Run again without `dry-run` to act.',
  },
  built: {
    meaning: 'The image was built and pushed; nothing was deployed.',
    advice: 'Deploy it by the output `image-ref`.',
  },
  installed: { meaning: 'The tool was installed and put on PATH.', advice: 'Nothing to do.' },
  // the change failed
  'build-failed': {
    meaning: 'The image could not be built.',
    advice: 'Read the build log above and fix the build.',
  },
  unhealthy: {
    meaning: 'The platform’s health checks did not pass in time.',
    advice: 'Read the failing machine’s log and checks above.',
  },
  crashed: {
    meaning: 'The new version’s process kept exiting.',
    advice: 'Read the exit event and log above.',
  },
  'rate-limited': {
    meaning: 'The platform refused the call for too many requests.',
    advice: 'Run the job again in a few minutes.',
  },
  'platform-error': {
    meaning: 'The platform answered with an error of its own.',
    advice: 'Look at the platform’s status page, then run the job again.',
  },
  'release-not-created': {
    meaning: 'The platform refused to create the release.',
    advice: 'Read the platform’s answer above.',
  },
  'deploy-failed': {
    meaning: 'The deploy failed in a way that is not in our tables.',
    advice: 'Read the client’s output above.',
  },
  'deploy-timeout': {
    meaning: 'The deploy did not end within `timeout`.',
    advice: 'Raise `timeout` if the deploy is really that slow; otherwise look at what it waited for.',
  },
  'mixed-fleet': {
    meaning: 'Several releases serve at once and the platform makes no progress.',
    advice: 'Run the deploy or a rollback again so that one release serves.',
  },
  incomplete: {
    meaning: 'The release serves, but not everything runs again that ran before.',
    advice: 'Start or make what is named above, then run the deploy or a rollback again.',
  },
  'unmanaged-machines': {
    meaning: 'Machines that the platform’s client does not manage answer on the target’s ports.',
    advice: 'Put them under the client’s care, destroy them, or name them in `accept-machines`.',
  },
  'no-capacity': {
    meaning: 'The platform has no room for what was to be made.',
    advice: 'Run the job again later, or choose another region or size.',
  },
  // restoring
  'restored-image-only': {
    meaning:
      'The old image serves again, but secrets or a release command had already changed things it depends on.',
    advice: 'Check that the old version works with what was changed.',
  },
  'on-failure-none': {
    meaning: 'The change failed and `on-failure: none` asked to leave it.',
    advice: 'Fix forward, or run the rollback action.',
  },
  barrier: {
    meaning: 'The change failed and a rollback barrier forbids going back behind it.',
    advice: 'Fix forward: an older version cannot run on what this release changed.',
  },
  'no-target': { meaning: 'There is no release to go back to.', advice: 'Deploy a working version.' },
  superseded: {
    meaning: 'Someone else made another release live in the middle of this run.',
    advice: 'Look at the run that made what serves now, and run this job again when it is over.',
  },
  'restore-failed': {
    meaning: 'Taking the change back failed as well.',
    advice: 'Look at the target now: see what serves, and roll back by hand.',
  },
  'already-live-failing': {
    meaning: 'The wanted artifact already served, and it does not pass; nothing was switched.',
    advice: 'Fix forward, or run the rollback action to go back to a verified release.',
  },
  // not judged
  'switched-off': {
    meaning: 'Everything that should serve is stopped, and no request starts it: nothing could be judged.',
    advice: 'Start it, or let requests start it, then run the job again.',
  },
  // gates and refusals
  'older-than-live': {
    meaning: 'The commit is older than the one that serves.',
    advice: 'Deploy the newest commit, or use the rollback action to go back on purpose.',
  },
  fork: {
    meaning:
      'Runs of forks, Dependabot and merge queues never deploy, nor does one whose code may be a stranger’s.',
    advice: 'Deploy from a branch of this repository.',
  },
  // what lives as long as its pull request
  'pull-request-closed': {
    meaning: 'The pull request is closed, so it gets no review app or preview.',
    advice: 'Open the pull request again to get one.',
  },
  swept: {
    meaning: 'The review apps or previews that nobody needs any more were removed.',
    advice: 'Nothing to do.',
  },
  outdated: {
    meaning: 'The pull request has newer commits than the one this run is about.',
    advice: 'Look at the run of its newest commit.',
  },
} as const satisfies Record<string, Reason>;
