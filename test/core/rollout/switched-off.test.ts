import { describe, expect, it } from 'vitest';
import * as e from '../../support/rollout-events.ts';

const { v1, v2, v3, v4, one, mixed, off, looked, shipping, takingBack } = e;
const from = (live: ReturnType<typeof one>) => [e.observed(live), ...e.passage(live)];
const fromBack = (live: ReturnType<typeof one>) => [e.observed(live), ...e.passageBack];

describe('a rollout of a target that somebody has switched off', () => {
  const started = { kind: 'settled', result: { kind: 'settled', running: running(1) } } as const;
  const still = { kind: 'settled', result: { kind: 'settled', running: running(0) } } as const;
  const toOff = [...from(off(one(v2))), e.obtained(v3)];

  it.each<e.Row>([
    {
      it: 'gets the release, and asks no check',
      plan: shipping,
      events: [...toOff, still, looked(off(one(v3)))],
      ends: 'inconclusive/switched-off, serving nothing',
    },
    {
      it: 'without checks as well',
      plan: { ...shipping, hasChecks: false },
      events: [
        ...[e.observed(off(one(v2))), ...e.passage(off(one(v2)), { hasChecks: false })],
        ...[e.obtained(v3), still, looked(off(one(v3)))],
      ],
      ends: 'inconclusive/switched-off, serving nothing',
    },
    {
      it: 'is judged by its checks where it had to be started',
      plan: shipping,
      events: [...toOff, started],
      ends: 'verifying',
    },
    {
      it: 'is taken back for a failure of the platform, and keeps why',
      plan: shipping,
      events: [
        ...from(off(one(v2))),
        { kind: 'obtain-failed', failure: e.unhealthy, release: v3 },
        ...[looked(off(mixed(v2, v3))), e.chosen(v2), looked(off(mixed(v2, v3)))],
        ...[e.activated(v4), still, looked(off(one(v4)))],
      ],
      ends: 'inconclusive/switched-off, serving nothing',
    },
    {
      it: 'rolls back, and cannot be judged',
      plan: takingBack,
      events: [
        ...[...fromBack(off(one(v3))), e.obtained(v1), looked(off(one(v3))), e.activated(v1)],
        ...[still, looked(off(one(v1)))],
      ],
      ends: 'inconclusive/switched-off, serving nothing',
    },
  ])('$it', ({ plan, events, ends }) => {
    expect(e.endOf(e.after(plan, events))).toBe(ends);
  });

  function running(count: number) {
    const rest = { name: 'app/iad', resting: 2 - count, ended: 0, unknown: 0, wakes: false };
    return { parts: [{ ...rest, running: count }], exits: [] };
  }
});
