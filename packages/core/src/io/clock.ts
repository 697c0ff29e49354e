import { setTimeout as delay } from 'node:timers/promises';

/** The port to time. Tests replace it; nothing else in core reads the time or sleeps. */
export interface Clock {
  /** Wall clock, milliseconds since the epoch: for records and names only. */
  now(): number;
  /** Milliseconds that never run backwards: for deadlines and durations. */
  monotonic(): number;
  /** Resolves after `ms`; rejects with the signal's reason when aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(ms, signal) {
    signal?.throwIfAborted();
    try {
      await delay(Math.max(0, ms), undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      throw signal?.aborted === true ? signal.reason : error;
    }
  },
};
