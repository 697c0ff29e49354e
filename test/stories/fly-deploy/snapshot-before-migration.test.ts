import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { commits, fly, github, images } from '#local-cloud';
import { annotations, ended, logOf, shopChecks, shopStage } from '../../support/shop-stage.ts';

// The story: a shop whose release command migrates its database. The data are saved before a release that changes
// migrations, and before no other.

const shop = shopStage();

const [priceTag = '', taxColumn = '', textOnly = '', newPrice = ''] = ['1', '2', '3', '4'].map((digit) =>
  digit.repeat(40),
);

/** As a team would write it: the database is the Fly Postgres app `shop-db`. */
const deployOf = (image: string) => ({
  image,
  checks: shopChecks,
  config: 'with-migrations.toml',
  snapshot: 'shop-db',
  'snapshot-when': 'db/migrate/**\nlib/schema.sql',
});

beforeEach(async () => {
  const { cloud, workspace } = shop.stage;
  const fly_ = cloud.service(fly);
  fly_.createApp({ name: 'shop-db', image: images.postgres, postgres: true, volume: 'pg_data' });
  cloud
    .service(github)
    .seedCommits('acme/shop', [
      commit(priceTag, commits.v3, { 'src/shop.ts': 'price' }),
      commit(taxColumn, priceTag, { 'db/migrate/7_tax.sql': 'alter table', 'src/shop.ts': 'tax' }),
      commit(newPrice, priceTag, { 'src/shop.ts': 'new price' }),
      commit(textOnly, taxColumn, { 'README.md': 'with tax' }),
    ]);
  writeFileSync(
    join(workspace, 'with-migrations.toml'),
    `app = "shop"\n[http_service]\n  internal_port = 8080\n[deploy]\n  release_command = "migrate"\n`,
  );
  // What serves is a release the ledger knows: the price tag's.
  await shop.deploy({ image: images.v1, checks: shopChecks }, { sha: priceTag });
});

function commit(sha: string, parent: string, files: Record<string, string>) {
  return { sha, parents: [parent], message: 'A change', author: 'Ada Lovelace', files };
}

/** The snapshots of the database's primary, by what Fly says of them now. */
function saved(): readonly { readonly id: string; readonly wholeAt: number }[] {
  const { machines, volumes } = appNamed('shop-db');
  const primary = [...machines.values()].find(({ config }) => config.env?.POSTGRES_ROLE === 'primary');
  const volume = volumes.get(primary?.config.mounts?.[0]?.volume ?? '');
  return (volume?.snapshots ?? []).map(({ id, askedAtMs, takesMs }) => ({
    id,
    wholeAt: askedAtMs + takesMs,
  }));
}

/** When the newest request of a route came in; the release command is the only machine that is ever created. */
function atOf(route: string): number {
  return shop.entries(route).at(-1)?.at ?? Number.NaN;
}

function appNamed(name: string) {
  const app = shop.stage.cloud.service(fly).world.apps.get(name);
  if (app === undefined) throw new Error(`there is no app ${name}`);
  return app;
}

describe('a release that changes migrations', () => {
  it('waits for a snapshot of the database that is whole, and only then is made and migrates', async () => {
    const result = await shop.deploy(deployOf(images.v3), { sha: taxColumn });

    expect(ended(result)).toBe('live/verified, serving new');
    expect(await shop.served()).toBe('v3');
    // The comparison that finds the migrations is the one that finds the order of commits.
    expect(shop.entries('compare.get')).toHaveLength(1);
    const [snapshot] = saved();
    expect(result.main.outputs['snapshot-id']).toBe(snapshot?.id);
    expect(atOf('flaps.snapshots.create')).toBeLessThan(snapshot?.wholeAt ?? 0);
    expect(atOf('uiex.releases.create')).toBeGreaterThanOrEqual(snapshot?.wholeAt ?? Number.NaN);
    expect(atOf('flaps.machines.create')).toBeGreaterThan(atOf('uiex.releases.create'));
    expect(result.job.summary).toContain(`fly postgres create --snapshot-id ${snapshot?.id}`);
    expect(annotations(result)).toEqual([
      'warning: `snapshot-when` names db/migrate/7_tax.sql. The data are saved first, and the release is a rollback ' +
        'barrier: a failure is not taken back, and no rollback goes behind it.',
    ]);
  });

  it('is not taken back when it fails: the old version does not know the new schema', async () => {
    const result = await shop.deploy(deployOf(images.v2Error), { sha: taxColumn });
    expect(ended(result)).toBe('stranded/barrier, serving new');
    expect(await shop.served()).toBe('v2');
    expect(saved()).toHaveLength(1);
  });

  it('is where a later rollback stops', async () => {
    await shop.deploy(deployOf(images.v3), { sha: taxColumn });
    const result = await shop.rollback({ reason: 'prices are wrong' });
    expect(ended(result)).toBe('stranded/no-target, serving new');
    expect(result.job.summary).toContain('behind a rollback barrier');
    expect(await shop.served()).toBe('v3');
  });
});

describe('the release after it, which changes none', () => {
  it('takes no snapshot, and can be taken back', async () => {
    await shop.deploy(deployOf(images.v3), { sha: taxColumn });
    const result = await shop.deploy(deployOf(images.v2Error), { sha: textOnly });
    expect(ended(result)).toBe('restored/restored-image-only, serving old');
    expect(logOf(result)).toContain(
      'No file of `snapshot-when` changed since the live release: no snapshot.',
    );
    expect([await shop.served(), saved().length, result.main.outputs['snapshot-id']]).toEqual(['v3', 1, '']);
  });
});

describe('a run that follows the tests of a commit without migrations', () => {
  it('takes no snapshot, though the branch has got one since', async () => {
    const ours = { full_name: 'acme/shop' };
    const event = { repository: ours, workflow_run: { head_sha: newPrice, head_repository: ours } };
    const run = { sha: taxColumn, github: { event_name: 'workflow_run', event } };
    const result = await shop.deploy(deployOf(images.v3), run);
    expect(ended(result)).toBe('live/verified, serving new');
    expect([saved().length, result.main.outputs['snapshot-id']]).toEqual([0, '']);
  });
});

describe('a snapshot that never finishes', () => {
  it('leaves everything as it was: nothing is shipped, and nothing has migrated', async () => {
    shop.stage.cloud.service(fly).settings.snapshotMs = Number.POSITIVE_INFINITY;
    const { lastSeq } = shop.stage.cloud.journal;
    const result = await shop.deploy(
      { ...deployOf(images.v3), 'snapshot-timeout': '2s' },
      { sha: taxColumn },
    );
    expect(ended(result)).toBe('rejected/snapshot-timeout, serving old');
    expect(await shop.served()).toBe('v1');
    const changes = shop.stage.cloud.journal.entries({ since: lastSeq, mutations: true });
    expect(changes.filter(({ service }) => service === 'fly').map(({ route }) => route)).toEqual([
      'flaps.snapshots.create',
    ]);
  });
});
