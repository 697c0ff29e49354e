import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commits } from '#local-cloud';
import { findFlyctl } from '../../scripts/find-flyctl.ts';
import { threeGroups, twoGroups } from '../support/fleet-shapes.ts';
import type { PastDeploy } from '../support/past-deploys.ts';
import { type RollbackFleet, rollbackFleet } from '../support/rollback-fleet.ts';
import { annotations, ended, logOf, shopChecks } from '../support/shop-stage.ts';

const { path, why } = findFlyctl();
/** Asked once more after 5 s, which is not the point here. */
const checks = shopChecks.replaceAll('http:', 'retry: { attempts: 1 }\n  http:');
const broken = { SHOP_ROOT_STATUS: '500' };

describe.skipIf(path === undefined)(
  `a whole fleet by the real flyctl${why === undefined ? '' : ` (skipped: ${why})`}`,
  () => {
    let fleet: RollbackFleet;
    beforeAll(async () => {
      fleet = await rollbackFleet('any');
      expect(fleet.stage.flyctl.kind).toBe('real');
    });
    afterAll(() => fleet?.close());

    const machines = () =>
      fleet.listed().map((one) => [one.group, one.region, one.state, one.runs].join(' '));
    /** Two groups in two regions, all up. */
    const all = (runs: string) =>
      ['web fra', 'web iad', 'worker fra', 'worker iad'].map((place) => `${place} started ${runs}`);
    const deploy = (inputs: Readonly<Record<string, string>>) =>
      fleet.deploy({ config: 'fly.json', checks, ...inputs });
    const worked = async (definition = twoGroups.definition) => {
      await fleet.begin(twoGroups);
      await fleet.writeConfig(definition);
    };

    describe('a worker that came to its end runs again', () => {
      it('after the restore from the release it ended under', async () => {
        await worked();
        const image = fleet.image('bad', { ...broken, SHOP_WORK_ENDS_AFTER_MS: '300' });
        const result = await deploy({ image });
        expect(ended(result), logOf(result)).toMatch(/^restored\/(crashed|checks-failed), serving old$/);
        expect([machines(), await fleet.served()]).toEqual([all('first'), 'first']);
      });

      it('after a rollback', async () => {
        const good: PastDeploy = { version: 'good', verdict: 'pass' };
        const bad: PastDeploy = { version: 'bad', verdict: 'pass', commit: commits.v2 };
        await worked();
        await fleet.past(good, bad);
        await fleet.endByThemselves(isWorker);
        const result = await fleet.rollback({ checks });
        expect(ended(result), logOf(result)).toBe('restored/verified, serving old');
        expect([machines(), await fleet.served()]).toEqual([all('good'), 'good']);
      });

      it('after the next good deploy', async () => {
        await worked();
        await fleet.endByThemselves(isWorker);
        const result = await deploy({ image: fleet.image('good') });
        expect(ended(result), logOf(result)).toBe('live/verified, serving new');
        expect([machines(), await fleet.served()]).toEqual([all('good'), 'good']);
      });
    });

    describe('the first deploy of three groups', () => {
      const anew = async () => {
        await fleet.begin({ machines: 0 });
        await fleet.writeConfig(threeGroups);
      };
      const made = [
        'api iad started good',
        'api iad started good',
        'web iad started good',
        'web iad started good',
        'worker iad started good',
        'worker iad stopped good',
      ];

      it('is made within the limit of a machine a second', async () => {
        await anew();
        const result = await deploy({ image: fleet.image('good'), timeout: '90s' });
        expect(ended(result), logOf(result)).toBe('live/verified, serving new');
        expect([machines(), await fleet.served()]).toEqual([made, 'good']);
      });

      it('is not called live where one of them found no room, and is whole at the next try', async () => {
        await anew();
        fleet.full({ group: 'worker' });
        const inputs = { image: fleet.image('good'), timeout: '90s' };
        const result = await deploy(inputs);
        expect(ended(result), logOf(result)).toBe('stranded/no-target, serving new');
        expect(annotations(result)[0]).toContain('failed to launch VM: out of capacity');
        fleet.roomy();
        const again = await deploy(inputs);
        expect(ended(again), logOf(again)).toBe('live/verified, serving new');
        expect([machines(), await fleet.served()]).toEqual([made, 'good']);
      });
    });

    describe('a group that the bad release had done away with', () => {
      const withoutWorker = { ...Object(twoGroups.definition), processes: { web: '' } };

      it('and that finds no room is named, and is made by the deploy after', async () => {
        await worked(withoutWorker);
        fleet.full({ group: 'worker' });
        const result = await deploy({ image: fleet.image('bad', broken) });
        expect(ended(result), logOf(result)).toBe('stranded/incomplete, serving old');
        expect(annotations(result)[0]).toContain('worker/iad: 0 of 1, worker/fra: 0 of 1');
        expect([machines(), await fleet.served()]).toEqual([
          ['web fra started first', 'web iad started first'],
          'first',
        ]);
        fleet.roomy();
        await fleet.writeConfig(twoGroups.definition);
        const next = await deploy({ image: fleet.image('good') });
        expect(ended(next), logOf(next)).toBe('live/verified, serving new');
        expect(machines().filter((machine) => machine.startsWith('worker'))).toEqual([
          'worker iad started good',
          'worker iad stopped good',
        ]);
      });

      it('is made by the restore itself as soon as there is room, in the number and the regions it had', async () => {
        await worked(withoutWorker);
        fleet.full({ group: 'worker' });
        const room = roomOnceRefused();
        const result = await deploy({ image: fleet.image('bad', broken) });
        await room;
        expect(ended(result), logOf(result)).toBe('restored/checks-failed, serving old');
        const running = machines().filter((machine) => machine.includes(' started '));
        expect([running, await fleet.served()]).toEqual([all('first'), 'first']);
      });

      /** Somebody else gives up a machine when flyctl was told that there is no room. */
      async function roomOnceRefused(): Promise<void> {
        const { journal } = fleet.stage.cloud;
        const isRefused = () =>
          journal.entries().some(({ route, status }) => route === 'flaps.machines.create' && status === 422);
        while (!isRefused()) await delay(50);
        fleet.roomy();
      }
    });
  },
);

function isWorker({ config }: { config: { metadata?: Readonly<Record<string, string>> } }): boolean {
  return config.metadata?.fly_process_group === 'worker';
}
