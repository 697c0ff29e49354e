import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measured, nearestRank } from '../../../packages/core/src/checks/run/statistics.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('the nearest rank', () => {
  it.each<[string, readonly number[], number, number]>([
    ['of two, the p50 is the lower', [10, 20], 50, 10],
    ['of three, the p50 is the middle', [10, 20, 30], 50, 20],
    ['of ten, the p90 is the ninth', upTo(10), 90, 9],
    ['of twenty, the p95 is the nineteenth', upTo(20), 95, 19],
    ['of twenty-one, the p95 is the twentieth', upTo(21), 95, 20],
    ['of a hundred, the p99 is the ninety-ninth', upTo(100), 99, 99],
  ])('%s', (_, sorted, percent, expected) => {
    expect(nearestRank(sorted, percent)).toBe(expected);
  });

  it('is always one of the values, and not exceeded by at least that share', () => {
    const values = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (list, percent) => {
        const sorted = list.toSorted((one, other) => one - other);
        const value = nearestRank(sorted, percent);
        const share = sorted.filter((one) => one <= value).length / sorted.length;
        expect(sorted).toContain(value);
        expect(share).toBeGreaterThanOrEqual(percent / 100);
      }),
    );
  });
});

describe('what samples measure', () => {
  it.each<[string, readonly number[], object]>([
    ['nothing of one', [12], {}],
    ['half, most and mean of two, in any order', [30, 10.04], { p50: 10, max: 30, mean: 20 }],
    ['the p90 from ten on', upTo(10), { p50: 5, p90: 9, max: 10, mean: 5.5 }],
    ['the p95 from twenty on', upTo(20), { p50: 10, p90: 18, p95: 19, max: 20, mean: 10.5 }],
    ['the p99 from a hundred on', upTo(100), { p50: 50, p90: 90, p95: 95, p99: 99, max: 100, mean: 50.5 }],
  ])('is %s', (_, values, expected) => {
    expect(measured(values)).toEqual(expected);
  });
});
