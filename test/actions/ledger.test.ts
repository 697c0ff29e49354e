import { describe, expect, it } from 'vitest';
import { commits, demo, github, images } from '#local-cloud';
import { recordedDeploys } from '../support/recorded-deploys.ts';
import { annotations, ended, shopChecks, shopStage } from '../support/shop-stage.ts';

const shop = shopStage();
const repository = `${demo.github.owner}/${demo.github.repository}` as const;
const digest = (ref: string) => shop.stage.cloud.images.resolve(ref)?.digest;
const githubCalls = () =>
  shop.stage.cloud.journal.entries().filter(({ service }) => service === 'github').length;

const intent = {
  schema: 1,
  platform: 'fly',
  target: 'fly:shop',
  service: 'shop',
  environment: 'production',
  barrier: false,
  actor: 'octocat',
  trigger: 'push',
  reason: '',
  attempt: 1,
};

describe('the ledger', () => {
  it('holds what a deploy set out to do and what became of it, and sets the record it replaces inactive', async () => {
    await shop.deploy({ image: images.v2ErrorBody, 'rollback-barrier': 'true' }, { sha: commits.v2 });
    const result = await shop.deploy({ image: images.v3, checks: shopChecks }, { sha: commits.v3 });
    const [first, second, ...more] = await recordedDeploys(shop.stage.cloud);
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      payload: {
        ...intent,
        commit: commits.v2,
        previous: 'v1',
        restores: null,
        replaces: null,
        barrier: true,
      },
      statuses: [
        `in_progress: belay/1 shipped v2 v2 ${digest(images.v2ErrorBody)}`,
        'in_progress: belay/1 activated v2',
        'success: belay/1 verdict settled',
        'inactive: Another release of this service is live',
      ],
    });
    expect(second).toMatchObject({
      id: result.main.outputs['ledger-id'],
      task: 'belay:deploy',
      environment: 'production',
      sha: commits.v3,
      payload: { ...intent, commit: commits.v3, previous: 'v2', restores: null, replaces: null },
      statuses: [
        `in_progress: belay/1 shipped v3 v3 ${digest(images.v3)}`,
        'in_progress: belay/1 activated v3',
        'success: belay/1 verdict pass',
      ],
    });
    expect(result.main.outputs['compare-url']).toBe(
      `https://github.com/${repository}/compare/${commits.v2.slice(0, 12)}...${commits.v3.slice(0, 12)}`,
    );
  });

  it('holds a restore as a rollback of its own, and never calls what failed a success', async () => {
    await shop.deploy({ image: images.v2Error, checks: shopChecks, environment: 'staging', service: 'web' });
    const [failed, restore, ...more] = await recordedDeploys(shop.stage.cloud);
    expect(more).toEqual([]);
    const place = { environment: 'staging', service: 'web' };
    expect(failed).toMatchObject({
      environment: 'staging',
      payload: { ...intent, ...place, commit: commits.v2, previous: 'v1' },
      statuses: [
        `in_progress: belay/1 shipped v2 v2 ${digest(images.v2Error)}`,
        'in_progress: belay/1 activated v2',
        'failure: belay/1 restoring v1',
      ],
    });
    expect(restore).toMatchObject({
      task: 'belay:rollback',
      environment: 'staging',
      payload: { ...intent, ...place, commit: null, previous: 'v2', restores: 'v1', replaces: 'v2' },
      statuses: [
        'in_progress: belay/1 activated v3',
        'success: belay/1 verdict pass',
        'success: belay/1 restored v3',
      ],
    });
  });

  it('is done without where the token may not write it, and that is said once', async () => {
    const token = shop.stage.cloud
      .service(github)
      .token({ permissions: { deployments: 'read', contents: 'read' } });
    const result = await shop.deploy(
      { image: images.v3, checks: shopChecks, 'github-token': token },
      { sha: commits.v3 },
    );
    expect(ended(result)).toBe('live/verified, serving new');
    expect(result.main.outputs['ledger-id']).toBe('');
    expect(annotations(result)).toEqual([
      'warning: This deploy is not recorded: POST https://api.github.com/repos/acme/shop/deployments → 403 Resource not ' +
        'accessible by integration. A later rollback will not know this deploy or its verdict, and runs at the same time do not wait for each other. ' +
        'Give the job the permission `deployments: write`.',
    ]);
    expect(await recordedDeploys(shop.stage.cloud)).toEqual([]);
  });

  it('is done without where there is no token at all', async () => {
    const result = await shop.deploy(
      { image: images.v3, 'github-token': '' },
      { sha: commits.v3, github: { token: '' } },
    );
    expect(ended(result)).toBe('live/platform-only, serving new');
    expect(annotations(result)[0]).toBe(
      'warning: There is no GitHub token, so deploys are neither recorded nor looked up. ' +
        'Pass `github-token`, or leave its default.',
    );
    expect(githubCalls()).toBe(0);
  });

  it('is read the same where GitHub encodes its payloads once, not twice as it mostly does', async () => {
    shop.stage.cloud.service(github).switches.payloadEncoding = 'once';
    await shop.deploy({ image: images.v3 }, { sha: commits.v3 });
    const older = await shop.deploy({ image: images.v1 }, { sha: commits.v1 });
    expect(ended(older)).toBe('blocked/older-than-live, serving old');
  });
});

describe('among a thousand records of its own and of others', () => {
  it('a deploy that is taken back makes at most 24 calls to GitHub', async () => {
    const own = (index: number) => ({
      sha: commits.v1,
      task: 'belay:deploy',
      payload: {
        ...intent,
        commit: commits.v1,
        previous: null,
        restores: null,
        replaces: null,
        run: String(index),
      },
      statuses: [
        { state: 'in_progress', description: `belay/1 shipped r${index} r${index} -` },
        { state: 'success', description: 'belay/1 verdict settled' },
      ] as const,
    });
    const foreign = { sha: commits.v1, statuses: [{ state: 'success', description: 'Deployed' }] as const };
    shop.stage.cloud
      .service(github)
      .seedDeployments(repository, 1_000, (index) => (index % 2 === 0 ? own(index) : foreign));
    const result = await shop.deploy({ image: images.v2Error, checks: shopChecks }, { sha: commits.v3 });
    expect(ended(result)).toBe('restored/checks-failed, serving old');
    expect(githubCalls()).toBeLessThanOrEqual(24);
  });
});
