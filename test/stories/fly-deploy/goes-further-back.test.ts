import { describe, expect, it } from 'vitest';
import { commits, demo, fly, images } from '#local-cloud';
import { type PastDeploy, pastDeploys, pastImage } from '../../support/past-deploys.ts';
import { annotations, ended, shopChecks, shopStage } from '../../support/shop-stage.ts';

const shop = shopStage();
const a: PastDeploy = { version: 'a', verdict: 'pass' };
const b: PastDeploy = { version: 'b', verdict: 'pass' };

/** What serves before the deploy cannot be brought back, though nothing is wrong with it. */
type Loss = readonly [string, () => void, string | RegExp];

const withoutConfiguration: Loss = [
  'Fly stored no configuration with it',
  () => {
    const releases = shop.stage.cloud.service(fly).world.apps.get(demo.fly.app)?.releases ?? [];
    Object.assign(releases.at(-1) ?? {}, { definition: null });
  },
  'Fly stored no configuration with it',
];
const pruned: Loss = [
  'the registry has pruned its image',
  () => shop.stage.cloud.images.prune(pastImage('b')),
  'the registry no longer has `registry\\.fly\\.io/shop@sha256:\\w+`',
];

describe('a deploy that fails where what served before is gone, since', () => {
  it.each([withoutConfiguration, pruned])(
    '%s: is taken back to the last verified release',
    async (_, lose, why) => {
      await pastDeploys(shop.stage.cloud, [a, b]);
      lose();
      const result = await shop.deploy({ image: images.v2Error, checks: shopChecks }, { sha: commits.v3 });
      expect(ended(result)).toBe('restored/checks-failed, serving old');
      expect(await shop.served()).toBe('a');
      expect(result.job.summary).toMatch(new RegExp(`^- v3 cannot be brought back: ${why}\\.$`, 'm'));
      const restores = shop.stage.flyctlCalls().filter((call) => call.includes('--skip-release-command'));
      expect(restores).toEqual([expect.stringMatching(/--config \S+\/v2\.json/)]);
    },
  );

  it.each([withoutConfiguration, pruned])('%s: stays when no other is left', async (_, lose, why) => {
    await pastDeploys(shop.stage.cloud, [b]);
    lose();
    const result = await shop.deploy({ image: images.v2Error, checks: shopChecks }, { sha: commits.v3 });
    expect(ended(result)).toBe('stranded/no-target, serving new');
    expect(result.job.summary).toMatch(
      new RegExp(`^- v2 cannot be brought back: ${why}\\. No older release can be taken\\.$`, 'm'),
    );
    expect(annotations(result)).toEqual([expect.stringMatching(/Next: Deploy a working version\.$/)]);
  });
});
