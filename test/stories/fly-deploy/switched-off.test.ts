import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commits, demo, fly, images } from '#local-cloud';
import { switchedOff } from '../../support/fleet-shapes.ts';
import { annotations, ended, shopStage, steps } from '../../support/shop-stage.ts';

const shop = shopStage();
const emulator = () => shop.stage.cloud.service(fly);
const machines = () => [...(emulator().world.apps.get(demo.fly.app)?.machines.values() ?? [])];
const starts = () =>
  shop.stage.cloud.journal.entries({ mutations: true }).filter(({ path }) => path.endsWith('/start'));

const toml = `app = "shop"
primary_region = "iad"
[http_service]
  internal_port = 8080
  auto_start_machines = false
`;

it('gives an app that somebody has switched off its release, which no failing check takes back', async () => {
  const app = emulator().world.apps.get(demo.fly.app);
  if (app !== undefined) emulator().world.destroyApp(app);
  emulator().createApp({ name: demo.fly.app, image: images.v1, ...switchedOff });
  await emulator().settled();
  for (const machine of machines()) emulator().world.fleet.stop(machine, {});
  await emulator().settled();

  const checks = '- { name: home, http: GET /, expect: { status: 200 } }';
  writeFileSync(join(shop.stage.workspace, 'off.toml'), toml);
  const inputs = { image: images.v3, config: 'off.toml', checks };
  const result = await shop.deploy(inputs, { sha: commits.v3 });

  expect(ended(result)).toBe('inconclusive/switched-off, serving nothing');
  expect(steps(result)).toEqual([
    ...['observe', 'admit', 'record', 'turn', 'verify before', 'prepare', 'turn', 're-read'],
    ...['ship', 'settle', 'confirm'],
  ]);
  const states = machines().map(({ state, config }) => [state, config.metadata?.fly_release_version]);
  expect([states, starts()]).toEqual([
    [
      ['stopped', '2'],
      ['stopped', '2'],
    ],
    [],
  ]);
  expect(annotations(result).at(-1)).toContain(
    'Everything that should serve is stopped, and no request starts it: nothing could be judged.',
  );
});
