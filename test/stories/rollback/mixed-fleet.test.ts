import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commits } from '#local-cloud';
import { twoGroups } from '../../support/fleet-shapes.ts';
import type { PastDeploy } from '../../support/past-deploys.ts';
import { type RollbackFleet, rollbackFleet } from '../../support/rollback-fleet.ts';
import { candidates, ended, logOf, shopChecks } from '../../support/shop-stage.ts';

let fleet: RollbackFleet;
beforeAll(async () => {
  fleet = await rollbackFleet();
});
afterAll(() => fleet.close());

const older: PastDeploy = { version: 'older', verdict: 'pass', commit: commits.beforeV1 };
const old: PastDeploy = { version: 'old', verdict: 'pass' };
const next: PastDeploy = { version: 'new', verdict: 'none', commit: commits.v2 };

/** v2 older, v3 old, v4 new; v4 is on the machines in Frankfurt, and v3 on the others. */
async function halfDone(newest: PastDeploy = next): Promise<void> {
  await fleet.begin(twoGroups);
  await fleet.past(older, old, newest);
  await fleet.putOn(3, ({ region }) => region === 'iad');
}

const runs = () => new Set(fleet.listed().map((machine) => machine.runs));

describe('a rollback of a fleet that runs two releases', () => {
  it.each<[string, Record<string, string>, PastDeploy, readonly string[], string]>([
    ['takes back the newer one, to the last verified release', {}, next, ['v3: taken'], 'old'],
    [
      'takes back the newer one though it was verified once: that is why it was asked',
      {},
      { ...next, verdict: 'pass' },
      ['v3: taken'],
      'old',
    ],
    ['takes back the newer one by the platform’s word', { to: 'previous' }, next, ['v3: taken'], 'old'],
    [
      'goes to neither of the two when asked to',
      { to: 'v2', reason: 'both are wrong' },
      next,
      ['v2: taken'],
      'older',
    ],
    ['may go on to the newer one by its name', { to: 'v4', reason: 'finish it' }, next, ['v4: taken'], 'new'],
  ])('%s', async (_, inputs, newest, taken, version) => {
    await halfDone(newest);
    const result = await fleet.rollback(inputs);
    expect(ended(result)).toBe('restored/platform-only, serving old');
    expect(candidates(result)).toEqual(taken);
    expect([runs(), await fleet.served()]).toEqual([new Set([version]), version]);
  });

  it('says what serves while nothing has been done', async () => {
    await halfDone();
    const result = await fleet.rollback({ 'dry-run': 'true' });
    expect(ended(result)).toBe('rehearsed/dry-run, serving mixed');
    expect(logOf(result)).toContain(
      'fly:shop serves v4 and v3; a rollback would go to v3: the newest verified release',
    );
    expect(runs()).toEqual(new Set(['new', 'old']));
  });

  it('leaves it as it is when there is nothing to go back to, and says so', async () => {
    await fleet.begin(twoGroups);
    await fleet.past({ ...old, verdict: 'none' }, next);
    await fleet.putOn(2, ({ region }) => region === 'iad');
    const result = await fleet.rollback({});
    expect(ended(result)).toBe('stranded/no-target, serving mixed');
    expect(runs()).toEqual(new Set(['new', 'old']));
  });

  it('goes back once: asked again, it leaves alone what it brought back', async () => {
    await halfDone({ ...next, verdict: 'pass' });
    await fleet.rollback({ checks: shopChecks });
    expect(ended(await fleet.rollback({}))).toBe('unchanged/already-live, serving old');
    expect(runs()).toEqual(new Set(['old']));
  });

  it('marks the newer one as taken back: when it comes up again, what was brought back wins', async () => {
    await halfDone({ ...next, verdict: 'pass' });
    await fleet.rollback({ checks: shopChecks });
    await fleet.putOn(4, ({ region }) => region === 'fra');
    expect(ended(await fleet.rollback({}))).toBe('restored/platform-only, serving old');
    expect(runs()).toEqual(new Set(['old']));
  });
});
