import { describe, expect, it } from 'vitest';
import { DeadlineReached, within } from '../../../packages/core/src/rollout/within.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const bounds = (clock: VirtualClock) => ({ clock, ms: 1000, windUpMs: 300 });

describe('within', () => {
  it('answers what the work answers, and tells it how long it has', async () => {
    const clock = new VirtualClock();
    expect(await within(bounds(clock), async ({ budgetMs }) => budgetMs)).toEqual({
      kind: 'done',
      value: 1000,
    });
  });

  it('keeps an error that nobody caused', async () => {
    const error = new Error('no');
    const ended = await within(bounds(new VirtualClock()), () => Promise.reject(error));
    expect(ended).toEqual({ kind: 'threw', error });
  });

  it('aborts work whose time is up, with the time as the reason', async () => {
    const clock = new VirtualClock();
    let reason: unknown;
    const ended = await within(bounds(clock), async ({ signal }) => {
      await clock.sleep(5000, signal).catch((error: unknown) => {
        reason = error;
        throw error;
      });
    });
    expect(ended).toEqual({ kind: 'deadline' });
    expect(reason).toEqual(new DeadlineReached(1000));
    expect(clock.monotonic()).toBe(1000);
  });

  it('aborts work at once when the job is cancelled in the middle of it', async () => {
    const clock = new VirtualClock();
    const cancel = new AbortController();
    const cancelled = clock.sleep(200).then(() => cancel.abort(new Error('cancelled')));
    const ended = await within({ ...bounds(clock), cancel: cancel.signal }, ({ signal }) =>
      clock.sleep(900, signal),
    );
    await cancelled;
    expect(ended).toEqual({ kind: 'cancelled' });
    expect(clock.monotonic()).toBe(200);
  });

  it('gives work that was cut the time to wind up, and keeps what came of it', async () => {
    const clock = new VirtualClock();
    const ended = await within(bounds(clock), async ({ signal }) => {
      await clock.sleep(5000, signal).catch(() => clock.sleep(200));
      return 'stopped in order';
    });
    expect(ended).toEqual({ kind: 'done', value: 'stopped in order' });
    expect(clock.monotonic()).toBe(1200);
  });

  it('abandons work that does not wind up', async () => {
    const clock = new VirtualClock();
    expect(await within(bounds(clock), () => new Promise(() => {}))).toEqual({ kind: 'deadline' });
    expect(clock.monotonic()).toBe(1300);
  });
});
