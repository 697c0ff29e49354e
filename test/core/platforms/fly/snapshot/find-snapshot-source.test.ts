import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ActionFailure } from '#core';
import { findSnapshotSource } from '#core/fly';
import { demo, images } from '#local-cloud';
import { FlyStorageApi } from '../../../../../packages/core/src/platforms/fly/snapshot/storage-api.ts';
import { parseFlyToken } from '../../../../../packages/core/src/platforms/fly/token/token.ts';
import { eventually } from '../../../../support/eventually.ts';
import { FlyApi, shop } from '../../../../support/fly-api.ts';
import { flyHttp } from '../../../../support/fly-http.ts';

const database = { name: 'shop-db', image: images.postgres, machines: 2, postgres: true, volume: 'pg_data' };
const cloud = new FlyApi({ ...shop, volume: 'data' }, database, {
  name: 'alone',
  image: images.v1,
  machines: 0,
});
const { fly } = cloud;

beforeEach(async () => {
  await fly.reset();
  fly.settings.rateLimits = false;
  fly.createVolume('shop', { name: 'cache', id: 'vol_cache1' });
  fly.createVolume('shop', { name: 'cache', id: 'vol_cache2', region: 'ams' });
  fly.createCluster({ id: '1zqv4mk', name: 'orders', region: 'iad' });
});

afterAll(() => cloud.close());

const storage = () => new FlyStorageApi(flyHttp(fly), parseFlyToken(demo.fly.token));
const find = (wanted: string) => findSnapshotSource(storage(), 'shop', wanted);
const volumesOf = (app: string) => [...(fly.world.apps.get(app)?.volumes.values() ?? [])];
const machinesOf = (app: string) => [...(fly.world.apps.get(app)?.machines.values() ?? [])];

const refusal = async (wanted: string) => {
  const { code, what, why, next } = await find(wanted).then(
    ({ label }) => Promise.reject(new Error(`found ${label}`)),
    (error: ActionFailure) => error,
  );
  return { code, what, why, next };
};

describe('what a snapshot is taken of', () => {
  it('is a volume of the app, by its name or by its id', async () => {
    const [data] = volumesOf('shop');
    const label = `volume ${data?.id} (data, iad) of shop`;
    expect((await find('data')).label).toBe(label);
    expect((await find(data?.id ?? '')).label).toBe(label);
    expect((await find('data')).restoreCommand('vs_1')).toBe(
      'fly volumes create data --snapshot-id vs_1 --region iad --app shop',
    );
  });

  it('is a volume of another app, by its id', async () => {
    fly.createVolume('alone', { name: 'mysql', id: 'vol_elsewhere' });
    expect((await find('vol_elsewhere')).label).toBe('volume vol_elsewhere (mysql, iad) of alone');
  });

  it('is the volume of the primary of a Fly Postgres app', async () => {
    const primary = machinesOf('shop-db').find(({ config }) => config.env?.POSTGRES_ROLE === 'primary');
    const source = await find('shop-db');
    expect(source.label).toBe(`volume ${primary?.config.mounts?.[0]?.volume} (pg_data, iad) of shop-db`);
    expect(source.restoreCommand('vs_1')).toBe('fly postgres create --snapshot-id vs_1');
  });

  it('is a cluster of Managed Postgres, by its id', async () => {
    const source = await find('mpg:1zqv4mk');
    expect(source.label).toBe('Managed Postgres cluster 1zqv4mk');
    expect(source.restoreCommand('b1')).toBe('fly mpg restore 1zqv4mk --backup-id b1');
  });
});

describe('nothing is guessed', () => {
  it('when no volume and no database has that name', async () => {
    const ids = volumesOf('shop').map(({ id, name }) => `${name} (${id})`);
    expect(await refusal('dta')).toEqual({
      code: 'volume-not-found',
      what: '`dta` is neither a volume of shop nor a Fly Postgres app that this token sees',
      why: `the volumes of shop: ${ids.join(', ')}; a Postgres app is known by its machines’ check \`role\``,
      next: 'Correct `snapshot`; leave it out of an app’s first deploy, which has no volume yet.',
    });
  });

  it('when the app of that name is no Postgres', async () => {
    expect((await refusal('alone')).code).toBe('volume-not-found');
  });

  it('when there are several volumes of that name', async () => {
    expect(await refusal('cache')).toEqual({
      code: 'volume-ambiguous',
      what: 'shop has 2 volumes `cache`: vol_cache1 (iad, not attached), vol_cache2 (ams, not attached)',
      why: 'each machine has a volume of its own, and their data differ',
      next: 'Give the id of the one whose data matter as `snapshot`.',
    });
  });

  it('when the volume is being destroyed', async () => {
    const going = fly.createVolume('shop', { name: 'old', id: 'vol_old' });
    going.state = 'pending_destroy';
    expect((await refusal('old')).code).toBe('volume-not-found');
    expect(await refusal('vol_old')).toEqual({
      code: 'volume-not-found',
      what: 'Fly knows no volume `vol_old` for this token',
      why: 'it was destroyed, or belongs to an app that the token cannot see',
      next: 'Correct `snapshot` (`fly volumes list --app <app>` has the ids), or use a token that sees its app.',
    });
  });

  it('when no started machine says that it is the primary', async () => {
    const [primary] = machinesOf('shop-db');
    await cloud.ask(`POST /v1/apps/shop-db/machines/${primary?.id}/stop`);
    await fly.settled();
    expect(await refusal('shop-db')).toEqual({
      code: 'volume-not-found',
      what: 'No machine of shop-db says that it is the primary',
      why: 'the check `role` of a started machine tells the primary from the replicas',
      next: 'Look at `fly checks list --app shop-db`, or give the id of the volume that holds the data as `snapshot`.',
    });
  });

  it('when two machines say that they are the primary', async () => {
    const [first, second] = machinesOf('shop-db');
    const config = { ...first?.config, mounts: second?.config.mounts };
    await cloud.ask(`POST /v1/apps/shop-db/machines/${second?.id}`, { body: { config } });
    await eventually(async () => (await find('shop-db').catch(() => undefined)) === undefined);
    expect(await refusal('shop-db')).toMatchObject({
      code: 'volume-ambiguous',
      what: `2 machines of shop-db say that they are the primary: ${first?.id}, ${second?.id}`,
    });
  });

  it('when the cluster is not known', async () => {
    expect(await refusal('mpg:orders')).toMatchObject({
      code: 'cluster-not-found',
      what: 'Fly knows no Managed Postgres cluster `orders` for this token',
      next: 'Correct `snapshot` (`fly mpg list` has the ids), or use a token of the organization.',
    });
  });
});
