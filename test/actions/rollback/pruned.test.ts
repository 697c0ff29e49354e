import { describe, expect, it } from 'vitest';
import { commits, demo, fly } from '#local-cloud';
import { type PastDeploy, pastDeploys, pastImage } from '../../support/past-deploys.ts';
import { annotations, candidates, ended, shopChecks, shopStage } from '../../support/shop-stage.ts';

const shop = shopStage();
const past = (...deploys: readonly PastDeploy[]) => pastDeploys(shop.stage.cloud, deploys);
const prune = (version: string) => shop.stage.cloud.images.prune(pastImage(version));
const a: PastDeploy = { version: 'a', verdict: 'pass' };
const b: PastDeploy = { version: 'b', verdict: 'pass', commit: commits.v2 };
const bad: PastDeploy = { version: 'bad', verdict: 'pass', commit: commits.v3 };

const digest = (version: string) => shop.stage.cloud.images.resolve(pastImage(version))?.digest;
const gone = (ref: string | undefined) => `the registry no longer has registry.fly.io/shop@${ref}`;

describe('a rollback whose images the registry has pruned', () => {
  it('goes to the next that is still there, and says why not to the first', async () => {
    await past(a, b, bad);
    const lost = digest('b');
    prune('b');
    const result = await shop.rollback({ checks: shopChecks });
    expect(ended(result)).toBe('restored/verified, serving old');
    expect(candidates(result)).toEqual([`v3: ${gone(lost)}`, 'v2: taken']);
    expect(await shop.served()).toBe('a');
  });

  it.each<[string, Record<string, string>]>([
    ['by the ledger', {}],
    ['by the platform', { to: 'previous' }],
  ])('has no target when none is left %s, and says which commit to build again', async (_, inputs) => {
    await past(b, bad);
    const lost = digest('b');
    prune('b');
    shop.stage.cloud.images.prune('registry.fly.io/shop:v1');
    const result = await shop.rollback(inputs);
    expect(ended(result)).toBe('stranded/no-target, serving new');
    expect(await shop.served()).toBe('bad');
    expect(shop.mutations('fly')).toEqual([]);
    expect(annotations(result)).toEqual([
      'error: no-target: ❌ Not rolled back, nothing was changed: fly:shop still serves v3 (stranded/no-target). ' +
        `No older release can be taken. v2: ${gone(lost)}. ` +
        `Next: Build and deploy the commit ${commits.v2.slice(0, 12)} of v2 again; ` +
        'keep images that you may want back in a registry that prunes none.',
    ]);
  });

  it('has no target when the one that was named is gone', async () => {
    await past(a, b, bad);
    const lost = digest('b');
    prune('b');
    const result = await shop.rollback({ to: 'v3', reason: 'it worked' });
    expect(ended(result)).toBe('stranded/no-target, serving new');
    expect(annotations(result)[0]).toContain(
      `The release v3 cannot be taken: ${gone(lost)}. Next: Build and deploy the commit ${commits.v2.slice(0, 12)} of v3 again;`,
    );
    expect(await shop.served()).toBe('bad');
  });

  it('tells apart what has no configuration to come back with', async () => {
    await past(a, bad);
    const releases = shop.stage.cloud.service(fly).world.apps.get(demo.fly.app)?.releases ?? [];
    Object.assign(releases[1] ?? {}, { definition: null });
    const result = await shop.rollback({});
    expect(ended(result)).toBe('stranded/no-target, serving new');
    expect(candidates(result)[0]).toBe('v2: Fly stored no configuration with it');
  });
});
