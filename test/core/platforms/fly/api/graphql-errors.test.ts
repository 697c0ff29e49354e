import { describe, expect, it } from 'vitest';
import type { Http } from '../../../../../packages/core/src/io/http.ts';
import { FlyApi } from '../../../../../packages/core/src/platforms/fly/api/api.ts';
import { parseFlyToken } from '../../../../../packages/core/src/platforms/fly/token/token.ts';

/** Fly's API, which answers 200 and these errors. */
function answering(errors: unknown): FlyApi {
  const request: Http['request'] = async ({ method, url }) => ({
    method,
    url,
    status: 200,
    headers: {},
    attempts: 1,
    text: JSON.stringify({ data: null, errors }),
  });
  return new FlyApi(
    {
      request,
      download: () => Promise.reject(new Error('nothing is downloaded')),
      upload: () => Promise.reject(new Error('nothing is uploaded')),
    },
    parseFlyToken('token'),
  );
}

describe('a GraphQL answer of Fly whose errors are no list of messages', () => {
  it.each([
    ['a text', 'upstream gone', 'upstream gone'],
    ['an object', { reason: 'upstream gone' }, '{"reason":"upstream gone"}'],
    ['a list of numbers', [502], '502'],
    ['a list of null', [null], 'null'],
  ])('is told as %s', async (_, errors, said) => {
    await expect(answering(errors).app('shop')).rejects.toMatchObject({
      code: 'platform-error',
      what: `Fly's GraphQL API answered: ${said}`,
    });
  });

  it('is an unreadable answer where there are neither errors nor data', async () => {
    await expect(answering(null).app('shop')).rejects.toMatchObject({ name: 'HttpError', kind: 'body' });
  });
});
