import { expect, it } from 'vitest';
import { demo, fly, images } from '#local-cloud';
import { annotations, ended, shopStage } from '../../support/shop-stage.ts';

const shop = shopStage();

it('a fly.toml that forgets the volume of its machines is told what to write, and nothing is changed', async () => {
  const emulator = shop.stage.cloud.service(fly);
  emulator.world.apps.delete(demo.fly.app);
  const [machine] = emulator.createApp({
    name: demo.fly.app,
    image: images.v1,
    machines: 1,
    volume: 'data',
  });
  await emulator.settled();
  const result = await shop.deploy({ image: images.v3 });
  expect(ended(result)).toBe('rejected/config-invalid, serving old');
  const [told = '', ...others] = annotations(result);
  expect(others).toEqual([]);
  expect(told.replace(/^error: config-invalid: .*?\(rejected\/config-invalid\)\. /, '')).toBe(
    `Machine ${machine?.id} of the process group app has a volume, and fly.toml mounts none (flyctl would start it without its data, ` +
      'asks whether that is meant, and nobody can answer in a job). Next: Write `[mounts]` into fly.toml, with `source` = "data", ' +
      '`destination` = "/data"; where the data are not needed any more, destroy the machine and its volume yourself.',
  );
  expect(await shop.served()).toBe('v1');
});
