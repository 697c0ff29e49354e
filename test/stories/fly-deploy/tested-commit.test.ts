import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { commits, github, images } from '#local-cloud';
import { recordedDeploys } from '../../support/recorded-deploys.ts';
import { annotations, ended, logOf, shopChecks, shopStage } from '../../support/shop-stage.ts';

// The story: CI tests a commit, and a second workflow deploys it (`workflow_run`). By then the branch has gone on, and
// the second workflow's own commit is the newest of the branch: one that nobody has built.

const shop = shopStage();
const newest = 'd'.repeat(40);

beforeEach(() => {
  shop.stage.cloud
    .service(github)
    .seedCommits('acme/shop', [
      { sha: newest, parents: [commits.v3], message: 'Go on', author: 'Ada Lovelace' },
    ]);
});

/** `release` is what the build says of itself. */
const checks = `release: { path: /version.json, jsonpath: $.commit }\nchecks:\n${shopChecks.replace(/^/gm, '  ')}`;

const ours = { full_name: 'acme/shop' };
const following = (head: unknown) => ({
  sha: newest,
  github: {
    event_name: 'workflow_run',
    event: { repository: ours, workflow_run: { head_sha: head, head_repository: ours } },
  },
});
const dispatch = { sha: newest, github: { event_name: 'workflow_dispatch', event: { repository: ours } } };

describe('a deploy that follows a tested run', () => {
  it('is of the commit that was tested: checks, record and comparison', async () => {
    await shop.deploy({ image: images.v1, checks }, { sha: commits.v1 });
    const result = await shop.deploy({ image: images.v3, checks }, following(commits.v3));
    expect(ended(result)).toBe('live/verified, serving new');
    const records = await recordedDeploys(shop.stage.cloud);
    expect(records.at(-1)).toMatchObject({ sha: commits.v3, payload: { commit: commits.v3 } });
    expect(result.main.outputs['compare-url']).toBe(
      `https://github.com/acme/shop/compare/${commits.v1.slice(0, 12)}...${commits.v3.slice(0, 12)}`,
    );
    const again = await shop.deploy({ image: images.v3, checks }, following(commits.v3));
    expect(ended(again)).toBe('unchanged/already-live, serving new');
  });

  it('is refused where a newer commit serves, however new the branch is', async () => {
    await shop.deploy({ image: images.v3, checks }, { sha: commits.v3 });
    const result = await shop.deploy({ image: images.v1, checks }, following(commits.v1));
    expect(ended(result)).toBe('blocked/older-than-live, serving old');
  });

  it.each([
    ['a branch', 'main'],
    ['a way to another repository', `${commits.v3}/../../../eve/shop`],
    ['nothing', undefined],
  ])('asks GitHub nothing of %s in place of a commit', async (_, head) => {
    await shop.deploy({ image: images.v1, checks: shopChecks }, { sha: commits.v1 });
    const { lastSeq } = shop.stage.cloud.journal;
    const result = await shop.deploy({ image: images.v3, checks: shopChecks }, following(head));
    expect(ended(result)).toBe('live/verified, serving new');
    const asked = shop.stage.cloud.journal.entries({ since: lastSeq });
    expect(asked.filter(({ service, path }) => service === 'github' && path.includes('compare'))).toEqual([]);
    const records = await recordedDeploys(shop.stage.cloud);
    expect(records.at(-1)).toMatchObject({ payload: { commit: null } });
  });
});

describe('a deploy that is dispatched with a ref', () => {
  it('is of the commit that the input names', async () => {
    const result = await shop.deploy({ image: images.v3, checks, commit: commits.v3 }, dispatch);
    expect(ended(result)).toBe('live/verified, serving new');
    const records = await recordedDeploys(shop.stage.cloud);
    expect(records.at(-1)).toMatchObject({ sha: commits.v3, payload: { commit: commits.v3 } });
  });

  it('is refused where the input names no whole commit', async () => {
    const result = await shop.deploy({ image: images.v3, commit: 'main' }, dispatch);
    expect(annotations(result)).toEqual([
      expect.stringContaining(
        '`commit` is "main"; it must be a whole commit: 40 hex digits, as `git rev-parse HEAD` prints them.',
      ),
    ]);
    expect(shop.mutations()).toEqual([]);
  });
});

describe('a checkout', () => {
  it('of another commit than the tested one is told, with both', async () => {
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
        cwd: shop.stage.workspace,
        encoding: 'utf8',
        stdio: 'pipe',
      }).trim();
    git('init', '-q');
    git('add', 'fly.toml');
    git('commit', '-q', '-m', 'go on');
    try {
      const result = await shop.deploy({ image: images.v3, checks }, following(commits.v3));
      expect(ended(result)).toBe('live/verified, serving new');
      expect(annotations(result)).toEqual([
        `warning: The checkout is at ${git('rev-parse', 'HEAD').slice(0, 12)}, and this run is about ${commits.v3.slice(0, 12)}: ` +
          'what is read and built here is of the former. ' +
          'Give `actions/checkout` the `ref` that was tested, or name the other in `commit`.',
      ]);
    } finally {
      rmSync(join(shop.stage.workspace, '.git'), { recursive: true });
    }
  });
});

describe('a rollback to a release that no record knows', () => {
  const wanted = { to: 'v1', reason: 'v3 sells at half price', checks };

  it('proves the commit that the input names', async () => {
    await shop.deploy({ image: images.v3, checks: shopChecks }, { sha: commits.v3 });
    const result = await shop.rollback({ ...wanted, commit: commits.v1 }, dispatch);
    expect(ended(result)).toBe('restored/verified, serving old');
    expect(logOf(result)).toContain('pass: 3 of 3 gate checks passed');
  });

  it('fails when another build serves then', async () => {
    await shop.deploy({ image: images.v3, checks: shopChecks }, { sha: commits.v3 });
    const result = await shop.rollback({ ...wanted, commit: commits.v3 }, dispatch);
    expect(ended(result)).toBe('stranded/restore-failed, serving old');
  });
});
