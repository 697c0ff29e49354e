import { expect, it } from 'vitest';
import type { RolloutEvent } from '../../../packages/core/src/rollout/events.ts';
import type { RolloutPlan } from '../../../packages/core/src/rollout/plan.ts';
import * as e from '../../support/rollout-events.ts';

const { v2, v3, theirs, one, mixed, looked } = e;
const shipped = [...e.ready, e.obtained(v3)];
const withoutWayBack: RolloutPlan = { ...e.shipping, onFailure: 'none' };

/** The facts written when it ends: `activated v3`. */
function written(plan: RolloutPlan, events: readonly RolloutEvent[]): readonly string[] {
  return e.after(plan, events).commands.flatMap((command) => {
    if (command.do !== 'note') return [];
    const { kind, ...rest } = command.fact;
    return [`${kind} ${Object.values(rest).join(' ')}`];
  });
}

it.each<[string, RolloutPlan, readonly RolloutEvent[], readonly string[]]>([
  [
    'has it where it never settled and was left serving',
    withoutWayBack,
    [...shipped, e.settleFailed, looked(one(v3))],
    ['activated v3', 'verdict fail'],
  ],
  [
    'has it where it serves beside the old one',
    withoutWayBack,
    [...shipped, e.settleFailed, looked(mixed(v2, v3))],
    ['activated v3', 'verdict fail'],
  ],
  [
    'has it where there is nothing to go back to',
    e.shipping,
    [...shipped, e.settleFailed, looked(one(v3)), e.refused, looked(one(v3))],
    ['activated v3', 'verdict fail'],
  ],
  [
    'has it where it was cancelled before it had settled',
    e.shipping,
    [...shipped, e.cancelled, looked(one(v3))],
    ['activated v3', 'verdict inconclusive'],
  ],
  [
    'has it where the platform could not say whether it had settled',
    e.shipping,
    [...shipped, e.settleUnknown, looked(one(v3))],
    ['activated v3', 'verdict inconclusive'],
  ],
  [
    'has it where half of it was promoted',
    { ...e.staging, onFailure: 'none' },
    [...shipped, e.passes, looked(one(v2)), e.activationFailed, looked(mixed(v2, v3))],
    ['activated v3', 'verdict fail'],
  ],
  [
    'says it once where it had settled',
    withoutWayBack,
    [...shipped, e.settled, e.fails, looked(one(v3))],
    ['verdict fail'],
  ],
  [
    'does not have it where it was rejected',
    e.shipping,
    [...shipped, e.settleFailed, looked(one(v2)), looked(one(v2))],
    ['verdict fail'],
  ],
  [
    'does not have it where somebody else’s serves',
    e.shipping,
    [...shipped, e.settleFailed, looked(one(theirs)), looked(one(theirs))],
    ['verdict fail'],
  ],
  [
    'does not have it where it was cancelled while the old one served',
    e.shipping,
    [...shipped, e.cancelled, looked(one(v2))],
    ['verdict inconclusive'],
  ],
])('the record of a release that has traffic when its rollout ends %s', (_, plan, events, facts) => {
  expect(written(plan, events)).toEqual(facts);
});

it('what was cancelled on its way back, and cannot be seen, is not called bad', () => {
  const events = [...shipped, e.settleFailed, e.cancelled, e.unreachable];
  expect(written(e.shipping, events)).toEqual(['verdict inconclusive']);
});

it('what failed its checks is bad, also where a rollback keeps it from being taken back', () => {
  const refused = { kind: 'restore-refused', reason: 'superseded', note: '' } as const;
  const failing = [...e.ready, e.obtained(e.v3), e.settled, e.fails, e.looked(e.one(e.v3))];
  const { commands } = e.after(e.shipping, [...failing, refused, e.looked(e.one(e.v3))]);
  expect(commands).toEqual([
    { do: 'note', record: 'change', fact: { kind: 'verdict', verdict: 'fail' }, state: 'failure' },
  ]);
});
