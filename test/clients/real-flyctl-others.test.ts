import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { commits, demo, fly, images } from '#local-cloud';
import { findFlyctl } from '../../scripts/find-flyctl.ts';
import { ended, logOf, shopChecks, shopStage } from '../support/shop-stage.ts';
import { someoneElseDeploys } from '../support/someone-else.ts';

const { path, why } = findFlyctl();
const checks = shopChecks.replaceAll('http:', 'retry: { attempts: 1 }\n  http:');

describe.skipIf(path === undefined)(
  `the real flyctl, and another client that takes the machines first${why === undefined ? '' : ` (skipped: ${why})`}`,
  () => {
    const shop = shopStage('any');
    const machines = () => [
      ...(shop.stage.cloud.service(fly).world.apps.get(demo.fly.app)?.machines.values() ?? []),
    ];

    it('is stopped while it waits, and overwrites nothing', async () => {
      expect(shop.stage.flyctl.kind).toBe('real');
      const deploying = shop.deploy({ image: images.v2Slow, checks, timeout: '60s' }, { sha: commits.v2 });
      while (shop.entries('uiex.releases.create').length === 0) await delay(5);
      const lease = { nonce: 'theirs', owner: 'eve@example.com', description: '', ttlSeconds: 60 };
      for (const machine of machines()) machine.lease.acquire(lease, undefined);
      while (shop.entries('uiex.releases.patch').length < 2) await delay(5);
      someoneElseDeploys(shop.stage.cloud, images.v3);
      for (const machine of machines()) machine.lease.release('theirs');
      const result = await deploying;
      expect(ended(result), logOf(result)).toBe('stranded/superseded, serving unknown');
      expect(logOf(result)).toContain('flyctl was stopped before it had changed any');
      expect(await shop.served()).toBe('v3');
    });

    it('and lets go of them without having shipped is followed by another try', async () => {
      const deploying = shop.deploy({ image: images.v3, checks, timeout: '60s' }, { sha: commits.v3 });
      while (shop.entries('uiex.releases.create').length === 0) await delay(5);
      const lease = { nonce: 'theirs', owner: 'eve@example.com', description: '', ttlSeconds: 8 };
      for (const machine of machines()) machine.lease.acquire(lease, undefined);
      const result = await deploying;
      expect(ended(result), logOf(result)).toBe('live/verified, serving new');
      expect(shop.entries('uiex.releases.create')).toHaveLength(2);
      expect(await shop.served()).toBe('v3');
    });
  },
);
