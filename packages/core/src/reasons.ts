/** Every reason Belay reports, with its sentence and advice. An action's `reasons.ts` selects its subset; action-docs.md renders them. */
export interface Reason {
  /** What it means, one sentence. */
  readonly meaning: string;
  /** What to do, one imperative sentence. */
  readonly advice: string;
}

export const reasons = {
  // it worked
  verified: { meaning: 'The release serves and every gate check passed.', advice: 'Nothing to do.' },
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
  'checks-valid': { meaning: 'The checks can be used; nothing was sent.', advice: 'Nothing to do.' },
  built: {
    meaning: 'The image was built and pushed; nothing was deployed.',
    advice: 'Deploy it by the output `image-ref`.',
  },
  installed: { meaning: 'The tool was installed and put on PATH.', advice: 'Nothing to do.' },
  // review apps
  'review-app-destroyed': {
    meaning: 'The review app of the closed pull request was destroyed.',
    advice: 'Nothing to do.',
  },
  'review-app-absent': {
    meaning: 'The pull request is closed, and there was no review app to destroy.',
    advice: 'Nothing to do.',
  },
  'pull-request-closed': {
    meaning: 'The pull request is closed, so it gets no review app.',
    advice: 'Open the pull request again to get one.',
  },
  swept: {
    meaning: 'The review apps that nobody needs any more were destroyed.',
    advice: 'Nothing to do.',
  },
  outdated: {
    meaning: 'The pull request has newer commits than the one this run is about.',
    advice: 'Look at the run of its newest commit.',
  },
  'not-our-app': {
    meaning: 'An app of this name exists, and nothing proves that it was made for this pull request.',
    advice: 'Rename or destroy that app yourself when it is not needed.',
  },
  'app-not-created': {
    meaning: 'Fly did not make the app.',
    advice: 'Read the client’s output above.',
  },
  'app-not-destroyed': {
    meaning: 'Fly did not destroy the app.',
    advice: 'Destroy it by hand, or run the sweep again.',
  },
  // the change failed
  'build-failed': {
    meaning: 'The image could not be built.',
    advice: 'Read the build log above and fix the build.',
  },
  'release-command-failed': {
    meaning: 'The release command exited with a failure before any machine was touched.',
    advice: 'Read its log above and fix the command.',
  },
  unhealthy: {
    meaning: 'The platform’s health checks did not pass in time.',
    advice: 'Read the failing machine’s log and checks above.',
  },
  crashed: {
    meaning: 'The new version’s process kept exiting.',
    advice: 'Read the exit event and log above.',
  },
  'lease-held': {
    meaning: 'Another deploy holds a lease on a machine.',
    advice: 'Wait for the other deploy to end, then run this job again.',
  },
  'strategy-refused': {
    meaning: 'The platform refuses the `strategy` for this app as it is.',
    advice: 'Use another `strategy`, or do what the message says.',
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
  'checks-failed': {
    meaning: 'A gate check failed against the new release.',
    advice: 'Read the failing check’s evidence in the summary.',
  },
  // data saved before the change
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
    advice: 'Look at the run that made the newer release; nothing was switched here.',
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
  'runner-network': {
    meaning: 'Only this runner could not reach the target; its control probe failed as well.',
    advice: 'Check the runner’s network, then run the checks again.',
  },
  'unreachable-before': {
    meaning: 'This runner could not reach the target before the change either.',
    advice: 'Run the checks from a runner that can reach the target.',
  },
  'platform-unreachable': {
    meaning: 'The platform’s API could not be asked what serves.',
    advice: 'Look at the platform’s status page, then run the smoke-test action against the target.',
  },
  'both-down': {
    meaning: 'Neither the old nor the new release passed: the fault is not in the release.',
    advice: 'Look for a shared cause: database, network, a dependency.',
  },
  'switched-off': {
    meaning: 'Everything that should serve is stopped, and no request starts it: nothing could be judged.',
    advice: 'Start it, or let requests start it, then run the job again.',
  },
  'not-stable': {
    meaning: 'The last rounds were good, but too few in a row before the deadline.',
    advice: 'Give the checks more time with `retry.until`.',
  },
  'out-of-time': {
    meaning: 'The time ran out before a check could be judged.',
    advice: 'Raise `timeout`, or lower the timeouts and delays of the checks.',
  },
  'too-few-samples': {
    meaning: 'Too few good samples came to judge how fast the release is.',
    advice: 'Give the check more time or more `samples`, and see why some got no answer.',
  },
  'not-repeatable': {
    meaning: 'The check’s request might count twice, so it was left out before the change.',
    advice: 'Nothing to do.',
  },
  'watch-incomplete': {
    meaning: 'The watch ended before its time, or made too few rounds; until then no limit was crossed.',
    advice: 'Give the watch its whole time: raise `timeout`, or shorten `watch.for`.',
  },
  'condition-false': {
    meaning: 'The `if` of the check did not hold, so it was left out.',
    advice: 'Correct the `if` when the check should have run.',
  },
  'earlier-step': {
    meaning: 'An earlier step of the scenario did not pass, or captured nothing, so this one was not tried.',
    advice: 'Look at the earlier step.',
  },
  'fail-fast': {
    meaning: 'Another gate had failed and `fail-fast` ended the run, so this check was not tried.',
    advice: 'Look at the gate that failed.',
  },
  'checks-error': {
    meaning: 'A check could not be carried out because it is wrong itself.',
    advice: 'Correct the check named above.',
  },
  // gates and refusals
  'older-than-live': {
    meaning: 'The commit is older than the one that serves.',
    advice: 'Deploy the newest commit, or use the rollback action to go back on purpose.',
  },
  fork: {
    meaning: 'Runs of forks, Dependabot and merge queues never deploy.',
    advice: 'Deploy from a branch of this repository.',
  },
  cancelled: { meaning: 'The job was cancelled.', advice: 'See what serves now, then run the job again.' },
  // errors before anything changed
  'input-invalid': { meaning: 'Inputs are missing or not legal.', advice: 'Correct the inputs named above.' },
  'checks-invalid': { meaning: 'The check file cannot be used.', advice: 'Correct the places named below.' },
  'release-unknown': {
    meaning: 'The deployment records do not say which build serves.',
    advice:
      'Check `environment`, `service` and the permission `deployments: read`, or give the commit itself.',
  },
  'token-rejected': {
    meaning: 'The platform refused the token.',
    advice: 'Create a new token and store it as the secret this job reads.',
  },
  'token-kind': {
    meaning: 'The token is of a kind that cannot do this.',
    advice: 'Create a token of the kind named above.',
  },
  'app-not-found': {
    meaning: 'The token sees no such app.',
    advice: 'Correct the app’s name, or use a token of its organization.',
  },
  'machines-not-found': {
    meaning: 'The app has no machine that the inputs name.',
    advice: 'Correct `only-machines`, `regions` or `process-groups`.',
  },
  'config-invalid': {
    meaning: 'The platform’s configuration file is not valid.',
    advice: 'Correct the file as the message says.',
  },
  'secret-missing': {
    meaning: 'The app lacks a secret that `required-secrets` names.',
    advice: 'Set the secrets named above, then run the job again.',
  },
  'secrets-not-staged': {
    meaning: 'The platform did not take the secrets; nothing was shipped.',
    advice: 'Read the platform’s answer above.',
  },
  'public-address': {
    meaning: 'The app is to be private and has an address that the internet reaches.',
    advice: 'Release the addresses named above, or set `private: false`.',
  },
  'image-not-found': {
    meaning: 'The registry has no such image.',
    advice: 'Push the image first, or correct its name.',
  },
  'install-failed': { meaning: 'A tool could not be installed.', advice: 'Read the message above.' },
  'tool-missing': {
    meaning: 'A tool could not be started.',
    advice: 'Install it in an earlier step and put its folder on PATH.',
  },
  'download-refused': {
    meaning: 'A download was sent somewhere it must not come from.',
    advice: 'Check the URL, and what answers for its host.',
  },
  'proxy-unusable': {
    meaning: 'A proxy is set that cannot be used.',
    advice: 'Correct `HTTPS_PROXY` and `HTTP_PROXY`, or update the runner.',
  },
  'checksum-mismatch': {
    meaning: 'A download is not what its publisher signed for; it was not unpacked.',
    advice: 'Do not override this: find out why the file differs.',
  },
  bug: { meaning: 'Belay failed in a way it should not.', advice: 'Report it with the log of this step.' },
} as const satisfies Record<string, Reason>;

export type ReasonCode = keyof typeof reasons;

/** Whether a failure's code is one of the reasons callers may branch on. */
export function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(reasons, code);
}
