import { afterEach, describe, expect, it } from 'vitest';
import { images } from '#local-cloud';
import { FlyApi, machineConfig, shop } from '../../support/fly-api.ts';

describe('a volume', () => {
  const api = new FlyApi({ ...shop, machines: 2, volume: 'data', regions: ['iad', 'ams'] });
  const all = '/v1/apps/shop/volumes';

  afterEach(() => api.fly.reset());

  it('of a seeded machine is in its region, attached to it alone', async () => {
    const { body: machines } = await api.ask('GET /v1/apps/shop/machines');
    const { body: volumes } = await api.ask(`GET ${all}`);
    const attached = machines.map(({ id, region }: { id: string; region: string }) => [id, region]);
    expect(
      volumes.map(({ attached_machine_id: id, region }: Record<string, string>) => [id, region]),
    ).toEqual(attached);
    expect(machines[0].config.mounts).toEqual([{ volume: volumes[0].id, name: 'data', path: '/data' }]);
  });

  it('is created without a machine', async () => {
    const body = { name: 'cache', region: 'ams', size_gb: 10 };
    const { body: made } = await api.ask(`POST ${all}`, { body });
    expect(made).toMatchObject({ name: 'cache', region: 'ams', size_gb: 10, state: 'created' });
    expect(made).not.toHaveProperty('attached_machine_id');
    expect((await api.ask(`GET ${all}/${made.id}`)).body).toEqual(made);
  });

  it('holds one machine at a time', async () => {
    const [{ id, attached_machine_id: holder }] = (await api.ask(`GET ${all}`)).body;
    const config = machineConfig(images.v1, { mounts: [{ volume: id, path: '/data' }] });
    const refused = await api.ask('POST /v1/apps/shop/machines', { body: { config } });
    expect(refused).toMatchObject({
      status: 412,
      body: { error: `failed_precondition: volume ${id} is attached to machine ${holder}` },
    });
    expect((await api.ask(`DELETE ${all}/${id}`)).status).toBe(412);
  });

  it('outlives its machine, and can then be destroyed', async () => {
    const [{ id, attached_machine_id: holder }] = (await api.ask(`GET ${all}`)).body;
    await api.ask(`DELETE /v1/apps/shop/machines/${holder}?force=true`);
    await api.ask(`GET /v1/apps/shop/machines/${holder}/wait?state=destroyed`);
    expect((await api.ask(`GET ${all}/${id}`)).body).not.toHaveProperty('attached_machine_id');
    expect((await api.ask(`DELETE ${all}/${id}`)).body.state).toBe('pending_destroy');
  });
});

describe('a snapshot', () => {
  const api = new FlyApi({ ...shop, machines: 0 });

  afterEach(() => api.fly.reset());

  async function snapshots(takesMs: number, ...momentsMs: readonly number[]) {
    api.fly.settings.snapshotMs = takesMs;
    const { id } = api.fly.createVolume('shop', { name: 'data' });
    const path = `/v1/apps/shop/volumes/${id}/snapshots`;
    const created = await api.ask(`POST ${path}`);
    const seen: unknown[] = [created.body];
    for (const ms of momentsMs) {
      api.clock.advance(ms);
      const [{ id: named, status, size }] = (await api.ask(`GET ${path}`)).body;
      seen.push([named === '' ? 'no id' : 'an id', status, size > 0]);
    }
    return seen;
  }

  it('is taken later: it is listed without an id first, then runs, then is created', async () => {
    expect(await snapshots(10_000, 0, 1_000, 10_000)).toEqual([
      {},
      ['no id', 'waiting', false],
      ['an id', 'running', false],
      ['an id', 'created', true],
    ]);
  });

  it('may never finish', async () => {
    expect((await snapshots(Number.POSITIVE_INFINITY, 86_400_000)).at(-1)).toEqual([
      'an id',
      'running',
      false,
    ]);
  });

  it('of an unknown volume is refused', async () => {
    expect(await api.ask('POST /v1/apps/shop/volumes/vol_nope/snapshots')).toMatchObject({
      status: 404,
      body: { error: 'volume not found' },
    });
  });
});

describe('a managed Postgres backup', () => {
  const api = new FlyApi();
  const path = '/api/v1/postgresv2/pg1/backups';

  afterEach(() => api.fly.reset());

  it.each([
    ['completes', 1_000, 1_000, 'completed'],
    ['runs until then', 1_000, 500, 'in_progress'],
    ['may never finish', Number.POSITIVE_INFINITY, 86_400_000, 'in_progress'],
  ])('%s', async (_, takesMs, waitedMs, status) => {
    api.fly.settings.snapshotMs = takesMs;
    api.fly.createCluster({ id: 'pg1', name: 'main', region: 'iad' });
    expect((await api.ask(`POST ${path}`, { body: { type: 'full' } })).status).toBe(202);
    api.clock.advance(waitedMs);
    expect((await api.ask(`GET ${path}`)).body.data).toMatchObject([{ type: 'full', status }]);
  });

  it.each([
    ['an unknown cluster', 'nope', 'full', 404, 'cluster not found'],
    ['an unknown type', 'pg1', 'half', 422, 'type must be full or incr'],
  ])('of %s is refused', async (_, cluster, type, status, detail) => {
    api.fly.createCluster({ id: 'pg1', name: 'main', region: 'iad' });
    const refused = await api.ask(`POST /api/v1/postgresv2/${cluster}/backups`, { body: { type } });
    expect(refused).toMatchObject({ status, body: { detail } });
  });
});
