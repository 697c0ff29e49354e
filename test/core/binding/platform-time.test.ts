import { describe, expect, it } from 'vitest';
import { platformTime } from '../../../packages/core/src/binding/platform-time.ts';
import type { Http } from '../../../packages/core/src/http.ts';
import { manualClock } from '../../support/manual-clock.ts';

/** A platform whose clock is so far ahead of the runner's. */
function platform(aheadMs: number | undefined) {
  const clock = manualClock();
  const request: Http['request'] = async ({ method, url }) => {
    const headers = aheadMs === undefined ? {} : { date: new Date(clock.now() + aheadMs).toUTCString() };
    return { method, url, status: 200, headers, text: '', attempts: 1 };
  };
  const http: Http = { request, download: () => Promise.reject(new Error('nothing is downloaded')) };
  const time = platformTime({ http, clock });
  const ask = () => time.http.request({ method: 'GET', url: 'https://a.example', retry: 'read' });
  /** Seconds that its clock is ahead, as far as is known. */
  const ahead = () => Math.round((time.clock.now() - clock.now()) / 1000);
  return { clock, ask, ahead };
}

const hour = 3_600_000;

describe('the time of a platform', () => {
  it.each([
    ['an hour behind', hour, 3600],
    ['an hour ahead', -hour, -3600],
    ['as wrong as nobody could tell', 2_000, 0],
    ['right', 0, 0],
  ])('is the platform’s own where the runner’s clock is %s', async (_, aheadMs, seconds) => {
    const { ask, ahead, clock } = platform(aheadMs);
    expect(ahead()).toBe(0);
    await ask();
    expect(Math.abs(ahead() - seconds)).toBeLessThanOrEqual(1);
    await clock.advance(60_000);
    expect(Math.abs(ahead() - seconds)).toBeLessThanOrEqual(1);
  });

  it('is the runner’s where the platform does not tell it', async () => {
    const { ask, ahead } = platform(undefined);
    await ask();
    expect(ahead()).toBe(0);
  });
});
