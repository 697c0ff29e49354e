import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commits } from '#local-cloud';
import { twoGroups } from '../../support/fleet-shapes.ts';
import type { PastDeploy } from '../../support/past-deploys.ts';
import { type Listed, type RollbackFleet, rollbackFleet } from '../../support/rollback-fleet.ts';
import { ended, shopChecks } from '../../support/shop-stage.ts';

let fleet: RollbackFleet;
beforeAll(async () => {
  fleet = await rollbackFleet();
});
afterAll(() => fleet.close());

const good: PastDeploy = { version: 'good', verdict: 'pass' };
const bad: PastDeploy = { version: 'bad', verdict: 'pass', commit: commits.v2 };

/** Every machine of both groups in both regions. */
const all = (runs: string): readonly Listed[] =>
  ['web', 'worker'].flatMap((group) =>
    ['fra', 'iad'].map((region) => ({ group, region, state: 'started', runs })),
  );

describe('an app of two process groups in two regions', () => {
  it('comes back whole: every group, in every region, on the machines it had', async () => {
    await fleet.begin(twoGroups);
    await fleet.past(good, bad);
    expect(fleet.listed()).toEqual(all('bad'));
    const before = fleet.machines().map(({ id }) => id);
    const result = await fleet.rollback({ checks: shopChecks });
    expect(ended(result)).toBe('restored/verified, serving old');
    expect([fleet.listed(), await fleet.served()]).toEqual([all('good'), 'good']);
    expect(fleet.machines().map(({ id }) => id)).toEqual(before);
  });

  it('gets back a group that the bad release had done away with', async () => {
    await fleet.begin(twoGroups);
    await fleet.past(good, bad);
    fleet.redefine({ app: 'shop', processes: { web: '' } });
    await fleet.destroy(({ config }) => config.metadata?.fly_process_group === 'worker');
    const result = await fleet.rollback({});
    expect(ended(result)).toBe('restored/platform-only, serving old');
    const groups = fleet.listed().map(({ group, state, runs }) => `${group} ${state} ${runs}`);
    // One that works and one that stands by for it: what flyctl makes of a new group that serves nothing.
    expect(groups).toEqual([
      'web started good',
      'web started good',
      'worker started good',
      'worker stopped good',
    ]);
  });

  it('loses a group that only the bad release had', async () => {
    const { worker: _, ...processes } = twoGroups.groups ?? {};
    await fleet.begin({
      ...twoGroups,
      groups: processes,
      definition: { ...Object(twoGroups.definition), processes: { web: '' } },
    });
    await fleet.past(good, bad);
    fleet.redefine(twoGroups.definition);
    await fleet.add('worker', { init: { cmd: ['work'] } });
    expect(fleet.listed().map(({ group, runs }) => `${group} ${runs}`)).toEqual([
      'web bad',
      'web bad',
      'worker bad',
    ]);
    const result = await fleet.rollback({});
    expect(ended(result)).toBe('restored/platform-only, serving old');
    expect(fleet.listed().map(({ group, runs }) => `${group} ${runs}`)).toEqual(['web good', 'web good']);
  });
});
