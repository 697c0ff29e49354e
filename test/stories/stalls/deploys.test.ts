import { describe, expect, it } from 'vitest';
import { images } from '#local-cloud';
import { shopChecks, shopStage } from '../../support/shop-stage.ts';
import { bothMs, expectEnd, type From, limits, stalled, timeoutMs } from './stalled.ts';

// The story: everything this run depends on stops answering at once, in each phase of a deploy and of a rollback.

const shop = shopStage();

/** As the outputs call it, where the app serves one version or two. */
async function truth(wanted: string): Promise<string> {
  const served = await shop.served();
  if (served === 'v1') return 'old';
  if (served === wanted) return 'new';
  return served.includes(' ') ? 'mixed' : 'nothing';
}

const phases: readonly [string, From][] = [
  ['from the first call on', 'the start'],
  ['once the app is known', ['graphql.app.releases', 1]],
  ['once the machines are listed', ['flaps.machines.list', 1]],
  ['once its record is open', ['deployments.create', 1]],
  ['once its release is made', ['uiex.releases.create', 1]],
  ['with one of two machines updated', ['flaps.machines.update', 1]],
  ['with both machines updated', ['flaps.machines.update', 2]],
  ['once its release has ended', ['uiex.releases.patch', 2]],
];

describe('a deploy whose dependencies all stall', () => {
  it.each(phases)('%s ends in time', async (_, from) => {
    const run = () => shop.deploy({ image: images.v3, checks: shopChecks, ...limits });
    const result = await stalled(shop.stage, { from, withinMs: bothMs }, run);
    expectEnd(result, { withinMs: bothMs, serves: await truth('v3') });
  });
});

describe('a deploy that is taken back while everything stalls', () => {
  it.each<[string, From]>([
    ['once the bad one is there', ['uiex.releases.patch', 2]],
    ['once the old release is made again', ['uiex.releases.create', 2]],
    ['with one machine taken back', ['flaps.machines.update', 3]],
    ['with both machines taken back', ['flaps.machines.update', 4]],
  ])('%s ends in time', async (_, from) => {
    const withinMs = 25_000;
    const long = { timeout: '20s', 'restore-timeout': '5s' };
    const run = () => shop.deploy({ image: images.v2Error, checks: shopChecks, ...long });
    const result = await stalled(shop.stage, { from, withinMs }, run);
    expectEnd(result, { withinMs, serves: await truth('v2') });
  });
});

describe('a deploy that may not be taken back', () => {
  it.each<[string, From]>([
    ['from the first call on', 'the start'],
    ['with one of two machines updated', ['flaps.machines.update', 1]],
  ])('and stalls %s ends in time', async (_, from) => {
    const run = () => shop.deploy({ image: images.v3, 'on-failure': 'none', ...limits });
    const result = await stalled(shop.stage, { from, withinMs: bothMs }, run);
    expectEnd(result, { withinMs: bothMs, serves: await truth('v3') });
  });
});

describe('a rehearsal whose dependencies all stall', () => {
  it.each<[string, From]>([
    ['from the first call on', 'the start'],
    ['once the app is known', ['graphql.app.releases', 1]],
    ['once the machines are listed', ['flaps.machines.list', 1]],
  ])('%s ends in time', async (_, from) => {
    const run = () => shop.deploy({ image: images.v3, 'dry-run': 'true', checks: shopChecks, ...limits });
    const result = await stalled(shop.stage, { from, withinMs: timeoutMs }, run);
    expectEnd(result, { withinMs: timeoutMs, serves: 'old' });
    expect(await shop.served()).toBe('v1');
  });
});
