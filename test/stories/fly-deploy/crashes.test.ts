import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { commits, images } from '#local-cloud';
import { annotations, ended, logOf, shopChecks, shopStage } from '../../support/shop-stage.ts';

const shop = shopStage();
const slow = { 'wait-timeout': '60s', timeout: '90s', checks: shopChecks };
const quick = { env: { STAND_IN_BLUEGREEN_PAUSE_MS: '50' } };

/** An image of the new version that ends so long after each start. */
function crashingAfter(ms: number, flags: Readonly<Record<string, string>> = {}): string {
  const ref = `registry.fly.io/shop:crash-after-${ms}`;
  const env = {
    VERSION: 'v2',
    COMMIT: commits.v2,
    SHOP_CRASH_AFTER_MS: String(ms),
    SHOP_EXIT_CODE: '9',
    ...flags,
  };
  shop.stage.cloud.images.put(ref, { app: 'shop', env, labels: {} });
  return ref;
}

describe('a machine that crashes for good while flyctl waits for its checks', () => {
  it.each([
    ['rolling', 'restored/crashed, serving old'],
    ['canary', 'rejected/crashed, serving old'],
    ['bluegreen', 'rejected/crashed, serving old'],
  ])('ends a %s deploy at once, with what it said', async (strategy, end) => {
    const image = crashingAfter(700, { SHOP_HEALTH: 'failing', SHOP_SAYS: 'no database' });
    const result = await shop.deploy({ ...slow, image, strategy }, quick);
    expect(ended(result), logOf(result)).toBe(end);
    expect(await shop.served()).toBe('v1');
    expect(result.main.durationMs).toBeLessThan(15_000);
    expect(annotations(result)[0]).toMatch(/[Mm]achine \w+ of v2 exited with code 9, restart \d/);
    expect(logOf(result)).toContain('no database');
  });
});

it('a machine that crashes when flyctl has gone on, and is back when flyctl has ended, is not believed', async () => {
  const flags = { SHOP_HEALTHY_AFTER_MS: '1000' };
  const result = await shop.deploy({ ...slow, image: crashingAfter(2_000, flags) });
  expect(logOf(result)).toContain('Visit your newly deployed app');
  expect(ended(result), logOf(result)).toBe('restored/crashed, serving old');
  expect(await shop.served()).toBe('v1');
});

it('two deploys at once: the second waits for the first, and is refused where it is older than what that made live', async () => {
  shop.stage.cloud.faults.add({ route: 'flaps.machines.update', kind: 'delay', ms: 2_500, nth: 1 });
  const first = shop.deploy({ image: images.v3, checks: shopChecks }, { sha: commits.v3 });
  while (shop.entries('flaps.lease.create').length < 2) await delay(20);
  const env = { STAND_IN_LEASE_PATIENCE_MS: '300' };
  const second = await shop.deploy({ image: images.v2Error, checks: shopChecks }, { env });
  const winner = await first;
  expect(ended(winner), logOf(winner)).toBe('live/verified, serving new');
  expect(ended(second), logOf(second)).toBe('blocked/older-than-live, serving old');
  expect(await shop.served()).toBe('v3');
});
