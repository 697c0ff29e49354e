import { afterAll, expect, it } from 'vitest';
import { FlyApi, shop } from '../../support/fly-api.ts';

const api = new FlyApi({ ...shop, machines: 1 });
afterAll(() => api.close());

it('limits each action of each machine: a burst of three, then one a second; reads ten, then five', async () => {
  const [{ id }] = (await api.ask('GET /v1/apps/shop/machines')).body;
  const machine = `/v1/apps/shop/machines/${id}`;
  const statuses = async (route: string, times: number) => {
    const all: number[] = [];
    for (let time = 0; time < times; time++) all.push((await api.ask(route)).status);
    return all;
  };
  expect(await statuses(`POST ${machine}/cordon`, 4)).toEqual([200, 200, 200, 429]);
  expect(await statuses(`POST ${machine}/uncordon`, 1)).toEqual([200]);
  expect((await statuses(`GET ${machine}`, 12)).filter((status) => status === 429).length).toBeGreaterThan(0);
  api.clock.advance(1_000);
  expect(await statuses(`POST ${machine}/cordon`, 2)).toEqual([200, 429]);
  expect(await statuses(`GET ${machine}`, 5)).toEqual([200, 200, 200, 200, 200]);
  api.fly.settings.rateLimits = false;
  expect(await statuses(`POST ${machine}/cordon`, 5)).toEqual([200, 200, 200, 200, 200]);
});
