import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reasons } from '../../../packages/core/src/outcome/reasons.ts';
import type { Live } from '../../../packages/core/src/platforms/platform.ts';
import { verdictText } from '../../../packages/core/src/report/failing-check.ts';
import { nextSteps } from '../../../packages/core/src/report/next-steps.ts';
import type { RolloutReport } from '../../../packages/core/src/report/rollout-report.ts';
import { rolloutSummary } from '../../../packages/core/src/report/rollout-summary.ts';
import type { RolloutVerdict } from '../../../packages/core/src/rollout/plan.ts';
import type { TimelineStep } from '../../../packages/core/src/rollout/timeline.ts';
import { aRelease } from '../../support/a-release.ts';
import { failingIn, many500, one500, unjudged } from '../../support/judged-checks.ts';

/** Each page as it is to be read, whole: the files in `summaries/`. */
const page = (name: string) => readFileSync(join(import.meta.dirname, 'summaries', `${name}.md`), 'utf8');

const v1 = aRelease({ id: 'v1', created: '2026-11-20T10:00:00Z' });
const v2 = aRelease({ id: 'v2', created: '2026-11-30T05:40:03Z' });
const v3 = { ...aRelease({ id: 'v3', created: '2026-11-30T05:40:12.345Z' }), restores: 'v1' };
const commits = { v1: '1'.repeat(40), v2: '2'.repeat(40), v3: '1'.repeat(40) };
const one = (release: typeof v1): Live => ({ kind: 'one', release });
const shop = 'https://github.com/acme/shop';

const started = Date.parse('2026-11-30T05:40:00Z');
function step(
  name: string,
  atMs: number,
  durationMs: number,
  more: Partial<TimelineStep> = {},
): TimelineStep {
  const time = (ms: number) => new Date(started + ms).toISOString();
  return { name, started: time(atMs), ended: time(atMs + durationMs), durationMs, note: '', ...more };
}

const base: Omit<RolloutReport, 'verdict'> = {
  action: 'fly-deploy',
  evidenceTitle: 'Machines and their logs',
  target: {
    platform: 'fly',
    id: 'fly:shop',
    name: 'shop',
    url: 'https://shop.fly.dev',
    dashboardUrl: 'https://fly.io/apps/shop/monitoring',
    byHand: { status: 'fly status --app shop', logs: 'fly logs --app shop --no-tail' },
  },
  timeline: [
    step('observe', 0, 120, { note: 'v1 serves' }),
    step('ship', 150, 2_980, { note: 'v2' }),
    step('verify', 3_140, 40, { note: 'pass: 2 of 2 gate checks passed' }),
  ],
  durationMs: 3_400,
  advice: 'Nothing to do.',
  run: {
    environment: 'production',
    run: { label: 'deploy · run 101', url: `${shop}/actions/runs/101` },
    rerun: 'gh run rerun 101 --failed --repo acme/shop',
    startedBy: 'ada, by push',
    repositoryUrl: shop,
  },
  commits,
  rollbackUrl: `${shop}/actions/workflows/rollback.yml`,
};

const failedVerify = ({ cause }: typeof one500) =>
  step('verify', 3_140, 5_100, { note: `fail: ${cause.what}`, failed: true });

function verdict(
  [outcome, reason, serving]: readonly [RolloutVerdict['outcome'], string, RolloutVerdict['serving']],
  live: Live | undefined,
  more: Partial<RolloutVerdict> = {},
): RolloutVerdict {
  return {
    outcome,
    reason,
    serving,
    previous: v1,
    notes: [],
    ...(live === undefined ? {} : { live }),
    ...more,
  };
}

const unmanaged = {
  id: 'd891234',
  note: 'started, image shop:v0',
  adopt: 'fly machine update d891234 --app shop --yes',
  destroy: 'fly machine destroy d891234 --app shop --force',
};

/** A run that came no further than its look. */
const looked = { timeline: [step('observe', 0, 120, { note: 'v1 serves' })], durationMs: 300 };

const endings: Readonly<Record<string, Partial<RolloutReport> & { readonly verdict: RolloutVerdict }>> = {
  live: { verdict: verdict(['live', 'verified', 'new'], one(v2), { release: v2 }) },
  restored: {
    verdict: verdict(['restored', 'checks-failed', 'old'], one(v3), { release: v2, cause: one500.cause }),
    timeline: [
      ...base.timeline.slice(0, 2),
      failedVerify(one500),
      step('restore', 8_260, 4_100, { note: 'v3' }),
      step('verify restored', 12_370, 60, { note: 'pass: 2 of 2 gate checks passed' }),
    ],
    durationMs: 12_700,
    compareUrl: `${shop}/compare/111111111111...222222222222`,
    records: 'signed with `ledger-key`',
    failing: one500.failing,
    evidence: ['machine a1: GET / 500 </pre>'],
    folds: [one500.fold],
  },
  'restored-crashed': {
    verdict: verdict(['restored', 'crashed', 'old'], one(v3), {
      release: v2,
      cause: {
        reason: 'crashed',
        what: 'flyctl ended with exit code 1: smoke checks for 148e12 failed',
        why: 'the process of the new version kept exiting',
        next: 'Read the exit event and the last log lines above.',
      },
    }),
    timeline: [step('ship', 150, 2_980, { failed: true }), step('restore', 3_200, 4_100, { note: 'v3' })],
    durationMs: 7_400,
    evidence: ['machine 148e12: exited with code 1'],
  },
  stranded: {
    advice: 'Fix forward, or run the rollback action.',
    verdict: verdict(['stranded', 'on-failure-none', 'new'], one(v2), { release: v2, cause: many500.cause }),
    timeline: [...base.timeline.slice(0, 2), failedVerify(many500)],
    durationMs: 8_400,
    failing: many500.failing,
    folds: [many500.fold],
  },
  'restore-failed': {
    advice: reasons['restore-failed'].advice,
    verdict: verdict(['stranded', 'restore-failed', 'new'], one(v2), { release: v2, cause: one500.cause }),
    timeline: [
      ...[...base.timeline.slice(0, 2), failedVerify(one500)],
      step('restore', 8_260, 100, { failed: true, note: 'flyctl ended with exit code 1' }),
    ],
    durationMs: 8_400,
    failing: one500.failing,
    folds: [one500.fold],
  },
  cancelled: {
    verdict: verdict(['cancelled', 'cancelled', 'new'], one(v2), { release: v2 }),
    timeline: base.timeline.slice(0, 2),
  },
  rejected: {
    verdict: verdict(['rejected', 'rate-limited', 'old'], one(v1), {
      cause: {
        reason: 'rate-limited',
        what: 'flyctl ended with exit code 1: failed to create release (status 429): {"error":"rate limit exceeded"}',
        next: 'Run the job again in a few minutes.',
      },
    }),
    commit: commits.v2,
    timeline: [...looked.timeline, step('ship', 150, 900, { failed: true })],
    durationMs: 1_100,
  },
  unchanged: {
    ...looked,
    verdict: verdict(['unchanged', 'already-live', 'new'], one(v1), { release: v1 }),
  },
  inconclusive: {
    verdict: verdict(['inconclusive', 'runner-network', 'new'], one(v2), {
      release: v2,
      cause: {
        reason: 'runner-network',
        what: verdictText(unjudged),
        next: 'Check the runner’s network, then run the checks again.',
      },
    }),
    failing: failingIn(unjudged),
  },
  blocked: {
    verdict: verdict(['blocked', 'older-than-live', 'old'], one(v1), {
      cause: {
        reason: 'older-than-live',
        what: 'The commit 2222222 is older than 1111111, which serves.',
        next: 'Deploy the newest commit, or use the rollback action to go back on purpose.',
      },
    }),
    commit: commits.v2,
    timeline: [step('observe', 0, 20), step('admit', 20, 10, { failed: true })],
    durationMs: 30,
  },
  'blocked-unmanaged': {
    verdict: verdict(
      ['blocked', 'unmanaged-machines', 'mixed'],
      { ...one(v1), unmanaged: [unmanaged] },
      {
        cause: {
          reason: 'unmanaged-machines',
          what: '1 machine that the platform’s client does not manage answers on the target’s ports: d891234 (started, image shop:v0).',
          next: `Run \`${unmanaged.adopt}\` to have it managed, or \`${unmanaged.destroy}\` to be rid of it, or set \`accept-machines: d891234\` to let it serve beside the release.`,
        },
      },
    ),
    timeline: [],
    durationMs: 30,
  },
  incomplete: {
    verdict: verdict(['stranded', 'incomplete', 'old'], one(v3), {
      release: v2,
      cause: {
        reason: 'incomplete',
        what: 'What serves is not all there: worker/iad: 0 of 1.',
        next: 'Run `fly machine start 148e12 --app shop`, then run this job again.',
      },
    }),
    timeline: [step('restore', 0, 4_100, { note: 'v3' })],
    durationMs: 4_100,
  },
  mixed: {
    verdict: verdict(
      ['stranded', 'mixed-fleet', 'mixed'],
      {
        kind: 'mixed',
        shares: [
          { release: v2, share: 0.5 },
          { release: v1, share: 0.5 },
        ],
      },
      {
        release: v2,
        cause: {
          reason: 'mixed-fleet',
          what: 'v2 and v1 serve.',
          next: 'Run the deploy or a rollback again so that one release serves.',
        },
      },
    ),
    timeline: [],
    durationMs: 9_000,
  },
  'rollback-restored': {
    action: 'rollback',
    verdict: verdict(['restored', 'verified', 'old'], one(v3), { release: v3, previous: v2 }),
    timeline: [step('activate', 1_000, 4_100, { note: 'v3' })],
    durationMs: 5_600,
    slaMs: 300_000,
    because: 'prices are *wrong*',
    notUndone: ['databases and volumes: they are as the newer release left them'],
    folds: [
      { title: 'How the release was chosen', body: '**Choice:** the newest verified release' },
      { title: 'What else runs', body: '' },
    ],
  },
  'rollback-no-target': {
    action: 'rollback',
    verdict: verdict(['stranded', 'no-target', 'new'], one(v1), {
      cause: { reason: 'no-target', what: 'There is no older release.', next: 'Deploy a working version.' },
    }),
    timeline: [],
    durationMs: 600,
    because: 'prices are wrong',
    notUndone: ['databases and volumes: they are as the newer release left them'],
  },
};

describe('the summary of a rollout', () => {
  it.each(Object.keys(endings))('that ends %s', (name) => {
    const ending = endings[name] ?? endings.live;
    const advice = ending?.verdict.cause?.next ?? base.advice;
    expect(ending && rolloutSummary({ ...base, advice, ...ending })).toBe(page(name));
  });

  it('of a way back that no check could judge sends to look first, and to mend after it', () => {
    const { verdict: restored, ...rest } = endings.restored ?? {};
    const unseen = { ...(restored as RolloutVerdict), isUnjudged: true as const };
    const steps = nextSteps({ ...base, ...rest, advice: 'Nothing to do.', verdict: unseen });
    expect(steps.slice(0, 3)).toEqual([
      'No check could judge v3 (v1 again): [see](<https://shop.fly.dev>) that it works',
      'See what runs: `fly status --app shop`',
      'See what it says: `fly logs --app shop --no-tail`',
    ]);
    expect(steps[3]).toMatch(/^Mend /);
  });

  it('of a review app speaks of no rollback, which is for the app of the repository', () => {
    const review = {
      ...base,
      ...endings.stranded,
      advice: 'Fix forward: push what mends it.',
    } as RolloutReport;
    expect(nextSteps({ ...review, isReview: true })).toEqual([
      'Fix forward: push what mends it.',
      'See what runs: `fly status --app shop`',
      'See what it says: `fly logs --app shop --no-tail`',
    ]);
  });

  it('keeps the general advice on a restore that failed where nothing is known to go back to', () => {
    const { advice = '', verdict: failed } = endings['restore-failed'] ?? {};
    const { previous: _, ...unknown } = failed as RolloutVerdict;
    expect(nextSteps({ ...base, advice, verdict: unknown })[0]).toBe(advice);
  });

  it('says of a run that knows nothing of itself only what was seen', () => {
    const bare = {
      action: 'fly-deploy',
      timeline: [],
      durationMs: 30,
      run: {},
      commits: {},
      advice: 'See what serves now, then run the job again.',
      target: { platform: 'fly', id: 'fly:shop', name: 'shop' } as const,
      verdict: verdict(['cancelled', 'cancelled', 'unknown'], undefined, {}),
    };
    const { previous: _, ...unseen } = bare.verdict;
    expect(rolloutSummary({ ...bare, verdict: unseen })).toBe(page('cancelled-unseen'));
  });
});
