import { describe, expect, it } from 'vitest';
import { images } from '#local-cloud';
import { ended, logOf, shopChecks, shopStage } from '../../support/shop-stage.ts';

// The story: a database's extension, a cluster that really formed, an internal call: only the private network reaches
// them, so a command in a machine of the new release asks.

const shop = shopStage();

const command = (flow: string) => `${shopChecks}- name: inside\n  fly-machines: ${flow}\n`;
const commands = () => shop.entries('flaps.machines.exec').map(({ status }) => status);

describe('a command in a machine of the new release', () => {
  it('proves what nobody outside can see', async () => {
    const checks = command('{ exec: [printenv, VERSION], expect: { stdout: v3, stderr: { empty: true } } }');
    const result = await shop.deploy({ image: images.v3, checks });
    expect(ended(result)).toBe('live/verified, serving new');
    expect(commands()).toEqual([200]);
  });

  it('takes the release back when it fails, and says what it printed', async () => {
    const checks = command('{ exec: [migrate] }');
    const result = await shop.deploy({ image: images.v2MigrationFails, checks });
    expect(ended(result)).toBe('restored/checks-failed, serving old');
    expect(await shop.served()).toBe('v1');
    expect(commands()).toEqual([200]);
    expect(logOf(result)).toContain('migration 0007 failed: column exists');
  });

  it('is not judged where Fly cannot run it, and nothing is switched', async () => {
    shop.stage.cloud.faults.add({ route: 'flaps.machines.exec', kind: 'status', status: 503 });
    const checks = command('{ exec: [printenv, VERSION] }');
    const result = await shop.deploy({ image: images.v3, checks });
    expect(ended(result)).toBe('inconclusive/platform-unreachable, serving new');
    expect(commands()).toEqual([503]);
    expect(await shop.served()).toBe('v3');
  });

  it('is stopped when its time is over', async () => {
    const checks = command('{ exec: [work] }').concat('  timeout: 2s\n');
    const result = await shop.deploy({ image: images.v3, checks });
    expect(ended(result)).toBe('restored/checks-failed, serving old');
    expect(commands()).toEqual([408]);
  });
});
