import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FlyApi, shop } from '../../support/fly-api.ts';

const head = { host: 'shop.fly.dev', method: 'GET', headers: {}, signal: new AbortController().signal };

describe('what a person does to a machine', () => {
  let api: FlyApi;
  let path: string;

  beforeEach(async () => {
    api = new FlyApi(shop);
    api.fly.settings.rateLimits = false;
    const { body: machines } = await api.ask('GET /v1/apps/shop/machines');
    path = `/v1/apps/shop/machines/${machines[0].id}`;
  });

  afterEach(() => api.close());

  async function outcomeOf(route: string) {
    const { status } = await api.ask(route);
    await api.fly.settled();
    const { body: machine } = await api.ask(`GET ${path}`);
    const [newest] = machine.events;
    return { status, state: machine.state, event: newest.type, exit: newest.request?.exit_event };
  }

  const serves = async () =>
    (await api.fly.proxyTo({ ...head, url: new URL('https://shop.fly.dev/') }))?.kind;

  it('stops it: its exit was asked for', async () => {
    expect(await outcomeOf(`POST ${path}/stop`)).toEqual({
      status: 200,
      state: 'stopped',
      event: 'exit',
      exit: expect.objectContaining({ requested_stop: true, restarting: false }),
    });
  });

  it('starts it again, and it serves', async () => {
    await outcomeOf(`POST ${path}/stop`);
    expect(await outcomeOf(`POST ${path}/start`)).toMatchObject({
      status: 200,
      state: 'started',
      event: 'start',
    });
    expect(await serves()).toBe('app');
  });

  it('destroys it: nothing serves, and it is listed no more', async () => {
    expect(await outcomeOf(`DELETE ${path}?force=true`)).toMatchObject({
      status: 200,
      state: 'destroyed',
      event: 'destroy',
    });
    expect([await serves(), (await api.ask('GET /v1/apps/shop/machines')).body]).toEqual(['nothing', []]);
  });
});
