import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { commits, demo } from '#local-cloud';
import type { LogLine } from '#local-runner';
import { bundleProcess, signalTo } from '../../support/bundle-process.ts';
import { imageService, repositoryService } from '../../support/railway-service.ts';
import { homeCheck, railwayStage } from '../../support/railway-stage.ts';
import { annotations, ended, logOf } from '../../support/shop-stage.ts';

const shop = railwayStage();
const [deploy, rollback, cancel] = [
  'graphql.serviceInstanceDeployV2',
  'graphql.deploymentRollback',
  'graphql.deploymentCancel',
];
const mode = { mode: 'deploy-commit', checks: homeCheck };
const repository = `${demo.github.owner}/${demo.github.repository}`;
const nobodys = '0123456789abcdef0123456789abcdef01234567';

describe('a commit of the repository', () => {
  it('is built by Railway, and live once it is proved', async () => {
    const app = repositoryService(shop);
    const result = await app.run(mode);
    const { 'deployment-id': id = '', 'logs-url': logs, status } = result.main.outputs;
    expect([ended(result), await app.served(), shop.mutations(), status]).toEqual([
      'live/verified, serving new',
      'v2',
      [deploy],
      'SUCCESS',
    ]);
    expect(logs).toMatch(new RegExp(`^https://railway.com/project/.*id=${id}`));
    expect(logOf(result)).not.toContain('Uploading');
  });

  it('that is broken with the variables of the service is taken back', async () => {
    const app = repositoryService(shop);
    await app.setVariables({ SHOP_ROOT_STATUS: '500' });
    const result = await app.run(mode);
    expect([ended(result), await app.served(), shop.mutations()]).toEqual([
      'restored/checks-failed, serving old',
      'v1',
      [deploy, rollback],
    ]);
  });

  it('that was proved and serves is not deployed again', async () => {
    const app = repositoryService(shop);
    await app.run(mode);
    const again = await app.run(mode);
    expect([ended(again), shop.mutations()]).toEqual(['unchanged/already-live, serving new', [deploy]]);
  });

  it('is the one that `commit` names, not that of the event', async () => {
    const app = repositoryService(shop);
    const result = await app.run({ ...mode, commit: commits.v3 });
    expect([ended(result), await app.served()]).toEqual(['live/verified, serving new', 'v3']);
  });

  it('that the repository does not have is named, and nothing is made', async () => {
    const app = repositoryService(shop);
    const result = await app.run({ ...mode, commit: nobodys });
    expect([ended(result), await app.served()]).toEqual(['rejected/commit-not-found, serving old', 'v1']);
  });

  it('is in a pull request no merge that GitHub made for the run: its head is advised', async () => {
    const app = repositoryService(shop);
    const head = { sha: commits.v3, repo: { full_name: repository } };
    const event = {
      repository: { full_name: repository },
      pull_request: { number: 7, head, base: { repo: { full_name: repository } } },
    };
    const github = { event_name: 'pull_request', event };
    const result = await app.run(mode, { sha: nobodys, github });
    expect([ended(result), await app.served()]).toEqual(['rejected/commit-not-found, serving old', 'v1']);
    expect(annotations(result).join()).toContain(
      'Pass the head of the pull request, `github.event.pull_request.head.sha`, as `commit`.',
    );
  });

  it('is only told of in a dry run', async () => {
    const app = repositoryService(shop);
    const result = await app.run({ ...mode, 'dry-run': 'true' });
    expect([ended(result), shop.mutations()]).toEqual(['rehearsed/dry-run, serving old', []]);
    expect(logOf(result)).toContain(`It would deploy the commit ${commits.v2.slice(0, 7)} of ${repository}.`);
  });

  it.each([
    ['deployed from an image', () => imageService(shop).run(mode), 'Use `mode: image`.'],
    ['uploaded to', () => shop.up({ version: 'v2' }, mode), 'Use `mode: upload`, or connect the service'],
  ])('is refused by a service that is %s', async (_, run, next) => {
    const result = await run();
    expect([ended(result), shop.mutations()]).toEqual(['error/wrong-source, serving unknown', []]);
    expect(annotations(result).join()).toContain(next);
  });
});

describe('an answer that is lost', () => {
  it('is no reason to ask again: the deployment is found by its commit', async () => {
    const app = repositoryService(shop);
    shop.stage.cloud.faults.add({ service: 'railway', route: deploy, kind: 'reset-after' });
    const result = await app.run(mode);
    expect([ended(result), await app.served(), shop.mutations()]).toEqual([
      'live/verified, serving new',
      'v2',
      [deploy],
    ]);
  });

  it('makes no deployment of another commit, which somebody pushes meanwhile, ours', async () => {
    const app = repositoryService(shop);
    const { faults } = shop.stage.cloud;
    faults.add({ service: 'railway', route: deploy, kind: 'reset-before', count: 1 });
    const pushed = (async () => {
      while (faults.list()[0]?.strikes !== 1) await delay(10);
      await shop.railway.push(repository, commits.v3);
    })();
    const result = await app.run({ ...mode, timeout: '30s' });
    await pushed;
    expect([ended(result), await app.served(), shop.mutations()]).toEqual([
      'stranded/superseded, serving unknown',
      'v3',
      [deploy],
    ]);
  });
});

describe('an answer that does not come', () => {
  const stalls = () => shop.stage.cloud.faults.add({ service: 'railway', route: deploy, kind: 'stall' });

  it('is not waited for to the end of `timeout`: its deployment is looked for, and may still come', async () => {
    const app = repositoryService(shop);
    stalls();
    const result = await app.run({ ...mode, timeout: '20s' });
    expect([ended(result), shop.mutations()]).toEqual([
      'rejected/deployment-not-seen, serving old',
      [deploy],
    ]);
    expect(annotations(result).filter((line) => line.includes('may still'))).toEqual([
      expect.stringMatching(
        /^error: deployment-not-seen: .* one may still, where Railway was slow to answer/,
      ),
    ]);
  });

  const unanswered = `warning: A deployment of the commit ${commits.v2.slice(0, 7)} was asked for, and Railway has not answered: it may still come, and go live unproved. Look for it among the deployments of the service in Railway’s dashboard.`;

  it('before the job is cancelled may still: that is said', async () => {
    const app = repositoryService(shop);
    stalls();
    const abort = new AbortController();
    const cancelled = whenAsked(() => abort.abort());
    const result = await app.run({ ...mode, timeout: '60s' }, { signal: abort.signal });
    await cancelled;
    expect(ended(result)).toBe('cancelled/cancelled, serving old');
    expect(annotations(result)).toContain(unanswered);
  });

  it.skipIf(!existsSync('/proc'))('before the step is killed may still: post says so', async () => {
    const app = repositoryService(shop);
    stalls();
    const ended = whenAsked(() => signalTo(bundleProcess('index.js', shop.stage.temp), 'SIGKILL'));
    const result = await app.run({ ...mode, timeout: '60s' });
    await ended;
    const said = result.post?.annotations.map(({ level, message }) => `${level}: ${message}`);
    expect(said).toContain(unanswered);
  });
});

/** Does it once Railway has been asked for the deployment. */
async function whenAsked(then: () => void): Promise<void> {
  while (shop.stage.cloud.faults.list()[0]?.strikes !== 1) await delay(10);
  then();
}

describe('a deployment that may be somebody else’s, since the answer was lost', () => {
  it('is not cancelled when its time is over: it is left, and that is told', async () => {
    const app = repositoryService(shop);
    const { faults } = shop.stage.cloud;
    app.next({ kind: 'queued', ms: 60_000 });
    faults.add({ service: 'railway', route: deploy, kind: 'reset-before', count: 1 });
    const pushed = (async () => {
      while (faults.list()[0]?.strikes !== 1) await delay(10);
      await shop.railway.push(repository, commits.v2);
    })();
    const result = await app.run({ ...mode, timeout: '20s' });
    await pushed;
    const theirs = shop.railway.world.instances().find(({ service }) => service.name === 'app')?.deployments;
    expect([shop.mutations(), theirs?.at(-1)?.status]).toEqual([[deploy], 'QUEUED']);
    expect(logOf(result)).toContain('may be of this run or of another: it is left, and may go live.');
    expect(ended(result)).toBe('rejected/deploy-timeout, serving old');
  });
});

describe('somebody else', () => {
  it('who pushes while it is built takes its place, and nothing of theirs is taken back', async () => {
    const app = repositoryService(shop);
    app.next({ kind: 'build-takes', ms: 20_000 });
    const pushes: Promise<unknown>[] = [];
    const onLine = ({ line }: LogLine) => {
      const isNow = pushes.length === 0 && line.startsWith('BUILDING');
      if (isNow) pushes.push(shop.railway.push(repository, commits.v3));
    };
    const result = await app.run(mode, { onLine });
    await Promise.all(pushes);
    expect([ended(result), shop.mutations()]).toEqual(['stranded/superseded, serving unknown', [deploy]]);
  });
});

it.skipIf(!existsSync('/proc'))(
  'a step that is killed while its commit is built has it cancelled by post, which knows it by Railway’s answer',
  async () => {
    const app = repositoryService(shop);
    app.next({ kind: 'build-takes', ms: 30_000 });
    const onLine = ({ line }: LogLine) =>
      line.startsWith('BUILDING') && signalTo(bundleProcess('index.js', shop.stage.temp), 'SIGKILL');
    await app.run({ ...mode, timeout: '60s' }, { onLine });
    expect([await app.served(), shop.mutations()]).toEqual(['v1', [deploy, cancel]]);
  },
);

it('what may be somebody else’s is not cancelled by a job that ends: that is told', async () => {
  const app = repositoryService(shop);
  app.next({ kind: 'queued', ms: 3_000 });
  shop.stage.cloud.faults.add({ service: 'railway', route: deploy, kind: 'reset-after' });
  const abort = new AbortController();
  const onLine = ({ line }: LogLine) => line.startsWith('QUEUED') && abort.abort();
  const result = await app.run(mode, { signal: abort.signal, onLine });
  expect([result.job.conclusion, shop.mutations()]).toEqual(['cancelled', [deploy]]);
  expect(logOf(result)).toContain('may be of this run or of another: it is left, and may go live.');
});
