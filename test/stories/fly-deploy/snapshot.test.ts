import { describe, expect, it } from 'vitest';
import { commits, demo, fly, github, images } from '#local-cloud';
import { macaroon } from '../../../packages/local-cloud/src/fly/index.ts';
import { annotations, ended, logOf, shopChecks, shopStage, steps } from '../../support/shop-stage.ts';

const shop = shopStage();
const emulator = () => shop.stage.cloud.service(fly);

/** `data` of the shop, which nothing is attached to. */
const addVolume = (id = 'vol_data') => emulator().createVolume(demo.fly.app, { name: 'data', id });
const addCluster = () => emulator().createCluster({ id: '1zqv4mk', name: 'orders', region: 'iad' });

const deploy = (inputs: Readonly<Record<string, string>>) =>
  shop.deploy({ image: images.v3, snapshot: 'data', ...inputs }, { sha: commits.v3 });

const shipped = () => shop.mutations('fly').filter((route) => route === 'uiex.releases.create').length;
const asked = () => shop.mutations('fly').filter((route) => route === 'flaps.snapshots.create').length;

describe('a snapshot without `snapshot-when`', () => {
  it('is taken before every release, and makes none a barrier', async () => {
    const volume = addVolume();
    const result = await deploy({ image: images.v2Error, checks: shopChecks });
    expect(ended(result)).toBe('restored/checks-failed, serving old');
    expect(steps(result).slice(0, 6)).toEqual(
      ['observe', 'admit', 'record', 'turn', 'verify before', 'snapshot'], //
    );
    expect(result.main.outputs['snapshot-id']).toBe(volume.snapshots[0]?.id);
    expect(result.job.summary).toContain('was taken of volume vol_data (data, iad) of shop.');
  });

  it('of a managed cluster is a full backup', async () => {
    emulator().world.addToken({ value: macaroon('org'), kind: 'org', email: 'a@b.c' });
    const cluster = addCluster();
    const result = await deploy({ snapshot: 'mpg:1zqv4mk', 'fly-token': macaroon('org') });
    expect(ended(result)).toBe('live/platform-only, serving new');
    expect(cluster.backups.map(({ id, type }) => [id, type])).toEqual([
      [result.main.outputs['snapshot-id'], 'full'],
    ]);
    expect(result.job.summary).toContain(`fly mpg restore 1zqv4mk --backup-id ${cluster.backups[0]?.id}`);
  });

  it('is not taken where nothing is shipped', async () => {
    addVolume();
    await deploy({});
    const again = await deploy({});
    expect([ended(again), asked()]).toEqual(['unchanged/already-live, serving new', 1]);
  });

  it('is only told by a dry run', async () => {
    addVolume();
    const result = await deploy({ 'dry-run': 'true' });
    expect([ended(result), shop.mutations()]).toEqual(['rehearsed/dry-run, serving old', []]);
    expect(logOf(result)).toContain('It would first take a snapshot of volume vol_data (data, iad) of shop.');
  });
});

describe('where it is not known whether migrations changed', () => {
  const whenMigrated = { 'snapshot-when': 'db/migrate/**' };
  const told = (why: string) =>
    `warning: Whether a file of \`snapshot-when\` changed is not known (${why}): it is treated as if one had. The data are ` +
    'saved first, and the release is a rollback barrier: a failure is not taken back, and no rollback goes behind it.';

  it('because no record tells the live commit, the snapshot is taken and the release a barrier', async () => {
    addVolume();
    const result = await deploy(whenMigrated);
    expect([ended(result), asked()]).toEqual(['live/platform-only, serving new', 1]);
    expect(annotations(result)).toContain(told('no record tells the commit of v1, which serves'));
  });

  it('because GitHub cannot be asked, the same holds', async () => {
    addVolume();
    await shop.deploy({ image: images.v1 }, { sha: commits.v2 });
    shop.stage.cloud.faults.add({ route: 'compare.get', kind: 'status', status: 404 });
    const result = await deploy({ ...whenMigrated, image: images.v2Error, checks: shopChecks });
    expect([ended(result), asked()]).toEqual(['stranded/barrier, serving new', 1]);
    expect(logOf(result)).toMatch(/snapshot-when` changed is not known \(GET \S+ → 404.*\)/);
  });

  it('because the list of files is cut off, the same holds', async () => {
    addVolume();
    const docs = Object.fromEntries(Array.from({ length: 300 }, (_, page) => [`docs/${page}.md`, 'x']));
    const sha = '9'.repeat(40);
    shop.stage.cloud
      .service(github)
      .seedCommits('acme/shop', [
        { sha, parents: [commits.v3], message: 'Docs', author: 'Ada Lovelace', files: docs },
      ]);
    await shop.deploy({ image: images.v1 }, { sha: commits.v3 });
    const result = await shop.deploy({ image: images.v3, snapshot: 'data', ...whenMigrated }, { sha });
    expect(annotations(result)).toContain(told('GitHub lists only the first 300 changed files'));
    expect(asked()).toBe(1);
  });

  it('a dry run says so, and that a failure would stay', async () => {
    addVolume();
    const result = await deploy({ ...whenMigrated, 'dry-run': 'true' });
    expect(logOf(result)).toContain('no record tells the commit of v1, which serves');
    expect(logOf(result)).toContain('A failure would be left as it is.');
  });
});

describe('nothing is shipped', () => {
  it.each([
    ['when there is no such volume', 'dta', 'error/volume-not-found, serving unknown'],
    ['when several volumes have that name', 'data', 'error/volume-ambiguous, serving unknown'],
    ['when there is no such cluster', 'mpg:orders', 'error/cluster-not-found, serving unknown'],
  ])('%s', async (_, snapshot, how) => {
    addVolume('vol_one');
    addVolume('vol_two');
    const result = await deploy({ snapshot });
    expect(ended(result)).toBe(how);
    expect(shop.mutations()).toEqual([]);
  });

  it('when the token may not take it', async () => {
    emulator().world.addToken({ value: 'deploys_only', kind: 'deploy', app: demo.fly.app, email: 'a@b.c' });
    addCluster();
    const result = await deploy({ snapshot: 'mpg:1zqv4mk', 'fly-token': 'deploys_only' });
    expect([ended(result), shipped()]).toEqual(['rejected/token-kind, serving old', 0]);
  });

  it('when Fly refuses it', async () => {
    addVolume();
    const refused = { status: 422, body: '{"error":"volume is being restored"}' };
    shop.stage.cloud.faults.add({ route: 'flaps.snapshots.create', kind: 'status', ...refused });
    const result = await deploy({});
    expect([ended(result), shipped()]).toEqual(['rejected/snapshot-failed, serving old', 0]);
    expect(annotations(result).join()).toContain('(422): {"error":"volume is being restored"}');
  });

  it('when the job is cancelled while it waits', async () => {
    addVolume();
    emulator().settings.snapshotMs = Number.POSITIVE_INFINITY;
    const cancel = new AbortController();
    const result = await shop.deploy(
      { image: images.v3, snapshot: 'data' },
      {
        signal: cancel.signal,
        onLine: ({ line }) => {
          if (line.includes(': running')) cancel.abort();
        },
      },
    );
    expect([ended(result), shipped()]).toEqual(['cancelled/cancelled, serving old', 0]);
  });
});

it('a request whose answer is lost after Fly acted on it makes one snapshot', async () => {
  const volume = addVolume();
  shop.stage.cloud.faults.add({ route: 'flaps.snapshots.create', kind: 'reset-after', nth: 1 });
  const result = await deploy({});
  expect(ended(result)).toBe('live/platform-only, serving new');
  expect(volume.snapshots.map(({ id }) => id)).toEqual([result.main.outputs['snapshot-id']]);
});
