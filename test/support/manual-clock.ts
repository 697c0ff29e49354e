import type { Clock } from '../../packages/core/src/io/clock.ts';

/** A clock that only sleeping moves: policies run at once, and the test sees every pause. */
export interface ManualClock extends Clock {
  /** Every pause asked for, milliseconds. */
  readonly pauses: readonly number[];
  advance(ms: number): void;
}

export function manualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let elapsed = 0;
  const pauses: number[] = [];
  return {
    pauses,
    now: () => start + elapsed,
    monotonic: () => elapsed,
    advance(ms) {
      elapsed += ms;
    },
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      pauses.push(ms);
      elapsed += Math.max(0, ms);
    },
  };
}
