import { describe, expect, it } from 'vitest';
import { testedCommit } from '../../../packages/core/src/runner/tested-commit.ts';

const sha = 'a'.repeat(40);
const head = 'b'.repeat(40);
const given = 'c'.repeat(40);

describe('the commit a run is about', () => {
  it.each<[string, string | undefined, object, string | undefined]>([
    ['of a push', 'push', { after: head }, sha],
    ['of a dispatch', 'workflow_dispatch', { ref: 'refs/heads/main' }, sha],
    ['of a schedule', 'schedule', {}, sha],
    ['of a release', 'release', { release: { target_commitish: 'main' } }, sha],
    [
      'of a pull request is the merge that was tested',
      'pull_request',
      { pull_request: { head: { sha: head } } },
      sha,
    ],
    ['of a run after another run is the other’s', 'workflow_run', { workflow_run: { head_sha: head } }, head],
    ['of another event that names a run is its own', 'push', { workflow_run: { head_sha: head } }, sha],
    ['of a run after another run that names none is unknown', 'workflow_run', {}, undefined],
    [
      'of a run after another run that names a branch is unknown',
      'workflow_run',
      { workflow_run: { head_sha: 'main' } },
      undefined,
    ],
    [
      'of a run after another run that names a path is unknown',
      'workflow_run',
      { workflow_run: { head_sha: `${head}/../../eve` } },
      undefined,
    ],
    [
      'of a run after another run whose event is forged is unknown',
      'workflow_run',
      { workflow_run: { head_sha: [head] } },
      undefined,
    ],
    ['outside of any event', undefined, {}, sha],
  ])('%s', (_, eventName, event, commit) => {
    const context = { sha, event: event as Record<string, unknown>, ...(eventName && { eventName }) };
    expect(testedCommit(context)).toBe(commit);
  });

  it.each([
    ['a short one', 'abcdef1', undefined],
    ['one with more behind it', `${sha}?per_page=1`, undefined],
    ['one in capitals', 'A'.repeat(40), sha],
    ['none', undefined, undefined],
  ])('is 40 hex digits or nothing: %s', (_, written, commit) => {
    expect(testedCommit({ event: {}, ...(written === undefined ? {} : { sha: written }) })).toBe(commit);
  });

  it.each(['push', 'workflow_run', 'workflow_dispatch'])('is what the input says, on %s too', (eventName) => {
    const event = { workflow_run: { head_sha: head } };
    expect(testedCommit({ sha, event, eventName }, given.toUpperCase())).toBe(given);
  });
});
