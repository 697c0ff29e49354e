import { describe, expect, it } from 'vitest';
import { isCheckOf } from '../../../../../packages/core/src/platforms/railway/find/match.ts';

const commit = 'a'.repeat(40);
const other = 'b'.repeat(40);
const pull = (sha: string) => ({ pull_request: { head: { sha } } });

describe('whether a run is one of the checks that “Wait for CI” waits for', () => {
  it.each([
    ['a push of the commit', { eventName: 'push', sha: commit, event: {} }, true],
    ['a push of the commit, in capitals', { eventName: 'push', sha: commit.toUpperCase(), event: {} }, true],
    ['a push of another', { eventName: 'push', sha: other, event: {} }, false],
    ['a dispatch on it', { eventName: 'workflow_dispatch', sha: commit, event: {} }, true],
    ['a schedule on it', { eventName: 'schedule', sha: commit, event: {} }, true],
    ['a schedule on another', { eventName: 'schedule', sha: other, event: {} }, false],
    ['a pull request whose head it is', { eventName: 'pull_request', sha: other, event: pull(commit) }, true],
    [
      'a pull request whose merge it is',
      { eventName: 'pull_request', sha: commit, event: pull(other) },
      false,
    ],
    [
      'one on the status of its deployment',
      { eventName: 'deployment_status', sha: commit, event: {} },
      false,
    ],
    ['one that follows another workflow', { eventName: 'workflow_run', sha: commit, event: {} }, false],
    ['one that says nothing', { event: {} }, false],
  ])('%s', (_, run, expected) => {
    expect(isCheckOf(commit, run)).toBe(expected);
  });
});
