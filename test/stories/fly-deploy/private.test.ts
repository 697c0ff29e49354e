import { describe, expect, it } from 'vitest';
import { commits, demo, fly, images } from '#local-cloud';
import { annotations, ended, logOf, shopChecks, shopStage } from '../../support/shop-stage.ts';

const shop = shopStage();
const world = () => shop.stage.cloud.service(fly).world;
const addresses = () =>
  world()
    .apps.get(demo.fly.app)
    ?.ips.map(({ type }) => type);

function neverDeployed(): void {
  const app = world().apps.get(demo.fly.app);
  if (app !== undefined) world().destroyApp(app);
  world().createApp(demo.fly.app);
}

describe('`private: true`', () => {
  it('deploys an app for the first time without an address, judged by its machines’ own checks', async () => {
    neverDeployed();
    const checks = '- { name: machines, fly-machines: true }';
    const result = await shop.deploy({ image: images.v3, private: 'true', checks }, { sha: commits.v3 });
    expect(ended(result)).toBe('live/verified, serving new');
    expect(addresses()).toEqual([]);
    expect(await shop.served()).toBe('nothing');
    expect(result.main.outputs.url).toBe('');
    expect(result.main.outputs.hostname).toBe('');
    // Nothing is missing that was asked for: nobody is told to make it public.
    expect(annotations(result)).toEqual([]);
  });

  it('is what keeps the addresses away', async () => {
    neverDeployed();
    await shop.deploy({ image: images.v3 }, { sha: commits.v3 });
    expect(addresses()).toEqual(['v6', 'shared_v4']);
  });

  it('fails before anything is changed when the internet reaches the app', async () => {
    world().apps.delete(demo.fly.app);
    shop.stage.cloud.service(fly).createApp({
      name: demo.fly.app,
      image: images.v1,
      ips: ['v6', 'shared_v4', 'private_v6'],
    });
    const open = world()
      .apps.get(demo.fly.app)
      ?.ips.filter(({ type }) => type !== 'private_v6')
      .map(({ address }) => address);
    const result = await shop.deploy({ image: images.v3, private: 'true' });
    expect(ended(result)).toBe('error/public-address, serving unknown');
    expect(annotations(result)).toEqual([
      `error: public-address: shop has the public addresses ${open?.join(', ')}. \`private: true\` says that the internet ` +
        `must not reach it. Next: Run \`fly ips release ${open?.join(' ')} --app shop\`, or set \`private: false\`.`,
    ]);
    expect(shop.mutations()).toEqual([]);
  });

  it('lets an app be that only Fly’s private network reaches', async () => {
    world().apps.delete(demo.fly.app);
    shop.stage.cloud.service(fly).createApp({ name: demo.fly.app, image: images.v1, ips: ['private_v6'] });
    const result = await shop.deploy({ image: images.v3, private: 'true' });
    expect(ended(result)).toBe('live/platform-only, serving new');
    expect(addresses()).toEqual(['private_v6']);
  });

  it('says of checks that need an address that there is none', async () => {
    const result = await shop.deploy({ image: images.v3, private: 'true', checks: shopChecks });
    expect(ended(result)).toBe('error/checks-invalid, serving unknown');
    expect(logOf(result)).toContain('url');
    expect(shop.mutations()).toEqual([]);
  });
});
