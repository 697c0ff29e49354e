import { describe, expect, it } from 'vitest';
import type { Live } from '../../../packages/core/src/platforms/platform.ts';
import { hasEnded, isSurprising } from '../../../packages/core/src/rollout/whole.ts';
import { aPart } from '../../support/a-part.ts';
import * as e from '../../support/rollout-events.ts';

const { nothing, one, v2, v3 } = e;

const fleet = (running: number, ended = 0): Live => ({ ...one(v2), parts: [aPart({ running, ended })] });

describe('a look is surprising', () => {
  it.each([
    ['where nothing serves and something did', one(v2), nothing, true],
    ['where there are fewer machines than a moment ago', fleet(2), fleet(1), true],
    ['not where a machine has ended: it is there', fleet(2), fleet(1, 1), false],
    ['not where there are more', fleet(1), fleet(2), false],
    ['not where another release serves', one(v2), one(v3), false],
    ['not where nothing served before either', nothing, nothing, false],
    ['not at the first look', undefined, nothing, false],
  ])('%s', (_, before, now, expected) => {
    expect(isSurprising(before, now)).toBe(expected);
  });
});

it('is told by what it lacks where not all of it serves at the end', () => {
  const parts = [aPart({ running: 2 })];
  const settled = { kind: 'settled', result: { kind: 'settled', running: { parts } } } as const;
  const live = { ...one(v3), parts: [aPart({ running: 1 })] };
  const { state } = e.after(e.shipping, [...[...e.ready, e.obtained(v3), settled, e.passes], e.looked(live)]);
  expect(state).toMatchObject({
    at: 'ended',
    verdict: {
      outcome: 'stranded',
      reason: 'incomplete',
      cause: {
        what: 'What serves is not all there: web/iad: 1 of 2.',
        missing: [{ name: 'web/iad', there: 1, owed: 2 }],
      },
    },
  });
});

it('has ended in part where a machine is down that nobody stopped', () => {
  expect([fleet(2, 1), fleet(2), one(v2), nothing].map(hasEnded)).toEqual([true, false, false, false]);
});
