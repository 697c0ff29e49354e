import { beforeEach, describe, expect, it } from 'vitest';
import { images } from '#local-cloud';
import { shopChecks, shopStage } from '../../support/shop-stage.ts';
import { expectEnd, type From, limits, stalled, timeoutMs } from './stalled.ts';

// The story: everything a rollback depends on stops answering at once. It has no time but its own to end in.

const shop = shopStage();

beforeEach(async () => {
  await shop.deploy({ image: images.v3 });
});

async function truth(): Promise<string> {
  const served = await shop.served();
  if (served === 'v1') return 'old';
  return served === 'v3' ? 'new' : 'mixed';
}

describe('a rollback whose dependencies all stall', () => {
  it.each<[string, From]>([
    ['from the first call on', 'the start'],
    ['once the app is known', ['graphql.app.releases', 1]],
    ['once the old release is made again', ['uiex.releases.create', 1]],
    ['with one of two machines taken back', ['flaps.machines.update', 1]],
    ['with both machines taken back', ['flaps.machines.update', 2]],
  ])('%s ends in time', async (_, from) => {
    const run = () => shop.rollback({ to: 'previous', checks: shopChecks, timeout: limits.timeout });
    const result = await stalled(shop.stage, { from, withinMs: timeoutMs }, run);
    expectEnd(result, { withinMs: timeoutMs, serves: await truth() });
  });

  it('ends in time where it only looks', async () => {
    const run = () => shop.rollback({ to: 'previous', 'dry-run': 'true', timeout: limits.timeout });
    const result = await stalled(shop.stage, { from: ['graphql.app.releases', 1], withinMs: timeoutMs }, run);
    expectEnd(result, { withinMs: timeoutMs, serves: 'new' });
    expect(await shop.served()).toBe('v3');
  });
});
