import { describe, expect, it } from 'vitest';
import * as e from '../../support/rollout-events.ts';

const { v1, v2, v3, theirs, one, looked, shipping, finding, takingBack, nothing } = e;
const recorded = [e.observed(one(v2)), e.admitted, e.recorded];
const queued = [...recorded, e.turn];
const ready = [...recorded, e.turn, e.checkedBefore, e.prepared];
const waited = [...recorded, e.held('7'), e.turnCame];

/** What is done next, a word each. */
function next(plan: typeof shipping, events: Parameters<typeof e.after>[1]): readonly string[] {
  return e.after(plan, events).commands.map((command) => command.do);
}

describe('a deploy asks whose turn it is', () => {
  it.each<e.Row>([
    { it: 'as soon as it has a record', plan: shipping, events: recorded, ends: 'queueing' },
    { it: 'again when it is ready to ship', plan: shipping, events: ready, ends: 'claiming' },
    {
      it: 'not where the platform deploys by itself',
      plan: finding,
      events: recorded,
      ends: 'checking-before',
    },
    { it: 'not as a rollback', plan: takingBack, events: recorded, ends: 'checking-before' },
    {
      it: 'and waits while another goes first',
      plan: shipping,
      events: [...recorded, e.held('7')],
      ends: 'waiting',
    },
    {
      it: 'and waits where the other one could not be seen at first',
      plan: shipping,
      events: [...ready, e.held('7')],
      ends: 'waiting',
    },
    {
      it: 'and goes on where the records cannot be read',
      plan: shipping,
      events: [
        ...recorded,
        e.turnUnknown,
        e.checkedBefore,
        e.prepared,
        e.turnUnknown,
        e.lookedAgain(one(v2)),
      ],
      ends: 'obtaining',
    },
    {
      it: 'and ends where somebody takes the target back meanwhile',
      plan: shipping,
      events: [...ready, e.overtakenBy('8'), looked(one(v1))],
      ends: 'stranded/superseded, serving unknown',
    },
    {
      it: 'and ends where somebody takes the target back while it waits',
      plan: shipping,
      events: [...recorded, e.held('7'), e.overtakenBy('8'), looked(one(v2))],
      ends: 'stranded/superseded, serving old',
    },
  ])('$it', ({ plan, events, ends }) => {
    expect(e.endOf(e.after(plan, events))).toBe(ends);
  });

  it('for good only directly before it ships', () => {
    expect(e.after(shipping, recorded).commands).toEqual([{ do: 'take-turn', final: false }]);
    expect(e.after(shipping, ready).commands).toEqual([{ do: 'take-turn', final: true }]);
  });

  it('and says so where it could not be told', () => {
    const { state } = e.after(shipping, [...ready, e.turnUnknown, e.lookedAgain(one(v2)), e.obtained(v3)]);
    expect('known' in state ? state.known.notes : []).toEqual([
      'Whether another run was at work could not be seen: the records were not readable when this one began to change the target.',
    ]);
  });
});

describe('a deploy whose turn has come', () => {
  it.each<e.Row>([
    { it: 'observes anew', plan: shipping, events: waited, ends: 'observing' },
    {
      it: 'asks every gate again, and stops where one says no now',
      plan: shipping,
      events: [...waited, e.observed(one(theirs)), { kind: 'blocked', failure: e.unhealthy }],
      ends: 'blocked/unhealthy, serving old',
    },
    {
      it: 'asks once more whose turn it is',
      plan: shipping,
      events: [...waited, e.observed(one(theirs)), e.admitted, e.recorded],
      ends: 'queueing',
    },
    {
      it: 'ships over what serves then',
      plan: shipping,
      events: [...waited, e.observed(one(theirs)), ...e.passage(one(theirs))],
      ends: 'obtaining',
    },
    {
      it: 'is unchanged where the other one made live what it wanted',
      plan: shipping,
      events: [
        ...[...waited, e.observed(one(theirs)), e.alreadyServing],
        ...[e.settled, e.passes, looked(one(theirs))],
      ],
      ends: 'unchanged/already-live, serving new',
    },
    {
      it: 'is inconclusive where nothing can be observed any more',
      plan: shipping,
      events: [...waited, e.unreachable],
      ends: 'inconclusive/platform-unreachable, serving unknown',
    },
  ])('$it', ({ plan, events, ends }) => {
    expect(e.endOf(e.after(plan, events))).toBe(ends);
  });

  it('goes back, when it fails, to what served after the wait', () => {
    const shipped = [...waited, e.observed(one(theirs)), ...e.passage(one(theirs)), e.obtained(v3)];
    const { commands } = e.after(shipping, [...shipped, e.settled, e.fails, looked(one(v3))]);
    expect(commands).toMatchObject([{ do: 'choose-restore', want: theirs, before: one(theirs) }]);
  });

  it('keeps its record, and writes into it what it stands on now', () => {
    const { commands } = e.after(shipping, [...waited, e.observed(one(theirs)), e.admitted]);
    expect(commands).toEqual([{ do: 'record', live: one(theirs), queued: true }]);
  });
});

describe('the record of a deploy that ships nothing', () => {
  const ended = (state: string) => [
    { do: 'note', record: 'change', fact: { kind: 'abandoned', by: 'v2' }, state },
  ];

  it.each([
    [
      'is blocked after a wait',
      [...waited, e.observed(one(v2)), { kind: 'blocked', failure: e.unhealthy }],
      'error',
    ],
    ['is cancelled while it is opened', [e.observed(one(v2)), e.admitted, e.cancelled], 'error'],
    ['runs out of time while it is opened', [e.observed(one(v2)), e.admitted, e.deadline], 'error'],
    ['is cancelled while it waits', [...recorded, e.held('7'), e.cancelled, looked(one(v2))], 'error'],
    ['runs out of time before it ships', [...queued, e.deadline, looked(one(v2))], 'error'],
    ['cannot look any more', [...ready, e.turn, e.unreachable], 'error'],
    [
      'finds what it wants after a wait',
      [...waited, e.observed(one(v2)), e.alreadyServing, e.settled, e.passes, looked(one(v2))],
      'inactive',
    ],
    ['is overtaken by a rollback', [...ready, e.overtakenBy('8'), looked(one(v2))], 'failure'],
  ] as const)('comes to its end where it %s', (_, events, state) => {
    const by = events.some(({ kind }) => kind === 'unreachable') ? 'unknown' : 'v2';
    expect(e.after(shipping, events).commands).toEqual(
      ended(state).map((note) => ({ ...note, fact: { ...note.fact, by } })),
    );
  });
});

describe('the last look before a deploy ships', () => {
  it.each<e.Row>([
    {
      it: 'finds what served before',
      plan: shipping,
      events: [...ready, e.turn, e.lookedAgain(one(v2))],
      ends: 'obtaining',
    },
    {
      it: 'finds that somebody has moved the target, and nothing is shipped over it',
      plan: shipping,
      events: [...ready, e.turn, e.lookedAgain(one(theirs)), looked(one(theirs))],
      ends: 'stranded/superseded, serving unknown',
    },
    {
      it: 'finds what a run has made live that goes first and was not seen, as if it had been waited for',
      plan: shipping,
      events: [...ready, e.turnMeanwhile, e.lookedAgain(one(theirs))],
      ends: 'observing',
    },
    {
      it: 'finds that what is wanted serves, by a record that was not to be seen before',
      plan: shipping,
      events: [...ready, e.turn, e.lookedAgain(one(v2), true), e.settled, e.passes, looked(one(v2))],
      ends: 'unchanged/already-live, serving new',
    },
    {
      it: 'finds that nothing serves any more',
      plan: shipping,
      events: [...ready, e.turn, e.lookedAgain(nothing), looked(nothing)],
      ends: 'stranded/superseded, serving nothing',
    },
  ])('$it', ({ plan, events, ends }) => {
    expect(e.endOf(e.after(plan, events))).toBe(ends);
  });

  it('is not made where the build failed: nothing took traffic', () => {
    const events = [...queued, e.checkedBefore, e.prepareFailed];
    expect(next(shipping, events)).toEqual(['look']);
    expect(e.endOf(e.after(shipping, [...events, looked(one(v2)), looked(one(v2))]))).toBe(
      'rejected/build-failed, serving old',
    );
  });
});

describe('a release that somebody made unseen in the moment before ours', () => {
  const between = { kind: 'obtained', release: v3, between: [theirs] } as const;
  const served = [...ready, e.turn, e.lookedAgain(one(v2)), between, e.settled, e.passes, looked(one(v3))];

  it('is never passed over: what was taken over is told, and not called live', () => {
    const { state } = e.after(shipping, served);
    expect(state).toMatchObject({
      verdict: {
        outcome: 'stranded',
        reason: 'superseded',
        serving: 'new',
        cause: {
          reason: 'superseded',
          what: 'v9 was made by somebody else between the last look and v3, and was taken over unseen.',
          next: 'See which of the two should serve, and deploy or roll back to it.',
        },
      },
    });
  });

  it('says nothing against the release that took it over, which passed', () => {
    expect(e.after(shipping, served).commands).toEqual([
      { do: 'note', record: 'change', fact: { kind: 'verdict', verdict: 'pass' }, state: 'failure' },
    ]);
  });

  it('that ends the shipping is not shipped over', () => {
    const failure = { reason: 'superseded', what: 'v9 runs.', next: 'Look at its run.' };
    const events = [...ready, e.turn, e.lookedAgain(one(v2)), { kind: 'obtain-failed', failure } as const];
    expect(e.endOf(e.after(shipping, [...events, looked(one(theirs))]))).toBe(
      'stranded/superseded, serving unknown',
    );
  });
});
