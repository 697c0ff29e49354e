import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { images } from '#local-cloud';
import { FlyApi, machineConfig, shop } from '../../support/fly-api.ts';

describe('wait', () => {
  const api = new FlyApi(shop);
  let machine = '';

  beforeAll(async () => {
    api.fly.settings.rateLimits = false;
    const { body } = await api.ask('GET /v1/apps/shop/machines');
    machine = `/v1/apps/shop/machines/${body[0].id}`;
  });

  afterAll(() => api.close());

  it('answers at once for the state the machine is in', async () => {
    const { status, body } = await api.ask(`GET ${machine}/wait?state=started`);
    expect([status, body.ok]).toEqual([200, true]);
  });

  it.each([
    ['a timeout above a minute', 'timeout=61', 'invalid_argument: timeout must be between 1 and 60 seconds'],
    ['an unknown state', 'state=happy', "invalid_argument: unknown state 'happy'"],
  ])('refuses %s', async (_, query, error) => {
    expect(await api.ask(`GET ${machine}/wait?${query}`)).toMatchObject({ status: 400, body: { error } });
  });

  it('answers 408 when the time is over, so that the client asks again', async () => {
    const waiting = api.ask(`GET ${machine}/wait?state=stopped&timeout=60`);
    await new Promise(setImmediate);
    api.clock.advance(60_000);
    expect((await waiting).status).toBe(408);
  });

  it('answers 408 for another instance than the one running', async () => {
    const waiting = api.ask(`GET ${machine}/wait?state=started&version=01OLD&timeout=1`);
    await new Promise(setImmediate);
    api.clock.advance(1_000);
    expect((await waiting).status).toBe(408);
  });

  it('sees a state that lasts less than a moment', async () => {
    const image = api.put('crash', { SHOP_CRASH_AT_START: 'true' });
    const config = machineConfig(image, { restart: { policy: 'no' } });
    await api.ask(`POST ${machine}`, { body: { config } });
    expect((await api.ask(`GET ${machine}/wait?state=started&timeout=10`)).status).toBe(200);
  });

  it('answers 404 for the start of a machine that has run and destroyed itself', async () => {
    const image = api.put('migrates', {});
    const once = { services: [], restart: { policy: 'no' }, auto_destroy: true, init: { cmd: ['migrate'] } };
    const config = machineConfig(image, once);
    const created = await api.ask('POST /v1/apps/shop/machines', { body: { config } });
    const other = `/v1/apps/shop/machines/${created.body.id}`;
    await api.ask(`GET ${other}/wait?state=destroyed`);
    const { status, body } = await api.ask(`GET ${other}/wait?state=started`);
    expect([status, body.error]).toEqual([404, 'machine not found']);
    const { state, events } = (await api.ask(`GET ${other}`)).body;
    expect([state, events.map(({ type }: { type: string }) => type)]).toEqual([
      'destroyed',
      ['destroy', 'exit', 'start', 'launch'],
    ]);
  });

  it('answers 404 for a machine that was destroyed instead', async () => {
    const created = await api.ask('POST /v1/apps/shop/machines', {
      body: { config: machineConfig(images.v1), skip_launch: true },
    });
    const other = `/v1/apps/shop/machines/${created.body.id}`;
    await api.ask(`DELETE ${other}?force=true`);
    await api.ask(`GET ${other}/wait?state=destroyed`);
    expect((await api.ask(`GET ${other}/wait?state=started`)).status).toBe(404);
  });
});
