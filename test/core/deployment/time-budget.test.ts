import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Ports } from '../../../packages/core/src/action/ports.ts';
import { startTimeBudget } from '../../../packages/core/src/deployment/time-budget.ts';
import type { Http } from '../../../packages/core/src/io/http.ts';
import { manualClock } from '../../support/manual-clock.ts';

/** Doors that only note how long each call may take, milliseconds. */
function doors() {
  const clock = manualClock();
  const allowed: (number | undefined)[] = [];
  const note = (deadlineMs: number | undefined) => {
    allowed.push(deadlineMs);
    return Promise.reject(new Error('nobody is asked'));
  };
  const http: Http = {
    request: ({ deadlineMs }) => note(deadlineMs),
    download: ({ deadlineMs }) => note(deadlineMs),
    upload: ({ timeoutMs }) => note(timeoutMs),
  };
  const tools: Ports['tools'] = { run: ({ deadlineMs }) => note(deadlineMs) };
  const { signal } = new AbortController();
  const ports = { clock, http, tools, signal } as Partial<Ports> as Ports;
  const budget = startTimeBudget(ports, { timeoutMs: 20_000, restoreTimeoutMs: 10_000 });
  const ask = async () => {
    const { http: door, tools: own } = budget.ports;
    const tool = { command: 'flyctl', args: [], env: {}, cwd: '.' };
    await door.request({ method: 'GET', url: 'https://a.example', retry: 'read' }).catch(() => {});
    await own.run(tool).catch(() => {});
    return allowed.splice(0);
  };
  const move = async () => {
    const { http: door } = budget.ports;
    await door.download({ url: 'https://a.example', file: 'a' }).catch(() => {});
    await door.upload({ url: 'https://a.example', body: Readable.from([]) }).catch(() => {});
    return allowed.splice(0);
  };
  return { clock, budget, ask, move };
}

describe('the time of an action', () => {
  it('bounds requests and tools alike by what is left of `timeout` while it opens', async () => {
    const { clock, ask } = doors();
    expect(await ask()).toEqual([20_000, 20_000]);
    await clock.advance(15_000);
    expect(await ask()).toEqual([5_000, 5_000]);
    await clock.advance(15_000);
    expect(await ask()).toEqual([1, 1]);
  });

  it('bounds what is downloaded and uploaded meanwhile, which has minutes of its own', async () => {
    const { clock, budget, move } = doors();
    await clock.advance(5_000);
    expect(await move()).toEqual([15_000, 15_000]);
    budget.begin();
    expect(await move()).toEqual([300_000, 1_800_000]);
  });

  it('leaves the rollout to its own limits, and knows what was spent before', async () => {
    const { clock, budget, ask } = doors();
    await clock.advance(4_000);
    expect(budget.begin()).toMatchObject({ timeoutMs: 20_000, restoreTimeoutMs: 10_000, spentMs: 4_000 });
    expect(await ask()).toEqual([60_000, undefined]);
  });

  it('has seconds after it, and fewer where both limits are used up', async () => {
    const { clock, budget, ask } = doors();
    budget.begin();
    budget.end();
    expect(await ask()).toEqual([3_000, 3_000]);
    await clock.advance(35_000);
    budget.end();
    expect(await ask()).toEqual([1_000, 1_000]);
  });

  it('tells what is left of `timeout`: the opening is paid from it, a wait for another run is not', async () => {
    const { clock, budget } = doors();
    await clock.advance(4_000);
    const limits = budget.begin();
    expect(budget.leftMs()).toBe(16_000);
    await clock.advance(63_000);
    limits.waited?.(60_000);
    expect(budget.leftMs()).toBe(13_000);
    await clock.advance(20_000);
    expect(budget.leftMs()).toBe(-7_000);
  });

  it('does not count the wait for another run', async () => {
    const { clock, budget, ask } = doors();
    budget.begin().waited?.(60_000);
    await clock.advance(95_000);
    budget.end();
    expect(await ask()).toEqual([1_000, 1_000]);
  });
});
