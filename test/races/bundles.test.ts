import fc from 'fast-check';
import { expect, it } from 'vitest';
import { playBundles } from '../support/races/bundles/play.ts';
import { bundleSchedules } from '../support/races/bundles/script.ts';
import { judge } from '../support/races/hold.ts';
import { count, describeTally, emptyTally } from '../support/races/tally.ts';
import { rollbackFleet } from '../support/rollback-fleet.ts';

const schedules = 30;
/** Most of a schedule is waiting, which costs no processor. */
const lanes = 10;
const seed = 20_261_131;

it('keeps every promise in schedules of the bundles as processes', async () => {
  const tally = emptyTally();
  const queue = [...fc.sample(bundleSchedules, { numRuns: schedules, seed })];
  const broken: string[] = [];
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      const fleet = await rollbackFleet();
      try {
        for (let script = queue.shift(); script !== undefined; script = queue.shift()) {
          const played = await playBundles(script, fleet);
          count(tally, played);
          try {
            judge(played);
          } catch (error) {
            broken.push(error instanceof Error ? error.message : String(error));
          }
        }
      } finally {
        await fleet.close();
      }
    }),
  );
  process.stdout.write(`bundles as processes: ${describeTally(tally)}\n`);
  expect(broken).toEqual([]);
  expect(tally).toMatchObject({ schedules });
  expect(tally['waited for another']).toBeGreaterThanOrEqual(10);
});
