import { describe, expect, it } from 'vitest';
import type { RolloutEvent } from '../../../packages/core/src/rollout/events.ts';
import { transition } from '../../../packages/core/src/rollout/transition.ts';
import * as e from '../../support/rollout-events.ts';

const { v1, v2, v3, v4, theirs, one, mixed, ready, looked, shipping, staging, takingBack } = e;
const shipped = [...ready, e.obtained(v3)];
const goingBack = [...shipped, e.settled, e.fails, looked(one(v3)), e.chosen(v2)];
const held = e.held('7');
const same = [e.observed(one(v2)), e.alreadyServing];

function table(rows: readonly e.Row[]): void {
  it.each(rows)('$it', ({ plan, events, ends }) => {
    expect(e.endOf(e.after(plan, events))).toBe(ends);
  });
}

/** What is done at the end, in a word each. */
function asides(events: readonly RolloutEvent[], plan = shipping): readonly string[] {
  return e.after(plan, events).commands.map((command) => {
    if (command.do !== 'note') return command.do;
    const { fact, state } = command;
    return `${command.record} ${fact.kind} ${'verdict' in fact ? fact.verdict : ''} ${state}`;
  });
}

describe('a rollout that is cancelled', () => {
  const ends = 'cancelled/cancelled, serving old';
  table([
    {
      it: 'knows nothing before its first look',
      plan: shipping,
      events: [e.cancelled],
      ends: 'cancelled/cancelled, serving unknown',
    },
    {
      it: 'leaves what it saw while the gates were asked',
      plan: shipping,
      events: [...ready.slice(0, 1), e.cancelled],
      ends,
    },
    {
      it: 'leaves what it saw while it was recorded',
      plan: shipping,
      events: [...ready.slice(0, 2), e.cancelled],
      ends,
    },
    {
      it: 'looks once more while it asked whose turn it is',
      plan: shipping,
      events: [...ready.slice(0, 3), e.cancelled, looked(one(v2))],
      ends,
    },
    {
      it: 'looks once more after it has waited for its turn',
      plan: shipping,
      events: [...ready.slice(0, 3), held, e.cancelled, looked(one(v2))],
      ends,
    },
    {
      it: 'looks once more while the checks ran before',
      plan: shipping,
      events: [...ready.slice(0, 4), e.cancelled, looked(one(v2))],
      ends,
    },
    {
      it: 'looks once more while it was prepared',
      plan: shipping,
      events: [...ready.slice(0, 5), e.cancelled, looked(one(v2))],
      ends,
    },
    {
      it: 'looks once more while it ships',
      plan: shipping,
      events: [...ready, e.cancelled, looked(one(v2))],
      ends,
    },
    {
      it: 'says so when its release serves already',
      plan: shipping,
      events: [...shipped, e.cancelled, looked(mixed(v2, v3))],
      ends: 'cancelled/cancelled, serving mixed',
    },
    {
      it: 'leaves a release serving that was being verified',
      plan: shipping,
      events: [...shipped, e.settled, e.cancelled, looked(one(v3))],
      ends: 'cancelled/cancelled, serving new',
    },
    {
      it: 'knows nothing when the platform does not answer the last look',
      plan: shipping,
      events: [...shipped, e.cancelled, e.unreachable],
      ends: 'cancelled/cancelled, serving unknown',
    },
    {
      it: 'starts no restore when it was looking what to take back',
      plan: shipping,
      events: [...shipped, e.settled, e.fails, e.cancelled, looked(one(v3))],
      ends: 'cancelled/cancelled, serving new',
    },
    {
      it: 'starts no restore when it was choosing where to go back to',
      plan: shipping,
      events: [...shipped, e.settled, e.fails, looked(one(v3)), e.cancelled, looked(one(v3))],
      ends: 'cancelled/cancelled, serving new',
    },
    {
      it: 'does not promote what it has staged',
      plan: staging,
      events: [...ready, e.obtained(v3), e.passes, e.cancelled, looked(one(v2))],
      ends,
    },
  ]);

  it('stops what it had under way while the old release serves', () => {
    expect(asides([...shipped, e.cancelled, looked(one(v2))])).toEqual([
      'stop',
      'change verdict inconclusive error',
    ]);
  });

  it.each([
    ['its own release has traffic', one(v3), ['change activated  in_progress']],
    ['a part of the traffic is its own', mixed(v2, v3), ['change activated  in_progress']],
    ['someone else serves', one(theirs), []],
  ])('stops nothing when %s', (_, live, told) => {
    const last = 'change verdict inconclusive error';
    expect(asides([...shipped, e.cancelled, looked(live)])).toEqual([...told, last]);
  });

  it('stops nothing of a deploy that the platform made itself', () => {
    const found = [e.observed(one(v2)), ...e.passageBack, e.obtained(v3)];
    const stopped = asides([...found, e.cancelled, looked(one(v2))], e.finding);
    expect(stopped).toEqual(['change verdict inconclusive error']);
  });

  it('records nothing when nothing was to be changed', () => {
    expect(asides([...same, e.cancelled, looked(one(v2))])).toEqual([]);
  });

  it('leaves a restore that had begun to post, and its record open', () => {
    const { state, commands } = e.after(shipping, [
      ...goingBack,
      looked(one(v3)),
      e.cancelled,
      looked(one(v3)),
    ]);
    expect(commands).toEqual([]);
    expect(state).toMatchObject({
      at: 'ended',
      verdict: { outcome: 'cancelled', serving: 'new', cause: { reason: 'checks-failed' } },
      unfinished: { to: 'restore', release: v2 },
    });
  });

  it('keeps that the change had failed', () => {
    expect(asides([...shipped, e.settled, e.fails, e.cancelled, looked(one(v3))])).toEqual([
      'change verdict fail error',
    ]);
  });
});

describe('a rollout that runs out of time', () => {
  const before = 'error/deploy-timeout, serving old';
  table([
    {
      it: 'is an error before its first look',
      plan: shipping,
      events: [e.deadline],
      ends: 'error/deploy-timeout, serving unknown',
    },
    {
      it: 'is an error while the gates are asked',
      plan: shipping,
      events: [...ready.slice(0, 1), e.deadline],
      ends: before,
    },
    {
      it: 'is an error while it is recorded',
      plan: shipping,
      events: [...ready.slice(0, 2), e.deadline],
      ends: before,
    },
    {
      it: 'is an error while it asks whose turn it is',
      plan: shipping,
      events: [...ready.slice(0, 3), e.deadline, looked(one(v2))],
      ends: before,
    },
    {
      it: 'is an error while the checks run before',
      plan: shipping,
      events: [...ready.slice(0, 4), e.deadline, looked(one(v2))],
      ends: before,
    },
    {
      it: 'is rejected while it is prepared',
      plan: shipping,
      events: [...ready.slice(0, 5), e.deadline, looked(one(v2)), looked(one(v2))],
      ends: 'rejected/deploy-timeout, serving old',
    },
    {
      it: 'is an error while it looks for the last time before it ships',
      plan: shipping,
      events: [...ready.slice(0, 7), e.deadline, looked(one(v2))],
      ends: before,
    },
    {
      it: 'is rejected when the old release still serves',
      plan: shipping,
      events: [...ready, e.deadline, looked(one(v2)), looked(one(v2))],
      ends: 'rejected/deploy-timeout, serving old',
    },
    {
      it: 'is taken back when its release took traffic',
      plan: shipping,
      events: [...shipped, e.deadline, looked(mixed(v2, v3))],
      ends: 'choosing',
    },
    {
      it: 'is stranded when the platform does not answer after its release took traffic',
      plan: shipping,
      events: [...shipped, e.settled, e.deadline, e.deadline],
      ends: 'stranded/platform-unreachable, serving unknown',
    },
    {
      it: 'is stranded while choosing where to go back to',
      plan: shipping,
      events: [...shipped, e.settleFailed, looked(one(v3)), e.deadline, looked(one(v3))],
      ends: 'stranded/restore-failed, serving new',
    },
    {
      it: 'is stranded in the middle of a restore',
      plan: shipping,
      events: [...goingBack, looked(one(v3)), e.activated(v4), e.deadline, looked(one(v4))],
      ends: 'stranded/restore-failed, serving old',
    },
    {
      it: 'is stranded with what already served',
      plan: shipping,
      events: [...same, e.deadline, looked(one(v2))],
      ends: 'stranded/already-live-failing, serving new',
    },
    {
      it: 'is rejected as a rollback when the release to be taken back still serves',
      plan: takingBack,
      events: [e.observed(one(v3)), ...e.passageBack, e.obtained(v1), e.deadline, looked(one(v3))],
      ends: 'rejected/deploy-timeout, serving new',
    },
    {
      it: 'says what serves after a rollback that failed in its last moment',
      plan: takingBack,
      events: [
        e.observed(one(v3)),
        ...e.passageBack,
        e.obtained(v1),
        looked(one(v3)),
        e.activated(v4),
        e.settleFailed,
        e.deadline,
        looked(one(v4)),
      ],
      ends: 'stranded/restore-failed, serving old',
    },
  ]);
});

describe('a rollout that a gate blocks', () => {
  it('ends with the gate’s reason and changes nothing', () => {
    const blocked = {
      reason: 'older-than-live',
      what: 'aaaaaaa is older than bbbbbbb.',
      next: 'Deploy the newest.',
    };
    const { state, commands } = e.after(shipping, [
      e.observed(one(v2)),
      { kind: 'blocked', failure: blocked },
    ]);
    expect(state).toEqual({
      at: 'ended',
      verdict: {
        outcome: 'blocked',
        reason: 'older-than-live',
        serving: 'old',
        cause: blocked,
        previous: v2,
        live: one(v2),
        notes: [],
      },
    });
    expect(commands).toEqual([]);
  });
});

describe('the transition function', () => {
  const states = [
    e.after(shipping, []),
    ...shipped.map((_, index) => e.after(shipping, shipped.slice(0, index + 1))),
    ...goingBack.map((_, index) => e.after(shipping, goingBack.slice(0, index + 1))),
    e.after(shipping, [...shipped, e.settled, e.passes]),
    e.after(shipping, [...shipped, e.cancelled]),
    e.after(shipping, [e.cancelled]),
  ];

  it.each(states.map(({ state }) => [state.at, state] as const))(
    'refuses in %s what cannot come',
    (at, state) => {
      const odd: RolloutEvent = at === 'observing' ? e.recorded : e.observed(one(v1));
      expect(() => transition(state, odd)).toThrow(
        `A rollout that is ${at} cannot take the event ${odd.kind}.`,
      );
    },
  );

  it.each(['cancelled', 'deadline'] as const)(
    'refuses %s at the last looks, which have a limit of their own',
    (kind) => {
      const concluding = e.after(shipping, [...shipped, e.settled, e.passes]);
      expect(() => transition(concluding.state, { kind })).toThrow(
        'A rollout that is confirming cannot be interrupted.',
      );
    },
  );
});
