import { describe, expect, it } from 'vitest';
import { countedHttp } from '../../../packages/core/src/binding/counted-http.ts';
import { type Http, type HttpAnswer, HttpError } from '../../../packages/core/src/http.ts';

const noon = Date.parse('2026-11-21T12:00:00Z');
const get = { method: 'GET', url: 'https://api.github.com/', retry: 'read' } as const;

/** Answers with each of these headers in turn, at noon by the runner's clock. */
async function after(...dates: readonly (string | undefined)[]) {
  const left = [...dates];
  const request = async (): Promise<HttpAnswer> => {
    const date = left.shift();
    return { ...get, status: 200, headers: date === undefined ? {} : { date }, text: '', attempts: 2 };
  };
  const counted = countedHttp({ request } as unknown as Http, { now: () => noon });
  for (const _ of dates) await counted.http.request(get);
  return { calls: counted.calls, aheadMs: counted.aheadMs };
}

describe('the clock of whom is asked', () => {
  it.each([
    ['is not known before an answer', [], 0],
    ['is not known without a date', [undefined], 0],
    ['is not known by a date that is none', ['soon'], 0],
    ['is five minutes ahead', ['Sat, 21 Nov 2026 12:05:00 GMT'], 300_000],
    ['is a minute behind', ['Sat, 21 Nov 2026 11:59:00 GMT'], -60_000],
    [
      'is told best by the quickest answer',
      ['Sat, 21 Nov 2026 12:00:01 GMT', 'Sat, 21 Nov 2026 11:59:52 GMT'],
      1_000,
    ],
  ] as const)('%s', async (_, dates, aheadMs) => {
    expect(await after(...dates)).toEqual({ calls: dates.length * 2, aheadMs });
  });
});

it('what was sent and not answered is counted as well', async () => {
  const request = async () => {
    throw new HttpError({ ...get, kind: 'reset', reason: '', maybeEffective: false, attempts: 3 });
  };
  const counted = countedHttp({ request } as unknown as Http, { now: () => noon });
  await expect(counted.http.request(get)).rejects.toThrow(HttpError);
  expect(counted.calls).toBe(3);
});
