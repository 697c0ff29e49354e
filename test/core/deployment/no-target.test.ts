import { expect, it } from 'vitest';
import type { Release } from '#core';
import type { Candidate } from '#core/deployment';
import { noTarget, type Search } from '../../../packages/core/src/deployment/no-target.ts';
import { aRelease } from '../../support/a-release.ts';

const v1 = aRelease({ id: 'v1' });
const v2 = aRelease({ id: 'v2' });
const search: Search = {
  wanted: { kind: 'last-verified' },
  availability: 'full',
  commit: async () => undefined,
} as const;
const previous: Search = { ...search, wanted: { kind: 'previous' } };

function passedOver(release: Release, verdict: Candidate['verdict'], why: string): Candidate {
  return {
    id: release.id,
    label: release.label,
    created: release.created,
    release,
    verdict,
    passedOver: why,
  };
}

const pruned = aRelease({ id: 'v1', restorable: 'no', restorableWhy: 'the registry has lost it' });
const rebuildable = passedOver({ ...pruned, rebuild: 'not-allowed' }, 'pass', 'the registry has lost it');
const gone = passedOver(pruned, 'pass', 'the registry has lost it');
const unjudged = passedOver(v2, 'inconclusive', 'it could not be judged');
const failed = passedOver(v2, 'fail', 'it failed or was taken back');

it.each<[string, Partial<Parameters<typeof noTarget>[0]>, Search, string]>([
  ['there is none at all', {}, search, 'Deploy a working version.'],
  ['what there is failed', { candidates: [failed] }, previous, 'Deploy a working version.'],
  [
    'what there is serves the same build',
    { candidates: [passedOver(v2, 'none', 'the same build as what serves')] },
    previous,
    'Deploy a working version.',
  ],
  [
    'the other walk would take one',
    { candidates: [unjudged], otherCandidate: v1 },
    search,
    'Run it again with `to: previous`, which takes v1.',
  ],
  [
    'the other walk would take one, the other way round',
    { candidates: [failed], otherCandidate: v1 },
    previous,
    'Run it again with `to: last-verified`, which takes v1.',
  ],
  [
    'the other walk would take one, though an image is gone',
    { candidates: [gone], otherCandidate: v2 },
    search,
    'Run it again with `to: previous`, which takes v2.',
  ],
  [
    'one was never judged, which whoever knows it may take',
    { candidates: [failed, passedOver(v1, 'inconclusive', 'it could not be judged')] },
    previous,
    'Run it again with `to: v1` and a `reason` if v1 is good, or deploy a working version.',
  ],
  [
    'one is too old for a walk',
    { candidates: [passedOver(v1, 'pass', 'older than 30 days')] },
    search,
    'Run it again with `to: v1` and a `reason` if v1 is good, or deploy a working version.',
  ],
  [
    'one is behind a barrier',
    { candidates: [passedOver(v1, 'pass', 'behind a rollback barrier')] },
    search,
    'Fix forward: an older version cannot run on what this release changed.',
  ],
  [
    'its image is gone and its source is not',
    { candidates: [rebuildable] },
    search,
    'Run the rollback action with `to: v1`, a `reason` and `allow-rebuild: true`, which builds it again from its source, or deploy a working version.',
  ],
  [
    'its image is gone',
    { candidates: [gone] },
    search,
    'Build and deploy what v1 was built from again; keep images that you may want back in a registry that prunes none.',
  ],
  [
    'nobody could read the records, and the platform has one',
    { otherCandidate: v1 },
    { ...search, availability: 'none' },
    'Give the job the permission `deployments: read`, or run it again with `to: previous`, which takes v1.',
  ],
  [
    'nobody could read the records, and the platform has none',
    {},
    { ...search, availability: 'none' },
    'Give the job the permission `deployments: read`, or name the release that is wanted with a `reason`.',
  ],
  [
    'a commit is unknown for want of records',
    {},
    { ...search, availability: 'none', wanted: { kind: 'sha', commit: 'c0ffee0' } },
    'Give the job the permission `deployments: read`, without which no release’s commit is known, or name its version.',
  ],
  [
    'an image is of no release',
    {},
    { ...search, wanted: { kind: 'image', image: 'registry.fly.io/shop:9' } },
    'Name the release by its version, or leave `to` at its default.',
  ],
])('a rollback without a target is told what can be done where %s', async (_, choice, asked, next) => {
  const told = await noTarget({ kind: 'no-target', why: 'No.', candidates: [], ...choice }, asked);
  expect(told.next).toBe(next);
});
