import { describe, expect, it } from 'vitest';
import * as e from '../../support/rollout-events.ts';

const { v1, v2, v3, theirs, one, mixed, nothing, ready, looked } = e;
const { shipping, staging, finding, takingBack } = e;
const shipped = [...ready, e.obtained(v3)];
const staged = [...ready, e.obtained(v3), e.passes, looked(one(v2)), e.activated(v3)];
const unchecked = { ...shipping, hasChecks: false };
const readyUnchecked = [e.observed(one(v2)), ...e.passage(one(v2), { hasChecks: false })];

function table(rows: readonly e.Row[]): void {
  it.each(rows)('$it', ({ plan, events, ends }) => {
    expect(e.endOf(e.after(plan, events))).toBe(ends);
  });
}

describe('a deploy that works', () => {
  table([
    {
      it: 'is live when it has settled, passed and still serves at the last look',
      plan: shipping,
      events: [...shipped, e.settled, e.passes, looked(one(v3))],
      ends: 'live/verified, serving new',
    },
    {
      it: 'is worth the platform’s word only, without checks',
      plan: unchecked,
      events: [...readyUnchecked, e.obtained(v3), e.settled, looked(one(v3))],
      ends: 'live/platform-only, serving new',
    },
    {
      it: 'is proved where it takes no traffic, then activated, where the platform stages',
      plan: staging,
      events: [...staged, e.settled, e.passes, looked(one(v3))],
      ends: 'live/verified, serving new',
    },
    {
      it: 'ends staged when asked to stop before traffic',
      plan: { ...staging, until: 'staged' },
      events: [...ready, e.obtained(v3), e.passes, looked(one(v2))],
      ends: 'staged/staged, serving old',
    },
    {
      it: 'ends staged without a proof where there are no checks',
      plan: { ...staging, until: 'staged', hasChecks: false, checksStaged: false },
      events: [...readyUnchecked, e.obtained(v3), looked(one(v2))],
      ends: 'staged/staged, serving old',
    },
    {
      it: 'ships though what it wants serves, where that serves under two numbers',
      plan: shipping,
      events: [e.observed(mixed(v2, e.v4)), e.alreadyServing],
      ends: 'recording',
    },
    {
      it: 'goes live as the first of its target, with no checks run before it',
      plan: shipping,
      events: [
        e.observed(nothing),
        ...e.passage(nothing),
        e.obtained(v3),
        e.settled,
        e.passes,
        looked(one(v3)),
      ],
      ends: 'live/verified, serving new',
    },
    {
      it: 'judges a release the platform made live before this run looked, unjudged, and need not find it',
      plan: finding,
      events: [
        e.observed(one(v3), 'none'),
        e.alreadyServing,
        e.recorded,
        e.settled,
        e.passes,
        looked(one(v3)),
      ],
      ends: 'live/verified, serving new',
    },
    {
      it: 'does not activate what someone else has promoted meanwhile',
      plan: staging,
      events: [...ready, e.obtained(v3), e.passes, looked(one(v3))],
      ends: 'settling',
    },
  ]);
});

describe('a deploy for which the platform had nothing to do, which is wanted so', () => {
  const begun = [e.observed(one(v2)), e.admitted, e.recorded, e.checkedBefore];
  const skipped = { kind: 'nothing-obtained', failure: { ...e.unhealthy, reason: 'skipped' } } as const;
  table([
    {
      it: 'is unchanged where what serves passes its checks',
      plan: finding,
      events: [...begun, skipped, e.settled, e.passes, looked(one(v2))],
      ends: 'unchanged/already-live, serving new',
    },
    {
      it: 'is stranded where what serves fails them, and nothing is taken back',
      plan: finding,
      events: [...begun, skipped, e.settled, e.fails, looked(one(v2))],
      ends: 'stranded/already-live-failing, serving new',
    },
    {
      it: 'is rejected where nothing serves',
      plan: finding,
      events: [e.observed(nothing), e.admitted, e.recorded, skipped, looked(nothing)],
      ends: 'rejected/skipped, serving nothing',
    },
  ]);
});

describe('a release that the platform deployed by itself, and then once more', () => {
  const seen = [e.observed(one(v2)), e.admitted, e.recorded, e.checkedBefore];
  const proved = [e.obtained(v3), e.settled, e.passes];
  table([
    {
      it: 'is the one that was found',
      plan: finding,
      events: [...seen, ...proved, looked(one(e.v3Again))],
      ends: 'live/verified, serving new',
    },
    {
      it: 'is somebody else’s where this run had shipped it',
      plan: shipping,
      events: [...ready, ...proved, looked(one(e.v3Again))],
      ends: 'stranded/superseded, serving unknown',
    },
  ]);
});

describe('a deploy of what already serves', () => {
  const same = [e.observed(one(v2)), e.alreadyServing];
  table([
    {
      it: 'ships it all the same where a part of it is gone and nothing but shipping makes it anew',
      plan: shipping,
      events: [...same, e.settleIncomplete],
      ends: 'recording',
    },
    {
      it: 'is unchanged when its checks pass',
      plan: shipping,
      events: [...same, e.settled, e.passes, looked(one(v2))],
      ends: 'unchanged/already-live, serving new',
    },
    {
      it: 'is superseded when its checks fail and somebody else has moved the target meanwhile',
      plan: shipping,
      events: [...same, e.settled, e.fails, looked(mixed(v2, theirs))],
      ends: 'stranded/superseded, serving mixed',
    },
    {
      it: 'is stranded when its checks fail: nothing was changed, and what serves fails',
      plan: shipping,
      events: [...same, e.settled, e.fails, looked(one(v2))],
      ends: 'stranded/already-live-failing, serving new',
    },
    {
      it: 'is stranded when the platform calls it unhealthy',
      plan: shipping,
      events: [...same, e.settleFailed, looked(one(v2))],
      ends: 'stranded/already-live-failing, serving new',
    },
    {
      it: 'is inconclusive when its checks could not judge',
      plan: shipping,
      events: [...same, e.settled, e.cutOff, looked(one(v2))],
      ends: 'inconclusive/runner-network, serving new',
    },
    {
      it: 'is shipped all the same when it serves only a share',
      plan: unchecked,
      events: [e.observed(mixed(v1, v2)), e.alreadyServing],
      ends: 'recording',
    },
    {
      it: 'serves the old one when a rollback is asked for what already serves',
      plan: takingBack,
      events: [...same, e.settled, e.passes, looked(one(v2))],
      ends: 'unchanged/already-live, serving old',
    },
  ]);
});

describe('a deploy that fails before it takes traffic', () => {
  table([
    {
      it: 'stops what may still come, looks again, and is rejected with the failure’s reason',
      plan: shipping,
      events: [...ready, e.obtainFailed, looked(one(v2)), looked(one(v2))],
      ends: 'rejected/unhealthy, serving old',
    },
    {
      it: 'goes back when the second look finds that it took traffic after all',
      plan: shipping,
      events: [...ready, e.obtainFailed, looked(one(v2)), { kind: 'looked', live: one(v3), mine: v3 }],
      ends: 'choosing',
    },
    {
      it: 'is rejected at the first look where there is nothing of ours to stop',
      plan: finding,
      events: [e.observed(one(v2)), ...e.passageBack, e.obtained(v3), e.settleFailed, looked(one(v2))],
      ends: 'rejected/unhealthy, serving old',
    },
    {
      it: 'is rejected when the staged release fails its checks',
      plan: staging,
      events: [...ready, e.obtained(v3), e.fails, looked(one(v2)), looked(one(v2))],
      ends: 'rejected/checks-failed, serving old',
    },
    {
      it: 'is rejected as the first of its target, where nothing serves still',
      plan: shipping,
      events: [
        ...[e.observed(nothing), ...e.passage(nothing)],
        ...[e.obtainFailed, looked(nothing), looked(nothing)],
      ],
      ends: 'rejected/unhealthy, serving nothing',
    },
    {
      it: 'is rejected when the promotion was refused',
      plan: staging,
      events: [...ready, e.obtained(v3), e.passes, looked(one(v2)), e.activationFailed, looked(one(v2))],
      ends: 'rejected/unhealthy, serving old',
    },
    {
      it: 'is inconclusive when nobody can say whether it took traffic',
      plan: shipping,
      events: [...ready, e.obtainFailed, e.unreachable],
      ends: 'inconclusive/platform-unreachable, serving unknown',
    },
  ]);
});

describe('a deploy that could not be judged', () => {
  table([
    {
      it: 'keeps serving when this runner is cut off',
      plan: shipping,
      events: [...shipped, e.settled, e.cutOff, looked(one(v3))],
      ends: 'inconclusive/runner-network, serving new',
    },
    {
      it: 'keeps serving when a check is wrong itself',
      plan: shipping,
      events: [...shipped, e.settled, e.broken, looked(one(v3))],
      ends: 'inconclusive/checks-error, serving new',
    },
    {
      it: 'takes no traffic when its staged checks could not judge',
      plan: staging,
      events: [...ready, e.obtained(v3), e.cutOff, looked(one(v2))],
      ends: 'inconclusive/runner-network, serving old',
    },
    {
      it: 'says what serves when the platform is back at the last look',
      plan: shipping,
      events: [...shipped, e.settleUnknown, looked(one(v3))],
      ends: 'inconclusive/platform-unreachable, serving new',
    },
    {
      it: 'is not called live when the last look got no answer',
      plan: shipping,
      events: [...shipped, e.settled, e.passes, e.unreachable],
      ends: 'inconclusive/platform-unreachable, serving unknown',
    },
    {
      it: 'is not called live when someone else serves at the last look',
      plan: shipping,
      events: [...shipped, e.settled, e.passes, looked(one(theirs))],
      ends: 'stranded/superseded, serving unknown',
    },
    {
      it: 'is not called live when someone else has brought it back at the last look',
      plan: shipping,
      events: [...shipped, e.settled, e.passes, looked(one(e.v3Again))],
      ends: 'stranded/superseded, serving unknown',
    },
    {
      it: 'is not called live when an old machine still serves at the last look',
      plan: shipping,
      events: [...shipped, e.settled, e.passes, looked(mixed(v2, v3))],
      ends: 'stranded/mixed-fleet, serving mixed',
    },
    {
      it: 'activates nothing when what serves cannot be re-read',
      plan: staging,
      events: [...ready, e.obtained(v3), e.passes, e.unreachable],
      ends: 'inconclusive/platform-unreachable, serving unknown',
    },
  ]);
});
