import { describe, expect, it } from 'vitest';
import { commits, github, images } from '#local-cloud';
import { recordedDeploys } from '../../support/recorded-deploys.ts';
import { annotations, ended, logOf, shopStage } from '../../support/shop-stage.ts';

const shop = shopStage();
const githubCalls = () =>
  shop.stage.cloud.journal.entries().filter(({ service }) => service === 'github').length;

/** Compared with what was before, generously: it is the machinery that is tested, not this machine. */
const checks = `
baseline: { tolerance: 100%, floor: 2s, samples: 20 }
checks:
  - name: home page
    http: GET /
    expect: { status: 200 }
  - name: health
    http: GET /healthz
    expect: { status: 200 }
    baseline: none
`;
const measured = /^success: belay\/1 latency home%20page p95 [\d.]+ n 20$/;

describe('the latency of a deploy', () => {
  it('is compared with what served before it, and kept in its record', async () => {
    const result = await shop.deploy({ image: images.v3, checks }, { sha: commits.v3 });
    expect(ended(result)).toBe('live/verified, serving new');
    expect(annotations(result)).toEqual([]);
    expect(logOf(result)).toMatch(
      /✓ home page, attempt 1: GET \S+ → 200; 20 samples: p50 .*; warm-up .* dropped/,
    );
    const [record] = await recordedDeploys(shop.stage.cloud);
    expect(record?.statuses.slice(-2)).toEqual([
      'success: belay/1 verdict pass',
      expect.stringMatching(measured),
    ]);
  });

  it('is judged beside the release before, and a slow one is taken back', async () => {
    const strict = checks.replace(
      /\{ tolerance.*\}/,
      '{ metric: p50, tolerance: 50%, floor: 60ms, samples: 5 }',
    );
    const slow = shop.stage.cloud.images.put('registry.fly.io/shop:slow', {
      app: 'shop',
      env: { VERSION: 'slow', SHOP_SLOW_MS: '200' },
      labels: {},
    });
    const result = await shop.deploy({ image: slow.ref, checks: strict }, { sha: commits.v3 });
    expect(ended(result)).toBe('restored/checks-failed, serving old');
    expect(result.main.annotations[0]?.message).toContain(
      'p50 beside v1, which served before: expected at most',
    );
    const records = await recordedDeploys(shop.stage.cloud);
    expect(records.flatMap(({ statuses }) => statuses).filter((one) => one.includes('latency'))).toEqual([]);
    expect(githubCalls()).toBeLessThanOrEqual(20);
  });
});

describe('a smoke test of what a deploy without checks left serving', () => {
  const url = 'url=https://shop.fly.dev';
  const inputs = { checks, 'check-variables': url, service: 'shop', 'ledger-id': 'live', release: 'live' };

  it('writes its verdict and what it measured into the record', async () => {
    await shop.deploy({ image: images.v3 }, { sha: commits.v3 });
    const result = await shop.stage.run('smoke-test', inputs, { sha: commits.v1 });
    expect(ended(result)).toBe('pass/verified, serving unknown');
    const [record] = await recordedDeploys(shop.stage.cloud);
    expect(record?.statuses.slice(-3)).toEqual([
      'success: belay/1 verdict settled',
      'success: belay/1 verdict pass',
      expect.stringMatching(measured),
    ]);
    expect(annotations(result)).toEqual([
      'warning: home page: baseline: there is no earlier p95 to compare with, so the comparison decides nothing',
    ]);
  });

  it('is as green with a token that may not write, and says what is lost', async () => {
    await shop.deploy({ image: images.v3 }, { sha: commits.v3 });
    const token = shop.stage.cloud.service(github).token({ permissions: { deployments: 'read' } });
    const result = await shop.stage.run('smoke-test', { ...inputs, 'github-token': token });
    expect(ended(result)).toBe('pass/verified, serving unknown');
    expect(annotations(result)[0]).toMatch(
      /^warning: The verdict is not recorded: POST .* → 403 .* Give the job the permission `deployments: write`\.$/,
    );
  });
});
