import { describe, expect, it } from 'vitest';
import { demo } from '#local-cloud';
import { ended, shopStage } from '../../support/shop-stage.ts';

// The story: a page loads a font of a vendor, and the vendor is gone. No release is the worse for it.

const shop = shopStage();

const checks = '- { name: page, assets: / }';

/** An image of the shop with a page that is broken as `env` says. */
function image(version: string, env: Readonly<Record<string, string>>): string {
  const name = `registry.fly.io/${demo.fly.app}:font-${version}`;
  shop.stage.cloud.images.put(name, { app: 'shop', env: { VERSION: version, ...env }, labels: {} });
  return name;
}

/** A release whose page lacks a font serves before the story begins. */
async function beginWithoutFont(): Promise<void> {
  const result = await shop.deploy({ image: image('v2', { SHOP_FONT: 'missing' }) });
  expect(ended(result)).toBe('live/platform-only, serving new');
}

const lacks =
  /^- ⚠️ page: font \S+\/fonts\/vendor\.woff2`: expected status 200, got status 404: so it was before the change$/m;
const scriptLacks = /script \S+\/assets\/app-\w+\.js`: expected status 200, got status 404/;

describe('a page that lacks a font of its vendor', () => {
  it('before and after stays live, with a warning', async () => {
    await beginWithoutFont();
    const result = await shop.deploy({ image: image('v3', { SHOP_FONT: 'missing' }), checks });
    expect(ended(result)).toBe('live/verified, serving new');
    expect(result.job.summary).toMatch(lacks);
    expect(await shop.served()).toBe('v3');
  });

  it('and a script that is new is taken back, to a release that lacks the font as well', async () => {
    await beginWithoutFont();
    const broken = image('v3', { SHOP_FONT: 'missing', SHOP_SCRIPT: 'missing' });
    const result = await shop.deploy({ image: broken, checks });
    expect(ended(result)).toBe('restored/checks-failed, serving old');
    expect(result.job.summary).toMatch(scriptLacks);
    expect(await shop.served()).toBe('v2');
  });

  it('only since the change is taken back', async () => {
    const result = await shop.deploy({ image: image('v3', { SHOP_FONT: 'missing' }), checks });
    expect(ended(result)).toBe('restored/checks-failed, serving old');
    expect(await shop.served()).toBe('v1');
  });
});
