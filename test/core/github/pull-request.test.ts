import { describe, expect, it } from 'vitest';
import { PullRequests } from '../../../packages/core/src/github/pull-request.ts';
import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import { demoGitHub } from '../../support/github-emulator.ts';
import { GitHubHttp } from '../../support/github-http.ts';
import { recordingRunner } from '../../support/recording-runner.ts';

const [older = '', newer = ''] = demoCommits;
const compare = 'compare.get';

describe('whether a run is about a commit that its pull request has left behind', () => {
  it.each<readonly [string, string, string, boolean, readonly string[]]>([
    ['it has, where the head descends from it', older, newer, true, [compare]],
    [
      'it has not, where it descends from the head: GitHub may tell an old state',
      newer,
      older,
      false,
      [compare],
    ],
    ['it has not, where it is the head, and nobody is asked', newer, newer, false, []],
    ['it has not, where GitHub does not know the head', older, 'f'.repeat(40), false, [compare]],
  ])('%s', async (_, commit, head, isOutdated, calls) => {
    const { github } = demoGitHub();
    const http = new GitHubHttp(github);
    const pulls = new PullRequests({ http, runner: recordingRunner() }, github.token());
    expect([await pulls.isOutdated(commit, head), http.calls]).toEqual([isOutdated, calls]);
  });

  it('is not to be told without a token', async () => {
    const http = new GitHubHttp(demoGitHub().github);
    const pulls = new PullRequests({ http, runner: recordingRunner() }, undefined);
    expect([await pulls.isOutdated(older, newer), http.calls]).toEqual([false, []]);
  });
});
