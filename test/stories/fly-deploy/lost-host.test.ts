import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commits, demo, fly, images } from '#local-cloud';
import { annotations, ended, shopChecks, shopStage } from '../../support/shop-stage.ts';

const shop = shopStage();
const emulator = () => shop.stage.cloud.service(fly);
const machines = () => [...(emulator().world.apps.get(demo.fly.app)?.machines.values() ?? [])];
const runs = () => machines().map(({ config }) => config.image.replace(/^.*[:@]/, ''));
const deploy = (inputs: Readonly<Record<string, string>> = {}) =>
  shop.deploy({ image: images.v3, checks: shopChecks, ...inputs }, { sha: commits.v3 });

/** The host of the first machine does not answer any more. */
async function lose() {
  const [first] = machines();
  if (first === undefined) throw new Error('the demo has machines');
  await emulator().world.fleet.loseHost(first);
  return first;
}

const withVolume = `app = "shop"
primary_region = "iad"
[http_service]
  internal_port = 8080
[mounts]
  source = "data"
  destination = "/data"
`;

const warning = (id: string) =>
  `warning: The host of machine ${id} does not answer: which release it has, and whether it serves, is not known.`;

describe('a deploy to an app one of whose machines is on a lost host', () => {
  it('goes to the others, and names the one that is out of sight', async () => {
    const { id } = await lose();
    const result = await deploy();
    expect(ended(result)).toBe('live/verified, serving new');
    expect([annotations(result), await shop.served()]).toEqual([[warning(id)], 'v3']);
    expect(result.main.summary).toContain(`The host of machine \`${id}\` does not answer`);
    expect(shop.stage.flyctlCalls().find((call) => call.startsWith('deploy '))).toContain(
      ` --exclude-machines ${id} `,
    );
  });

  it('is taken back like any other where its checks fail', async () => {
    const { id } = await lose();
    const result = await deploy({ image: images.v2Error });
    expect(ended(result)).toBe('restored/checks-failed, serving old');
    expect(await shop.served()).toBe('v1');
    expect(result.main.summary).toContain(`The host of machine \`${id}\` does not answer`);
  });

  it('leaves it on the old release, and the next deploy finds it there when its host is back', async () => {
    const machine = await lose();
    await deploy();
    emulator().world.fleet.findHost(machine);
    await emulator().settled();
    expect(await shop.served()).toBe('v1 v3');
    expect(ended(await deploy())).toBe('live/verified, serving new');
    expect([new Set(runs()).size, await shop.served()]).toEqual([1, 'v3']);
  });

  it('goes to the others where its volume is out of reach as well', async () => {
    const app = emulator().world.apps.get(demo.fly.app);
    if (app !== undefined) emulator().world.destroyApp(app);
    const definition = {
      app: 'shop',
      http_service: { internal_port: 8080 },
      mounts: [{ source: 'data', destination: '/data' }],
    };
    emulator().createApp({ name: demo.fly.app, image: images.v1, volume: 'data', definition });
    await emulator().settled();
    const { id } = await lose();
    writeFileSync(join(shop.stage.workspace, 'volume.toml'), withVolume);
    const result = await deploy({ config: 'volume.toml' });
    expect(ended(result)).toBe('live/verified, serving new');
    expect(annotations(result)).toEqual([warning(id)]);
  });
});
