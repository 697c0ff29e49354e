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

describe('a bluegreen deploy whose old machines the API will not', () => {
  const inputs = { image: images.v3, strategy: 'bluegreen', checks: shopChecks };
  const refuse = (route: string) =>
    shop.stage.cloud.faults.add({ route, kind: 'status', status: 422, count: 2 });
  const switched = ['v2 app started', 'v2 app started'];
  const left = 'v1 app stopped cordoned retired';

  it.each([
    ['tag is live: flyctl goes on', 'flaps.metadata.set', switched],
    ['cordon is live: flyctl goes on', 'flaps.machines.cordon', switched],
    ['destroy is live, beside what takes no traffic', 'flaps.machines.destroy', [left, left, ...switched]],
  ])('%s', async (_, route, there) => {
    refuse(route);
    const result = await shop.deploy(inputs, quick);
    expect(ended(result), logOf(result)).toBe('live/verified, serving new');
    expect(await shop.served()).toBe('v3');
    expect(fleet()).toEqual(there);
  });

  it('stop ends in the middle: the old ones take over again, and the new ones go', async () => {
    refuse('flaps.machines.stop');
    const result = await shop.deploy(inputs, quick);
    expect(ended(result), logOf(result)).toBe('restored/deploy-failed, serving old');
    expect(await shop.served()).toBe('v1');
    expect(fleet()).toEqual(untouched);
  });
});

describe('a bluegreen deploy that ends in the middle', () => {
  it('before the switch: what it made is destroyed, and the old version never stopped serving', async () => {
    const never = { kind: 'status', status: 422 } as const;
    shop.stage.cloud.faults.add({ route: 'flaps.machines.uncordon', ...never, count: 2 });
    // flyctl's own clean-up ends at the first machine it cannot destroy.
    shop.stage.cloud.faults.add({ route: 'flaps.machines.destroy', ...never, count: 1 });
    const inputs = { image: images.v3, strategy: 'bluegreen', checks: shopChecks };
    const result = await shop.deploy(inputs, quick);
    expect(ended(result), logOf(result)).toBe('rejected/platform-error, serving old');
    expect(await shop.served()).toBe('v1');
    expect(fleet()).toEqual(untouched);
  });

  it.each([
    ['before it has tagged the old machines', { route: 'flaps.metadata.set', count: 2 }, untouched],
    ['between the switch and the cordon', { route: 'flaps.machines.cordon', count: 2 }, untouched],
    ['before the old machines are destroyed', { route: 'flaps.machines.destroy', count: 2 }, untouched],
    [
      'with an old machine destroyed',
      { route: 'flaps.machines.destroy', nth: 2 },
      ['v3 app started', 'v3 app started'],
    ],
  ])('killed %s, its leases held: they are waited for', { timeout: 60_000 }, async (_, where, there) => {
    shop.stage.cloud.faults.add({ ...where, kind: 'stall' });
    const inputs = { image: images.v3, strategy: 'bluegreen', checks: shopChecks, timeout: '9s' };
    const result = await shop.deploy({ ...inputs, 'restore-timeout': '40s' }, quick);
    expect(ended(result), logOf(result)).toBe('restored/deploy-timeout, serving old');
    expect(await shop.served()).toBe('v1');
    expect(fleet()).toEqual(there);
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
    expect(annotations(result)).toEqual([
      expect.stringMatching(/^warning: The canary \w+ of v2 \(started\) stands beside the fleet: /),
      expect.stringContaining('v1 (67 %) and v2 (33 %) serve fly:shop'),
    ]);
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
