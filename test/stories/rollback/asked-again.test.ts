import { expect, it } from 'vitest';
import { commits, fly } from '#local-cloud';
import { pastDeploys } from '../../support/past-deploys.ts';
import { recordedDeploys } from '../../support/recorded-deploys.ts';
import { candidates, ended, logOf, shopChecks, shopStage } from '../../support/shop-stage.ts';

const shop = shopStage();
const older = { version: 'a', verdict: 'pass' } as const;
const good = { version: 'b', verdict: 'pass', commit: commits.v2 } as const;
const bad = { version: 'bad', verdict: 'pass', commit: commits.v3 } as const;

/** The facts of the newest record. */
const facts = async () =>
  (await recordedDeploys(shop.stage.cloud)).at(-1)?.statuses.map((line) => line.replace('belay/1 ', ''));

it.each<[string, () => () => void]>([
  [
    'a lease that another client held',
    () => {
      const machines = [...(shop.stage.cloud.service(fly).world.apps.get('shop')?.machines.values() ?? [])];
      const theirs = { nonce: 'theirs', owner: 'eve@example.com', description: 'deploy', ttlSeconds: 600 };
      for (const machine of machines) machine.lease.acquire(theirs, undefined);
      return () => {
        for (const { lease } of machines) lease.release(lease.current()?.nonce ?? '');
      };
    },
  ],
  [
    'Fly answering 500',
    () => {
      shop.stage.cloud.faults.add({ route: 'flaps.machines.update', kind: 'status', status: 500 });
      return () => shop.stage.cloud.faults.clear();
    },
  ],
])(
  'a rollback that was refused by %s goes back to the same release when it is asked again',
  async (_, trouble) => {
    await pastDeploys(shop.stage.cloud, [older, good, bad]);
    const end = trouble();
    const refused = await shop.rollback(
      { checks: shopChecks, timeout: '20s' },
      { env: { STAND_IN_LEASE_PATIENCE_MS: '100' } },
    );
    expect([ended(refused), candidates(refused)]).toEqual([
      expect.stringMatching(/^(rejected|stranded)\/.*, serving new$/),
      ['v3: taken'],
    ]);
    end();
    const again = await shop.rollback({ checks: shopChecks });
    expect(ended(again)).toBe('restored/verified, serving old');
    expect(await shop.served()).toBe('b');
  },
);

it('a rollback whose end GitHub did not take is told in the log, and recorded by post', async () => {
  await pastDeploys(shop.stage.cloud, [good, bad]);
  const { cloud } = shop.stage;
  const result = await shop.rollback(
    { checks: shopChecks },
    {
      onLine: ({ line }) => {
        if (line.startsWith('record: '))
          cloud.faults.add({
            service: 'github',
            route: 'deployment-statuses.create',
            kind: 'status',
            status: 502,
          });
        if (line.includes('It is tried once more')) cloud.faults.clear();
      },
    },
  );
  expect(ended(result)).toBe('restored/verified, serving old');
  expect(logOf(result)).toMatch(
    /Record \d+ is not finished: `activated v4`, `verdict pass`, `restored v4` could not be written\. It is tried once more after the job’s last step\./,
  );
  expect(await facts()).toEqual([
    'in_progress: activated v4',
    'success: verdict pass',
    'success: restored v4',
  ]);
});
