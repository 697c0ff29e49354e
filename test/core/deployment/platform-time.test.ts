import { describe, expect, it } from 'vitest';
import { platformTime } from '../../../packages/core/src/deployment/platform-time.ts';
import type { Http } from '../../../packages/core/src/io/http.ts';
import { manualClock } from '../../support/manual-clock.ts';

/** A platform each of whose answers is so far ahead of the runner's clock; `undefined`: it does not tell. */
function platform(...aheadMs: readonly (number | undefined)[]) {
  const clock = manualClock();
  const left = [...aheadMs];
  let stepped = 0;
  const runner = { ...clock, now: () => clock.now() + stepped };
  const request: Http['request'] = async ({ method, url }) => {
    const ahead = left.length > 1 ? left.shift() : left[0];
    const headers = ahead === undefined ? {} : { date: new Date(clock.now() + ahead).toUTCString() };
    return { method, url, status: 200, headers, text: '', attempts: 1 };
  };
  const nothing = () => Promise.reject(new Error('nothing is moved'));
  const http: Http = { request, download: nothing, upload: nothing };
  const time = platformTime({ http, clock: runner });
  const ask = () => time.http.request({ method: 'GET', url: 'https://a.example', retry: 'read' });
  return {
    clock,
    ask,
    async asked(times: number) {
      for (let asked = 0; asked < times; asked += 1) await ask();
    },
    /** The runner's clock is set by so much. */
    step(ms: number) {
      stepped += ms;
    },
    /** Seconds that its clock is ahead of what the runner's had been, as far as is known. */
    ahead: () => Math.round((time.clock.now() - clock.now()) / 1000),
  };
}

const minute = 60_000;
const hour = 60 * minute;
const month = 30 * 24 * hour;

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
    clock.advance(60_000);
    expect(Math.abs(ahead() - seconds)).toBeLessThanOrEqual(1);
  });

  it('is the runner’s where the platform does not tell it', async () => {
    const { ask, ahead } = platform(undefined);
    await ask();
    expect(ahead()).toBe(0);
  });

  it.each<[string, readonly number[], number]>([
    ['one answer a month ahead, before all others', [month, 0, 0, 0, 0], 0],
    ['one answer a month ahead, between others', [0, 0, month, 0, 0], 0],
    ['one answer a month ahead, and one that is right', [month, 0], 0],
    ['one answer a month ahead, and no other', [month], 0],
    ['one answer ten minutes ahead, and one that is right', [10 * minute, 0], 0],
    ['two answers a month ahead', [month, month], 0],
    ['answers that agree in nothing', [month, 2 * month, 3 * month], 0],
    ['three answers that agree on a month ahead', [month, month, month + 5_000], month / 1000],
    ['one answer a month behind, and no other', [-month], -month / 1000],
    ['three answers that agree on a month behind', [-month, -month, -month], -month / 1000],
  ])('with %s', async (_, answers, seconds) => {
    const { asked, ahead } = platform(...answers);
    await asked(answers.length);
    expect(Math.abs(ahead() - seconds)).toBeLessThanOrEqual(1);
  });

  it('follows a platform whose clock is put right: what it said long ago is forgotten', async () => {
    const { asked, ahead } = platform(hour / 2, hour / 2, hour / 2, 0);
    await asked(3);
    expect(Math.abs(ahead() - 1800)).toBeLessThanOrEqual(1);
    await asked(3);
    expect(ahead()).toBe(0);
  });

  it.each([
    ['forward', month],
    ['back', -month],
  ])('does not step where the runner’s clock steps %s', async (_, ms) => {
    const { asked, ahead, step } = platform(0);
    await asked(3);
    step(ms);
    expect(Math.abs(ahead())).toBeLessThanOrEqual(1);
  });
});
