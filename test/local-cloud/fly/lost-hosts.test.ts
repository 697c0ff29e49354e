import { afterEach, describe, expect, it } from 'vitest';
import { images } from '#local-cloud';
import type { AppSeed, Machine } from '../../../packages/local-cloud/src/fly/index.ts';
import { FlyApi, machineConfig, shop } from '../../support/fly-api.ts';

const head = { host: 'shop.fly.dev', method: 'GET', headers: {}, signal: new AbortController().signal };

describe('a machine whose host is lost', () => {
  let api: FlyApi;
  let lost: Machine;
  let path: string;

  afterEach(() => api.close());

  async function lose(seed: Partial<AppSeed> = {}): Promise<void> {
    api = new FlyApi({ ...shop, machines: 1, ...seed });
    api.fly.settings.rateLimits = false;
    await api.ask('GET /v1/apps/shop');
    const [first] = api.fly.world.apps.get('shop')?.machines.values() ?? [];
    if (first === undefined) throw new Error('no machine');
    lost = first;
    path = `/v1/apps/shop/machines/${lost.id}`;
    await api.fly.world.fleet.loseHost(lost);
  }

  const traffic = () => api.fly.proxyTo({ ...head, url: new URL('https://shop.fly.dev/') });

  it('is listed as it was last seen, its image unknown and its config in part', async () => {
    await lose();
    const { body: listed } = await api.ask('GET /v1/apps/shop/machines');
    const { body: seen } = await api.ask(`GET ${path}`);
    expect(listed).toEqual([seen]);
    expect({
      state: seen.state,
      host: seen.host_status,
      config: seen.config,
      image: seen.image_ref,
      address: seen.private_ip,
      checks: seen.checks[0].status,
      newest: seen.events[0].type,
      known: Object.keys(seen.incomplete_config).sort(),
      group: seen.incomplete_config.metadata.fly_process_group,
    }).toEqual({
      state: 'started',
      host: 'unreachable',
      config: undefined,
      image: { registry: '', repository: '', tag: '', digest: '' },
      address: '',
      checks: 'passing',
      newest: 'start',
      known: ['guest', 'metadata', 'services'],
      group: 'app',
    });
  });

  it('takes no traffic', async () => {
    await lose();
    expect(await traffic()).toEqual({ kind: 'nothing' });
  });

  it.each<[string, object | undefined]>([
    ['POST ', { config: machineConfig(images.v3) }],
    ['POST /start', undefined],
    ['POST /stop', undefined],
    ['POST /restart', undefined],
    ['POST /cordon', undefined],
    ['POST /lease?ttl=13', undefined],
    ['GET /lease', undefined],
    ['GET /ps', undefined],
    ['GET /wait?state=started', undefined],
    ['POST /metadata/colour', { value: 'blue' }],
  ])('cannot be asked `%s`', async (route, body) => {
    await lose();
    const [method = '', below = ''] = route.split(' ');
    const { status, body: answer } = await api.ask(`${method} ${path}${below}`, body ? { body } : {});
    expect([status, answer.error]).toEqual([
      503,
      `unavailable: the host of machine ${lost.id} is unreachable`,
    ]);
  });

  it('gives a lease where the cloud is told that Fly does', async () => {
    await lose();
    api.fly.settings.lostHostLeases = 'granted';
    expect((await api.ask(`POST ${path}/lease?ttl=13`)).status).toBe(201);
  });

  it('comes back on its old image, and takes traffic again', async () => {
    await lose();
    api.fly.world.fleet.findHost(lost);
    await api.fly.settled();
    const { body: found } = await api.ask(`GET ${path}`);
    expect([found.host_status, found.state, found.image_ref.tag]).toEqual(['ok', 'started', 'v1']);
    expect(await traffic()).toEqual({ kind: 'app', port: expect.any(Number) });
  });

  it('comes back at rest where it was at rest', async () => {
    await lose();
    api.fly.world.fleet.findHost(lost);
    await api.fly.settled();
    await api.ask(`POST ${path}/stop`);
    await api.fly.settled();
    await api.fly.world.fleet.loseHost(lost);
    api.fly.world.fleet.findHost(lost);
    await api.fly.settled();
    expect((await api.ask(`GET ${path}`)).body.state).toBe('stopped');
  });

  it('is flagged when it is destroyed, and goes once its host is back', async () => {
    await lose();
    expect((await api.ask(`DELETE ${path}?kill=true`)).status).toBe(200);
    await api.fly.settled();
    const flagged = (await api.ask(`GET ${path}`)).body.state;
    api.fly.world.fleet.findHost(lost);
    await api.fly.settled();
    expect([flagged, (await api.ask(`GET ${path}`)).body.state]).toEqual(['destroying', 'destroyed']);
    expect((await api.ask('GET /v1/apps/shop/machines')).body).toEqual([]);
  });

  it('holds its volume, which is as unreachable', async () => {
    await lose({ volume: 'data' });
    const { body: volumes } = await api.ask('GET /v1/apps/shop/volumes');
    const seen = () => [volumes[0].host_status, volumes[0].attached_machine_id];
    expect(seen()).toEqual(['unreachable', lost.id]);
  });

  it('is not stopped for being idle', async () => {
    const services = [{ internal_port: 8080, autostop: 'stop', ports: [{ port: 443 }] }] as const;
    await lose({ config: { services } });
    api.clock.advance(3_600_000);
    await new Promise(setImmediate);
    await api.fly.settled();
    expect(lost.state).toBe('started');
  });
});
