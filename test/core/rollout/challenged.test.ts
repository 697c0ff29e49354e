import { describe, expect, it } from 'vitest';
import type { RolloutEvent } from '../../../packages/core/src/rollout/events.ts';
import * as e from '../../support/rollout-events.ts';

const { v1, v2, v3, one, ready, looked, shipping, staging, takingBack } = e;

const challengedBefore: RolloutEvent = {
  kind: 'checked-before',
  passed: ['health'],
  challenged: 'home: status: expected an answer of the service itself, got 403 from Cloudflare',
};
const challenged: RolloutEvent = {
  kind: 'verified',
  verdict: { outcome: 'error', reason: 'challenged', note: 'home: 403 from Cloudflare' },
};
const met = [e.observed(one(v2)), e.admitted, e.recorded, e.turn, challengedBefore];

describe('a challenge that the look before shipping meets', () => {
  it.each([
    ['where shipping activates', shipping],
    ['where a release is staged first', staging],
  ])('ends a deploy before anything is changed, %s', (_, plan) => {
    expect(e.endOf(e.after(plan, [...met, looked(one(v2))]))).toBe('error/challenged, serving old');
  });

  it('ends its record, which is open, without a word on any release', () => {
    expect(e.after(shipping, [...met, looked(one(v2))]).commands).toEqual([
      { do: 'note', record: 'change', fact: { kind: 'abandoned', by: 'v2' }, state: 'error' },
    ]);
  });

  it('tells which check met it', () => {
    const { state } = e.after(shipping, [...met, looked(one(v2))]);
    expect(state.at === 'ended' && state.verdict.cause?.what).toBe(
      'home: status: expected an answer of the service itself, got 403 from Cloudflare',
    );
  });

  it('says what serves as far as it can be seen', () => {
    expect(e.endOf(e.after(shipping, [...met, e.unreachable]))).toBe('error/challenged, serving unknown');
  });

  it('keeps nobody from going back', () => {
    const events = [e.observed(one(v3)), e.admitted, e.recorded, challengedBefore];
    expect(e.after(takingBack, events).commands).toEqual([{ do: 'obtain' }]);
  });
});

describe('a challenge that is met only afterwards', () => {
  const shipped = [...ready, e.obtained(v3), e.settled];

  it('leaves the new release serving, not judged', () => {
    const last = e.after(shipping, [...shipped, challenged]);
    expect(last.commands).toEqual([{ do: 'look' }]);
    expect(e.endOf(e.after(shipping, [...shipped, challenged, looked(one(v3))]))).toBe(
      'inconclusive/challenged, serving new',
    );
  });

  it('leaves what a way back led to serving as well', () => {
    const events = [
      ...[...shipped, e.fails, looked(one(v3)), e.chosen(v2), looked(one(v3))],
      ...[e.activated(e.v4), e.settled, challenged, looked(one(e.v4))],
    ];
    expect(e.endOf(e.after(shipping, events))).toBe('inconclusive/challenged, serving old');
  });

  it('leaves what a rollback led to serving', () => {
    const events = [
      ...[e.observed(one(v3)), ...e.passageBack, e.obtained(v1), looked(one(v3))],
      ...[e.activated(v1), e.settled, challenged, looked(one(v1))],
    ];
    expect(e.endOf(e.after(takingBack, events))).toBe('inconclusive/challenged, serving old');
  });
});

describe('what the checks are told of caches', () => {
  const verifying = (events: readonly RolloutEvent[], plan = shipping) =>
    e.after(plan, events).commands.find((command) => command.do === 'verify');

  it.each<[string, readonly RolloutEvent[], boolean]>([
    ['a new release is newer than what they have', [...ready, e.obtained(v3), e.settled], false],
    ['what served already is not', [e.observed(one(v3)), e.alreadyServing, e.settled], true],
  ])('%s', (_, events, served) => {
    expect(verifying(events)).toMatchObject({ phase: 'after' });
    expect(verifying(events)).toHaveProperty('release.id', 'v3');
    expect('served' in (verifying(events) ?? {})).toBe(served);
  });
});
