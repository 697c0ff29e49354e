import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commits, demo, fly, images } from '#local-cloud';
import { annotations, ended, logOf, shopChecks, shopStage, steps } from '../../support/shop-stage.ts';

const shop = shopStage();
const digest = (ref: string) => shop.stage.cloud.images.resolve(ref)?.digest ?? 'none';

/** The app as it is before anything was ever deployed to it: no machine, no release. */
function neverDeployed(): void {
  const { world } = shop.stage.cloud.service(fly);
  const app = world.apps.get(demo.fly.app);
  if (app !== undefined) world.destroyApp(app);
  world.createApp(demo.fly.app);
}

describe('a release that is good', () => {
  it('is live, verified by the checks, and told about in every output', async () => {
    const result = await shop.deploy({ image: images.v3, checks: shopChecks }, { sha: commits.v3 });
    expect(ended(result)).toBe('live/verified, serving new');
    expect(await shop.served()).toBe('v3');
    expect(result.main.exitCode).toBe(0);
    expect(annotations(result)).toEqual([]);
    expect(steps(result)).toEqual([
      ...['observe', 'admit', 'record', 'turn', 'verify before', 'prepare', 'turn', 're-read'],
      ...['ship', 'settle', 'verify', 'confirm'],
    ]);
    const { timeline, machines, results, report, 'duration-ms': duration, ...outputs } = result.main.outputs;
    expect(outputs).toEqual({
      outcome: 'live',
      reason: 'verified',
      serving: 'new',
      'needs-a-person': 'false',
      url: 'https://shop.fly.dev',
      release: 'v2',
      'previous-release': 'v1',
      target: 'fly:shop',
      'ledger-id': '1900000001',
      'dashboard-url': 'https://fly.io/apps/shop/monitoring',
      'compare-url': '',
      'release-version': '2',
      image: digest(images.v3),
      'previous-image': digest(images.v1),
      'app-name': 'shop',
      hostname: 'shop.fly.dev',
      'image-ref': `registry.fly.io/shop@${digest(images.v3)}`,
      'snapshot-id': '',
    });
    const healthy = { healthy: true, note: 'started, 1 of 1 checks passing' };
    expect(JSON.parse(machines ?? '')).toEqual([
      expect.objectContaining(healthy),
      expect.objectContaining(healthy),
    ]);
    expect(JSON.parse(results ?? '')).toEqual([expect.objectContaining({ outcome: 'live', release: 'v2' })]);
  });

  it('is live by the platform’s word alone without checks, and a warning says what that is worth', async () => {
    const result = await shop.deploy({ image: images.v3 }, { sha: commits.v3 });
    expect(ended(result)).toBe('live/platform-only, serving new');
    expect(await shop.served()).toBe('v3');
    expect(annotations(result)).toEqual([
      'warning: The release serves by the platform’s own account; no checks were given to prove it.',
    ]);
  });

  it('is deployed by digest, and waited for after `immediate`, which flyctl does not watch', async () => {
    shop.stage.cloud.images.put(images.v3, {
      app: 'shop',
      env: { VERSION: 'v3', SHOP_SLOW_MS: '300' },
      labels: {},
    });
    const result = await shop.deploy(
      { image: images.v3, strategy: 'immediate', args: '--max-concurrent=4' },
      { sha: commits.v3 },
    );
    expect(ended(result)).toBe('live/platform-only, serving new');
    expect(await shop.served()).toBe('v3');
    expect(logOf(result)).toMatch(/ship: v2\nmachine \w+: .*\n(.*\n)*settle: 2 of 2 machines healthy$/m);
    const config = join(shop.stage.workspace, 'fly.toml');
    expect(shop.stage.flyctlCalls()).toEqual([
      'version',
      `config validate --app shop --config ${config}`,
      `deploy --app shop --config ${config} --image registry.fly.io/shop@${digest(images.v3)} --strategy immediate ` +
        '--wait-timeout 3s --yes --dns-checks=false --deploy-retries=0 --max-concurrent=4',
    ]);
  });
});

describe('the first deploy ever', () => {
  it('is live, and has no release before it', async () => {
    neverDeployed();
    const result = await shop.deploy({ image: images.v3, checks: shopChecks }, { sha: commits.v3 });
    expect(ended(result)).toBe('live/verified, serving new');
    expect(result.main.outputs).toMatchObject({
      release: 'v1',
      'previous-release': '',
      'previous-image': '',
    });
    expect(await shop.served()).toBe('v3');
  });

  it('is stranded when it fails, for there is nothing to go back to, and says what serves', async () => {
    neverDeployed();
    const result = await shop.deploy({ image: images.v2Error, checks: shopChecks });
    expect(ended(result)).toBe('stranded/no-target, serving new');
    expect(annotations(result)).toEqual([
      'error: no-target: 🚨 Failed, and not taken back: fly:shop serves v1, which fails (stranded/no-target). ' +
        '1 of 2 gate checks passed, 1 failed; home: status: expected equals 200, got 500. Next: Deploy a working version.',
    ]);
    expect(await shop.served()).toBe('v2');
  });
});

describe('what already serves', () => {
  it('is deployed again from another commit, whose fly.toml may be another, and then left alone', async () => {
    await shop.deploy({ image: images.v3 }, { sha: commits.v2 });
    const other = await shop.deploy({ image: images.v3, checks: shopChecks }, { sha: commits.v3 });
    expect([ended(other), other.main.outputs.release]).toEqual(['live/verified, serving new', 'v3']);

    const { lastSeq } = shop.stage.cloud.journal;
    const again = await shop.deploy({ image: images.v3, checks: shopChecks }, { sha: commits.v3 });
    expect(ended(again)).toBe('unchanged/already-live, serving new');
    expect(steps(again)).toEqual(['observe', 'admit', 'settle', 'verify', 'confirm']);
    expect(shop.stage.cloud.journal.entries({ since: lastSeq, mutations: true })).toEqual([]);
  });

  it('is red and untouched when it fails the checks it is asked to pass', async () => {
    await shop.deploy({ image: images.v2Error }, { sha: commits.v2 });
    const { lastSeq } = shop.stage.cloud.journal;
    const again = await shop.deploy({ image: images.v2Error, checks: shopChecks }, { sha: commits.v2 });
    expect(ended(again)).toBe('stranded/already-live-failing, serving new');
    expect(shop.stage.cloud.journal.entries({ since: lastSeq, mutations: true })).toEqual([]);
  });
});

describe('without a deploy', () => {
  it('a dry run prints the command line and changes nothing', async () => {
    const result = await shop.deploy({ image: images.v3, checks: shopChecks, 'dry-run': 'true' });
    expect(ended(result)).toBe('rehearsed/dry-run, serving old');
    expect(shop.mutations()).toEqual([]);
    const config = join(shop.stage.workspace, 'fly.toml');
    expect(logOf(result)).toContain(
      [
        'fly:shop serves v1.',
        'v1, which serves, differs from what is to be shipped in `image`.',
        `It would run: flyctl deploy --app shop --config ${config} --image registry.fly.io/shop@${digest(images.v3)} ` +
          '--strategy rolling --wait-timeout 3s --yes --dns-checks=false --deploy-retries=0',
        'The checks are valid and would run after it.',
        'A failure would be taken back.',
      ].join('\n'),
    );
    expect(result.job.summary).toContain('## 📝 Rehearsed: nothing was changed');
  });

  it('a dry run refuses what the real run would refuse', async () => {
    writeFileSync(join(shop.stage.workspace, 'bad.toml'), 'app = "shop"\n[http_service\n');
    const result = await shop.deploy({ image: images.v3, config: 'bad.toml', 'dry-run': 'true' });
    expect(ended(result)).toBe('error/config-invalid, serving unknown');
  });

  it('`install-only` puts flyctl on PATH and needs neither app nor token', async () => {
    const result = await shop.stage.run('fly-deploy', { 'install-only': 'true' });
    expect(ended(result)).toBe('done/installed, serving unknown');
    expect(logOf(result)).toMatch(
      /^flyctl \S+ is installed at \S+\/flyctl\/0\.4\.85\/\w+\/flyctl and on PATH\.$/m,
    );
    expect(shop.stage.cloud.journal.entries()).toEqual([]);
  });
});
