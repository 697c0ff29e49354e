import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demo, fly, images } from '#local-cloud';
import { annotations, ended, logOf, shopChecks, shopStage } from '../../support/shop-stage.ts';

const shop = shopStage();
const quick = { env: { STAND_IN_BLUEGREEN_PAUSE_MS: '50' } };

/** The machines that are there: `v43 app started`, and what marks them. */
function fleet(): readonly string[] {
  const app = shop.stage.cloud.service(fly).world.apps.get(demo.fly.app);
  return [...(app?.machines.values() ?? [])]
    .filter(({ state }) => !state.startsWith('destroy'))
    .map(({ config: { metadata = {} }, state, cordoned }) => {
      const { fly_release_version: version, fly_process_group: group, fly_canary: canary } = metadata;
      const retired = metadata.fly_bluegreen_deployment_tag === 'safe_to_destroy';
      const marks = [cordoned && 'cordoned', canary && 'canary', retired && 'retired'].filter(Boolean);
      return [`v${version}`, group, state, ...marks].join(' ');
    })
    .sort();
}
const untouched = ['v1 app started', 'v1 app started'];

describe('a bluegreen deploy that ends in the middle', () => {
  it.each([
    ['before it has tagged the blue machines', 'flaps.metadata.set'],
    ['between the switch and the cordon', 'flaps.machines.cordon'],
    ['before the blue machines are stopped', 'flaps.machines.stop'],
    ['before the blue machines are destroyed', 'flaps.machines.destroy'],
  ])('%s: the blue ones take over again, and the green ones go', async (_name, route) => {
    shop.stage.cloud.faults.add({ route, kind: 'status', status: 422, count: 2 });
    const inputs = { image: images.v3, strategy: 'bluegreen', checks: shopChecks };
    const result = await shop.deploy(inputs, quick);
    expect(ended(result), logOf(result)).toBe('restored/platform-error, serving old');
    expect(await shop.served()).toBe('v1');
    expect(fleet()).toEqual(untouched);
  });

  it('with a blue machine destroyed: the old version goes on what is there, and no machine is too many', async () => {
    shop.stage.cloud.faults.add({ route: 'flaps.machines.destroy', kind: 'status', status: 422, nth: 2 });
    const inputs = { image: images.v3, strategy: 'bluegreen', checks: shopChecks };
    const result = await shop.deploy(inputs, quick);
    expect(ended(result), logOf(result)).toBe('restored/platform-error, serving old');
    expect(await shop.served()).toBe('v1');
    expect(fleet()).toEqual(['v3 app started', 'v3 app started']);
  });

  it('before the switch: what it made is destroyed, and the old version never stopped serving', async () => {
    const never = { kind: 'status', status: 422 } as const;
    shop.stage.cloud.faults.add({ route: 'flaps.machines.uncordon', ...never, count: 2 });
    shop.stage.cloud.faults.add({ route: 'flaps.machines.destroy', ...never, count: 1 });
    const inputs = { image: images.v3, strategy: 'bluegreen', checks: shopChecks };
    const result = await shop.deploy(inputs, quick);
    expect(ended(result), logOf(result)).toBe('rejected/platform-error, serving old');
    expect(await shop.served()).toBe('v1');
    expect(fleet()).toEqual(untouched);
  });

  it('killed with its leases held: they are waited for', { timeout: 60_000 }, async () => {
    shop.stage.cloud.faults.add({ route: 'flaps.machines.cordon', kind: 'stall', count: 2 });
    const inputs = { image: images.v3, strategy: 'bluegreen', checks: shopChecks, timeout: '5s' };
    const result = await shop.deploy({ ...inputs, 'restore-timeout': '40s' }, quick);
    expect(ended(result), logOf(result)).toBe('restored/deploy-timeout, serving old');
    expect(await shop.served()).toBe('v1');
    expect(fleet()).toEqual(untouched);
  });
});

describe('a canary that is left behind', () => {
  it('and takes traffic is a share of what serves, until the restore destroys it', async () => {
    shop.stage.cloud.faults.add({ route: 'flaps.machines.destroy', kind: 'status', status: 500, count: 3 });
    const result = await shop.deploy({ image: images.v3, strategy: 'canary', checks: shopChecks });
    expect(ended(result), logOf(result)).toBe('restored/platform-error, serving old');
    expect(await shop.served()).toBe('v1');
    expect(fleet()).toEqual(untouched);
  });

  it('and takes traffic is told with its share when nothing may be taken back', async () => {
    shop.stage.cloud.faults.add({ route: 'flaps.machines.destroy', kind: 'status', status: 500 });
    const inputs = { image: images.v3, strategy: 'canary', checks: shopChecks, 'on-failure': 'none' };
    const result = await shop.deploy(inputs);
    expect(ended(result), logOf(result)).toBe('stranded/on-failure-none, serving mixed');
    expect(await shop.served()).toBe('v1 v3');
    expect(annotations(result)[0]).toContain('serves a mix of releases (67 % v1, 33 % v2)');
  });

  it('and takes none stays when nothing may be taken back, and is told', async () => {
    const inputs = { image: images.v2Broken, strategy: 'canary', checks: shopChecks, 'on-failure': 'none' };
    const result = await shop.deploy(inputs);
    expect(ended(result), logOf(result)).toBe('rejected/unhealthy, serving old');
    expect(await shop.served()).toBe('v1');
    expect(fleet()).toEqual([...untouched, 'v2 app started canary']);
    expect(annotations(result)[0]).toMatch(
      /^warning: The canary \w+ of v2 was left as it is: it takes no traffic, and costs\.$/,
    );
  });

  it('goes with a rollback', async () => {
    const inputs = { image: images.v3, strategy: 'canary', 'on-failure': 'none' };
    shop.stage.cloud.faults.add({ route: 'flaps.machines.destroy', kind: 'status', status: 500, count: 4 });
    await shop.deploy(inputs);
    shop.stage.cloud.faults.clear();
    const result = await shop.rollback({ to: 'v1', reason: 'the canary stayed' });
    expect(ended(result), logOf(result)).toBe('restored/platform-only, serving old');
    expect(await shop.served()).toBe('v1');
    expect(fleet()).toEqual(untouched);
  });
});

describe('a release command', () => {
  const plain = () => join(shop.stage.workspace, 'fly.toml');
  beforeEach(() => {
    writeFileSync(
      plain(),
      `${toml}\n[deploy]\n  release_command = "migrate"\n  release_command_timeout = "2s"\n`,
    );
  });
  afterEach(() => writeFileSync(plain(), toml));

  it('that fails leaves the old version alone', async () => {
    const result = await shop.deploy({ image: images.v2MigrationFails, checks: shopChecks });
    expect(ended(result)).toBe('rejected/release-command-failed, serving old');
    expect(fleet()).toEqual(untouched);
  });

  it.each(['rolling', 'canary', 'bluegreen'])(
    'that hangs is ended with its machine (%s)',
    async (strategy) => {
      const ref = 'registry.fly.io/shop:migration-hangs';
      shop.stage.cloud.images.put(ref, {
        app: 'shop',
        env: { VERSION: 'v3', SHOP_COMMAND_HANGS: 'true' },
        labels: {},
      });
      const result = await shop.deploy({ image: ref, strategy, checks: shopChecks });
      expect(ended(result), logOf(result)).toBe('rejected/release-command-failed, serving old');
      expect(await shop.served()).toBe('v1');
      expect(fleet()).toEqual(untouched);
      expect(logOf(result)).toMatch(
        /Destroyed the release command machine \w+ of v2, which flyctl had left behind\./,
      );
    },
  );
});

const toml = `app = "${demo.fly.app}"
primary_region = "iad"

[http_service]
  internal_port = 8080

  [[http_service.checks]]
    interval = "1s"
    timeout = "2s"
    path = "/healthz"
`;
