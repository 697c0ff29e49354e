import { afterEach, describe, expect, it } from 'vitest';
import { images } from '#local-cloud';
import type { AppSeed } from '../../../packages/local-cloud/src/fly/index.ts';
import { FlyApi, machineConfig, shop } from '../../support/fly-api.ts';

interface Listed {
  id: string;
  state: string;
  region: string;
  host_status: string;
  config?: { metadata: Record<string, string> };
  checks?: { name: string; output: string }[];
}

describe('a seeded app', () => {
  let api: FlyApi;

  afterEach(() => api.close());

  async function machines(seed: Partial<AppSeed>): Promise<Listed[]> {
    api = new FlyApi({ ...shop, ...seed });
    api.fly.settings.rateLimits = false;
    return (await api.ask('GET /v1/apps/shop/machines')).body;
  }

  it('has process groups and regions', async () => {
    const worker = { machines: 1, config: { init: { cmd: ['work'] } } };
    const listed = await machines({ machines: 2, groups: { worker }, regions: ['iad', 'ams', 'syd'] });
    expect(
      listed.map(({ region, state, config }) => [config?.metadata.fly_process_group, region, state]),
    ).toEqual([
      ['app', 'iad', 'started'],
      ['app', 'ams', 'started'],
      ['worker', 'syd', 'started'],
    ]);
  });

  it('of Postgres tells its primary by the output of the check `role`', async () => {
    const listed = await machines({ image: images.postgres, machines: 2, postgres: true, volume: 'pg_data' });
    const roles = listed.map(({ checks }) => checks?.find(({ name }) => name === 'role')?.output);
    expect(roles).toEqual(['primary', 'replica']);
    expect((await api.ask('GET /v1/apps/shop')).body.app_role).toBe('postgres_cluster');
    const query = '{ app(name: "shop") { role { name } } }';
    expect((await api.graphql(query)).body.data.app.role).toEqual({ name: 'postgres_cluster' });
  });

  it('loses a host: its machine is known in part, and the one standing by starts', async () => {
    await machines({ groups: { worker: { machines: 1, config: { init: { cmd: ['work'] } } } }, machines: 0 });
    const [first] = api.fly.world.apps.get('shop')?.machines.values() ?? [];
    if (first === undefined) throw new Error('no machine');
    const config = machineConfig(images.v1, {
      services: [],
      init: { cmd: ['work'] },
      standbys: [first.id],
    });
    const { body: standby } = await api.ask('POST /v1/apps/shop/machines', {
      body: { config, skip_launch: true },
    });
    await api.fly.world.fleet.loseHost(first);
    await api.ask(`GET /v1/apps/shop/machines/${standby.id}/wait?state=started`);
    const { body: lost } = await api.ask(`GET /v1/apps/shop/machines/${first.id}`);
    expect([lost.host_status, lost.config, lost.incomplete_config.metadata.fly_process_group]).toEqual([
      'unreachable',
      undefined,
      'worker',
    ]);
  });

  it('creates a machine without traffic until it is uncordoned, as bluegreen does', async () => {
    await machines({ machines: 0 });
    const { body: green } = await api.ask('POST /v1/apps/shop/machines', {
      body: { config: machineConfig(images.v1), skip_service_registration: true },
    });
    const path = `/v1/apps/shop/machines/${green.id}`;
    await api.ask(`GET ${path}/wait?state=started`);
    const url = new URL('https://shop.fly.dev/');
    const head = { host: 'shop.fly.dev', method: 'GET', headers: {}, signal: new AbortController().signal };
    const traffic = () => api.fly.proxyTo({ ...head, url });
    expect(await traffic()).toEqual({ kind: 'nothing' });
    await api.ask(`POST ${path}/uncordon`);
    expect(await traffic()).toEqual({ kind: 'app', port: expect.any(Number) });
  });

  it('lists its images no more once they are pruned, and refuses a release of them', async () => {
    await machines({ machines: 0 });
    api.images.prune(images.v1);
    const query = 'query($ref: String!) { app(name: "shop") { image(ref: $ref) { ref } } }';
    expect((await api.graphql(query, { ref: images.v1 })).body.data.app.image).toBeNull();
    const body = { app_name: 'shop', strategy: 'ROLLING', definition: {}, image: images.v1 };
    expect((await api.ask('POST /api/v1/releases', { body })).status).toBe(404);
  });
});
