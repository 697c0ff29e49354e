import { describe, expect, it } from 'vitest';
import { findFlyctl } from '../../scripts/find-flyctl.ts';
import { rollbackFleet } from '../support/rollback-fleet.ts';
import { ended, logOf, shopChecks } from '../support/shop-stage.ts';

const { path, why } = findFlyctl();

describe.skipIf(path === undefined)(
  `a run that was killed in a bluegreen deploy of the real flyctl${why === undefined ? '' : ` (skipped: ${why})`}`,
  () => {
    it.concurrent.each([
      ['before it switched', 'Waiting for all green machines to be healthy'],
      ['after it switched', 'Waiting before cordoning all blue machines'],
      ['with the blue machines cordoned', 'Waiting before stopping all blue machines'],
    ])('is run again %s', async (_, said) => {
      const fleet = await rollbackFleet('any');
      try {
        expect(fleet.stage.flyctl.kind).toBe('real');
        await fleet.begin({});
        const inputs = {
          image: fleet.image('good'),
          strategy: 'bluegreen',
          checks: shopChecks,
          timeout: '2m',
        };
        const facts = (run_attempt: string) => ({ run_id: '900', run_attempt });
        // The machine that the job runs on dies: nothing is told, and nothing is cleared away.
        const dead = new AbortController();
        const onLine = ({ line }: { line: string }) => line.includes(said) && dead.abort();
        const death = { signal: dead.signal, cutOffMs: 0, onLine };
        const killed = await fleet.deploy(inputs, { github: facts('1'), ...death });
        expect([killed.job.conclusion, fleet.machines().length], logOf(killed)).toEqual(['cancelled', 4]);
        const again = await fleet.deploy(inputs, { github: facts('2') });
        expect(ended(again), logOf(again)).toBe('live/verified, serving new');
        const machines = fleet.listed().map(({ state, runs }) => `${state} ${runs}`);
        expect([machines, await fleet.served()]).toEqual([['started good', 'started good'], 'good']);
      } finally {
        await fleet.close();
      }
    });
  },
);
