import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { commits } from '#local-cloud';
import { bundleProcess, signalTo } from '../../support/bundle-process.ts';
import { eventually } from '../../support/eventually.ts';
import { somebodyUploads } from '../../support/railway-person.ts';
import { connect, push } from '../../support/railway-pushes.ts';
import { homeCheck, railwayStage } from '../../support/railway-stage.ts';
import { recordedDeploys } from '../../support/recorded-deploys.ts';
import { annotations, ended, logOf } from '../../support/shop-stage.ts';

const shop = railwayStage();
const broken = { version: 'v2', settings: { SHOP_ROOT_STATUS: '500' } };

/** The next rollback is asked for in vain; `then` comes at that moment. */
async function rollbackIsLost(kind: 'reset-before' | 'stall', then: () => Promise<void>): Promise<void> {
  const { faults } = shop.stage.cloud;
  faults.add({ service: 'railway', route: 'graphql.deploymentRollback', kind, count: 1 });
  while (faults.list()[0]?.strikes !== 1) await delay(10);
  await then();
}

it('an upload of somebody else is no restore, though the answer to the rollback was lost', async () => {
  const uploaded = rollbackIsLost('reset-before', () => somebodyUploads(shop.railway, 'v9'));
  const result = await shop.up(broken, { checks: homeCheck, 'restore-timeout': '10s' });
  await uploaded;
  expect([ended(result), await shop.served()]).toEqual(['stranded/superseded, serving unknown', 'v9']);
});

it.skipIf(process.platform !== 'linux')(
  'nor is it one of post’s, where main was killed before the answer',
  async () => {
    const uploaded = rollbackIsLost('stall', async () => {
      await somebodyUploads(shop.railway, 'v9');
      await eventually(async () => (await shop.served()) === 'v9');
      signalTo(bundleProcess('index.js', shop.stage.temp), 'SIGKILL');
    });
    const result = await shop.up(broken, { checks: homeCheck });
    await uploaded;
    expect(await shop.served()).toBe('v9');
    expect(result.post?.annotations.map(({ message }) => message).join()).not.toContain('is finished');
    const restores = (await recordedDeploys(shop.stage.cloud)).filter(
      ({ task }) => task === 'belay:rollback',
    );
    expect(restores.map(({ statuses }) => statuses.at(-1) ?? 'open')).not.toContainEqual(
      expect.stringMatching(/^(success|in_progress|open)/),
    );
  },
);

it('a push that comes after the rollback was asked for, and that it takes down, is named', async () => {
  connect(shop.railway);
  await push(shop.railway, { settings: broken.settings });
  shop.railway.switches.pace = { ...shop.railway.switches.pace, rollbackMs: 4_000 };
  const pushed = (async () => {
    while (!shop.mutations().includes('graphql.deploymentRollback')) await delay(20);
    await push(shop.railway, { sha: commits.v3, version: 'v3' });
  })();
  const result = await shop.up({ version: 'not uploaded' }, { mode: 'watch', checks: homeCheck });
  await pushed;
  expect([ended(result), await shop.served()]).toEqual(['restored/checks-failed, serving old', 'v1']);
  const theirs = shop.railway.world
    .instances()
    .flatMap(({ deployments }) => deployments)
    .find(({ meta }) => meta.commitHash === commits.v3);
  const named = annotations(result).filter((line) => line.includes('the rollback takes its place'));
  expect(named).toEqual([
    expect.stringMatching(
      `^warning: Somebody else’s deployment ${theirs?.id} came after .* deploy it again where it is wanted\\.$`,
    ),
  ]);
});

it('a deployment that somebody replaces after SUCCESS is not waited for', async () => {
  const uploads: Promise<void>[] = [];
  const onLine = ({ line }: { readonly line: string }) => {
    const isNow = uploads.length === 0 && line.includes('it has to go on for');
    if (isNow) uploads.push(somebodyUploads(shop.railway, 'v9'));
  };
  const inputs = { checks: homeCheck, stabilize: '20s', timeout: '5m' };
  const result = await shop.up({ version: 'v2' }, inputs, { onLine });
  await Promise.all(uploads);
  expect([ended(result), await shop.served()]).toEqual(['stranded/superseded, serving unknown', 'v9']);
  expect(logOf(result)).toContain('was removed (REMOV');
});

it('a second upload of a job, whose answer is lost, is not taken for the first', async () => {
  // Steps of one job have one mark.
  const github = { run_id: '7' };
  shop.railway.next({ service: 'web' }, { kind: 'build-fails' });
  const first = await shop.up({ version: 'v2' }, { checks: homeCheck }, { github });
  shop.stage.cloud.faults.add({ service: 'railway', route: 'upload', kind: 'reset-after' });
  const second = await shop.up({ version: 'v2' }, { checks: homeCheck }, { github });
  expect([ended(first), ended(second), await shop.served()]).toEqual([
    'rejected/build-failed, serving old',
    'live/verified, serving new',
    'v2',
  ]);
});

it('a region in which the old version still answers is waited for', async () => {
  shop.railway.switches.lateRegion = { region: 'us-west2', ms: 6_000 };
  const result = await shop.up({ version: 'v2' }, { checks: homeCheck });
  expect([ended(result), await shop.served()]).toEqual(['live/verified, serving new', 'v2']);
  expect(logOf(result)).toContain('still answers beside it');
});

it('a copy that Railway makes of a deployment by itself, as when it moves a host, is no stranger', async () => {
  const moves: Promise<unknown>[] = [];
  const onLine = ({ line }: { readonly line: string }) => {
    if (moves.length === 0 && line.includes('it has to go on for'))
      moves.push(shop.railway.moveHost({ service: 'web' }));
  };
  const result = await shop.up({ version: 'v2' }, { checks: homeCheck, stabilize: '4s' }, { onLine });
  await Promise.all(moves);
  expect([ended(result), await shop.served()]).toEqual(['live/verified, serving new', 'v2']);
  expect(logOf(result)).toContain('that is waited for.');
});

it('a copy that Railway makes of a bad deployment by itself is taken back as well', async () => {
  const moves: Promise<unknown>[] = [];
  const onLine = ({ line }: { readonly line: string }) => {
    if (moves.length === 0 && line.includes('Checks of the new release'))
      moves.push(shop.railway.moveHost({ service: 'web' }));
  };
  const result = await shop.up(broken, { checks: homeCheck }, { onLine });
  await Promise.all(moves);
  expect([ended(result), await shop.served()]).toEqual(['restored/checks-failed, serving old', 'v1']);
});
