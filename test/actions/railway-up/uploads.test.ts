import { describe, expect, it } from 'vitest';
import { commits } from '#local-cloud';
import { homeCheck, railwayStage } from '../../support/railway-stage.ts';
import { ended, logOf } from '../../support/shop-stage.ts';

const shop = railwayStage();
const v2 = { version: 'v2' };

describe('an upload to Railway', () => {
  it('is live once it is built, healthy and proved', async () => {
    const result = await shop.up(v2, { checks: homeCheck });
    expect([ended(result), await shop.served()]).toEqual(['live/verified, serving new', 'v2']);
    expect(shop.mutations()).toEqual(['upload']);
  });

  it('that is healthy and broken is taken back by a rollback of Railway’s', async () => {
    const broken = { version: 'v2', settings: { SHOP_ROOT_STATUS: '500' } };
    const result = await shop.up(broken, { checks: homeCheck });
    expect([ended(result), await shop.served()]).toEqual(['restored/checks-failed, serving old', 'v1']);
    expect(shop.mutations()).toEqual(['upload', 'graphql.deploymentRollback']);
  });

  it('that is not healthy is rejected, and the old version never stopped serving', async () => {
    const unhealthy = { version: 'v2', settings: { SHOP_HEALTH: 'failing' } };
    const result = await shop.up(unhealthy, { checks: homeCheck, timeout: '60s' });
    expect([ended(result), await shop.served()]).toEqual(['rejected/unhealthy, serving old', 'v1']);
    expect(result.main.outputs['failed-step']).toBe('HEALTHCHECK');
  });

  it('of which the process dies after Railway called it live is taken back', async () => {
    shop.railway.switches.pace = { ...shop.railway.switches.pace, restartMs: 1_200 };
    const dies = { version: 'v2', settings: { SHOP_CRASH_AFTER_MS: '1500' } };
    const result = await shop.up(dies, { stabilize: '8s' });
    expect([ended(result), await shop.served()]).toEqual(['restored/platform-only, serving old', 'v1']);
    expect(logOf(result)).toContain('does not stay up: its process exited again and again');
  });

  it('that does not come to an end in time is cancelled, and what served goes on serving', async () => {
    shop.railway.next({ service: 'web' }, { kind: 'build-takes', ms: 60_000 });
    const result = await shop.up(v2, { timeout: '15s' });
    expect([ended(result), await shop.served()]).toEqual(['rejected/deploy-timeout, serving old', 'v1']);
    expect(shop.mutations()).toEqual(['upload', 'graphql.deploymentCancel']);
  });

  it('is only listed in a dry run', async () => {
    const result = await shop.up(v2, { 'dry-run': 'true' });
    expect([ended(result), await shop.served(), shop.mutations()]).toEqual([
      'rehearsed/dry-run, serving old',
      'v1',
      [],
    ]);
    const bullets = result.main.summary.split('\n').filter((line) => line.startsWith('- It would upload'));
    expect(bullets).toEqual([
      expect.stringMatching(/ before compression; the largest: server\.js \([\d.]+ k?B\), .+\(\d+ B\)\.$/),
    ]);
  });
});

describe('a rollback on Railway', () => {
  it('brings back the version that was proved last', async () => {
    await shop.up(v2, { checks: homeCheck });
    await shop.up({ version: 'v3' }, { checks: homeCheck }, { sha: commits.v3 });
    const result = await shop.rollback({ checks: homeCheck });
    expect([ended(result), await shop.served()]).toEqual(['restored/verified, serving old', 'v2']);
  });

  it('goes to the deployment that a summary names, by the digits it is called by', async () => {
    const { main } = await shop.up(v2, { checks: homeCheck });
    const [called = ''] = (main.outputs['previous-release'] ?? '').split('-');
    const result = await shop.rollback({ to: called, reason: 'prices are wrong' });
    expect([called.length, ended(result), await shop.served()]).toEqual([
      8,
      'restored/platform-only, serving old',
      'v1',
    ]);
  });
});
