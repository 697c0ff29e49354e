import { describe, expect, it } from 'vitest';
import { describeMissing, missingOf } from '../../../packages/core/src/platforms/parts.ts';
import type { Part } from '../../../packages/core/src/platforms/platform.ts';
import { aPart } from '../../support/a-part.ts';

const web = (counts: Partial<Part>) => aPart({ name: 'web/iad', wakes: true, ...counts });
const worker = (counts: Partial<Part>) => aPart({ name: 'worker/iad', ...counts });
const untold = aPart({ name: 'unknown', unknown: 1 });

describe('what of a fleet is missing', () => {
  it.each<[string, readonly Part[] | undefined, readonly Part[], string]>([
    ['nothing where all runs that ran', [web({ running: 2 })], [web({ running: 2 })], ''],
    ['nothing where more runs than before', [web({ running: 3 })], [web({ running: 2 })], ''],
    ['nothing where the rest wakes at the first request', [web({ resting: 2 })], [web({ running: 2 })], ''],
    ['nothing of what was at rest before', [worker({ resting: 2 })], [worker({ resting: 2 })], ''],
    [
      'what rests and nothing wakes',
      [worker({ resting: 1 })],
      [worker({ running: 1 })],
      'worker/iad: 0 of 1',
    ],
    ['what ended by itself', [web({ running: 1, ended: 1 })], [web({ running: 2 })], 'web/iad: 1 of 2'],
    [
      'what had ended before and is still down',
      [worker({ ended: 1 })],
      [worker({ ended: 1 })],
      'worker/iad: 0 of 1',
    ],
    [
      'a part that is gone',
      [web({ running: 1 })],
      [web({ running: 1 }), worker({ running: 2 })],
      'worker/iad: 0 of 2',
    ],
    ['nothing where the platform does not count', undefined, [worker({ running: 1 })], ''],
    ['nothing that has gone out of sight', [worker({ unknown: 1 })], [worker({ running: 1 })], ''],
    ['nothing that was out of sight and is still', [worker({ unknown: 1 })], [worker({ unknown: 1 })], ''],
    [
      'nothing that was out of sight and is gone',
      [web({ running: 1 })],
      [web({ running: 1, unknown: 1 })],
      '',
    ],
    [
      'what ran, where what is there instead was out of sight all the time',
      [web({ unknown: 1 })],
      [web({ running: 1, unknown: 1 })],
      'web/iad: 0 of 1',
    ],
    [
      'nothing where a lost one of which nothing is told may be it',
      [web({ running: 1 }), worker({ running: 1 }), untold],
      [web({ running: 2 }), worker({ running: 1 })],
      '',
    ],
    [
      'the second where only one may be it',
      [web({ running: 1 }), untold],
      [web({ running: 2 }), worker({ running: 1 })],
      'worker/iad: 0 of 1',
    ],
    [
      'what ran, where nothing was told of the lost one before either',
      [untold],
      [web({ running: 1 }), untold],
      'web/iad: 0 of 1',
    ],
  ])('%s', (_, now, owed, told) => {
    expect(describeMissing(missingOf(now, owed))).toBe(told);
  });

  it('is nothing where nothing is owed', () => {
    expect(missingOf([worker({ ended: 1 })], undefined)).toEqual([]);
  });
});
