import { describe, expect, it } from 'vitest';
import type { RolloutVerdict } from '../../../packages/core/src/rollout/plan.ts';
import * as e from '../../support/rollout-events.ts';

const { v1, v2, v3, v4, one, mixed, nothing, beside, looked, shipping, takingBack } = e;
const from = (live: ReturnType<typeof one>) => [e.observed(live), ...e.passage(live)];
const fromBack = (live: ReturnType<typeof one>) => [e.observed(live), ...e.passageBack];
const shipped = [...from(one(v2)), e.obtained(v3)];
const rollback = [...fromBack(beside(one(v3))), e.obtained(v1), looked(beside(one(v3)))];

function verdictOf(...[plan, events]: Parameters<typeof e.after>): RolloutVerdict {
  const { state } = e.after(plan, events);
  if (state.at !== 'ended') throw new Error(`It is ${state.at}.`);
  return state.verdict;
}

describe('a rollout beside machines that nobody manages', () => {
  it.each<e.Row>([
    {
      it: 'goes back all the same, and is not called done',
      plan: takingBack,
      events: [...rollback, e.activated(v1), e.settled, e.passes, looked(beside(one(v1)))],
      ends: 'stranded/unmanaged-machines, serving mixed',
    },
    {
      it: 'is not called unchanged where what is wanted serves already',
      plan: takingBack,
      events: [e.observed(beside(one(v1))), e.alreadyServing, e.settled, e.passes, looked(beside(one(v1)))],
      ends: 'stranded/unmanaged-machines, serving mixed',
    },
    {
      it: 'does nothing twice: what can be switched is what is wanted already',
      plan: takingBack,
      events: [...fromBack(beside(one(v3))), e.obtained(v1), looked(beside(one(v1)))],
      ends: 'settling',
    },
    {
      it: 'believes an activation that failed only in its answer',
      plan: takingBack,
      events: [...rollback, e.activationFailed, looked(beside(one(v1)))],
      ends: 'settling',
    },
    {
      it: 'tells of a mix where releases are mixed as well',
      plan: takingBack,
      events: [...rollback, e.activated(v1), e.settled, e.passes, looked(beside(mixed(v1, v3)))],
      ends: 'stranded/mixed-fleet, serving mixed',
    },
    {
      it: 'takes nothing back for one that has come up since it began',
      plan: shipping,
      events: [...shipped, e.settled, e.passes, looked(beside(one(v3)))],
      ends: 'stranded/unmanaged-machines, serving mixed',
    },
    {
      it: 'takes a failed deploy back, and does not call that restored',
      plan: shipping,
      events: [
        ...[...shipped, e.settled, e.fails, looked(beside(one(v3))), e.chosen(v2), looked(beside(one(v3)))],
        ...[e.activated(v4), e.settled, e.passes, looked(beside(one(v4)))],
      ],
      ends: 'stranded/unmanaged-machines, serving mixed',
    },
    {
      it: 'is rejected where nothing of it took traffic',
      plan: shipping,
      events: [...from(one(v2)), e.obtainFailed, looked(beside(one(v2))), looked(beside(one(v2)))],
      ends: 'rejected/unhealthy, serving mixed',
    },
    {
      it: 'knows nothing of what serves where only they do',
      plan: shipping,
      events: [...from(nothing), e.obtainFailed, looked(beside(nothing)), looked(beside(nothing))],
      ends: 'rejected/unhealthy, serving unknown',
    },
  ])('$it', ({ plan, events, ends }) => {
    expect(e.endOf(e.after(plan, events))).toBe(ends);
  });

  it('says which machine still answers, and the commands', () => {
    const events = [...rollback, e.activated(v1), e.settled, e.passes, looked(beside(one(v1)))];
    expect(verdictOf(takingBack, events).cause).toEqual({
      reason: 'unmanaged-machines',
      what: '1 machine that the platform’s client does not manage answers on the target’s ports: a9 (started, image shop:v1, port 443).',
      next:
        'Run `fly machine update a9 --app shop` to have it managed, or `fly machine destroy a9 --app shop --force` ' +
        'to be rid of it, or set `accept-machines: a9` to let it serve beside the release.',
    });
  });

  it('says so beside another cause as well', () => {
    const events = [...from(one(v2)), e.obtainFailed, looked(beside(one(v2))), looked(beside(one(v2)))];
    const { cause, notes } = verdictOf(shipping, events);
    expect(cause).toEqual(e.unhealthy);
    expect(notes).toEqual([expect.stringMatching(/^1 machine .* a9 .*\. Run `fly machine update a9/)]);
  });

  it('leaves no word on a release: what answered the checks may have been something else', () => {
    const events = [...rollback, e.activated(v1), e.settled, e.passes, looked(beside(one(v1)))];
    expect(e.after(takingBack, events).commands).toEqual([
      {
        do: 'note',
        record: 'change',
        fact: { kind: 'abandoned', by: 'v1 and a9, which nobody manages' },
        state: 'failure',
      },
    ]);
  });
});
