import { describe, expect, it } from 'vitest';
import { commits, images } from '#local-cloud';
import { annotations, ended, logOf, shopChecks, shopStage } from '../../support/shop-stage.ts';
import { someoneElseDeploys } from '../../support/someone-else.ts';

const shop = shopStage();

describe('a commit older than the one that serves', () => {
  const older = { sha: commits.v1 };

  it('is blocked before anything is changed, unless forced with a reason', async () => {
    await shop.deploy({ image: images.v3 }, { sha: commits.v3 });
    const { lastSeq } = shop.stage.cloud.journal;
    const blocked = await shop.deploy({ image: images.v1, checks: shopChecks }, older);
    expect(ended(blocked)).toBe('blocked/older-than-live, serving old');
    expect(shop.stage.cloud.journal.entries({ since: lastSeq, mutations: true })).toEqual([]);
    expect(annotations(blocked)).toEqual([
      'error: older-than-live: ⛔ Blocked: fly:shop still serves v2 (blocked/older-than-live). ' +
        'The commit 43a3a94 is older than e2930c0, which serves. ' +
        'Next: Deploy the newest commit, or use the rollback action to go back on purpose. ' +
        'To pass this gate all the same, set `force: older-than-live` with `override-reason`.',
    ]);

    // What the older commit lacks: GitHub shows nothing from a newer one to an older.
    expect(blocked.main.outputs['compare-url']).toMatch(
      new RegExp(`/compare/${commits.v1.slice(0, 12)}\\.\\.\\.${commits.v3.slice(0, 12)}$`),
    );

    const reason = { force: 'older-than-live', 'override-reason': 'v3 sells at half price' };
    const forced = await shop.deploy({ image: images.v1, ...reason, checks: shopChecks }, older);
    expect(ended(forced)).toBe('live/verified, serving new');
    expect(await shop.served()).toBe('v1');
    expect(annotations(forced)).toEqual([
      'warning: The gate older-than-live was passed by force (v3 sells at half price): ' +
        'The commit 43a3a94 is older than e2930c0, which serves.',
    ]);
  });
});

describe('a rehearsal', () => {
  it('says that a gate would block the deploy, and why', async () => {
    await shop.deploy({ image: images.v3 }, { sha: commits.v3 });
    const { lastSeq } = shop.stage.cloud.journal;
    const result = await shop.deploy({ image: images.v1, 'dry-run': 'true' }, { sha: commits.v1 });
    expect(ended(result)).toBe('rehearsed/dry-run, serving old');
    expect(result.job.summary).toContain(
      '- It would be blocked (blocked/older-than-live): The commit `43a3a94` is older than `e2930c0`, which serves. ' +
        'To pass this gate all the same, set \\`force: older-than-live\\` with \\`override-reason\\`.',
    );
    expect(shop.stage.cloud.journal.entries({ since: lastSeq, mutations: true })).toEqual([]);
  });
});

describe('a force that was not needed', () => {
  const forced = { force: 'older-than-live', 'override-reason': 'v3 sells at half price' };
  const told = '`force` names older-than-live, which does not block: there is nothing to pass.';

  it('deploys, and only the log says so', async () => {
    const result = await shop.deploy(
      { image: images.v3, ...forced, checks: shopChecks },
      { sha: commits.v3 },
    );
    expect(ended(result)).toBe('live/verified, serving new');
    expect(annotations(result)).toEqual([]);
    expect(logOf(result)).toContain(told);
  });

  it('is told by the rehearsal of a rollback, which no such gate asks', async () => {
    await shop.deploy({ image: images.v3, checks: shopChecks }, { sha: commits.v3 });
    const result = await shop.rollback({ to: 'previous', 'dry-run': 'true', ...forced });
    expect(ended(result)).toBe('rehearsed/dry-run, serving new');
    expect(logOf(result)).toContain(told);
  });
});

describe('a fork’s pull request', () => {
  it('never deploys, not even by force', async () => {
    const event = {
      repository: { full_name: 'acme/shop' },
      pull_request: { head: { repo: { full_name: 'eve/shop' } } },
    };
    const result = await shop.deploy(
      { image: images.v3, force: 'older-than-live', 'override-reason': 'please' },
      { github: { event_name: 'pull_request', event } },
    );
    expect(ended(result)).toBe('blocked/fork, serving old');
    expect(shop.mutations()).toEqual([]);
    expect(annotations(result)).toEqual([
      'error: fork: ⛔ Blocked: fly:shop still serves v1 (blocked/fork). ' +
        'This run was started by a pull request from a fork. Next: Deploy from a branch of this repository. No `force` passes this.',
    ]);
  });
});

describe('someone else’s deploy in the middle of ours', () => {
  const patient = (body: string) => `
- name: home
  http: GET /
  expect: { status: 200, body: { contains: ${body} } }
  retry: { until: 1500ms, interval: 200ms }
`;

  it.each([
    ['when our checks then pass on their release', 'Shop v3'],
    ['when our checks fail', 'Shop v4'],
  ])('is left serving, and ours is stranded: %s', async (_, body) => {
    const result = await shop.deploy(
      { image: images.v2Error, checks: patient(body) },
      {
        onLine: ({ line }) => {
          if (line === '✗ home, attempt 1: GET https://shop.fly.dev/ → 500') {
            someoneElseDeploys(shop.stage.cloud, images.v3);
          }
        },
      },
    );
    expect(ended(result)).toBe('stranded/superseded, serving unknown');
    expect(await shop.served()).toBe('v3');
    expect(shop.stage.flyctlCalls().filter((call) => call.startsWith('deploy'))).toHaveLength(1);
    expect(result.job.summary).toContain(
      '## 🚨 Somebody else was at work meanwhile: fly:shop serves v3, which this run did not make live (stranded/superseded).',
    );
  });
});
