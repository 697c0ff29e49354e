import { describe, expect, it } from 'vitest';
import type { RolloutEvent } from '../../../packages/core/src/rollout/events.ts';
import type { RolloutPlan } from '../../../packages/core/src/rollout/plan.ts';
import * as e from '../../support/rollout-events.ts';

const { v1, v2, v3, v4, one, looked } = e;
const rollingBack = [e.observed(one(v3)), ...e.passageBack, e.obtained(v1)];
const rolledBack = [...rollingBack, looked(one(v3)), e.activated(v1)];
const restored = [
  ...[...e.ready, e.obtained(v3), e.settled, e.fails, looked(one(v3)), e.chosen(v2)],
  ...[looked(one(v3)), e.activated(v4)],
];

/** The last facts that are written, by record: `restore verdict fail`. */
function written(plan: RolloutPlan, events: readonly RolloutEvent[]): readonly string[] {
  return e.after(plan, events).commands.flatMap((command) => {
    if (command.do !== 'note') return [];
    const { kind, ...rest } = command.fact;
    return [`${command.record} ${kind} ${Object.values(rest).join(' ')}`];
  });
}

describe('of the release it led to, a way back says', () => {
  it.each([
    [
      'that it is bad where its checks failed while it served',
      e.takingBack,
      [...rolledBack, e.settled, e.fails, looked(one(v1))],
      ['change verdict fail'],
    ],
    [
      'nothing where it was only not healthy in time',
      e.takingBack,
      [...rolledBack, e.settleFailed, looked(one(v1))],
      ['change abandoned v1'],
    ],
    [
      'nothing where it could not be activated',
      e.takingBack,
      [...rollingBack, looked(one(v3)), e.activationFailed, looked(one(v3))],
      ['change abandoned v3'],
    ],
    [
      'nothing where it was cancelled',
      e.takingBack,
      [...rollingBack, e.cancelled, looked(one(v3))],
      ['change abandoned v3'],
    ],
    [
      'nothing where a restore was only not healthy in time',
      e.shipping,
      [...restored, e.settleFailed, looked(one(v4))],
      ['restore abandoned v4'],
    ],
    [
      'that it is bad where the gates that it had passed fail',
      e.shipping,
      [...restored, e.settled, e.fails, looked(one(v4))],
      ['restore verdict fail'],
    ],
  ] as const)('%s', (_, plan, events, facts) => {
    expect(written(plan, events)).toEqual(facts);
  });
});

it('of a release on an app that is switched off nothing is said', () => {
  const off = { ...one(v2), switchedOff: true as const };
  const events = [e.observed(off), ...e.passage(off), e.obtained(v3), e.settled];
  const now = { ...one(v3), switchedOff: true as const };
  expect(written(e.shipping, [...events, looked(now)])).toEqual(['change abandoned nothing (v3 is stopped)']);
});
