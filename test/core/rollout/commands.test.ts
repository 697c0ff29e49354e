import { describe, expect, it } from 'vitest';
import type { RolloutEvent } from '../../../packages/core/src/rollout/events.ts';
import * as e from '../../support/rollout-events.ts';

const { v1, v2, v3, v4, one, mixed, nothing, ready, looked, shipping, staging, finding } = e;
const start = (seen: RolloutEvent) => [seen, ...e.passage(seen.kind === 'observed' ? seen.live : e.nothing)];
/** What served at the first look. */
const liveOf = ([first]: readonly RolloutEvent[]) => (first?.kind === 'observed' ? first.live : undefined);
const failing = [e.obtained(v3), e.settled, e.fails, looked(one(v3))];

describe('where a restore goes', () => {
  it.each([
    ['to the release that was live, verified', start(e.observed(one(v2), 'pass')), v2],
    ['to the release that was live, settled without checks', start(e.observed(one(v2), 'settled')), v2],
    ['to the release that was live, unknown to the ledger', start(e.observed(one(v2), 'none')), v2],
    [
      'to the last verified one when what was live had failed',
      start(e.observed(one(v2), 'fail')),
      'last-verified',
    ],
    [
      'to the last verified one when what was live could not be judged',
      start(e.observed(one(v2), 'inconclusive')),
      'last-verified',
    ],
    [
      'to the last verified one when what was live cannot be brought back',
      start(e.observed(one({ ...v2, restorable: 'no' }), 'pass')),
      'last-verified',
    ],
    [
      'to the last verified one when several releases were live',
      start(e.observed(mixed(v1, v2))),
      'last-verified',
    ],
  ])('%s', (_, events, want) => {
    expect(e.after(shipping, [...events, ...failing]).commands).toEqual([
      { do: 'choose-restore', want, live: one(v3), before: liveOf(events), replaces: v3 },
    ]);
  });

  it('to the last verified one when the platform’s own deploy was live at the first look', () => {
    const events = [e.observed(one(v3), 'none'), e.alreadyServing, e.recorded, ...failing.slice(1)];
    expect(e.after(finding, events).commands).toEqual([
      { do: 'choose-restore', want: 'last-verified', live: one(v3), before: one(v3), replaces: v3 },
    ]);
  });
});

describe('the commands of a rollout', () => {
  it('begins by looking at what serves', () => {
    expect(e.after(shipping, []).commands).toEqual([{ do: 'observe', again: false }]);
  });

  it('says of what serves already that nothing of it is new, and of a new release nothing', () => {
    const verify = { do: 'verify', phase: 'after', restores: false };
    const same = [e.observed(one(v2)), e.alreadyServing, e.settled];
    expect(e.after(shipping, same).commands).toEqual([{ ...verify, release: v2, served: true }]);
    expect(e.after(shipping, [...ready, e.obtained(v3), e.settled]).commands.at(-1)).toEqual({
      ...verify,
      release: v3,
    });
  });

  it('runs the checks on what is live before anything changes', () => {
    expect(e.after(shipping, ready.slice(0, 4)).commands).toEqual([{ do: 'check-before', live: one(v2) }]);
  });

  it.each([
    ['when nothing serves', shipping, [e.observed(nothing), e.admitted, e.recorded, e.turn]],
    ['without checks', { ...shipping, hasChecks: false }, ready.slice(0, 4)],
  ])('runs no checks before the change %s', (_, plan, events) => {
    expect(e.after(plan, events).commands).toEqual([{ do: 'prepare' }]);
  });

  it('records a shipped release before it waits for it', () => {
    expect(e.after(shipping, [...ready, e.obtained(v3)]).commands).toEqual([
      {
        do: 'note',
        record: 'change',
        fact: { kind: 'shipped', release: 'v3', label: 'v3', artifact: 'sha256:v3' },
        state: 'in_progress',
      },
      { do: 'settle', release: v3, restores: false, owes: [] },
    ]);
  });

  it('stops what may still come before it looks again', () => {
    const failed: RolloutEvent = { kind: 'obtain-failed', failure: e.unhealthy, release: v3 };
    expect(e.after(shipping, [...ready, failed, looked(one(v2))]).commands).toEqual([
      { do: 'stop', release: v3 },
      { do: 'look' },
    ]);
  });

  it('records the failure before it goes back, and looks again before it switches', () => {
    expect(e.after(shipping, [...ready, ...failing, e.chosen(v2)]).commands).toEqual([
      { do: 'note', record: 'change', fact: { kind: 'restoring', release: 'v2' }, state: 'failure' },
      { do: 'open-restore', back: v2, replaces: v3 },
      { do: 'look' },
    ]);
  });

  it.each([
    ['and records it where it was this run', { kind: 'looked', live: one(v4), copy: v4 } as const, true],
    ['and does not call it its own where somebody else did', looked(one(v4)), false],
  ])('waits for the number under which a release was brought back, %s', (_, seen, isOwn) => {
    const note = { do: 'note', record: 'restore', fact: { kind: 'activated', release: 'v4' } };
    const expected = [
      ...(isOwn ? [{ ...note, state: 'in_progress' }] : []),
      { do: 'settle', release: v4, restores: true, owes: [] },
    ];
    const going = [...ready, ...failing, e.chosen(v2)];
    expect(e.after(shipping, [...going, seen]).commands).toEqual(expected);
    const failed = [...going, looked(one(v3)), e.activationFailed];
    expect(e.after(shipping, [...failed, seen]).commands).toEqual(expected);
  });

  it.each([
    ['while it ships', [...ready], true],
    ['while it brings back', [...ready, ...failing, e.chosen(v2), looked(one(v3))], true],
    ['before it brings back', [...ready, ...failing, e.chosen(v2)], false],
    ['while it settles', [...ready, e.obtained(v3)], false],
    ['before it ships', [...ready.slice(0, -1)], false],
  ])(
    'looks, where it is cancelled %s, at what may still move only where a change was cut',
    (_, events, moving) => {
      expect(e.after(shipping, [...events, e.cancelled]).commands).toEqual([
        moving ? { do: 'look', moving: true } : { do: 'look' },
      ]);
    },
  );

  it('judges a restore only by gates that passed before', () => {
    const events = [...ready, ...failing, e.chosen(v2), looked(one(v3)), e.activated(v4), e.settled];
    expect(e.after(shipping, events).commands).toEqual([
      { do: 'verify', phase: 'restored', release: v4, restores: true, gates: ['health'] },
    ]);
  });

  it('proves an old release by the same gates, where it can be reached without traffic', () => {
    const promoted = [...ready, e.obtained(v3), e.passes, looked(one(v2)), e.activated(v3)];
    const events = [...promoted, e.settled, e.fails, looked(one(v3)), e.chosen(v2)];
    expect(e.after(staging, events).commands.at(-1)).toEqual({
      do: 'verify',
      phase: 'staged',
      release: v2,
      restores: true,
      gates: ['health'],
    });
  });

  it('judges the change itself by all gates', () => {
    expect(e.after(shipping, [...ready, e.obtained(v3), e.settled]).commands.at(-1)).toEqual({
      do: 'verify',
      phase: 'after',
      release: v3,
      restores: false,
    });
  });

  it('retires the records of what served before once the new release is live', () => {
    const events = [...ready, e.obtained(v3), e.settled, e.passes, looked(one(v3))];
    expect(e.after(shipping, events).commands).toEqual([
      { do: 'note', record: 'change', fact: { kind: 'verdict', verdict: 'pass' }, state: 'success' },
      { do: 'retire' },
    ]);
  });

  it('retires the records of all else once the old release serves again', () => {
    const back = [...ready, ...failing, e.chosen(v2), looked(one(v3)), e.activated(v4), e.settled, e.passes];
    expect(e.after(shipping, [...back, looked(one(v4))]).commands).toEqual([
      { do: 'note', record: 'restore', fact: { kind: 'verdict', verdict: 'pass' }, state: 'success' },
      { do: 'note', record: 'restore', fact: { kind: 'restored', release: 'v4' }, state: 'success' },
      { do: 'retire' },
    ]);
  });

  it('tells of the first trouble when the restore fails as well', () => {
    const back = [...ready, ...failing, e.chosen(v2), looked(one(v3)), e.activated(v4)];
    expect(e.after(shipping, [...back, e.settleFailed, looked(one(v4))]).state).toMatchObject({
      verdict: { cause: e.unhealthy, notes: ['The change had failed first: GET / → fail'] },
    });
  });
});
