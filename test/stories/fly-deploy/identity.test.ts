import { describe, expect, it } from 'vitest';
import { commits, demo, fly, images } from '#local-cloud';
import { annotations, ended, logOf, shopChecks, shopStage } from '../../support/shop-stage.ts';
import { addRelease, someoneElseDeploys } from '../../support/someone-else.ts';

const shop = shopStage();
/** Asked once more after 5 s, which is not the point here. */
const checks = shopChecks.replaceAll('http:', 'retry: { attempts: 1 }\n  http:');

const tag = 'registry.fly.io/shop:release';
const put = (version: string, flags: Readonly<Record<string, string>> = {}) =>
  shop.stage.cloud.images.put(tag, { app: 'shop', env: { VERSION: version, ...flags }, labels: {} });
const digests = () => {
  const machines = [...(shop.stage.cloud.service(fly).world.apps.get(demo.fly.app)?.machines.values() ?? [])];
  return new Set(machines.map(({ config }) => config.image.replace(/^.*@/, '')));
};

describe('a release is its digest', () => {
  it('and comes back as it was, though the tag it was built under has moved', async () => {
    const cloud = shop.stage.cloud;
    const first = put('first');
    const emulator = cloud.service(fly);
    const app = emulator.world.apps.get(demo.fly.app);
    if (app !== undefined) emulator.world.destroyApp(app);
    emulator.createApp({ name: demo.fly.app, image: tag, built: true });
    await emulator.settled();
    put('moved');
    const result = await shop.deploy({ image: images.v2Error, checks }, { sha: commits.v3 });
    expect(ended(result), logOf(result)).toBe('restored/checks-failed, serving old');
    expect([await shop.served(), digests()]).toEqual(['first', new Set([first.digest])]);
  });

  it('so a client that ships another image than it was told to is found out', async () => {
    const { digest } = shop.stage.cloud.images.resolve(images.v3) ?? {};
    const other = { data: { app: { image: { digest, ref: `registry.fly.io/shop@${digest}` } } } };
    // The first to ask which image is meant is the action, then flyctl.
    shop.stage.cloud.faults.add({ route: 'graphql.app.image', kind: 'wrong', patch: other, nth: 2 });
    const result = await shop.deploy({ image: images.v2Slow, checks });
    expect(ended(result), logOf(result)).toBe('restored/wrong-image, serving old');
    expect(annotations(result)[0]).toContain('was asked for');
    expect(await shop.served()).toBe('v1');
  });
});

describe('one look decides', () => {
  it('so a rollback takes back the hotfix that came between its look and its act, or gives way', async () => {
    await shop.deploy({ image: images.v3, checks }, { sha: commits.v1 });
    await shop.deploy({ image: put('next').ref, checks }, { sha: commits.v2 });
    const seen = shop.entries('app').length;
    // While the checks look at what serves, somebody ships another build.
    shop.stage.cloud.faults.add({ route: 'app', kind: 'delay', ms: 600, count: 1 });
    const rollback = shop.rollback({ checks });
    while (shop.entries('app').length === seen) await new Promise((resolve) => setTimeout(resolve, 10));
    someoneElseDeploys(shop.stage.cloud, images.v1);
    const result = await rollback;
    expect(ended(result), logOf(result)).toMatch(/^restored\/verified, serving old$/);
    expect(
      logOf(result)
        .split('\n')
        .filter((line) => line.startsWith('choice: ')).length,
    ).toBe(2);
    expect(logOf(result)).toContain('observe: v4 serves');
    expect(await shop.served(), logOf(result)).toBe('next');
  });

  it('so what another run has made live meanwhile is what a restore goes back to', async () => {
    const deploying = shop.deploy({ image: images.v2Error, checks }, { sha: commits.v3 });
    // flyctl has begun, and has made no release yet.
    while (shop.entries('uiex.builds.create').length === 0)
      await new Promise((resolve) => setTimeout(resolve, 5));
    addRelease(shop.stage.cloud, images.v3);
    const result = await deploying;
    expect(ended(result), logOf(result)).toBe('restored/checks-failed, serving old');
    expect(logOf(result)).toContain('v2 was made live by somebody else before this release took traffic');
    expect(await shop.served()).toBe('v3');
  });

  it('so a deploy gives way to what came between its first look and its flyctl', async () => {
    const deploying = shop.deploy({ image: images.v2Slow, checks }, { sha: commits.v3 });
    while (shop.entries('deployments.create').length === 0)
      await new Promise((resolve) => setTimeout(resolve, 5));
    someoneElseDeploys(shop.stage.cloud, images.v3);
    const result = await deploying;
    expect(ended(result), logOf(result)).toBe('stranded/superseded, serving unknown');
    expect(shop.entries('uiex.releases.create')).toEqual([]);
    expect(await shop.served()).toBe('v3');
  });
});

describe('a surprising look is looked at again', () => {
  it.each([
    ['an empty list, once', 'list-empty', 1],
    ['an empty list, twice', 'list-empty', 2],
    ['a list that lacks a machine', 'list-without-last', 2],
  ])('%s changes nothing', async (_, mutator, count) => {
    for (const nth of [1, 5]) {
      shop.stage.cloud.faults.add({ route: 'flaps.machines.list', kind: 'wrong', mutator, nth, count });
    }
    const result = await shop.deploy({ image: images.v2Error, checks });
    // flyctl reads such a list as well, and may make a second fleet of it: that is seen, and taken back.
    expect(ended(result), logOf(result)).toMatch(/^restored\/(checks-failed|unhealthy), serving old$/);
    expect(await shop.served()).toBe('v1');
  });
});
