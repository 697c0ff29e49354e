import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commits } from '#local-cloud';
import { findFlyctl } from '../../scripts/find-flyctl.ts';
import { sleepy, twoGroups } from '../support/fleet-shapes.ts';
import type { PastDeploy } from '../support/past-deploys.ts';
import { type RollbackFleet, rollbackFleet } from '../support/rollback-fleet.ts';
import { ended, shopChecks } from '../support/shop-stage.ts';

const { path, why } = findFlyctl();
const good: PastDeploy = { version: 'good', verdict: 'pass' };
const bad: PastDeploy = { version: 'bad', verdict: 'pass', commit: commits.v2 };

describe.skipIf(path === undefined)(
  `the rollback action driving the real flyctl${why === undefined ? '' : ` (skipped: ${why})`}`,
  () => {
    let fleet: RollbackFleet;
    beforeAll(async () => {
      fleet = await rollbackFleet('any');
      expect(fleet.stage.flyctl.kind).toBe('real');
    });
    afterAll(() => fleet?.close());

    const machines = () =>
      fleet.listed().map(({ group, region, state, runs }) => `${group} ${region} ${state} ${runs}`);
    const wholeApp = [
      'web fra started good',
      'web iad started good',
      'worker fra started good',
      'worker iad started good',
    ];

    it('brings two groups in two regions back whole', async () => {
      await fleet.begin(twoGroups);
      await fleet.past(good, bad);
      expect(ended(await fleet.rollback({ checks: shopChecks }))).toBe('restored/verified, serving old');
      expect([machines(), await fleet.served()]).toEqual([wholeApp, 'good']);
    });

    it('mends a fleet that runs two releases', async () => {
      await fleet.begin(twoGroups);
      await fleet.past(good, bad);
      await fleet.putOn(2, ({ region }) => region === 'iad');
      expect(ended(await fleet.rollback({ checks: shopChecks }))).toBe('restored/verified, serving old');
      expect([machines(), await fleet.served()]).toEqual([wholeApp, 'good']);
    });

    it('brings back a group that the bad release had done away with', async () => {
      await fleet.begin(twoGroups);
      await fleet.past(good, bad);
      fleet.redefine({ app: 'shop', processes: { web: '' } });
      await fleet.destroy(({ config }) => config.metadata?.fly_process_group === 'worker');
      expect(ended(await fleet.rollback({}))).toBe('restored/platform-only, serving old');
      expect(machines()).toEqual([
        'web fra started good',
        'web iad started good',
        'worker iad started good',
        'worker iad stopped good',
      ]);
    });

    it('wakes what sleeps, and finds out whether it is well', async () => {
      await fleet.begin(sleepy);
      await fleet.past(good, bad);
      await fleet.stop(() => true);
      expect(ended(await fleet.rollback({}))).toBe('restored/platform-only, serving old');
      expect(machines()).toEqual(['app iad started good', 'app iad stopped good']);
    });
  },
);
