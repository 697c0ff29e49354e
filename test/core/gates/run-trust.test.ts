import { describe, expect, it } from 'vitest';
import type { CodeTrust } from '../../../packages/core/src/gates/event-trust.ts';
import { trustOf } from '../../../packages/core/src/gates/run-trust.ts';
import type { RunnerContext } from '../../../packages/core/src/runner/runner.ts';

const ours = { full_name: 'ada/shop' };
const forked = { full_name: 'eve/shop' };
const event = (fields: object) => ({ repository: ours, ...fields });
const pull = (repo: object | null, fields: object = {}) =>
  event({ pull_request: { head: { repo }, ...fields } });
const comment = (issue: object) => event({ action: 'created', issue, comment: { body: '/deploy' } });
const after = (started: string, repo: object | null, fields: object = {}) =>
  event({ workflow_run: { event: started, head_repository: repo, ...fields } });
/** As GitHub sends it: the repository with its default branch. */
const checked = (fields: object) => event({ repository: { ...ours, default_branch: 'main' }, ...fields });
const suite = (fields: object) => ({ head_branch: 'main', pull_requests: [], ...fields });
const ofPull = (repo: string) => ({ head: { repo: { url: `https://api.github.com/repos/${repo}` } } });

type Row = readonly [name: string, facts: Partial<RunnerContext>, whose: string];

/** `trusted`, `ask 7`, or the kind of a run that is not trusted. */
function whose(standing: CodeTrust): string {
  if (standing.kind === 'ask') return `ask ${standing.pull}`;
  return standing.kind === 'trusted' ? 'trusted' : standing.run.kind;
}

const ownCode: readonly Row[] = [
  ['a push', { eventName: 'push', event: event({ ref: 'refs/heads/main' }) }, 'trusted'],
  ['a dispatch', { eventName: 'workflow_dispatch', event: event({}) }, 'trusted'],
  [
    'a schedule, whose payload names no repository',
    { eventName: 'schedule', event: { schedule: '0 5 * * *' } },
    'trusted',
  ],
  ['a release', { eventName: 'release', event: event({ release: {} }) }, 'trusted'],
  ['a deployment', { eventName: 'deployment', event: event({ deployment: { ref: 'main' } }) }, 'trusted'],
  [
    'a deployment of a pull request',
    { eventName: 'deployment_status', event: event({ deployment: { ref: 'refs/pull/7/head' } }) },
    'ask 7',
  ],
  [
    'a dispatch on the ref of a pull request',
    { eventName: 'workflow_dispatch', ref: 'refs/pull/7/merge', event: event({}) },
    'ask 7',
  ],
  [
    'a status of a commit on a branch',
    { eventName: 'status', event: event({ branches: [{ name: 'main' }] }) },
    'trusted',
  ],
  ['a status of a commit on no branch', { eventName: 'status', event: event({ branches: [] }) }, 'unknown'],
  ['an event that nobody knows', { eventName: 'pull_request_sneeze', event: event({}) }, 'unknown'],
  ['another event that nobody knows', { eventName: 'sneeze', event: event({}) }, 'unknown'],
];

const pulls = [
  'pull_request',
  'pull_request_target',
  'pull_request_review',
  'pull_request_review_comment',
].flatMap((eventName): readonly Row[] => [
  [`${eventName} of a branch`, { eventName, event: pull(ours) }, 'trusted'],
  [
    `${eventName} of a branch, in other letters`,
    { eventName, event: pull({ full_name: 'Ada/Shop' }) },
    'trusted',
  ],
  [`${eventName} of a fork`, { eventName, event: pull(forked) }, 'fork'],
  [`${eventName} of a fork that was deleted`, { eventName, event: pull(null) }, 'fork'],
  [`${eventName} of a fork’s namesake`, { eventName, event: pull({ full_name: 'eve/ada/shop' }) }, 'fork'],
  [
    `${eventName} of Dependabot, acted on by a person`,
    { eventName, actor: 'ada', event: pull(ours, { user: { login: 'dependabot[bot]' } }) },
    'dependabot',
  ],
  [`${eventName} without a pull request`, { eventName, event: event({ action: 'opened' }) }, 'unknown'],
  [`${eventName} whose payload is empty`, { eventName, event: {} }, 'unknown'],
  [
    `${eventName} whose pull request is a word`,
    { eventName, event: event({ pull_request: 'mine' }) },
    'unknown',
  ],
]);

const comments: readonly Row[] = [
  [
    'a comment on a pull request',
    { eventName: 'issue_comment', event: comment({ number: 7, pull_request: {} }) },
    'ask 7',
  ],
  ['a comment on an issue', { eventName: 'issue_comment', event: comment({ number: 7 }) }, 'trusted'],
  [
    'a comment on Dependabot’s pull request',
    {
      eventName: 'issue_comment',
      event: comment({ number: 7, pull_request: {}, user: { login: 'dependabot[bot]' } }),
    },
    'dependabot',
  ],
  ['a comment on nothing', { eventName: 'issue_comment', event: event({}) }, 'unknown'],
  [
    'a comment on a pull request without a number',
    { eventName: 'issue_comment', event: comment({ pull_request: {} }) },
    'unknown',
  ],
  [
    'a comment on a pull request whose number is a path',
    { eventName: 'issue_comment', event: comment({ number: '7/../8', pull_request: {} }) },
    'unknown',
  ],
  [
    'an issue that is a pull request',
    { eventName: 'issues', event: comment({ number: 7, pull_request: {} }) },
    'ask 7',
  ],
  ['an issue', { eventName: 'issues', event: comment({ number: 7 }) }, 'trusted'],
];

const follows: readonly Row[] = [
  ['a run after a push', { event: after('push', ours) }, 'trusted'],
  ['a run after a branch’s pull request', { event: after('pull_request', ours) }, 'trusted'],
  ['a run after a fork’s pull request', { event: after('pull_request', forked) }, 'fork'],
  [
    'a run after a fork’s pull request that had our secrets',
    { event: after('pull_request_target', forked) },
    'fork',
  ],
  ['a run after that of a fork that was deleted', { event: after('pull_request', null) }, 'fork'],
  ['a run after a comment', { event: after('issue_comment', ours) }, 'unknown'],
  ['a run after a run after another', { event: after('workflow_run', ours) }, 'unknown'],
  [
    'a run after Dependabot’s',
    { event: after('pull_request', ours, { actor: { login: 'dependabot[bot]' } }) },
    'dependabot',
  ],
  [
    'a run after Dependabot’s that a person started again',
    {
      event: after('pull_request', ours, { actor: { login: 'ada' }, head_branch: 'dependabot/npm/left-pad' }),
    },
    'dependabot',
  ],
  [
    'a run after one that Dependabot started again',
    { event: after('push', ours, { triggering_actor: { login: 'dependabot[bot]' } }) },
    'dependabot',
  ],
  ['a run after that of a merge queue', { event: after('merge_group', ours) }, 'merge-queue'],
  [
    'a run after a push of a merge queue',
    { event: after('push', ours, { head_branch: 'gh-readonly-queue/main/pr-7' }) },
    'merge-queue',
  ],
  ['a run after none', { event: event({}) }, 'unknown'],
  ['a run after one without a repository', { event: event({ workflow_run: { event: 'push' } }) }, 'fork'],
].map(([name, facts, kind]) => [name, { eventName: 'workflow_run', ...(facts as object) }, kind] as Row);

const suites: readonly Row[] = [
  [
    'a check suite of the default branch',
    { eventName: 'check_suite', event: checked({ check_suite: suite({}) }) },
    'trusted',
  ],
  [
    'a check run of the default branch',
    { eventName: 'check_run', event: checked({ check_run: { check_suite: suite({}) } }) },
    'trusted',
  ],
  [
    'a check suite of another branch without a pull request',
    { eventName: 'check_suite', event: checked({ check_suite: suite({ head_branch: 'topic' }) }) },
    'unknown',
  ],
  [
    'a check suite of a branch, where nothing says which is the default one',
    { eventName: 'check_suite', event: event({ check_suite: suite({}) }) },
    'unknown',
  ],
  [
    'a check suite of the default branch of another repository',
    {
      eventName: 'check_suite',
      repository: { owner: 'ada', name: 'shop' },
      event: { repository: { ...forked, default_branch: 'main' }, check_suite: suite({}) },
    },
    'unknown',
  ],
  [
    'a check suite that does not say which pull requests it is of',
    {
      eventName: 'check_suite',
      event: checked({ check_suite: { head_branch: 'topic' } }),
    },
    'unknown',
  ],
  [
    'a check suite of a branch’s pull request',
    {
      eventName: 'check_suite',
      event: event({ check_suite: suite({ pull_requests: [ofPull('ada/shop')] }) }),
    },
    'trusted',
  ],
  [
    'a check suite of a fork’s pull request',
    {
      eventName: 'check_suite',
      event: event({ check_suite: suite({ pull_requests: [ofPull('eve/shop')] }) }),
    },
    'fork',
  ],
  [
    'a check suite of no branch',
    { eventName: 'check_suite', event: event({ check_suite: suite({ head_branch: null }) }) },
    'unknown',
  ],
  [
    'a check run of no branch',
    { eventName: 'check_run', event: event({ check_run: { check_suite: suite({ head_branch: null }) } }) },
    'unknown',
  ],
  ['a check run of nothing', { eventName: 'check_run', event: event({}) }, 'unknown'],
];

const people: readonly Row[] = [
  ['a merge queue', { eventName: 'merge_group', event: event({ merge_group: {} }) }, 'merge-queue'],
  ['a merge queue without a payload', { eventName: 'merge_group', event: {} }, 'merge-queue'],
  [
    'a push of a merge queue',
    { eventName: 'push', ref: 'refs/heads/gh-readonly-queue/main/pr-7-c0ffee', event: event({}) },
    'merge-queue',
  ],
  ['a push of Dependabot', { eventName: 'push', actor: 'dependabot[bot]', event: event({}) }, 'dependabot'],
  [
    'a push of Dependabot that a person runs again',
    { eventName: 'push', actor: 'dependabot[bot]', triggeringActor: 'ada', event: event({}) },
    'dependabot',
  ],
  [
    'a push of Dependabot of which only the sender is told',
    { eventName: 'push', actor: 'ada', event: event({ sender: { login: 'dependabot[bot]' } }) },
    'dependabot',
  ],
  [
    'a run that Dependabot started again',
    { eventName: 'push', actor: 'ada', triggeringActor: 'dependabot[bot]', event: event({}) },
    'dependabot',
  ],
  [
    'a person’s run that another person started again',
    { eventName: 'push', actor: 'ada', triggeringActor: 'bob', event: event({}) },
    'trusted',
  ],
  ['a push whose payload is empty', { eventName: 'push', event: {} }, 'unknown'],
  ['a run outside of any event', { event: event({}) }, 'unknown'],
];

describe.each([
  ['this repository’s own code', ownCode],
  ['a pull request', pulls],
  ['a comment', comments],
  ['a run that follows another', follows],
  ['a check', suites],
  ['people and bots', people],
])('%s', (_, rows) => {
  it.each(rows)('%s', (_name, facts, expected) => {
    expect(whose(trustOf({ ...context, ...facts }))).toBe(expected);
  });
});

it('tells why it does not trust, and what to do', () => {
  const facts = { ...context, eventName: 'workflow_run', event: after('workflow_run', ours) };
  expect(trustOf(facts)).toEqual({
    kind: 'untrusted',
    run: {
      kind: 'unknown',
      what: 'This run follows one that was started by workflow_run, and GitHub does not say whose code that was about.',
      next: 'Let the deploy follow the workflow that tests the branch, or make it a job of that workflow.',
    },
  });
});

const context: RunnerContext = {
  repository: { owner: 'ada', name: 'shop' },
  event: {},
  runAttempt: 1,
  serverUrl: 'https://github.com',
  apiUrl: 'https://api.github.com',
  graphqlUrl: 'https://api.github.com/graphql',
  workspace: '/w',
  temp: '/t',
  toolCache: '/c',
  os: 'linux',
  arch: 'x64',
  selfHosted: false,
  debug: false,
};
