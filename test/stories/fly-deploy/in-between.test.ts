import { describe, expect, it } from 'vitest';
import { demo, fly, images } from '#local-cloud';
import { releaseCaches } from '../../../packages/core/src/platforms/release-caches.ts';
import { ended, logOf, shopChecks, shopStage, steps } from '../../support/shop-stage.ts';

// The story: what answers is not always the service. An edge turns away whoever is no browser; a cache has a page from
// before the change. Neither says anything of the new release.

const shop = shopStage();

/** One gate alone. */
const [home = ''] = shopChecks.split(/(?=- name: health)/);
/** Both machines have been updated. */
const shipped = { route: 'flaps.machines.update', nth: 2 } as const;

describe('a service behind a challenge', () => {
  // Before Fly's own hosts no edge stands: this one does before a domain of the app's own.
  const domain = 'www.shop.example';
  const inputs = { 'check-variables': `url=https://${domain}` };
  const challenge = (rule: { readonly edge?: 'cloudflare' | 'vercel'; readonly after?: typeof shipped }) => {
    const { certificates } = shop.stage.cloud.service(fly).world.apps.get(demo.fly.app) ?? {};
    certificates?.set(domain, { hostname: domain, askedAtMs: 0, takesMs: 0 });
    shop.stage.cloud.faults.add({ route: 'app', kind: 'challenge', ...rule });
  };

  it.each(['cloudflare', 'vercel'] as const)('from the start: nothing is shipped (%s)', async (edge) => {
    challenge({ edge });
    const result = await shop.deploy({ image: images.v3, checks: shopChecks, ...inputs });
    expect(ended(result)).toBe('error/challenged, serving old');
    expect(result.main.exitCode).toBe(1);
    expect(shop.mutations('fly')).toEqual([]);
    expect(await shop.served()).toBe('v1');
    expect(steps(result)).toEqual(expect.not.arrayContaining(['ship']));
    expect(logOf(result)).toContain('an answer of the service itself');
  });

  it('only afterwards: it is not judged, and nothing is switched', async () => {
    challenge({ after: shipped });
    const result = await shop.deploy({ image: images.v3, checks: home, ...inputs });
    expect(ended(result)).toBe('inconclusive/challenged, serving new');
    expect(await shop.served()).toBe('v3');
    expect(shop.mutations('fly').filter((route) => route === 'flaps.machines.update')).toHaveLength(2);
  });

  it('beside a check that fails: the failure takes it back, and the way back is not judged', async () => {
    const checks = `${home}- name: fleet\n  fly-machines: { machines: { gte: 9 } }\n`;
    challenge({ after: shipped });
    const result = await shop.deploy({ image: images.v3, checks, ...inputs });
    expect(ended(result)).toBe('inconclusive/challenged, serving old');
    expect(await shop.served()).toBe('v1');
  });

  it('keeps nobody from going back', async () => {
    await shop.deploy({ image: images.v3, checks: home });
    challenge({});
    const result = await shop.rollback({ to: 'previous', checks: home, ...inputs });
    expect(ended(result)).toBe('inconclusive/challenged, serving old');
    expect(await shop.served()).toBe('v1');
  });
});

describe('a service behind a cache that outlives releases', () => {
  const cache = (...ignores: readonly ('no-cache' | 'query')[]) =>
    shop.stage.cloud.caches.put({ host: demo.fly.host, seconds: 3_600, ignores });

  it('is not called verified for a page from before', async () => {
    cache('no-cache', 'query');
    const result = await shop.deploy({ image: images.v3, checks: shopChecks });
    expect(ended(result)).toBe('inconclusive/cached, serving new');
    expect(await shop.served()).toBe('v3');
  });

  it('is not taken back for a build from before', async () => {
    cache('no-cache', 'query');
    const checks = `release: { path: /version.json, jsonpath: $.commit }\nchecks:\n${home}`;
    const result = await shop.deploy({ image: images.v3, checks }, { sha: 'c0ffee'.padEnd(40, '0') });
    expect(ended(result)).toBe('inconclusive/cached, serving new');
  });

  it.each([
    ['a query that no cache has seen', ['no-cache'] as const],
    ['a header', ['query'] as const],
  ])('is judged where it can be asked past it: by %s', async (_, ignores) => {
    cache(...ignores);
    const result = await shop.deploy({ image: images.v3, checks: shopChecks });
    expect(ended(result)).toBe('live/verified, serving new');
  });

  it('hides no broken release', async () => {
    cache('no-cache');
    const result = await shop.deploy({ image: images.v2Error, checks: home });
    expect(ended(result)).toBe('restored/checks-failed, serving old');
    expect(await shop.served()).toBe('v1');
  });
});

describe('a static site behind a cache', () => {
  const machines = () => shop.stage.cloud.service(fly).world.apps.get(demo.fly.app)?.machines.values() ?? [];
  const imagesNow = () => [...machines()].map(({ config }) => config.image).join();
  const checks = `window: { successes: 3, interval: 1s }\nchecks:\n${home}`;
  const askedPast = () => shop.entries('app').some(({ path }) => path.includes('belay='));

  it.each(releaseCaches)('that each release has anew is verified by what it keeps: %s', async (header) => {
    shop.stage.cloud.caches.put({
      host: demo.fly.host,
      seconds: 3_600,
      header,
      releaseNow: imagesNow,
    });
    const result = await shop.deploy({ image: images.v3, checks });
    expect(ended(result)).toBe('live/verified, serving new');
    expect(shop.entries('app').filter(({ path }) => path === '/').length).toBeGreaterThan(0);
    expect(askedPast()).toBe(false);
  });

  it('that says nothing of releases is asked past', async () => {
    const ignores = ['no-cache'] as const;
    shop.stage.cloud.caches.put({ host: demo.fly.host, seconds: 3_600, ignores, releaseNow: imagesNow });
    const result = await shop.deploy({ image: images.v3, checks });
    expect(ended(result)).toBe('live/verified, serving new');
    expect(askedPast()).toBe(true);
  });
});

describe('a release that answers null where a number was', () => {
  it('is taken back: what a service answers is never the fault of the check', async () => {
    const image = `registry.fly.io/${demo.fly.app}:null`;
    shop.stage.cloud.images.put(image, {
      app: 'shop',
      env: { VERSION: 'v2', SHOP_HOSTILE: 'null' },
      labels: {},
    });
    const checks = `- name: items\n  http: GET /api/items\n  expect: { jsonpath: { "$.items[0].price": { lt: 50 } } }\n`;
    const result = await shop.deploy({ image, checks });
    expect(ended(result)).toBe('restored/checks-failed, serving old');
    expect(await shop.served()).toBe('v1');
  });
});
