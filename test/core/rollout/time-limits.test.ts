import { describe, expect, it } from 'vitest';
import type { RolloutState } from '../../../packages/core/src/rollout/state.ts';
import { type RolloutLimits, TimeLimits } from '../../../packages/core/src/rollout/time-limits.ts';
import { manualClock } from '../../support/manual-clock.ts';

const known = { plan: { kind: 'deploy' } };
const at = (state: object) => ({ known, ...state }) as unknown as RolloutState;
const obtaining = at({ at: 'obtaining' });
const restoring = at({ at: 'activating', move: { to: 'restore' } });
const turningBack = at({ at: 'assessing-failure' });
const concluding = at({ at: 'confirming' });

function limitsOf(given: Partial<RolloutLimits> = {}) {
  const clock = manualClock();
  const { signal } = new AbortController();
  const limits = { timeoutMs: 20_000, restoreTimeoutMs: 5_000, signal, ...given };
  return { clock, times: new TimeLimits(clock, limits) };
}

/** When a state that begins now is over at the latest, with whatever it has to wind up: milliseconds since the start. */
function endOf({ clock, times }: ReturnType<typeof limitsOf>, state: RolloutState): number {
  const { ms, windUpMs } = times.term(state);
  return clock.monotonic() + Math.max(0, ms) + windUpMs;
}

describe('a rollout whose every step takes all the time it may', () => {
  it('has looked, stopped and written everything within 6 s after both limits', () => {
    const run = limitsOf();
    const { clock, times } = run;
    const ends: Record<string, number> = {};
    const use = (name: string, until: number) => {
      clock.advance(until - clock.monotonic());
      ends[name] = until;
    };
    use('ship', endOf(run, obtaining));
    use('look back', endOf(run, turningBack));
    use('restore', endOf(run, restoring));
    use('last look', endOf(run, concluding));
    use('stop', clock.monotonic() + times.asideMs('stop'));
    use('flush', clock.monotonic() + times.asideMs('flush'));
    expect(ends).toEqual({
      ship: 25_800,
      'look back': 28_500,
      restore: 28_750,
      'last look': 29_500,
      stop: 30_000,
      flush: 30_500,
    });
  });

  it('keeps the same order without a time of its own to go back', () => {
    const run = limitsOf({ restoreTimeoutMs: 0 });
    run.clock.advance(endOf(run, obtaining));
    expect(run.clock.monotonic()).toBe(15_800);
    expect(endOf(run, concluding)).toBe(20_800);
    run.clock.advance(60_000);
    expect(run.times.term(concluding).ms).toBe(250);
  });
});

describe('the last look', () => {
  it('may wait for a minute of Retry-After where there is time', () => {
    const { times } = limitsOf({ timeoutMs: 600_000 });
    expect(times.term(concluding).ms).toBe(75_000);
  });

  it.each([
    ['three seconds', 0, 3_000],
    ['what the client took of it less', 3_500, 2_500],
    ['one second, however long the client took', 5_800, 1_000],
  ])('has %s once the job is cancelled, so that all of it ends after 9 s', (_, afterMs, expected) => {
    const { times, clock } = limitsOf({ signal: AbortSignal.abort() });
    clock.advance(afterMs);
    expect(times.term(concluding).ms).toBe(expected);
  });
});

it('a wait for another run moves every limit', () => {
  const waited: number[] = [];
  const run = limitsOf({ waited: (ms) => waited.push(ms) });
  run.times.pause(60_000);
  run.clock.advance(60_000);
  expect([endOf(run, obtaining), waited]).toEqual([85_800, [60_000]]);
});
