import { expect, it } from 'vitest';
import { pullRequestEvent } from '../../../packages/core/src/github/event.ts';
import { aRunnerContext } from '../../support/ledger-builders.ts';

const head = 'c0ffee12'.repeat(5);
const event = { action: 'synchronize', pull_request: { number: 7, head: { sha: head } } };

it.each([
  ['a push to it', 'pull_request', event, { number: 7, closed: false, head }],
  ['its end', 'pull_request', { ...event, action: 'closed' }, { number: 7, closed: true, head }],
  ['the same, seen from the base', 'pull_request_target', event, { number: 7, closed: false, head }],
  ['a payload without a head', 'pull_request', { pull_request: { number: 7 } }, { number: 7, closed: false }],
  [
    'a head that is no commit',
    'pull_request',
    { pull_request: { number: 7, head: { sha: '../../main' } } },
    { number: 7, closed: false },
  ],
  ['a payload without a number', 'pull_request', { pull_request: {} }, undefined],
  ['no payload', 'pull_request', {}, undefined],
  ['another event that names one', 'workflow_run', event, undefined],
])('a run is about a pull request: %s', (_, eventName, payload, found) => {
  expect(pullRequestEvent(aRunnerContext({ eventName, event: payload }))).toEqual(found);
});
