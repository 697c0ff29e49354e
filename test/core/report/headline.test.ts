import { describe, expect, it } from 'vitest';
import {
  type Outcome,
  outcomes,
  type Serving,
  servings,
} from '../../../packages/core/src/outcome/outcome.ts';
import type { Live, Release } from '../../../packages/core/src/platforms/platform.ts';
import { rolloutHeadline } from '../../../packages/core/src/report/headline.ts';
import type { TimelineStep } from '../../../packages/core/src/rollout/timeline.ts';
import { aRelease } from '../../support/a-release.ts';

type Told = Parameters<typeof rolloutHeadline>[0];

const v1 = aRelease({ id: 'v1' });
const v2 = aRelease({ id: 'v2' });
const v3 = { ...aRelease({ id: 'v3' }), restores: 'v1' };
const theirs = aRelease({ id: 'v9' });
const step = (name: string): TimelineStep => ({ name, started: '', ended: '', durationMs: 1, note: '' });
const one = (release: Release): Live => ({ kind: 'one', release });
const half = (...releases: readonly Release[]): Live => ({
  kind: 'mixed',
  shares: releases.map((release) => ({ release, share: 1 / releases.length })),
});
const stranger = { id: 'd89', note: 'image shop:v1', adopt: 'adopt d89', destroy: 'destroy d89' };

interface Facts {
  readonly action?: 'fly-deploy' | 'rollback';
  readonly end: readonly [outcome: Outcome, reason: string, serving: Serving];
  readonly live?: Live;
  readonly release?: Release;
  readonly previous?: Release;
  readonly steps?: readonly string[];
}

function told({ action = 'fly-deploy', end, live, release, previous = v1, steps = [] }: Facts): Told {
  const [outcome, reason, serving] = end;
  return {
    action,
    target: { platform: 'fly', id: 'fly:shop', name: 'shop' },
    timeline: steps.map(step),
    verdict: {
      outcome,
      reason,
      serving,
      previous,
      notes: [],
      ...(live === undefined ? {} : { live }),
      ...(release === undefined ? {} : { release }),
    },
  };
}

type Row = readonly [name: string, facts: Facts, headline: string];

const deploys: readonly Row[] = [
  [
    'a new release',
    { end: ['live', 'verified', 'new'], live: one(v2), release: v2 },
    '✅ The new release is live: fly:shop serves v2 (live/verified).',
  ],
  [
    'what served already',
    { end: ['unchanged', 'already-live', 'new'], live: one(v1), release: v1 },
    '✅ Already live: fly:shop serves v1 (unchanged/already-live).',
  ],
  [
    'a refusal before traffic',
    { end: ['rejected', 'build-failed', 'old'], live: one(v1) },
    '❌ Rejected before it took traffic: fly:shop still serves v1 (rejected/build-failed).',
  ],
  [
    'a restore',
    { end: ['restored', 'checks-failed', 'old'], live: one(v3), release: v2, steps: ['restore'] },
    '↩️ Taken back: fly:shop serves v3 (v1 again) (restored/checks-failed).',
  ],
  [
    'a restore beside which secrets have changed: it is not all of v1',
    { end: ['restored', 'restored-image-only', 'old'], live: one(v3), release: v2, steps: ['restore'] },
    '↩️ Taken back: fly:shop serves v3 (the image of v1) (restored/restored-image-only).',
  ],
  [
    'a release of the old artifact under another configuration: not the old one again',
    {
      end: ['stranded', 'on-failure-none', 'new'],
      live: one({ ...v2, artifact: 'sha256:1' }),
      release: { ...v2, artifact: 'sha256:1' },
      previous: { ...v1, artifact: 'sha256:1' },
    },
    '🚨 Failed, and not taken back: fly:shop serves v2, which fails (stranded/on-failure-none).',
  ],
  [
    'what failed and never left',
    { end: ['restored', 'checks-failed', 'old'], live: one(v1), release: v2 },
    '❌ Failed, and what served before serves on: fly:shop still serves v1 (restored/checks-failed).',
  ],
  [
    'two releases at once',
    { end: ['stranded', 'mixed-fleet', 'mixed'], live: half(v2, v1), release: v2 },
    '🚨 More than one release serves: v2 (50 %) and v1 (50 %) serve fly:shop (stranded/mixed-fleet).',
  ],
  [
    'what served already, and fails',
    { end: ['stranded', 'already-live-failing', 'new'], live: one(v1), release: v1 },
    '🚨 Already live, and it fails: fly:shop still serves v1 (stranded/already-live-failing).',
  ],
  [
    'somebody else’s release',
    { end: ['stranded', 'superseded', 'unknown'], live: one(theirs), release: v2 },
    '🚨 Somebody else was at work meanwhile: fly:shop serves v9, which this run did not make live (stranded/superseded).',
  ],
  [
    'a restore that left something missing',
    { end: ['stranded', 'incomplete', 'old'], live: one(v3), release: v2, steps: ['restore'] },
    '🚨 Taken back, but not whole: fly:shop serves v3 (v1 again) (stranded/incomplete).',
  ],
  [
    'what never left, with something missing',
    { end: ['stranded', 'incomplete', 'old'], live: one(v1), release: v2 },
    '🚨 Not whole: fly:shop still serves v1 (stranded/incomplete).',
  ],
  [
    'a restored release that fails as well',
    { end: ['stranded', 'restore-failed', 'old'], live: one(v3), release: v2, steps: ['restore'] },
    '🚨 Taken back, and that fails too: fly:shop serves v3 (v1 again) (stranded/restore-failed).',
  ],
  [
    'a machine that nobody manages',
    {
      end: ['blocked', 'unmanaged-machines', 'mixed'],
      live: { ...one(v1), unmanaged: [stranger] },
    },
    '⛔ Blocked: v1 and d89, which nobody manages, serve fly:shop (blocked/unmanaged-machines).',
  ],
  [
    'only a machine that nobody manages',
    { end: ['blocked', 'unmanaged-machines', 'unknown'], live: { kind: 'nothing', unmanaged: [stranger] } },
    '⛔ Blocked: d89, which nobody manages, serves fly:shop (blocked/unmanaged-machines).',
  ],
  [
    'what was not judged',
    { end: ['inconclusive', 'runner-network', 'new'], live: one(v2), release: v2 },
    '❔ Could not be judged: fly:shop serves v2, which is not proved (inconclusive/runner-network).',
  ],
  [
    'a cancel before the first look',
    { end: ['cancelled', 'cancelled', 'unknown'] },
    '⏹️ Cancelled: what fly:shop serves is not known (cancelled/cancelled).',
  ],
  [
    'a cancel after it took traffic',
    { end: ['cancelled', 'cancelled', 'new'], live: one(v2), release: v2 },
    '⏹️ Cancelled: fly:shop serves v2, which is not proved (cancelled/cancelled).',
  ],
  [
    'an error once the new release served',
    { end: ['error', 'checks-error', 'new'], live: one(v2), release: v2 },
    '❌ Ended by an error: fly:shop serves v2 (error/checks-error).',
  ],
  [
    'an app whose machines are all stopped',
    { end: ['inconclusive', 'switched-off', 'nothing'], live: { ...half(v2, v1), switchedOff: true } },
    '❔ Could not be judged: fly:shop serves nothing (v2 (50 %) and v1 (50 %) are stopped) (inconclusive/switched-off).',
  ],
  [
    'an app without a release',
    { end: ['stranded', 'no-target', 'nothing'], live: { kind: 'nothing' }, release: v2 },
    '🚨 Failed, and not taken back: fly:shop serves nothing (stranded/no-target).',
  ],
];

const back = { ...aRelease({ id: 'v4' }), restores: 'v2' };
const rollbacks: readonly Row[] = [
  [
    'what was brought back',
    {
      end: ['restored', 'verified', 'old'],
      live: one(back),
      release: back,
      previous: v3,
      steps: ['activate'],
    },
    '↩️ Rolled back: fly:shop serves v4 (v2 again) (restored/verified).',
  ],
  [
    'nowhere to go',
    { end: ['stranded', 'no-target', 'new'], live: one(v1) },
    '❌ Not rolled back, nothing was changed: fly:shop still serves v1 (stranded/no-target).',
  ],
  [
    'what is wanted and serves already',
    { end: ['unchanged', 'already-live', 'old'], live: one(v1), release: v1 },
    '✅ Already live: fly:shop serves v1 (unchanged/already-live).',
  ],
  [
    'what is wanted and served, once what was missing of it was made',
    { end: ['unchanged', 'already-live', 'old'], live: one(back), release: back, steps: ['activate'] },
    '✅ Already live, and made whole again: fly:shop serves v4 (v2 again) (unchanged/already-live).',
  ],
  [
    'part of a way back',
    { end: ['stranded', 'incomplete', 'old'], live: one(back), release: back, steps: ['activate'] },
    '🚨 Rolled back, but not whole: fly:shop serves v4 (v2 again) (stranded/incomplete).',
  ],
  [
    'a way back that was refused',
    { end: ['stranded', 'restore-failed', 'new'], live: one(v1), release: back },
    '🚨 Not rolled back: fly:shop still serves v1 (stranded/restore-failed).',
  ],
  [
    'a cancel in the middle: what is to be taken back is no new release',
    { end: ['cancelled', 'cancelled', 'new'], live: one(v1), release: back },
    '⏹️ Cancelled: fly:shop still serves v1 (cancelled/cancelled).',
  ],
];

describe('the headline of a deploy tells', () => {
  it.each(deploys)('%s', (_, facts, headline) => {
    expect(rolloutHeadline(told(facts))).toBe(headline);
  });
});

describe('the headline of a rollback tells', () => {
  it.each(rollbacks)('%s', (_, facts, headline) => {
    expect(rolloutHeadline(told({ ...facts, action: 'rollback' }))).toBe(headline);
  });
});

/** Everything that can be seen to serve, with what was there before and what the run made. */
const lives: Readonly<Record<string, Live | undefined>> = {
  'not known': undefined,
  nothing: { kind: 'nothing' },
  'the old one': one(v1),
  'the new one': one(v2),
  'the old one again': one(v3),
  'somebody else’s': one(theirs),
  'old and new': half(v2, v1),
  'the old one beside a stranger': { ...one(v1), unmanaged: [stranger] },
  'a stranger alone': { kind: 'nothing', unmanaged: [stranger] },
  'the old one, stopped': { ...one(v1), switchedOff: true },
};

/** Which words of a headline no fact contradicts. */
const claims: readonly (readonly [claim: RegExp, holds: (facts: Facts) => boolean])[] = [
  [/Taken back|Rolled back/, ({ live }) => has(live, 'v3')],
  [/new release/, ({ end: [outcome], action }) => outcome === 'live' && action !== 'rollback'],
  [/\(v1 again\)/, ({ live }) => has(live, 'v3')],
  [/still serves/, ({ live }) => live?.kind === 'one' && live.release.id === 'v1'],
  [/serves nothing/, ({ live }) => count(live) === 0 || live?.switchedOff === true],
  [/is not known/, ({ live }) => live === undefined],
  [/ serve fly:shop/, ({ live }) => count(live) > 1],
  [/ serves fly:shop/, ({ live }) => count(live) === 1],
  [/nothing was changed|Stopped before anything changed/, ({ live }) => !has(live, 'v2') && !has(live, 'v3')],
  [/which nobody manages/, ({ live }) => (live?.unmanaged ?? []).length > 0],
  [/which fails/, ({ live, end: [outcome] }) => has(live, 'v2') && outcome === 'stranded'],
];

function has(live: Live | undefined, id: string): boolean {
  if (live === undefined || live.kind === 'nothing') return false;
  const releases = live.kind === 'one' ? [live.release] : live.shares.map(({ release }) => release);
  return releases.some((release) => release.id === id);
}

function count(live: Live | undefined): number {
  if (live === undefined) return 0;
  const releases = live.kind === 'nothing' ? 0 : live.kind === 'one' ? 1 : live.shares.length;
  return releases + (live.unmanaged ?? []).length;
}

const reasonsOfAll = ['no-target', 'incomplete', 'restore-failed', 'superseded', 'unmanaged-machines'];

describe('no headline contradicts a fact, and each names all that serves', () => {
  const ends = (['fly-deploy', 'rollback'] as const).flatMap((action) =>
    outcomes.map((outcome) => [action, outcome] as const),
  );
  it.each(ends)('%s that ends %s, whatever is seen to serve', (action, outcome) => {
    for (const serving of servings)
      for (const reason of reasonsOfAll)
        for (const live of Object.values(lives)) {
          const facts: Facts = {
            action,
            end: [outcome, reason, serving],
            release: action === 'rollback' ? v3 : v2,
            ...(live === undefined ? {} : { live }),
          };
          const headline = rolloutHeadline(told(facts));
          const wrong = claims.filter(([claim, holds]) => claim.test(headline) && !holds(facts));
          const unnamed = ['v1', 'v2', 'v3', 'v9'].filter((id) => has(live, id) && !headline.includes(id));
          expect({ headline, wrong: wrong.map(([claim]) => String(claim)), unnamed }).toEqual({
            headline,
            wrong: [],
            unnamed: [],
          });
        }
  });
});
