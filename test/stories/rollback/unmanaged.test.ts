import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commits, demo, fly, images } from '#local-cloud';
import type { PastDeploy } from '../../support/past-deploys.ts';
import { type RollbackFleet, rollbackFleet } from '../../support/rollback-fleet.ts';
import { annotations, candidates, ended, logOf, shopChecks } from '../../support/shop-stage.ts';
import { addUnmanagedMachine } from '../../support/unmanaged-machines.ts';

let fleet: RollbackFleet;
beforeAll(async () => {
  fleet = await rollbackFleet();
});
afterAll(() => fleet.close());

const emulator = () => fleet.stage.cloud.service(fly);
const good: PastDeploy = { version: 'good', verdict: 'pass' };
const bad: PastDeploy = { version: 'bad', verdict: 'pass', commit: commits.v2 };

/** v2 good, v3 bad, and a machine beside them that flyctl did not make. */
async function beside() {
  await fleet.begin({});
  await fleet.past(good, bad);
  return addUnmanagedMachine(emulator(), { image: images.v1 });
}

const managed = () => fleet.listed().filter(({ group }) => group !== '');
const runs = () => new Set(managed().map((machine) => machine.runs));

describe('a rollback beside a machine that flyctl does not manage and that answers on the app’s ports', () => {
  it.each<[string, Record<string, string>]>([
    ['by the platform’s word', {}],
    ['with checks that pass', { checks: shopChecks }],
  ])('is done all the same %s, and says which machine still answers', async (_, inputs) => {
    const { id } = await beside();
    const result = await fleet.rollback(inputs);
    expect(ended(result)).toBe('stranded/unmanaged-machines, serving mixed');
    expect([candidates(result), runs()]).toEqual([['v2: taken'], new Set(['good'])]);
    const [said] = annotations(result).filter((line) => line.startsWith('error: '));
    expect(said).toContain(
      `v4 (v2 again) and ${id}, which nobody manages, serve fly:shop (stranded/unmanaged-machines)`,
    );
    expect(said).toContain(`${id} (started, image shop:v1, port 80 and 443)`);
    expect(said).toContain(`fly machine destroy ${id} --app shop --force`);
  });

  it('has nothing left to do when that machine is gone', async () => {
    const machine = await beside();
    await fleet.rollback({});
    emulator().world.fleet.destroy(machine, true);
    await emulator().settled();
    expect(ended(await fleet.rollback({}))).toBe('unchanged/already-live, serving old');
    expect(runs()).toEqual(new Set(['good']));
  });

  it('is whole where that machine is accepted, which keeps it in the log and the summary', async () => {
    const { id } = await beside();
    const result = await fleet.rollback({ 'accept-machines': id });
    const told = `machine ${id}, accepted, serves beside the release: image shop:v1, port 80 and 443`;
    expect(ended(result)).toBe('restored/platform-only, serving old');
    const inSummary = result.main.summary.includes(told.replace(id, `\`${id}\``));
    expect([logOf(result).includes(told), inSummary]).toEqual([true, true]);
  });
});

describe('a rollback of an app one of whose machines is on a lost host', () => {
  it('goes back on the others, and names the one that is out of sight', async () => {
    await fleet.begin({});
    await fleet.past(good, bad);
    const [first] = emulator().world.apps.get(demo.fly.app)?.machines.values() ?? [];
    if (first === undefined) throw new Error('begin makes machines');
    await emulator().world.fleet.loseHost(first);
    const result = await fleet.rollback({ checks: shopChecks });
    expect(ended(result)).toBe('restored/verified, serving old');
    expect(annotations(result)).toContain(
      `warning: The host of machine ${first.id} does not answer: which release it has, and whether it serves, is not known.`,
    );
    expect(await fleet.served()).toBe('good');
  });
});
