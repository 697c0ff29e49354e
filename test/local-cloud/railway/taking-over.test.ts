import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { shopTree } from '#local-cloud';
import { eventually } from '../../support/eventually.ts';
import { RailwayApi, shopProject } from '../../support/railway-api.ts';

let api: RailwayApi;
afterEach(() => api.close());

const start = (settings: object = {}, web: object = {}) => {
  api = new RailwayApi(shopProject({ settings: { healthcheckPath: '/healthz', ...settings }, ...web }));
};
const served = async () => (await api.serves()).body?.version;
const first = () => api.railway.world.instances()[0]?.deployments[0]?.id ?? '';

async function deployNext(version = 'v2'): Promise<void> {
  await api.reaches(await api.deploy(shopTree({ version })), 'SUCCESS');
}

describe('what served before', () => {
  it('is REMOVING as soon as another took over, and REMOVED about fifteen seconds later', async () => {
    start();
    await api.serves();
    await deployNext();
    expect([await served(), await api.status(first())]).toEqual(['v2', 'REMOVING']);
    await eventually(() => api.railway.world.deployments.get(first())?.isStopped);
    api.clock.advance(14_000);
    expect(await api.status(first())).toBe('REMOVING');
    api.clock.advance(2_000);
    await api.reaches(first(), 'REMOVED');
    const steps = api.railway.world.deployments.get(first())?.events.map(({ step }) => step);
    expect(steps).toEqual(['DRAIN_INSTANCES']);
  });

  it('without a drain is killed with what it was answering', async () => {
    start();
    await api.serves();
    const slow = api.serves('/version.json?ms=3000');
    await deployNext();
    expect(await slow).toMatchObject({ status: 502 });
  });

  it('with a drain answers what it had taken', async () => {
    start({ drainingSeconds: 30 });
    await api.serves();
    const slow = api.serves('/version.json?ms=3000');
    await deployNext();
    expect(await slow).toMatchObject({ status: 200, body: { version: 'v1' } });
  });

  it('is killed when the drain is over, though it will not end', async () => {
    const deployed = [{ files: shopTree({ version: 'v1', settings: { SHOP_IGNORE_SIGTERM: 'true' } }) }];
    start({ drainingSeconds: 30 }, { deployed });
    await api.serves();
    await deployNext();
    await delay(300);
    const old = api.railway.world.deployments.get(first());
    expect(old?.replicas.map(({ status }) => status)).toEqual(['REMOVING']);
    api.clock.advance(31_000);
    await eventually(() => old?.replicas.every(({ status }) => status === 'REMOVED'));
  });

  it('serves beside the new one while they overlap', async () => {
    start({ overlapSeconds: 60 });
    await api.serves();
    await deployNext();
    const both = new Set([await served(), await served(), await served(), await served()]);
    expect([both, await api.status(first())]).toEqual([new Set(['v1', 'v2']), 'SUCCESS']);
    api.clock.advance(61_000);
    await api.reaches(first(), 'REMOVING');
    expect([await served(), await served()]).toEqual(['v2', 'v2']);
  });

  it('may go on in a region that lags', async () => {
    const multiRegionConfig = { 'us-west2': { numReplicas: 1 }, 'europe-west4': { numReplicas: 1 } };
    start({ multiRegionConfig });
    api.railway.switches.lateRegion = { region: 'europe-west4', ms: 30_000 };
    await api.serves();
    await deployNext();
    const seen = async () => {
      const { version, region } = (await api.serves()).body;
      return `${version} ${region}`;
    };
    expect(new Set([await seen(), await seen(), await seen()])).toEqual(
      new Set(['v2 us-west2', 'v1 europe-west4']),
    );
    api.clock.advance(31_000);
    await eventually(() => api.railway.world.deployments.get(first())?.isStopped);
    expect(new Set([await seen(), await seen(), await seen()])).toEqual(
      new Set(['v2 us-west2', 'v2 europe-west4']),
    );
  });
});

describe('a service', () => {
  it('that was never deployed answers 404', async () => {
    start({}, { deployed: [] });
    expect(await api.serves()).toMatchObject({ status: 404, body: { message: 'Application not found' } });
  });

  it('whose domain has another target port than the process listens on answers 502', async () => {
    start({}, { targetPort: 3000 });
    expect(await api.serves()).toMatchObject({ status: 502 });
  });

  it('listens where its own PORT says, and is reached there by a domain’s target port', async () => {
    start({}, { targetPort: 3000, variables: { PORT: '3000' } });
    expect(await api.serves()).toMatchObject({ status: 200 });
  });

  it('has as many replicas as it says, asked in turn', async () => {
    start({ numReplicas: 3 });
    const replicas = new Set<string>();
    for (let asked = 0; asked < 6; asked++) replicas.add((await api.serves()).body.replica);
    expect(replicas.size).toBe(3);
  });

  it('that may sleep does so after ten minutes, and its first request is not answered', async () => {
    start({ sleepApplication: true });
    await api.serves();
    api.clock.advance(601_000);
    await api.reaches(first(), 'SLEEPING');
    expect(await api.serves()).toMatchObject({ status: 502 });
    await expect.poll(async () => (await api.serves()).status, { timeout: 20_000 }).toBe(200);
    expect(await api.status(first())).toBe('SUCCESS');
  });
});
