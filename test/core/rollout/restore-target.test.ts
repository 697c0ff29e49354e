import { describe, expect, it } from 'vitest';
import type { RestoreQuestion } from '../../../packages/core/src/rollout/restore-target.ts';
import { restoreTarget } from '../../../packages/core/src/rollout/restore-target.ts';
import { theirs, v2, v3, v4 } from '../../support/rollout-events.ts';

/** Made after what the platform names: it served in spite of having failed, which the platform passes over. */
const later = { ...v3, created: '2026-11-20T11:00:00Z' };
const between = { release: theirs, unsure: false };
const asked = (change: Partial<RestoreQuestion>): RestoreQuestion => ({
  want: v2,
  before: [v2],
  predecessor: between,
  verdict: 'pass',
  isPending: false,
  ...change,
});
const told = ({ want, note = '' }: ReturnType<typeof restoreTarget>) =>
  `${want === 'last-verified' ? want : want.label}: ${note}`;

describe('a restore goes', () => {
  it.each([
    ['to what served at the first look, where nothing came in between', { predecessor: undefined }, 'v2: '],
    [
      'to it also where it came in between as a copy',
      { predecessor: { release: v4, unsure: false } },
      'v2: ',
    ],
    ['to it though its last word was lost', { predecessor: { release: v2, unsure: true } }, 'v2: '],
    [
      'past it where another run that shipped it is still judging it',
      { predecessor: { release: v2, unsure: false }, verdict: 'none', isPending: true },
      'last-verified: v2 is still being judged by another run: the last verified release is brought back.',
    ],
    [
      'past it where another run has found it bad meanwhile',
      { predecessor: { release: v2, unsure: false }, verdict: 'fail' },
      'last-verified: v2 is not good: the last verified release is brought back.',
    ],
    [
      'to what another run made live and verified meanwhile',
      {},
      'v9: v9 was made live by somebody else before this release took traffic.',
    ],
    [
      'to what a person put there, which nobody has judged',
      { verdict: 'none' },
      'v9: v9 was made live by somebody else before this release took traffic.',
    ],
    [
      'to what served at the first look where the platform only names something older',
      { before: [later], want: later },
      'v3: ',
    ],
    [
      'to the last verified one where what served at the first look is bad, and newer than what the platform names',
      { before: [later], want: 'last-verified' },
      'last-verified: ',
    ],
    [
      'past what never had all the traffic',
      { predecessor: { release: theirs, unsure: true } },
      'last-verified: v9 came in between and never had all the traffic: the last verified release is brought back.',
    ],
    [
      'past what another run is still judging',
      { verdict: 'none', isPending: true },
      'last-verified: v9 came in between and is still being judged by another run: the last verified release is brought back.',
    ],
    [
      'past what is judged bad',
      { verdict: 'fail' },
      'last-verified: v9 came in between and is not good: the last verified release is brought back.',
    ],
    [
      'to the last verified one where neither is to be trusted',
      { want: 'last-verified', verdict: 'none' },
      'last-verified: ',
    ],
    [
      'to what came in between where only that is verified',
      { want: 'last-verified' },
      'v9: v9 was made live by somebody else before this release took traffic.',
    ],
  ] as const)('%s', (_, change, expected) => {
    expect(told(restoreTarget(asked(change)))).toBe(expected);
  });
});
