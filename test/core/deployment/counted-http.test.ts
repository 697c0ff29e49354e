import { expect, it } from 'vitest';
import { countedHttp } from '../../../packages/core/src/deployment/counted-http.ts';
import { type Http, HttpError } from '../../../packages/core/src/io/http.ts';

const get = { method: 'GET', url: 'https://api.github.com/', retry: 'read' } as const;

it('every attempt of what was answered is counted', async () => {
  const request = async () => ({ ...get, status: 200, headers: {}, text: '', attempts: 2 });
  const counted = countedHttp({ request } as unknown as Http);
  await counted.http.request(get);
  await counted.http.request(get);
  expect(counted.calls).toBe(4);
});

it('what was sent and not answered is counted as well', async () => {
  const request = async () => {
    throw new HttpError({ ...get, kind: 'reset', reason: '', maybeEffective: false, attempts: 3 });
  };
  const counted = countedHttp({ request } as unknown as Http);
  await expect(counted.http.request(get)).rejects.toThrow(HttpError);
  expect(counted.calls).toBe(3);
});
