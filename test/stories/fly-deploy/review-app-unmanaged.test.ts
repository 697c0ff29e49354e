import { describe, expect, it } from 'vitest';
import { demo, fly, github } from '#local-cloud';
import { type PullRequestAction, pull, repo, reviewStage } from '../../support/review-stage.ts';
import { annotations, ended } from '../../support/shop-stage.ts';

const review = reviewStage();
const page = async () => (await review.comments()).map(({ body }) => body);

/** GitHub gives the run of a fork or of Dependabot none of the repository's secrets. */
const withoutSecrets = { 'fly-token': '' };

async function forkEvent(action: PullRequestAction) {
  const event = await review.event(action);
  const head = {
    ...event.pull_request.head,
    repo: { ...event.pull_request.head.repo, full_name: 'eve/shop' },
  };
  return { ...event, pull_request: { ...event.pull_request, head } };
}

const skipped = (who: string) => `notice: No review app: ${who} Such runs have no secrets, and never deploy.`;

describe('a run of code that nobody has accepted yet', () => {
  it.each(['opened', 'synchronize', 'closed'] as const)(
    'ends green and says why there is no app, when a fork’s is %s',
    async (action) => {
      const event = await forkEvent(action);
      const result = await review.on(action, withoutSecrets, { github: { event } });
      expect(ended(result)).toBe('done/fork, serving unknown');
      expect(result.main.exitCode).toBe(0);
      expect(annotations(result)).toEqual([skipped('This run was started by a pull request from a fork.')]);
      expect(review.shop.mutations('fly')).toEqual([]);
      expect(await page()).toEqual([]);
    },
  );

  it('ends so even where the workflow hands the fork a token', async () => {
    const facts = { event_name: 'pull_request_target', event: await forkEvent('opened') };
    const result = await review.on('opened', {}, { github: facts });
    expect(ended(result)).toBe('done/fork, serving unknown');
    expect(review.apps()).toEqual([]);
  });

  it('ends so for Dependabot, which has secrets of its own', async () => {
    const result = await review.on('opened', withoutSecrets, { github: { actor: 'dependabot[bot]' } });
    expect(annotations(result)).toEqual([skipped('This run was started by Dependabot.')]);
  });
});

describe('a sweep', () => {
  const comment = {
    event_name: 'issue_comment',
    event: { repository: { full_name: 'acme/shop' }, issue: { number: pull, pull_request: {} } },
  };

  it('that a stranger’s run starts sweeps nothing, and ends green', async () => {
    await review.on('opened');
    await review.github(`PATCH ${repo}/pulls/${pull}`, { state: 'closed' });
    review.shop.stage.flyctlCalls();
    const { lastSeq } = review.shop.stage.cloud.journal;
    const github = { event_name: 'pull_request_target', event: await forkEvent('closed') };
    const result = await review.sweep({}, { github });
    expect(ended(result)).toBe('done/fork, serving unknown');
    expect(annotations(result)).toEqual([
      'notice: No sweep: This run was started by a pull request from a fork. Such runs have no secrets, and never deploy.',
    ]);
    expect(review.shop.stage.cloud.journal.entries({ since: lastSeq })).toEqual([]);
    expect(review.shop.stage.flyctlCalls()).toEqual([]);
    expect(review.apps()).toEqual(['pr-7-shop']);
  });

  it('of which nobody can say whose code it runs is blocked, and says what is missing', async () => {
    const permissions = { contents: 'read', deployments: 'write' } as const;
    const token = review.shop.stage.cloud.service(github).token({ permissions });
    const result = await review.sweep({}, { github: { ...comment, token } });
    expect(ended(result)).toBe('blocked/fork, serving unknown');
    expect(annotations(result)).toEqual([
      `error: fork: This run is about pull request ${pull}, and whose it is could not be asked: ` +
        `GET https://api.github.com/repos/acme/shop/pulls/${pull} → 403 Resource not accessible by integration. ` +
        'Next: Give the job the permission `pull-requests: read`. No `force` passes this.',
    ]);
    expect(review.shop.mutations('fly')).toEqual([]);
    expect(review.shop.stage.flyctlCalls()).toEqual([]);
  });

  it('that a comment on a branch’s pull request starts sweeps', async () => {
    const result = await review.sweep({}, { github: comment });
    expect(ended(result)).toBe('done/swept, serving unknown');
  });
});

describe('the comment', () => {
  const marker = '<!-- belay review-app pr-7-shop -->';

  it('is our own: one by another that bears the marker stays as it is', async () => {
    const mallory = review.shop.stage.cloud.service(github).token({ login: 'mallory' });
    await review.github(`POST ${repo}/issues/${pull}/comments`, { body: `mine ${marker}` }, mallory);
    await review.on('opened');
    await review.on('synchronize');
    expect(await page()).toEqual([`mine ${marker}`, expect.stringContaining('### Review app')]);
  });

  it('is the same one for a token with a login of its own', async () => {
    const token = review.shop.stage.cloud.service(github).token({ login: 'acme-deployer[bot]' });
    await review.on('opened', {}, { github: { token } });
    await review.on('synchronize', {}, { github: { token } });
    expect(await page()).toEqual([expect.stringContaining(marker)]);
  });

  it('is left out with a warning where the job may not write it', async () => {
    const token = review.shop.stage.cloud
      .service(github)
      .token({ permissions: { contents: 'read', deployments: 'write', 'pull-requests': 'read' } });
    const result = await review.on('opened', {}, { github: { token } });
    expect(ended(result)).toBe('live/platform-only, serving new');
    expect(annotations(result)).toEqual([
      'warning: The pull request’s comment is not up to date: POST https://api.github.com/repos/acme/shop/issues/7/comments ' +
        '→ 403 Resource not accessible by integration. Give the job the permission `pull-requests: write`.',
      expect.stringContaining('warning: The release serves by the platform’s own account'),
    ]);
  });

  it('is not written twice when GitHub’s answer is lost', async () => {
    review.shop.stage.cloud.faults.add({ route: 'issue-comments.create', kind: 'reset-after', nth: 1 });
    await review.on('opened');
    expect(await page()).toHaveLength(1);
  });
});

describe('two runs of one pull request at once', () => {
  it('make one app with two machines, and one comment', async () => {
    const results = await Promise.all([review.on('opened'), review.on('synchronize')]);
    expect(results.map(ended).sort()).toEqual([
      'live/platform-only, serving new',
      'unchanged/already-live, serving new',
    ]);
    expect(review.apps()).toEqual(['pr-7-shop']);
    expect(review.machines('pr-7-shop')).toBe(2);
    expect(await page()).toHaveLength(1);
  });

  it('both end green when both are to destroy it', async () => {
    await review.on('opened');
    await review.github(`PATCH ${repo}/pulls/${pull}`, { state: 'closed' });
    const results = await Promise.all([review.on('closed'), review.on('closed')]);
    expect(results.map(({ main }) => main.exitCode)).toEqual([0, 0]);
    expect(review.apps()).toEqual([]);
  });
});

describe('what Fly refuses', () => {
  it('a deploy token makes no app: another kind is asked for', async () => {
    const { world } = review.shop.stage.cloud.service(fly);
    world.addToken({ value: 'shop_deploy_token', kind: 'deploy', app: demo.fly.app, email: 'x@example.com' });
    const result = await review.on('opened', { 'fly-token': 'shop_deploy_token' });
    expect(ended(result)).toBe('error/token-kind, serving unknown');
    expect(annotations(result)).toEqual([expect.stringContaining('fly tokens create org --org demo')]);
  });
});
