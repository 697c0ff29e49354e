import { expect, it } from 'vitest';
import { untrustedRun } from '../../../packages/core/src/gates/untrusted-run.ts';
import type { RunnerContext } from '../../../packages/core/src/runner/runner.ts';

const ours = { full_name: 'ada/shop' };
const fork = { full_name: 'eve/shop' };
const event = (fields: object) => ({ repository: ours, ...fields });

it.each([
  ['a push', { eventName: 'push', event: event({ ref: 'refs/heads/main' }) }, undefined],
  ['a dispatch', { eventName: 'workflow_dispatch', event: event({}) }, undefined],
  [
    'a branch’s pull request',
    { eventName: 'pull_request', event: event({ pull_request: { head: { repo: ours } } }) },
    undefined,
  ],
  [
    'a fork’s pull request',
    { eventName: 'pull_request', event: event({ pull_request: { head: { repo: fork } } }) },
    'fork',
  ],
  [
    'a fork’s pull request with our secrets',
    { eventName: 'pull_request_target', event: event({ pull_request: { head: { repo: fork } } }) },
    'fork',
  ],
  [
    'a pull request of a fork that was deleted',
    { eventName: 'pull_request', event: event({ pull_request: { head: { repo: null } } }) },
    'fork',
  ],
  [
    'a run after a branch’s run',
    { eventName: 'workflow_run', event: event({ workflow_run: { head_repository: ours } }) },
    undefined,
  ],
  [
    'a run after a fork’s run',
    { eventName: 'workflow_run', event: event({ workflow_run: { head_repository: fork } }) },
    'fork',
  ],
  [
    'a run after the run of a fork that was deleted',
    { eventName: 'workflow_run', event: event({ workflow_run: { head_repository: null } }) },
    'fork',
  ],
  [
    'a run after Dependabot’s run',
    {
      eventName: 'workflow_run',
      actor: 'ada',
      event: event({ workflow_run: { head_repository: ours, actor: { login: 'dependabot[bot]' } } }),
    },
    'dependabot',
  ],
  [
    'a run after the run of a merge queue',
    {
      eventName: 'workflow_run',
      event: event({ workflow_run: { head_repository: ours, event: 'merge_group' } }),
    },
    'merge-queue',
  ],
  ['a merge queue', { eventName: 'merge_group', event: event({ merge_group: {} }) }, 'merge-queue'],
  ['Dependabot', { eventName: 'push', actor: 'dependabot[bot]', event: event({}) }, 'dependabot'],
  ['a run outside of any event', { event: {} }, undefined],
] as const)('judges %s', (_, fields, expected) => {
  expect(untrustedRun({ ...context, ...fields })).toBe(expected);
});

const context: RunnerContext = {
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
