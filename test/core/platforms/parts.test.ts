import { describe, expect, it } from 'vitest';
import { describeMissing, missingOf } from '../../../packages/core/src/platforms/parts.ts';
import type { Part } from '../../../packages/core/src/platforms/platform.ts';

const part = (name: string, counts: Partial<Part>): Part => ({
  ...{ name, running: 0, resting: 0, ended: 0, unknown: 0, wakes: false },
  ...counts,
});
const web = (counts: Partial<Part>) => part('web/iad', counts);
const worker = (counts: Partial<Part>) => part('worker/iad', counts);

describe('what is missing of a fleet', () => {
  it.each<[string, readonly Part[], readonly Part[], string]>([
    ['nothing, where all that ran runs', [web({ running: 2 })], [web({ running: 2 })], ''],
    [
      'one that ran and does not',
      [web({ running: 2 })],
      [web({ running: 1, resting: 1 })],
      'web/iad: 1 of 2',
    ],
    [
      'nothing, where a request starts what rests',
      [web({ running: 2 })],
      [web({ running: 1, resting: 1, wakes: true })],
      '',
    ],
    ['what ended by itself', [worker({ ended: 1 })], [worker({ ended: 1 })], 'worker/iad: 0 of 1'],
    ['nothing of what rested', [worker({ resting: 1 })], [], ''],
    [
      'a part that is gone',
      [web({ running: 1 }), worker({ running: 1 })],
      [web({ running: 1 })],
      'worker/iad: 0 of 1',
    ],
    ['nothing of what has gone out of sight', [web({ running: 2 })], [web({ running: 1, unknown: 1 })], ''],
    [
      'nothing of what was out of sight',
      [web({ running: 1, unknown: 1 })],
      [web({ running: 1, unknown: 1 })],
      '',
    ],
    [
      'nothing of what was out of sight and is gone',
      [web({ running: 1, unknown: 1 })],
      [web({ running: 1 })],
      '',
    ],
    [
      'what ran, though as many are there as before: one of them was out of sight all the time',
      [web({ running: 1, unknown: 1 })],
      [web({ unknown: 1 })],
      'web/iad: 0 of 1',
    ],
    [
      'nothing, where one of which nothing is told may be the one',
      [web({ running: 2 }), worker({ running: 1 })],
      [web({ running: 1 }), worker({ running: 1 }), part('unknown', { unknown: 1 })],
      '',
    ],
    [
      'the second, where only one may be it',
      [web({ running: 2 }), worker({ running: 1 })],
      [web({ running: 1 }), part('unknown', { unknown: 1 })],
      'worker/iad: 0 of 1',
    ],
    [
      'what ran, where nothing was told of the lost one before either',
      [web({ running: 1 }), part('unknown', { unknown: 1 })],
      [part('unknown', { unknown: 1 })],
      'web/iad: 0 of 1',
    ],
  ])('%s', (_, owed, now, missing) => {
    expect(describeMissing(missingOf(now, owed))).toBe(missing);
  });

  it('is nothing where the platform does not tell', () => {
    expect(missingOf(undefined, [web({ running: 2 })])).toEqual([]);
  });
});
