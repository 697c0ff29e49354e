import { describe, expect, it } from 'vitest';
import { nextPause } from '../../../../../packages/core/src/platforms/railway/watch/poll-pace.ts';

const quiet = { isNews: false, failed: false, isPushed: false, sparingMs: 0 };

describe('the pause between two looks', () => {
  it('grows from 2 s to 15 s where nothing is new', () => {
    const pauses = [0];
    while (pauses.length < 9) pauses.push(nextPause(pauses.at(-1) ?? 0, quiet));
    expect(pauses.slice(1)).toEqual([2_000, 3_000, 4_500, 6_750, 10_125, 15_000, 15_000, 15_000]);
  });

  it.each([
    ['short again after a change', { isNews: true }, 2_000],
    ['longer after trouble', { isNews: true, failed: true }, 5_000],
    ['long where the state is pushed', { isPushed: true, isNews: true }, 15_000],
    ['as long as the rate limit asks for', { isNews: true, sparingMs: 40_000 }, 40_000],
  ])('is %s', (_, facts, pauseMs) => {
    expect(nextPause(10_000, { ...quiet, ...facts })).toBe(pauseMs);
  });
});
