import { describe, expect, it } from 'vitest';
import * as e from '../../support/rollout-events.ts';

const { v1, v2, v3, v4, v3Again, theirs, one, mixed, nothing, ready, looked } = e;
const { shipping, staging, takingBack } = e;
const shipped = [...ready, e.obtained(v3)];
const staged = [...ready, e.obtained(v3), e.passes, looked(one(v2)), e.activated(v3)];
const failing = [...shipped, e.settled, e.fails];
const goingBack = [...failing, looked(one(v3)), e.chosen(v2)];
const barred = { kind: 'admitted', alreadyServes: false, warnings: [], barrier: true } as const;
const chosen = [e.observed(one(v3)), ...e.passageBack, e.obtained(v1)];

function table(rows: readonly e.Row[]): void {
  it.each(rows)('$it', ({ plan, events, ends }) => {
    expect(e.endOf(e.after(plan, events))).toBe(ends);
  });
}

describe('a deploy that fails after it took traffic', () => {
  table([
    {
      it: 'is taken back, and tells why it had to be',
      plan: shipping,
      events: [...goingBack, looked(one(v3)), e.activated(v4), e.settled, e.passes, looked(one(v4))],
      ends: 'restored/checks-failed, serving old',
    },
    {
      it: 'names what a restore of the image alone leaves changed',
      plan: shipping,
      events: [
        ...goingBack,
        looked(one(v3)),
        e.activated(v4, 'DB_URL was staged'),
        e.settled,
        e.passes,
        looked(one(v4)),
      ],
      ends: 'restored/restored-image-only, serving old',
    },
    {
      it: 'is taken back on the platform’s word when no gate had passed before',
      plan: shipping,
      events: [
        ...[e.observed(one(v2)), ...e.passage(one(v2), { passed: [] })],
        ...[e.obtained(v3), e.settled, e.fails, looked(one(v3)), e.chosen(v2)],
        ...[looked(one(v3)), e.activated(v4), e.settled, looked(one(v4))],
      ],
      ends: 'restored/checks-failed, serving old',
    },
    {
      it: 'is taken back from a mix',
      plan: shipping,
      events: [...ready, { kind: 'obtain-failed', failure: e.unhealthy, release: v3 }, looked(mixed(v2, v3))],
      ends: 'choosing',
    },
    {
      it: 'is taken back when nothing serves any more',
      plan: shipping,
      events: [...shipped, e.settleFailed, looked(nothing), e.chosen(v2), looked(nothing)],
      ends: 'activating',
    },
    {
      it: 'stays when asked to',
      plan: { ...shipping, onFailure: 'none' },
      events: [...failing, looked(one(v3))],
      ends: 'stranded/on-failure-none, serving new',
    },
    {
      it: 'stays before a rollback barrier, also when asked to stay anyway',
      plan: { ...shipping, barrier: true, onFailure: 'none' },
      events: [...failing, looked(one(v3))],
      ends: 'stranded/barrier, serving new',
    },
    {
      it: 'stays when the change turned out to be a barrier, whatever the plan said',
      plan: shipping,
      events: [e.observed(one(v2)), barred, ...failing.slice(2), looked(one(v3))],
      ends: 'stranded/barrier, serving new',
    },
    {
      it: 'has nowhere to go back to as the first of its target',
      plan: shipping,
      events: [
        e.observed(nothing),
        ...e.passage(nothing),
        e.obtained(v3),
        e.settled,
        e.fails,
        looked(one(v3)),
        e.refused,
        looked(one(v3)),
      ],
      ends: 'stranded/no-target, serving new',
    },
    {
      it: 'has nowhere to go back to when no older release was verified',
      plan: shipping,
      events: [...failing, looked(one(v3)), e.refused, looked(one(v3))],
      ends: 'stranded/no-target, serving new',
    },
    {
      it: 'is not touched once someone else has moved the target',
      plan: shipping,
      events: [...failing, looked(one(theirs)), looked(one(theirs))],
      ends: 'stranded/superseded, serving unknown',
    },
    {
      it: 'is not touched once someone else has brought it back under a number of theirs',
      plan: shipping,
      events: [...failing, looked(one(v3Again)), looked(one(v3Again))],
      ends: 'stranded/superseded, serving unknown',
    },
    {
      it: 'is not touched when someone else moves the target just before the way back',
      plan: shipping,
      events: [...goingBack, looked(one(theirs)), looked(one(theirs))],
      ends: 'stranded/superseded, serving unknown',
    },
    {
      it: 'is not touched when the way back found another release live and switched nothing',
      plan: shipping,
      events: [...goingBack, looked(one(v3)), e.overtaken, looked(one(theirs)), looked(one(theirs))],
      ends: 'stranded/superseded, serving unknown',
    },
    {
      it: 'cannot be taken back when the platform does not answer',
      plan: shipping,
      events: [...failing, e.unreachable],
      ends: 'stranded/platform-unreachable, serving unknown',
    },
    {
      it: 'needs no activation when someone has already taken it back to the same release',
      plan: shipping,
      events: [...goingBack, looked(one(v4))],
      ends: 'settling',
    },
    {
      it: 'is activated anew where it serves already, and lacks a part that only activating makes',
      plan: shipping,
      events: [...goingBack, looked(one(v4)), e.settleIncomplete],
      ends: 'activating',
    },
    {
      it: 'is incomplete where activating it anew has not made that part',
      plan: shipping,
      events: [
        ...[...goingBack, looked(one(v4)), e.settleIncomplete, e.activated({ ...v4, id: 'v5' })],
        ...[e.settleIncomplete, looked(one({ ...v4, id: 'v5' }))],
      ],
      ends: 'stranded/incomplete, serving old',
    },
    {
      it: 'is brought to one number where it serves under two',
      plan: shipping,
      events: [...goingBack, looked(mixed(v4, { ...v4, id: 'v5' }))],
      ends: 'activating',
    },
    {
      it: 'is not taken for restored where somebody else ships the old image anew',
      plan: shipping,
      events: [...goingBack, looked(one(e.lookalike)), looked(one(e.lookalike))],
      ends: 'stranded/superseded, serving unknown',
    },
    {
      it: 'is restored though it had shipped the image that served before',
      plan: shipping,
      events: [
        ...[...ready, e.obtained({ ...v3, artifact: 'sha256:v2' }), e.settled, e.fails, looked(one(v3))],
        ...[e.chosen(v2), looked(one(v3)), e.activated(v4), e.settled, e.passes, looked(one(v4))],
      ],
      ends: 'restored/checks-failed, serving old',
    },
    {
      it: 'is restored where the old release serves under two numbers',
      plan: shipping,
      events: [
        ...goingBack,
        ...[looked(one(v3)), e.activated(v4), e.settled, e.passes, looked(mixed(v2, v4))],
      ],
      ends: 'restored/checks-failed, serving old',
    },
  ]);
});

describe('a restore that does not work', () => {
  const back = [...goingBack, looked(one(v3)), e.activated(v4)];
  table([
    {
      it: 'leaves the deploy stranded when the old release is unhealthy now',
      plan: shipping,
      events: [...back, e.settleFailed, looked(one(v4))],
      ends: 'stranded/restore-failed, serving old',
    },
    {
      it: 'leaves the deploy stranded when the old release fails gates that it had passed',
      plan: shipping,
      events: [...back, e.settled, e.fails, looked(one(v4))],
      ends: 'stranded/restore-failed, serving old',
    },
    {
      it: 'is inconclusive when the checks could not judge the old release',
      plan: shipping,
      events: [...back, e.settled, e.cutOff, looked(one(v4))],
      ends: 'inconclusive/runner-network, serving old',
    },
    {
      it: 'goes on when the activation’s answer was lost but it took effect',
      plan: shipping,
      events: [
        ...goingBack,
        looked(one(v3)),
        e.activationFailed,
        looked(one(v4)),
        e.settled,
        e.passes,
        looked(one(v4)),
      ],
      ends: 'restored/checks-failed, serving old',
    },
    {
      it: 'fails when the activation failed and the new release still serves',
      plan: shipping,
      events: [...goingBack, looked(one(v3)), e.activationFailed, looked(one(v3))],
      ends: 'stranded/restore-failed, serving new',
    },
    {
      it: 'switches nothing when the old release fails where it takes no traffic',
      plan: staging,
      events: [...staged, e.settled, e.fails, looked(one(v3)), e.chosen(v2), e.fails, looked(one(v3))],
      ends: 'inconclusive/both-down, serving new',
    },
  ]);
});

describe('a rollback', () => {
  table([
    {
      it: 'is restored when the chosen release serves and passes',
      plan: takingBack,
      events: [...chosen, looked(one(v3)), e.activated(v1), e.settled, e.passes, looked(one(v1))],
      ends: 'restored/verified, serving old',
    },
    {
      it: 'rests on the platform’s word without checks',
      plan: { ...takingBack, hasChecks: false },
      events: [
        ...[e.observed(one(v3)), e.admitted, e.recorded, e.obtained(v1)],
        ...[looked(one(v3)), e.activated(v1), e.settled, looked(one(v1))],
      ],
      ends: 'restored/platform-only, serving old',
    },
    {
      it: 'is stranded when there is nothing to go back to',
      plan: takingBack,
      events: [
        ...chosen.slice(0, -1),
        { kind: 'obtain-failed', failure: { ...e.unhealthy, reason: 'no-target' } },
        looked(one(v3)),
      ],
      ends: 'stranded/no-target, serving new',
    },
    {
      it: 'never goes forward again when the old release fails as well',
      plan: takingBack,
      events: [...chosen, looked(one(v3)), e.activated(v1), e.settled, e.fails, looked(one(v1))],
      ends: 'stranded/restore-failed, serving old',
    },
    {
      it: 'chooses once more when someone else has moved the target',
      plan: takingBack,
      events: [...chosen, looked(one(theirs))],
      ends: 'observing',
    },
    {
      it: 'chooses once more when the activation found another release live and switched nothing',
      plan: takingBack,
      events: [...chosen, looked(one(v3)), e.overtaken, looked(one(theirs))],
      ends: 'observing',
    },
    {
      it: 'takes back what it saw the second time',
      plan: takingBack,
      events: [
        ...[...chosen, looked(one(theirs)), e.observed(one(theirs)), ...e.passageBack],
        ...[e.obtained(v3), looked(one(theirs)), e.activated(v3), e.settled, e.passes, looked(one(v3))],
      ],
      ends: 'restored/verified, serving old',
    },
    {
      it: 'gives way when someone else has moved the target again',
      plan: takingBack,
      events: [
        ...[...chosen, looked(one(theirs)), e.observed(one(theirs)), ...e.passageBack],
        ...[e.obtained(v3), looked(one(e.lookalike)), looked(one(e.lookalike))],
      ],
      ends: 'stranded/superseded, serving unknown',
    },
    {
      it: 'knows no end when the platform is silent at the second choice',
      plan: takingBack,
      events: [...chosen, looked(one(theirs)), e.unreachable],
      ends: 'inconclusive/platform-unreachable, serving unknown',
    },
    {
      it: 'says what serves when it is cancelled at the second choice',
      plan: takingBack,
      events: [...chosen, looked(one(theirs)), e.cancelled, looked(one(theirs))],
      ends: 'cancelled/cancelled, serving unknown',
    },
    {
      it: 'chooses once more when what it took for served no longer does',
      plan: takingBack,
      events: [e.observed(one(v1)), e.alreadyServing, e.settled, e.passes, looked(one(theirs))],
      ends: 'observing',
    },
    {
      it: 'changes nothing when the old release fails where it takes no traffic',
      plan: { ...takingBack, checksStaged: true },
      events: [...chosen, e.fails, looked(one(v3))],
      ends: 'inconclusive/both-down, serving new',
    },
  ]);
});
