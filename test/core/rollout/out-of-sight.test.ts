import { describe, expect, it } from 'vitest';
import * as e from '../../support/rollout-events.ts';

const { v2, v3, v4, one, half, looked, shipping } = e;
const shipped = [...e.ready, e.obtained(v3)];

describe('a rollout with a machine on a host that does not answer', () => {
  it.each<e.Row>([
    {
      it: 'is live where everything in sight is',
      plan: shipping,
      events: [...shipped, e.settled, e.passes, looked(half(one(v3)))],
      ends: 'live/verified, serving new',
    },
    {
      it: 'is taken back where a check meets the old build',
      plan: shipping,
      events: [
        ...[...shipped, e.settled, e.fails, looked(half(one(v3))), e.chosen(v2), looked(half(one(v3)))],
        ...[e.activated(v4), e.settled, e.passes, looked(half(one(v4)))],
      ],
      ends: 'restored/checks-failed, serving old',
    },
    {
      it: 'is not judged where nothing is in sight',
      plan: shipping,
      events: [...shipped, e.settleUnknown, looked(half(one(v3)))],
      ends: 'inconclusive/platform-unreachable, serving new',
    },
  ])('$it', ({ plan, events, ends }) => {
    expect(e.endOf(e.after(plan, events))).toBe(ends);
  });

  it('names it', () => {
    const { state } = e.after(shipping, [...shipped, e.settled, e.passes, looked(half(one(v3)))]);
    expect(state.at === 'ended' && state.verdict.notes).toEqual([
      'The host of machine b2 does not answer: which release it has, and whether it serves, is not known.',
    ]);
  });
});
