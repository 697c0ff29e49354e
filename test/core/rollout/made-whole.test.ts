import { describe, expect, it } from 'vitest';
import * as e from '../../support/rollout-events.ts';

const { v2, v3, one, shipping } = e;
const seen = [e.observed(one(v2)), e.alreadyServing, e.settleIncomplete];
/** Up to the last look, which sees that the wanted release serves, as it did before. */
const again = [e.recorded, e.turn, e.checkedBefore, e.prepared, e.turn, e.lookedAgain(one(v2), true)];
const nothingToDo = { kind: 'nothing-obtained', failure: { ...e.unhealthy, reason: 'skipped' } } as const;

function table(rows: readonly e.Row[]): void {
  it.each(rows)('$it', ({ plan, events, ends }) => {
    expect(e.endOf(e.after(plan, events))).toBe(ends);
  });
}

describe('what serves already, and lacks a part', () => {
  table([
    { it: 'is shipped once more', plan: shipping, events: seen, ends: 'recording' },
    {
      it: 'is shipped though the last look finds that it serves: that was known',
      plan: shipping,
      events: [...seen, ...again],
      ends: 'obtaining',
    },
    {
      it: 'is shipped after a wait for another run',
      plan: shipping,
      events: [
        ...[...seen, e.recorded, e.held('7'), e.turnCame],
        ...[e.observed(one(v2)), e.alreadyServing, e.settleIncomplete],
        ...again,
      ],
      ends: 'obtaining',
    },
    {
      it: 'is not shipped where the run that went first has made it whole',
      plan: shipping,
      events: [
        ...[...seen, e.recorded, e.held('7'), e.turnCame],
        ...[e.observed(one(v2)), e.alreadyServing, e.settled, e.passes, e.looked(one(v2))],
      ],
      ends: 'unchanged/already-live, serving new',
    },
    {
      it: 'is live once it is whole',
      plan: shipping,
      events: [...seen, ...again, e.obtained(v3), e.settled, e.passes, e.looked(one(v3))],
      ends: 'live/verified, serving new',
    },
    {
      it: 'is not called good for its being there, where the platform had nothing to do after all',
      plan: shipping,
      events: [...seen, ...again, nothingToDo, e.looked(one(v2)), e.looked(one(v2))],
      ends: 'rejected/skipped, serving old',
    },
    {
      it: 'is taken back where it is not whole then either, and something went before it',
      plan: shipping,
      events: [...seen, ...again, e.obtained(v3), e.settleIncomplete, e.looked(one(v3)), e.chosen(v2)],
      ends: 'rechecking-live',
    },
  ]);
});
