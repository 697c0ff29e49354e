import { describe, expect, it } from 'vitest';
import { describeMissing, missingOf } from '../../../packages/core/src/platforms/parts.ts';
import { aPart } from '../../support/a-part.ts';

const web = (counts: Partial<ReturnType<typeof aPart>>) => aPart({ name: 'web/iad', wakes: true, ...counts });
const worker = (counts: Partial<ReturnType<typeof aPart>>) => aPart({ name: 'worker/iad', ...counts });

describe('what of a fleet is missing', () => {
  it.each([
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
    ['nothing on a host that does not answer', [worker({ unknown: 1 })], [worker({ running: 1 })], ''],
    ['nothing that was on a lost host and is still', [worker({ unknown: 1 })], [worker({ unknown: 1 })], ''],
    ['nothing where the platform does not count', undefined, [worker({ running: 1 })], ''],
  ])('%s', (_, now, owed, told) => {
    expect(describeMissing(missingOf(now, owed))).toBe(told);
  });

  it('is nothing where nothing is owed', () => {
    expect(missingOf([worker({ ended: 1 })], undefined)).toEqual([]);
  });
});
