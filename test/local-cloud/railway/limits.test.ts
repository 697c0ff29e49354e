import { afterEach, describe, expect, it } from 'vitest';
import { RailwayApi, shopProject } from '../../support/railway-api.ts';

let api: RailwayApi;
afterEach(() => api.close());

function start(plan: 'free' | 'hobby' | 'pro') {
  api = new RailwayApi(shopProject({ deployed: [] }, { workspace: { name: 'Acme', plan } }));
  api.railway.switches.rateLimits = true;
}
const ask = () => api.graphql('{ projectToken { id } }');

describe('the limits of a token', () => {
  it.each([
    ['free', 10],
    ['hobby', 10],
    ['pro', 50],
  ] as const)('on %s are %i requests a second', async (plan, limit) => {
    start(plan);
    await api.serves();
    // All at once: on a busy machine one after the other may take longer than a second.
    const answers = await Promise.all(Array.from({ length: limit + 1 }, ask));
    const statuses = answers.map(({ status }) => status);
    expect([statuses.filter((status) => status === 200).length, statuses.at(-1)]).toEqual([limit, 429]);
    api.clock.advance(1_000);
    expect((await ask()).status).toBe(200);
  });

  it.each([
    ['free', 100],
    ['hobby', 1_000],
  ] as const)('on %s are %i requests an hour, and the answer says when it is over', async (plan, limit) => {
    start(plan);
    for (let asked = 0; asked < limit; asked++) {
      if (asked % 10 === 9) api.clock.advance(1_000);
      await ask();
    }
    api.clock.advance(1_000);
    const refused = await ask();
    expect(refused).toMatchObject({
      status: 429,
      headers: { 'retry-after': expect.stringMatching(/^\d+$/) },
    });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3_000);
    api.clock.advance(3_600_000);
    expect((await ask()).status).toBe(200);
  });

  it('are told as they have been seen to be, or as the documentation has them', async () => {
    start('hobby');
    expect((await ask()).headers).toEqual({ 'ratelimit-policy': '"default";q=1000;w=3600' });
    api.railway.switches.rateLimitHeaders = 'documented';
    expect((await ask()).headers).toEqual({
      'x-ratelimit-limit': '1000',
      'x-ratelimit-remaining': '998',
      'x-ratelimit-reset': expect.stringMatching(/^\d{10}$/),
    });
  });
});
