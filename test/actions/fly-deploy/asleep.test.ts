import { afterAll, beforeAll, expect, it } from 'vitest';
import { demo, images } from '#local-cloud';
import { sleepy } from '../../support/fleet-shapes.ts';
import { type RollbackFleet, rollbackFleet } from '../../support/rollback-fleet.ts';
import { ended } from '../../support/shop-stage.ts';

let fleet: RollbackFleet;
beforeAll(async () => {
  fleet = await rollbackFleet();
});
afterAll(() => fleet.close());

function deploy(image: string) {
  const app = { 'fly-app': demo.fly.app, 'fly-token': demo.fly.token };
  const times = { 'wait-timeout': '3s', timeout: '30s', 'restore-timeout': '20s' };
  // No fly.toml: what is stored says that the app may sleep.
  return fleet.stage.run('fly-deploy', { ...app, ...times, image, config: 'none.toml' });
}

it.each([
  ['is live when the machine that was woken is well', images.v3, 'live/platform-only, serving new', 'v3'],
  ['is taken back when it is not', images.v2Broken, 'restored/platform-only, serving old', 'first'],
])('a deploy to an app that sleeps %s, though flyctl starts none', async (_, image, end, version) => {
  await fleet.begin(sleepy);
  await fleet.stop(() => true);
  const result = await deploy(image);
  expect(ended(result)).toBe(end);
  expect(await fleet.served()).toBe(version);
});
