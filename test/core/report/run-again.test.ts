import { describe, expect, it } from 'vitest';
import { reasons } from '../../../packages/core/src/outcome/reasons.ts';
import type { RolloutReport } from '../../../packages/core/src/report/rollout-report.ts';
import { runAgainStep } from '../../../packages/core/src/report/run-again.ts';
import type { RolloutVerdict } from '../../../packages/core/src/rollout/plan.ts';

const url = 'https://github.com/acme/shop/actions/runs/101';
const rerun = 'gh run rerun 101 --failed --repo acme/shop';
const run = { run: { label: 'deploy · run 101', url }, rerun };

function said(outcome: RolloutVerdict['outcome'], reason: string, more: Partial<RolloutReport> = {}) {
  const verdict: RolloutVerdict = { outcome, reason, serving: 'old', notes: [] };
  const report: RolloutReport = {
    action: 'fly-deploy',
    verdict,
    run,
    timeline: [],
    durationMs: 1,
    advice: '',
    commits: {},
    target: { platform: 'fly', id: 'fly:shop', name: 'shop' },
    ...more,
  };
  return runAgainStep(report);
}

const rerunSaid = `Run it again: “Re-run failed jobs” on [the page of this run](<${url}>), or \`${rerun}\``;
const either = `${rerunSaid}. A changed file or input needs a push instead`;
const push = 'Then push: a rerun would take this commit and this workflow file again';

describe('how a run is tried again', () => {
  it.each<[string, RolloutVerdict['outcome'], string, readonly string[]]>([
    ['what may pass by itself is run again', 'rejected', 'rate-limited', [rerunSaid]],
    ['a token is mended outside of the repository', 'error', 'token-rejected', [rerunSaid]],
    ['a cancelled run is run again', 'cancelled', 'cancelled', [rerunSaid]],
    ['a file is mended by a push', 'rejected', 'config-invalid', [push]],
    ['so is a build', 'rejected', 'build-failed', [push]],
    ['so is an input', 'rejected', 'strategy-refused', [push]],
    ['an image may be pushed, or named otherwise', 'error', 'image-not-found', [either]],
    ['machines may be managed, or accepted by an input', 'blocked', 'unmanaged-machines', [either]],
    ['an older commit stays older', 'blocked', 'older-than-live', []],
    ['a stranger’s run stays a stranger’s', 'blocked', 'fork', []],
  ])('%s (%s/%s)', (_, outcome, reason, steps) => {
    expect(said(outcome, reason)).toEqual(steps);
  });

  it('is never a push alone where the reason itself says to run the job again', () => {
    const toRerun = Object.entries(reasons).filter(([, { advice }]) =>
      /run (?:the|this) job again/i.test(advice),
    );
    const pushed = toRerun.filter(
      ([reason]) => said('rejected', reason)[0]?.startsWith('Run it again') !== true,
    );
    expect([toRerun.length > 5, pushed]).toEqual([true, []]);
  });

  it.each([
    ['config-invalid', []],
    ['image-not-found', []],
    ['rate-limited', [rerunSaid]],
  ])('a rollback with other inputs is started anew: %s', (reason, steps) => {
    expect(said('rejected', reason, { action: 'rollback' })).toEqual(steps);
  });

  it.each([
    ['crashed', [rerunSaid]],
    ['strategy-refused', []],
  ])('after a restore it goes by what failed: %s', (reason, steps) => {
    const cause = { reason, what: 'It failed.', next: 'Read the log.' };
    const verdict = {
      outcome: 'restored',
      reason: 'platform-only',
      serving: 'old',
      notes: [],
      cause,
    } as const;
    expect(said('restored', reason, { verdict })).toEqual(steps);
  });

  it.each([
    [
      'without the command where the server is another',
      { run: { run: run.run } },
      [rerunSaid.split(', or')[0]],
    ],
    ['not at all where no run is known', { run: {} }, []],
  ])('%s', (_, more, steps) => {
    expect(said('rejected', 'rate-limited', more)).toEqual(steps);
  });
});
