import { describe, expect, it } from 'vitest';
import { demo, fly, images } from '#local-cloud';
import { ended, logOf, shopChecks, shopStage } from '../../support/shop-stage.ts';

const shop = shopStage();
const quick = { env: { STAND_IN_BLUEGREEN_PAUSE_MS: '50' } };

const machines = () => [
  ...(shop.stage.cloud.service(fly).world.apps.get(demo.fly.app)?.machines.values() ?? []),
];
/** Marks of the machines that are there, `v42 app` or `v43 app cordoned`. */
function fleet(): readonly string[] {
  return machines()
    .filter(({ state }) => !state.startsWith('destroy'))
    .map(({ config: { metadata = {} }, cordoned }) => {
      const { fly_release_version: version, fly_process_group: group = 'app' } = metadata;
      return `v${version} ${group}${cordoned ? ' cordoned' : ''}`;
    })
    .sort();
}

describe('every strategy', () => {
  it.each(['rolling', 'canary', 'bluegreen', 'immediate'])(
    '%s makes a good version live',
    async (strategy) => {
      const result = await shop.deploy({ image: images.v3, strategy, checks: shopChecks }, quick);
      expect(ended(result)).toBe('live/verified, serving new');
      expect(await shop.served()).toBe('v3');
      expect(fleet()).toEqual(['v2 app', 'v2 app']);
    },
  );

  it.each([
    ['rolling', 'restored/crashed'],
    ['canary', 'rejected/crashed'],
    ['bluegreen', 'rejected/crashed'],
    ['immediate', 'restored/crashed'],
  ])('%s takes back a version that crashes at its start', async (strategy, end) => {
    const result = await shop.deploy(
      { image: images.v2Crash, strategy, checks: shopChecks, 'wait-timeout': '15s' },
      quick,
    );
    expect(ended(result), logOf(result)).toBe(`${end}, serving old`);
    expect(await shop.served()).toBe('v1');
    expect(fleet()).toHaveLength(2);
  });

  it.each([
    ['rolling', 'restored/unhealthy'],
    ['canary', 'rejected/unhealthy'],
    ['bluegreen', 'rejected/unhealthy'],
    ['immediate', 'restored/unhealthy'],
  ])('%s takes back a version that is never healthy', async (strategy, end) => {
    const result = await shop.deploy({ image: images.v2Broken, strategy, checks: shopChecks }, quick);
    expect(ended(result), logOf(result)).toBe(`${end}, serving old`);
    expect(await shop.served()).toBe('v1');
    expect(fleet()).toHaveLength(2);
  });
});
