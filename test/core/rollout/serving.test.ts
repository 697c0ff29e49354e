import { describe, expect, it } from 'vitest';
import { describeServing, liveRelation } from '../../../packages/core/src/rollout/live-relation.ts';
import { serving } from '../../../packages/core/src/rollout/serving.ts';
import type { RolloutContext } from '../../../packages/core/src/rollout/state.ts';
import { aRelease } from '../../support/a-release.ts';
import {
  mixed,
  nothing,
  one,
  shipping,
  takingBack,
  theirs,
  v1,
  v2,
  v3,
  v4,
} from '../../support/rollout-events.ts';

const deploy: RolloutContext = {
  plan: shipping,
  before: { live: one(v2), verdict: 'pass' },
  wanted: v3,
  unchanged: false,
  notes: [],
};
const restoring: RolloutContext = { ...deploy, back: v4 };
const rollback: RolloutContext = {
  ...deploy,
  plan: takingBack,
  before: { live: one(v3), verdict: 'fail' },
  wanted: v1,
};
const fromMix: RolloutContext = { ...deploy, before: { live: mixed(v1, v2), verdict: 'none' } };
const first: RolloutContext = { ...deploy, before: { live: nothing, verdict: 'none' } };
/** v3 ships the image that v2 has. */
const sameImage: RolloutContext = { ...deploy, wanted: { ...v3, artifact: 'sha256:v2' } };
const unknownImage = aRelease({ id: 'v5' });

describe('what serves, in the log', () => {
  it.each([
    ['one release', one(v2), 'v2 serves'],
    ['a mix', mixed(v1, v2), 'v1 and v2 serve'],
    ['nothing', nothing, 'nothing serves'],
    ['what nobody could ask', undefined, 'what serves is not known'],
  ])('is told of %s', (_, live, told) => {
    expect(describeServing(live)).toBe(told);
  });
});

describe('what serves', () => {
  it.each([
    ['the shipped release', deploy, one(v3), 'new', 'ours'],
    ['what served before', deploy, one(v2), 'old', 'as-before'],
    ['the old image, made live anew', deploy, one(v4), 'old', 'as-before'],
    ['the restored release', restoring, one(v4), 'old', 'ours'],
    ['the old and the new', deploy, mixed(v2, v3), 'mixed', 'ours'],
    ['a release of someone else', deploy, one(theirs), 'unknown', 'others'],
    ['a mix with a release of someone else', deploy, mixed(v3, theirs), 'mixed', 'others'],
    ['nothing any more', deploy, nothing, 'nothing', 'nothing'],
    ['nothing, as before', first, nothing, 'nothing', 'as-before'],
    ['the mix of before', fromMix, mixed(v2, v1), 'mixed', 'as-before'],
    ['one of the mix of before, which someone has resolved', fromMix, one(v2), 'old', 'others'],
    ['the release to be taken back', rollback, one(v3), 'new', 'as-before'],
    ['the release a rollback chose', rollback, one(v1), 'old', 'ours'],
    ['the redeployed image, by its release', sameImage, one({ ...v3, artifact: 'sha256:v2' }), 'new', 'ours'],
    ['the image before its redeploy, by its release', sameImage, one(v2), 'old', 'as-before'],
    [
      'a release without an artifact',
      { ...deploy, wanted: { ...v3, id: 'x' } },
      one(unknownImage),
      'unknown',
      'others',
    ],
  ] as const)('%s', (_, known, live, expected, where) => {
    expect(serving(live, known)).toBe(expected);
    expect(liveRelation(live, known)).toBe(where);
  });

  it('is unknown when the platform could not be asked', () => {
    expect(serving(undefined, deploy)).toBe('unknown');
  });
});
