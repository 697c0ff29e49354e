import { afterEach, describe, expect, it } from 'vitest';
import type { AppSeed, Machine } from '../../../packages/local-cloud/src/fly/index.ts';
import { FlyApi, publicPorts, shop } from '../../support/fly-api.ts';

const checks = [{ type: 'http', interval: '1s', timeout: '2s', path: '/healthz' }] as const;
const head = { method: 'GET', headers: {}, signal: new AbortController().signal };
const host = { host: 'shop.fly.dev', url: new URL('https://shop.fly.dev/') };
const minute = 60_000;

describe("Fly's proxy", () => {
  let api: FlyApi;

  afterEach(() => api.close());

  async function fleet(service: object, change: Partial<AppSeed> = {}): Promise<readonly Machine[]> {
    const services = [{ protocol: 'tcp', internal_port: 8080, ports: publicPorts, checks, ...service }];
    api = new FlyApi({ ...shop, machines: 2, config: { services }, ...change });
    api.fly.settings.rateLimits = false;
    await api.ask('GET /v1/apps/shop');
    return [...(api.fly.world.apps.get('shop')?.machines.values() ?? [])];
  }

  const states = (machines: readonly Machine[]) => machines.map(({ state }) => state);
  const request = () => api.fly.proxyTo({ ...head, ...host });

  async function idle(machines: readonly Machine[], ms: number): Promise<string[]> {
    api.clock.advance(ms);
    await new Promise(setImmediate);
    await api.fly.settled();
    return states(machines);
  }

  it.each<[string, object, string[]]>([
    ['stops every idle machine', { autostop: 'stop' }, ['stopped', 'stopped']],
    ['reads `true` as stop', { autostop: true }, ['stopped', 'stopped']],
    ['suspends where told to', { autostop: 'suspend' }, ['suspended', 'suspended']],
    ['leaves the least running', { autostop: 'stop', min_machines_running: 1 }, ['started', 'stopped']],
    ['stops none where not told to', {}, ['started', 'started']],
    ['stops none where told not to', { autostop: 'off' }, ['started', 'started']],
  ])('%s', async (_, service, expected) => {
    const machines = await fleet(service);
    expect(await idle(machines, 6 * minute)).toEqual(expected);
  });

  it('counts the least in the primary region alone', async () => {
    const machines = await fleet({ autostop: 'stop', min_machines_running: 1 }, { regions: ['ams', 'iad'] });
    expect(await idle(machines, 6 * minute)).toEqual(['stopped', 'started']);
  });

  it('ends the process of a machine it stops, and says so in its events', async () => {
    const [machine] = await fleet({ autostop: 'stop' }, { machines: 1 });
    expect(machine?.pid).toBeGreaterThan(0);
    await idle(machine ? [machine] : [], 6 * minute);
    expect(machine?.pid).toBeUndefined();
    expect(machine?.events[0]?.request?.exit_event).toMatchObject({ requested_stop: true });
  });

  it('waits until nobody has asked for long enough', async () => {
    const machines = await fleet({ autostop: 'stop' });
    await idle(machines, 4 * minute);
    await request();
    expect(await idle(machines, 4 * minute)).toEqual(['started', 'started']);
    expect(await idle(machines, 1 * minute)).toEqual(['stopped', 'stopped']);
  });

  it('starts one machine for a request, and sends it there', async () => {
    const machines = await fleet({ autostop: 'stop', autostart: true });
    await idle(machines, 6 * minute);
    expect(await request()).toEqual({ kind: 'app', port: expect.any(Number) });
    expect(states(machines)).toEqual(['started', 'stopped']);
  });

  it('starts one machine for two requests at once', async () => {
    const machines = await fleet({ autostop: 'stop' });
    await idle(machines, 6 * minute);
    const app = { kind: 'app', port: expect.any(Number) };
    expect(await Promise.all([request(), request()])).toEqual([app, app]);
    expect(states(machines)).toEqual(['started', 'stopped']);
  });

  it('starts none where told not to', async () => {
    const machines = await fleet({ autostop: 'stop', autostart: false });
    await idle(machines, 6 * minute);
    expect(await request()).toEqual({ kind: 'nothing' });
    expect(states(machines)).toEqual(['stopped', 'stopped']);
  });

  it('stops no machine that is leased', async () => {
    const machines = await fleet({ autostop: 'stop' });
    const [{ id = '' } = {}] = machines;
    await api.ask(`POST /v1/apps/shop/machines/${id}/lease?ttl=3600`);
    expect(await idle(machines, 6 * minute)).toEqual(['started', 'stopped']);
  });
});
