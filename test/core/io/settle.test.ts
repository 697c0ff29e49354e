import { describe, expect, it } from 'vitest';
import { HttpError } from '#core';
import { type Settled, settle, settlePolicy } from '#core/io';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';

const down = new HttpError({
  kind: 'status',
  method: 'GET',
  url: 'https://api.test/',
  status: 503,
  reason: 'Service Unavailable',
  maybeEffective: false,
  attempts: 6,
});

/** Looks answer these in order, then the last for ever. */
function settleOver(
  looks: readonly (string | Error)[],
  {
    clock = manualClock(),
    deadlineMs = 600_000,
    signal,
  }: { clock?: ManualClock; deadlineMs?: number; signal?: AbortSignal } = {},
): Promise<Settled<string>> {
  let at = 0;
  return settle({
    clock,
    signal,
    policy: { ...settlePolicy, deadlineMs },
    isFinal: (state) => state === 'complete',
    look: async () => {
      const state = looks[Math.min(at, looks.length - 1)] ?? 'never';
      at += 1;
      if (typeof state !== 'string') throw state;
      return state;
    },
  });
}

describe('settle', () => {
  it('answers the final state, without a pause when it is final at once', async () => {
    const clock = manualClock();
    expect(await settleOver(['complete'], { clock })).toEqual({ kind: 'final', value: 'complete' });
    expect(clock.pauses).toEqual([]);
  });

  it('looks less often while nothing changes, and often again after a change', async () => {
    const clock = manualClock();
    const looks = [
      'pending',
      'pending',
      'pending',
      'pending',
      'pending',
      'pending',
      'running',
      'running',
      'complete',
    ];
    await settleOver(looks, { clock });
    expect(clock.pauses).toEqual([250, 375, 562.5, 843.75, 1_000, 1_000, 250, 375]);
  });

  it('makes at most a request a second of a state that does not move', async () => {
    const clock = manualClock();
    await settleOver(['pending'], { clock, deadlineMs: 60_000 });
    const steady = clock.pauses.slice(5);
    expect([steady.length > 50, Math.min(...steady)]).toEqual([true, 1_000]);
  });

  it('answers what was seen last when time runs out', async () => {
    const clock = manualClock();
    const settled = await settleOver(['pending', 'running'], { clock, deadlineMs: 5_000 });
    expect(settled).toEqual({ kind: 'deadline', last: 'running' });
    expect(clock.monotonic()).toBeLessThanOrEqual(5_000);
  });

  it('tolerates failed looks in between', async () => {
    const looks = [down, down, down, down, down, 'pending', down, 'complete'];
    expect(await settleOver(looks)).toEqual({ kind: 'final', value: 'complete' });
  });

  it('is unreachable after six failed looks in a row', async () => {
    const clock = manualClock();
    expect(await settleOver(['pending', down], { clock })).toEqual({ kind: 'unreachable', error: down });
    expect(clock.pauses.length).toBe(6);
  });

  it('is unreachable when nothing was ever seen before the deadline', async () => {
    expect(await settleOver([down], { deadlineMs: 500 })).toEqual({ kind: 'unreachable', error: down });
  });

  it('keeps to what was seen when only the look at the deadline failed', async () => {
    expect(await settleOver(['pending', 'pending', down], { deadlineMs: 800 })).toEqual({
      kind: 'deadline',
      last: 'pending',
    });
  });

  it('throws what is not the network’s fault', async () => {
    await expect(settleOver(['pending', new TypeError('ours')])).rejects.toThrow('ours');
  });

  it('tells each look how much time is left', async () => {
    const remaining: number[] = [];
    await settle({
      clock: manualClock(),
      policy: { ...settlePolicy, deadlineMs: 1_000 },
      isFinal: () => false,
      look: async (ms) => {
        remaining.push(ms);
      },
    });
    expect(remaining).toEqual([1_000, 750, 375]);
  });

  it('ends with the reason of the signal', async () => {
    const signal = AbortSignal.abort(new Error('cancelled'));
    await expect(settleOver(['pending'], { signal })).rejects.toThrow('cancelled');
  });
});
