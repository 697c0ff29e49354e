import { describe, expect, it } from 'vitest';
import { runFactsOf } from '../../../packages/core/src/deployment/run-facts.ts';
import { commitLink } from '../../../packages/core/src/report/run-facts.ts';
import { recordingRunner } from '../../support/recording-runner.ts';

const { context } = recordingRunner();

describe('the facts of a run', () => {
  it('name its page, what runs it again and who started it', () => {
    expect(runFactsOf({ ...context, runAttempt: 2, triggeringActor: 'ada' }, 'production')).toEqual({
      environment: 'production',
      run: {
        label: 'deploy · run 77 · attempt 2',
        url: 'https://github.com/acme/shop/actions/runs/77/attempts/2',
      },
      rerun: 'gh run rerun 77 --failed --repo acme/shop',
      startedBy: 'ada, by push',
      repositoryUrl: 'https://github.com/acme/shop',
    });
  });

  it('leave out the command where the server is not the one it speaks to', () => {
    expect(runFactsOf({ ...context, serverUrl: 'https://git.acme.example' }).rerun).toBeUndefined();
  });

  it('are none where nothing is known', () => {
    const { repository: _, workflow: __, runId: ___, actor: ____, eventName: _____, ...unknown } = context;
    expect(runFactsOf(unknown)).toEqual({});
  });
});

describe('a commit', () => {
  const run = runFactsOf(context);
  const commit = 'c0ffee0'.padEnd(40, '0');
  it.each([
    ['linked', run, commit, `[\`c0ffee0\`](<https://github.com/acme/shop/commit/${commit}>)`],
    ['told where no repository is known', {}, commit, '`c0ffee0`'],
    ['told where it is no whole one', run, 'c0ffee0', '`c0ffee0`'],
  ])('%s', (_, facts, given, markdown) => {
    expect(commitLink(facts, given)).toBe(markdown);
  });
});
