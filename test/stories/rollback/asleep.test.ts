import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commits } from '#local-cloud';
import { sleepy, switchedOff } from '../../support/fleet-shapes.ts';
import type { PastDeploy } from '../../support/past-deploys.ts';
import { type RollbackFleet, rollbackFleet } from '../../support/rollback-fleet.ts';
import { annotations, ended, logOf, shopChecks } from '../../support/shop-stage.ts';

let fleet: RollbackFleet;
beforeAll(async () => {
  fleet = await rollbackFleet();
});
afterAll(() => fleet.close());

const good: PastDeploy = { version: 'good', verdict: 'pass' };
const bad: PastDeploy = { version: 'bad', verdict: 'pass', commit: commits.v2 };

const states = () => fleet.listed().map(({ state, runs }) => `${state} ${runs}`);
const starts = () =>
  fleet.stage.cloud.journal.entries({ mutations: true }).filter(({ path }) => path.endsWith('/start')).length;

async function asleep(shape: typeof sleepy, ...deploys: readonly PastDeploy[]): Promise<void> {
  await fleet.begin(shape);
  await fleet.past(...deploys);
  await fleet.stop(() => true);
  expect(states()).toEqual(['stopped bad', 'stopped bad']);
}

describe('a rollback of an app that sleeps while nobody asks it anything', () => {
  it('wakes one machine, and believes in it when it is healthy', async () => {
    await asleep(sleepy, good, bad);
    const result = await fleet.rollback({});
    expect(ended(result)).toBe('restored/platform-only, serving old');
    expect([states(), starts()]).toEqual([['started good', 'stopped good'], 1]);
    expect(logOf(result)).toMatch(/^waking machine \w+ of app: its whole group was asleep$/m);
    expect(await fleet.served()).toBe('good');
  });

  it('is verified by checks, whose first request may have woken it', async () => {
    await asleep(sleepy, good, bad);
    const result = await fleet.rollback({ checks: shopChecks });
    expect(ended(result)).toBe('restored/verified, serving old');
    expect(await fleet.served()).toBe('good');
  });

  it.each<[string, Record<string, string>, string]>([
    ['is ill', { SHOP_HEALTH: 'failing' }, 'unhealthy'],
    ['ends by itself', { SHOP_CRASH_AT_START: 'true' }, 'crashed'],
  ])('finds out that what it brought back %s, though it slept', async (_, flags, cause) => {
    await asleep(sleepy, { ...good, flags }, bad);
    const result = await fleet.rollback({ 'wait-timeout': '3s' });
    expect(ended(result)).toBe('stranded/restore-failed, serving old');
    expect(logOf(result)).toContain(cause === 'crashed' ? 'exited with code' : 'was not healthy after 3 s');
  });

  it('wakes nothing where nothing is changed: what has run is known', async () => {
    await asleep(sleepy, good, bad);
    await fleet.rollback({});
    await fleet.stop(() => true);
    const before = starts();
    const again = await fleet.rollback({});
    expect(ended(again)).toBe('unchanged/already-live, serving old');
    expect([states(), starts()]).toEqual([['stopped good', 'stopped good'], before]);
  });

  it('leaves it asleep in a dry run, which says that it serves', async () => {
    await asleep(sleepy, good, bad);
    const result = await fleet.rollback({ 'dry-run': 'true' });
    expect(ended(result)).toBe('rehearsed/dry-run, serving new');
    expect([states(), starts()]).toEqual([['stopped bad', 'stopped bad'], 0]);
  });
});

describe('a rollback of an app that somebody has stopped, and that no request starts', () => {
  it('cannot be judged, and says that nothing serves', async () => {
    await asleep(switchedOff, good, bad);
    const result = await fleet.rollback({});
    expect(ended(result)).toBe('inconclusive/switched-off, serving nothing');
    expect([states(), starts()]).toEqual([['stopped good', 'stopped good'], 0]);
    expect(annotations(result).at(-1)).toContain(
      '❔ Could not be judged: fly:shop serves nothing (v4 (v2 again) is stopped) (inconclusive/switched-off). ' +
        'Everything that should serve is stopped, and no request starts it: nothing could be judged. ' +
        'Next: Start it, or let requests start it, then run the job again.',
    );
    expect(await fleet.served()).toBe('503');
  });

  it('says so in a dry run as well', async () => {
    await asleep(switchedOff, good, bad);
    const result = await fleet.rollback({ 'dry-run': 'true' });
    expect(ended(result)).toBe('rehearsed/dry-run, serving nothing');
    expect(logOf(result)).toContain('fly:shop serves nothing (v3 is stopped); a rollback would go to v2');
  });
});
