import { describe, expect, it } from 'vitest';
import { HttpError, type HttpRequest } from '../../../packages/core/src/io/http.ts';
import { withTimeBudget } from '../../../packages/core/src/ledger/http-time-budget.ts';
import { manualClock } from '../../support/manual-clock.ts';

const request: HttpRequest = { method: 'GET', url: 'https://api.github.com/x', retry: 'read' };

/** A host that is silent for as long as it is waited for, or answers after `answersInMs`. */
function open(totalMs: number, answersInMs = Number.POSITIVE_INFINITY) {
  const clock = manualClock();
  const deadlines: number[] = [];
  const http = withTimeBudget(
    {
      async request({ deadlineMs = 0, method, url }) {
        deadlines.push(deadlineMs);
        await clock.sleep(Math.min(deadlineMs, answersInMs));
        if (answersInMs <= deadlineMs)
          return { method, url, status: 200, headers: {}, text: '', attempts: 1 };
        throw new HttpError({
          kind: 'timeout',
          method,
          url,
          reason: 'silence',
          maybeEffective: false,
          attempts: 1,
        });
      },
      download: () => Promise.reject(new Error('not asked')),
      upload: () => Promise.reject(new Error('not asked')),
    },
    clock,
    totalMs,
  );
  return { http, deadlines, clock };
}

describe('the time budget of a host', () => {
  it('is used up by answers that do not come, and then waits for none', async () => {
    const { http, deadlines } = open(8_000);
    for (const deadlineMs of [5_000, 5_000, 5_000]) {
      await expect(http.request({ ...request, deadlineMs })).rejects.toThrow('silence');
    }
    expect(deadlines).toEqual([5_000, 3_000, 1]);
  });

  it('comes back as time goes by, and never is more than there was', async () => {
    const { http, deadlines, clock } = open(8_000);
    const ask = () => http.request(request).catch(() => undefined);
    await ask();
    await clock.sleep(20_000);
    await ask();
    await clock.sleep(600_000);
    await ask();
    expect(deadlines).toEqual([8_000, 2_000, 8_000]);
  });

  it('is not used up by answers that come, however late', async () => {
    const { http, deadlines } = open(8_000, 4_000);
    for (let asked = 0; asked < 3; asked += 1) await http.request(request);
    expect(deadlines).toEqual([8_000, 8_000, 8_000]);
  });
});
