import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { commits, demo, fly, images } from '#local-cloud';
import { ended, logOf, shopChecks, shopStage } from '../../support/shop-stage.ts';
import { someoneElseDeploys } from '../../support/someone-else.ts';

// The story: somebody who knows nothing of Belay changes the same machines at the same time.

const shop = shopStage();
const checks = shopChecks.replaceAll('http:', 'retry: { attempts: 1 }\n  http:');
const machines = () => [
  ...(shop.stage.cloud.service(fly).world.apps.get(demo.fly.app)?.machines.values() ?? []),
];
const made = () => shop.entries('uiex.releases.create').length;
const flyctlRuns = () => shop.stage.flyctlCalls().filter((call) => call.startsWith('deploy ')).length;

/** As flyctl holds its leases: for 13 s, and anew every 4 s. */
function holdLeases(nonce = 'theirs'): void {
  const lease = { nonce, owner: 'eve@example.com', description: '', ttlSeconds: 13 };
  for (const machine of machines()) machine.lease.acquire(lease, nonce);
}

function letGo(): void {
  for (const machine of machines()) machine.lease.release('theirs');
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await delay(5);
}

describe('another client that holds the machines', () => {
  it('as a restore is about to begin, and ships meanwhile, is not overwritten', async () => {
    const deploying = shop.deploy({ image: images.v2Error, checks }, { sha: commits.v2 });
    await until(
      () =>
        machines().length > 0 &&
        machines().every(({ config }) => config.metadata?.fly_release_version === '2'),
    );
    await until(() => machines().every(({ lease }) => lease.current() === undefined));
    holdLeases();
    await delay(2_500);
    letGo();
    someoneElseDeploys(shop.stage.cloud, images.v3);
    const result = await deploying;
    expect(ended(result), logOf(result)).toBe('stranded/superseded, serving unknown');
    expect([await shop.served(), made(), flyctlRuns()]).toEqual(['v3', 1, 1]);
    expect(logOf(result)).toContain('Another client is changing machine ');
  });

  it('as a rollback is about to begin is waited for', async () => {
    await shop.deploy({ image: images.v3, checks }, { sha: commits.v3 });
    const before = shop.entries('flaps.lease.get').length;
    holdLeases();
    const rollback = shop.rollback({ checks, to: 'previous' });
    await until(() => shop.entries('flaps.lease.get').length > before);
    await delay(1_500);
    letGo();
    const result = await rollback;
    expect(ended(result), logOf(result)).toBe('restored/verified, serving old');
    expect(await shop.served()).toBe('v1');
  });

  it('as a deploy is about to begin, and ships meanwhile, is not overwritten', async () => {
    holdLeases();
    const deploying = shop.deploy({ image: images.v2Slow, checks }, { sha: commits.v2 });
    await until(() => shop.entries('flaps.lease.get').length > 0);
    someoneElseDeploys(shop.stage.cloud, images.v3);
    letGo();
    const result = await deploying;
    expect(ended(result), logOf(result)).toBe('stranded/superseded, serving unknown');
    expect([await shop.served(), made(), flyctlRuns()]).toEqual(['v3', 0, 0]);
  });

  it('since flyctl began stops it: it would wait a minute, and then overwrite what was made', async () => {
    const deploying = shop.deploy({ image: images.v2Slow, checks }, { sha: commits.v2 });
    await until(() => made() > 0);
    holdLeases();
    await until(() => shop.entries('uiex.releases.patch').length > 1);
    someoneElseDeploys(shop.stage.cloud, images.v3);
    letGo();
    const result = await deploying;
    expect(ended(result), logOf(result)).toBe('stranded/superseded, serving unknown');
    expect([await shop.served(), made(), flyctlRuns()]).toEqual(['v3', 1, 1]);
  });
});

it('a release that comes while the release command runs stops flyctl: it holds no lease, and would overwrite it', async () => {
  const file = join(shop.stage.workspace, 'fly.toml');
  const toml = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    `${toml}\n[deploy]\n  release_command = "migrate"\n  release_command_timeout = "25s"\n`,
  );
  const image = 'registry.fly.io/shop:migration-hangs';
  const env = { VERSION: 'v2', SHOP_COMMAND_HANGS: 'true' };
  shop.stage.cloud.images.put(image, { app: demo.fly.app, env, labels: {} });
  try {
    const result = await shop.deploy(
      { image, checks },
      {
        sha: commits.v2,
        onLine: ({ line }) => {
          if (/^Running \S+ release_command/.test(line) && made() === 1)
            setTimeout(() => someoneElseDeploys(shop.stage.cloud, images.v3), 500);
        },
      },
    );
    expect(ended(result), logOf(result)).toBe('stranded/superseded, serving unknown');
    expect([await shop.served(), made(), flyctlRuns()]).toEqual(['v3', 1, 1]);
    expect(logOf(result)).toContain(
      'Another release has come while the release command ran: flyctl was stopped',
    );
  } finally {
    writeFileSync(file, toml);
  }
});
