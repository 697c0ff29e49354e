import { describe, expect, it } from 'vitest';
import { retry } from '#core/io';
import { manualClock } from '../../support/manual-clock.ts';

const always = () => true;

/** Fails this often, then answers the attempt that succeeded. */
function failing(times: number): (attempt: number) => Promise<number> {
  return async (attempt) => {
    if (attempt <= times) throw new Error(`attempt ${attempt} failed`);
    return attempt;
  };
}

describe('retry', () => {
  it('answers the first success', async () => {
    const policy = {
      clock: manualClock(),
      attempts: 5,
      backoff: { firstMs: 1, maxMs: 1 },
      shouldRetry: always,
    };
    expect(await retry(failing(3), policy)).toBe(4);
  });

  it('rejects with the last error when no attempts are left', async () => {
    const policy = {
      clock: manualClock(),
      attempts: 3,
      backoff: { firstMs: 1, maxMs: 1 },
      shouldRetry: always,
    };
    await expect(retry(failing(9), policy)).rejects.toThrow('attempt 3 failed');
  });

  it('rejects at once with an error that is not worth another attempt', async () => {
    const clock = manualClock();
    const policy = { clock, attempts: 3, backoff: { firstMs: 1, maxMs: 1 }, shouldRetry: () => false };
    await expect(retry(failing(9), policy)).rejects.toThrow('attempt 1 failed');
    expect(clock.pauses).toEqual([]);
  });

  it('pauses a random part of a time that doubles up to a most', async () => {
    const clock = manualClock();
    const backoff = { firstMs: 100, maxMs: 500, random: () => 0.5 };
    await retry(failing(5), { clock, attempts: 6, backoff, shouldRetry: always });
    expect(clock.pauses).toEqual([50, 100, 200, 250, 250]);
  });

  it('pauses as long as it is told to', async () => {
    const clock = manualClock();
    const shouldRetry = () => ({ afterMs: 7_000 });
    await retry(failing(1), { clock, attempts: 2, backoff: { firstMs: 1, maxMs: 1 }, shouldRetry });
    expect(clock.pauses).toEqual([7_000]);
  });

  it('does not begin a pause that would end beyond the deadline', async () => {
    const clock = manualClock();
    const backoff = { firstMs: 400, factor: 1, maxMs: 400, random: () => 1 };
    const policy = { clock, deadlineMs: 1_000, backoff, shouldRetry: always };
    await expect(retry(failing(9), policy)).rejects.toThrow('attempt 3 failed');
    expect(clock.pauses).toEqual([400, 400]);
  });

  it('tells the work its attempt and what is left of the deadline', async () => {
    const told: [number, number][] = [];
    const backoff = { firstMs: 100, factor: 1, maxMs: 100, random: () => 1 };
    await retry(
      async (attempt, remainingMs) => {
        told.push([attempt, remainingMs]);
        if (attempt < 3) throw new Error('again');
      },
      { clock: manualClock(), deadlineMs: 1_000, backoff, shouldRetry: always },
    );
    expect(told).toEqual([
      [1, 1_000],
      [2, 900],
      [3, 800],
    ]);
  });

  it('ends with the reason of the signal, whatever the work said', async () => {
    const cancel = new AbortController();
    const work = async () => {
      cancel.abort(new Error('cancelled'));
      throw new Error('aborted, says the socket');
    };
    const policy = {
      clock: manualClock(),
      attempts: 2,
      backoff: { firstMs: 1, maxMs: 1 },
      shouldRetry: always,
    };
    await expect(retry(work, { ...policy, signal: cancel.signal })).rejects.toThrow('cancelled');
  });
});
