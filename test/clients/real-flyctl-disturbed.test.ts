import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commits, demo, fly, images } from '#local-cloud';
import { findFlyctl } from '../../scripts/find-flyctl.ts';
import type { PastDeploy } from '../support/past-deploys.ts';
import { type RollbackFleet, rollbackFleet } from '../support/rollback-fleet.ts';
import { annotations, ended, logOf, shopChecks } from '../support/shop-stage.ts';

const { path, why } = findFlyctl();
/** Asked once more after 5 s, which is not the point here. */
const checks = shopChecks.replaceAll('http:', 'retry: { attempts: 1 }\n  http:');
const good: PastDeploy = { version: 'good', verdict: 'pass' };
const bad: PastDeploy = { version: 'bad', verdict: 'pass', commit: commits.v2 };

describe.skipIf(path === undefined)(
  `the real flyctl beside what changes under it${why === undefined ? '' : ` (skipped: ${why})`}`,
  () => {
    let fleet: RollbackFleet;
    beforeAll(async () => {
      fleet = await rollbackFleet('any');
      expect(fleet.stage.flyctl.kind).toBe('real');
    });
    beforeEach(() => fleet.begin({}));
    afterAll(() => fleet?.close());

    const emulator = () => fleet.stage.cloud.service(fly);
    const machines = () => fleet.listed().map(({ state, runs }) => `${state} ${runs}`);
    /** The machines that flyctl has begun to update, once they are so many. */
    async function updated(count: number): Promise<readonly string[]> {
      for (;;) {
        const entries = fleet.stage.cloud.journal.entries();
        const updates = entries.filter(({ route }) => route === 'flaps.machines.update');
        if (updates.length >= count) return updates.map(({ path: asked }) => asked.split('/').at(-1) ?? '');
        await delay(10);
      }
    }

    it('a machine that somebody makes beside a deploy is told, and left alone', async () => {
      const deploy = fleet.deploy({ image: fleet.image('good') });
      await updated(1);
      const { id } = emulator().createUnmanaged(demo.fly.app, { image: images.v3 });
      const result = await deploy;
      expect(ended(result), logOf(result)).toBe('stranded/unmanaged-machines, serving mixed');
      expect(annotations(result).join('\n')).toContain(id);
      expect(machines()).toEqual(['started v3', 'started good', 'started good']);
    });

    it('a machine that somebody made beside the fleet is told by a rollback, and left alone', async () => {
      await fleet.past(good, bad);
      const { id } = emulator().createUnmanaged(demo.fly.app, { image: images.v3 });
      await emulator().settled();
      const result = await fleet.rollback({});
      expect(ended(result), logOf(result)).toBe('stranded/unmanaged-machines, serving mixed');
      expect(annotations(result).join('\n')).toContain(id);
      expect(machines()).toEqual(['started v3', 'started good', 'started good']);
    });

    it('a machine whose host is lost when flyctl is done with it leaves the deploy live, and is named', async () => {
      const deploy = fleet.deploy({ image: fleet.image('good'), checks });
      const [lost = ''] = await updated(2);
      const machine = fleet.app().machines.get(lost);
      if (machine === undefined) throw new Error(`the app has no machine ${lost}`);
      await emulator().world.fleet.loseHost(machine);
      const result = await deploy;
      expect(ended(result), logOf(result)).toBe('live/verified, serving new');
      expect(annotations(result)).toEqual([
        `warning: The host of machine ${lost} does not answer: which release it has, and whether it serves, is not known.`,
      ]);
      expect(await fleet.served()).toBe('good');
    });
  },
);
