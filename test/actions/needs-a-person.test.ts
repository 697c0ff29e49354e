import { describe, expect, it } from 'vitest';
import { commits, demo, images } from '#local-cloud';
import type { ActionResult } from '#local-runner';
import { ended, shopChecks, shopStage } from '../support/shop-stage.ts';

const shop = shopStage();
const told = (result: ActionResult) => `${ended(result)}: ${result.main.outputs['needs-a-person']}`;
const newest = { sha: commits.v3 };

describe('a person', () => {
  it('may sleep while the new release serves, or the old one does', async () => {
    const live = await shop.deploy({ image: images.v3, checks: shopChecks }, newest);
    expect(told(live)).toBe('live/verified, serving new: false');
    const blocked = await shop.deploy({ image: images.v1 }, { sha: commits.v1 });
    expect(told(blocked)).toBe('blocked/older-than-live, serving old: false');
    const restored = await shop.deploy({ image: images.v2Error, checks: shopChecks }, newest);
    expect(told(restored)).toBe('restored/checks-failed, serving old: false');
    expect(await shop.served()).toBe('v3');
  });

  it('may sleep where nothing was begun', async () => {
    const result = await shop.deploy({ image: images.v3, timeout: '20' });
    expect(told(result)).toBe('error/input-invalid, serving unknown: false');
  });

  it('must look at a broken release that was left to serve', async () => {
    const inputs = { image: images.v2Error, checks: shopChecks, 'on-failure': 'none' };
    expect(told(await shop.deploy(inputs, newest))).toBe('stranded/on-failure-none, serving new: true');
  });

  it('must look where a rollback brought nothing back, also one that was never begun', async () => {
    expect(told(await shop.rollback({}))).toBe('stranded/no-target, serving new: true');
    expect(told(await shop.rollback({ to: 'v42' }))).toBe('error/input-invalid, serving unknown: true');
  });

  it('must look at what a smoke test found wanting, and at what it could not ask', async () => {
    const smoke = (checks: string) =>
      shop.stage.run('smoke-test', { url: `https://${demo.fly.host}`, checks });
    expect(told(await smoke(shopChecks))).toBe('pass/verified, serving unknown: false');
    expect(
      told(await smoke('- { name: gone, http: GET /gone, expect: { status: 200 }, retry: { until: 1s } }')),
    ).toBe('fail/checks-failed, serving unknown: true');
    expect(told(await smoke('- { name: no proof, http: / }'))).toBe(
      'error/checks-invalid, serving unknown: true',
    );
  });
});
