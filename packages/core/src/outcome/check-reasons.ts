import type { Reason } from './reason.ts';

/** What checks come to: good, bad, not judged, or wrong themselves. */
export const checkReasons = {
  verified: { meaning: 'What serves passed every gate check.', advice: 'Nothing to do.' },
  'checks-valid': { meaning: 'The checks can be used; nothing was sent.', advice: 'Nothing to do.' },
  'checks-failed': {
    meaning: 'A gate check failed.',
    advice: 'Read the failing check’s evidence in the summary.',
  },
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
  'resource-limit': {
    meaning: 'Judging the answer took more time or memory than any answer may.',
    advice: 'Look at what the address answers: nobody else can use it either.',
  },
  interrupted: {
    meaning: 'The process that asked it ended half-way, and asking again may do something twice.',
    advice:
      'Look at the check beside it that failed, then run the job again; `retry: { unsafe: true }` says that repeating this one is harmless.',
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
    meaning: 'A check could not be carried out: it is wrong itself, or what runs the checks was ended.',
    advice: 'Correct the check that is named; where none is, run the job again.',
  },
  'deployment-protected': {
    meaning: 'Vercel’s Deployment Protection answered in place of the service, so nothing was judged.',
    advice:
      'Create a secret under “Protection Bypass for Automation” in the Vercel project’s settings and pass it as `protection-bypass` to the smoke-test action.',
  },
  challenged: {
    meaning: 'An edge before the service turned this runner away in its place, so nothing was judged.',
    advice:
      'Let the checks through by a rule of the edge, or have them ask an address that leads past it, such as the platform’s own host.',
  },
  cached: {
    meaning:
      'A cache that outlives releases answered with what it had before the change, and nothing else proved the build.',
    advice:
      'Add `release` to the checks, or have them ask an address that leads past the cache, such as the platform’s own host.',
  },
  'checks-invalid': { meaning: 'The check file cannot be used.', advice: 'Correct the places named below.' },
  'release-unknown': {
    meaning: 'The deployment records do not say which build serves.',
    advice:
      'Check `environment`, `service` and the permission `deployments: read`, or give the commit itself.',
  },
} as const satisfies Record<string, Reason>;
