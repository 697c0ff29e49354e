import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commits } from '#local-cloud';
import type { AppSeed } from '../../../packages/local-cloud/src/fly/seed.ts';
import { threeGroups, twoGroups } from '../../support/fleet-shapes.ts';
import type { PastDeploy } from '../../support/past-deploys.ts';
import { type Listed, type RollbackFleet, rollbackFleet } from '../../support/rollback-fleet.ts';
import { annotations, ended, logOf, shopChecks } from '../../support/shop-stage.ts';

let fleet: RollbackFleet;
beforeAll(async () => {
  fleet = await rollbackFleet();
});
afterAll(() => fleet.close());

/** Asked once more after 5 s, which is not the point here. */
const checks = shopChecks.replaceAll('http:', 'retry: { attempts: 1 }\n  http:');
const broken = { SHOP_ROOT_STATUS: '500' };

/** Every machine of both groups in both regions. */
const all = (runs: string): readonly Listed[] =>
  ['web', 'worker'].flatMap((group) =>
    ['fra', 'iad'].map((region) => ({ group, region, state: 'started', runs })),
  );

type Seed = Omit<AppSeed, 'name' | 'image'>;

/** What ends by itself stays down: at its first end, or at its second. */
function restarting(policy: 'never' | 'on-failure', retries?: number): Seed {
  const restart = {
    policy: policy === 'never' ? 'no' : policy,
    ...(retries !== undefined && { max_retries: retries }),
  };
  const { web, worker } = twoGroups.groups ?? {};
  return {
    ...twoGroups,
    groups: {
      web: { machines: 2, config: { ...web?.config, restart } as never },
      worker: { machines: 2, config: { ...worker?.config, restart } as never },
    },
    definition: {
      ...Object(twoGroups.definition),
      restart: [{ policy, ...(retries !== undefined && { retries }), processes: ['web', 'worker'] }],
    },
  };
}

/** An app of this shape, whose fly.toml says the same. */
async function begin(seed: Seed): Promise<void> {
  await fleet.begin(seed);
  await fleet.writeConfig(seed.definition);
}

const deploy = (inputs: Readonly<Record<string, string>>) => fleet.deploy({ config: 'fly.json', ...inputs });

describe('what ended by itself under the bad release runs again', () => {
  it('after a restore: a worker that had come to its end', async () => {
    await begin(twoGroups);
    const image = fleet.image('bad', { ...broken, SHOP_WORK_ENDS_AFTER_MS: '300' });
    const result = await deploy({ image, checks });
    expect(ended(result), logOf(result)).toMatch(/^restored\/(crashed|checks-failed), serving old$/);
    expect([fleet.listed(), await fleet.served()]).toEqual([all('first'), 'first']);
  });

  it('after a restore: web machines whose restarts were used up', async () => {
    await begin(restarting('on-failure', 1));
    const image = fleet.image('bad', { SHOP_CRASH_AFTER_MS: '400', SHOP_EXIT_CODE: '9' });
    const result = await deploy({ image, checks });
    expect(ended(result), logOf(result)).toBe('restored/crashed, serving old');
    expect([fleet.listed(), await fleet.served()]).toEqual([all('first'), 'first']);
  });

  it('after a restore: all machines at once, which nothing restarts', async () => {
    await begin(restarting('never'));
    const image = fleet.image('bad', { SHOP_CRASH_AT_START: 'true', SHOP_WORK_ENDS_AFTER_MS: '10' });
    const result = await deploy({ image, checks, strategy: 'immediate' });
    expect(ended(result), logOf(result)).toBe('restored/crashed, serving old');
    expect([fleet.listed(), await fleet.served()]).toEqual([all('first'), 'first']);
  });

  it('after a rollback', async () => {
    await begin(twoGroups);
    const bad: PastDeploy = { version: 'bad', verdict: 'pass', commit: commits.v2 };
    await fleet.past({ version: 'good', verdict: 'pass' }, bad);
    await fleet.endByThemselves(({ config }) => config.metadata?.fly_process_group === 'worker');
    const result = await fleet.rollback({ checks: shopChecks });
    expect(ended(result), logOf(result)).toBe('restored/verified, serving old');
    expect([fleet.listed(), await fleet.served()]).toEqual([all('good'), 'good']);
  });

  it('after the next good deploy', async () => {
    await begin(twoGroups);
    await fleet.endByThemselves(({ config }) => config.metadata?.fly_process_group === 'worker');
    const result = await deploy({ image: fleet.image('good'), checks: shopChecks });
    expect(ended(result), logOf(result)).toBe('live/verified, serving new');
    expect([fleet.listed(), await fleet.served()]).toEqual([all('good'), 'good']);
  });

  it('and what was at rest before stays so', async () => {
    await begin(twoGroups);
    await fleet.stop(({ config }) => config.metadata?.fly_process_group === 'worker');
    const image = fleet.image('bad', broken);
    const result = await deploy({ image, checks });
    expect(ended(result), logOf(result)).toBe('restored/checks-failed, serving old');
    expect(fleet.listed().map(({ group, state }) => `${group} ${state}`)).toEqual([
      'web started',
      'web started',
      'worker stopped',
      'worker stopped',
    ]);
  });
});

describe('a process group that cannot be made anew', () => {
  const withoutWorker = { ...Object(twoGroups.definition), processes: { web: '' } };

  it('leaves the restore incomplete, and names it', async () => {
    await begin(twoGroups);
    fleet.full({ group: 'worker' });
    await fleet.writeConfig(withoutWorker);
    const result = await deploy({ image: fleet.image('bad', broken), checks });
    expect(ended(result), logOf(result)).toBe('stranded/incomplete, serving old');
    expect(annotations(result)[0]).toContain('worker/iad: 0 of 1, worker/fra: 0 of 1');
    const made = (region: string) => `\`fly scale count worker=1 --region ${region} --app shop\``;
    const next = `Run ${made('iad')} and ${made('fra')}, then run this job again.`;
    expect(annotations(result)[0]).toContain(`Next: ${next}`);
    expect(result.job.summary).toContain(`1. ${next}`);
    expect(await fleet.served()).toBe('first');
  });

  it('is made when there is room again, in the number and the regions it had', async () => {
    await begin(twoGroups);
    await fleet.writeConfig(withoutWorker);
    const result = await deploy({ image: fleet.image('bad', broken), checks });
    expect(ended(result), logOf(result)).toBe('restored/checks-failed, serving old');
    const running = fleet.listed().filter(({ state }) => state === 'started');
    expect([running, await fleet.served()]).toEqual([all('first'), 'first']);
  });
});

it('a first deploy in which a group found no room is made whole by the same deploy once more', async () => {
  await fleet.begin({ machines: 0 });
  await fleet.writeConfig(threeGroups);
  fleet.full({ group: 'worker' });
  const inputs = { image: fleet.image('good'), checks, timeout: '60s' };
  const result = await deploy(inputs);
  expect(ended(result), logOf(result)).toBe('stranded/no-target, serving new');
  fleet.roomy();
  const again = await deploy(inputs);
  expect(ended(again), logOf(again)).toBe('live/verified, serving new');
  expect(fleet.listed().filter(({ group }) => group === 'worker')).not.toEqual([]);
  expect(await fleet.served()).toBe('good');
});

it('a process that dies every six seconds is never called live', async () => {
  await fleet.begin({ machines: 1 });
  fleet.watched();
  const image = fleet.image('bad', { SHOP_CRASH_AFTER_MS: '6000', SHOP_EXIT_CODE: '1' });
  const times = { 'wait-timeout': '30s', timeout: '70s' };
  const result = await fleet.deploy({ image, checks: shopChecks, ...times });
  expect(ended(result), logOf(result)).toMatch(/^restored\/(crashed|unhealthy), serving old$/);
  expect(await fleet.served()).toBe('first');
});
