import { beforeEach, describe, expect, it } from 'vitest';
import type { CloudClock } from '../../../packages/local-cloud/src/clock.ts';
import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import type { GitHub } from '../../../packages/local-cloud/src/github/github.ts';
import type { Permissions } from '../../../packages/local-cloud/src/github/tokens.ts';
import { ask, githubRequest } from '../../support/github-client.ts';
import { demoGitHub } from '../../support/github-emulator.ts';

const [, , , , , c5 = ''] = demoCommits;
const repo = '/repos/acme/shop';

let github: GitHub;
let clock: CloudClock;
let token: string;

beforeEach(() => {
  ({ github, clock } = demoGitHub());
  token = github.token();
});

describe('comments', () => {
  const comments = `${repo}/issues/7/comments` as const;
  const create = (body: string) => ask(github, `POST ${comments}`, { token, body: { body } });

  beforeEach(() => {
    const pull = { headBranch: 'main', baseBranch: 'main' };
    github.seedIssue('acme/shop', { number: 7, title: 'Redraw', author: 'ada', pull });
  });

  it('are listed oldest first, in pages', async () => {
    for (const body of ['one', 'two', 'three']) await create(body);
    const { body, headers } = await ask(github, `GET ${comments}?per_page=2`, { token });
    expect(body.map((comment: { body: string }) => comment.body)).toEqual(['one', 'two']);
    expect(headers.link).toContain('rel="next"');
  });

  it('can be changed in place', async () => {
    const { id } = (await create('deploying')).body;
    clock.advance(5000);
    await ask(github, `PATCH ${repo}/issues/comments/${id}`, { token, body: { body: 'deployed' } });
    const [comment] = (await ask(github, `GET ${comments}`, { token })).body;
    expect(comment).toMatchObject({ id, body: 'deployed', user: { login: 'github-actions[bot]' } });
    expect(comment.updated_at > comment.created_at).toBe(true);
  });

  it('can be removed', async () => {
    const { id } = (await create('deploying')).body;
    expect((await ask(github, `DELETE ${repo}/issues/comments/${id}`, { token })).status).toBe(204);
    expect((await ask(github, `GET ${comments}`, { token })).body).toEqual([]);
  });

  it.each([
    ['an empty body', `POST ${comments}`, '', 422],
    ['a body above 65,536 characters', `POST ${comments}`, 'x'.repeat(65_537), 422],
    ['an issue that does not exist', `POST ${repo}/issues/8/comments`, 'hello', 404],
    ['a comment that does not exist', `PATCH ${repo}/issues/comments/8`, 'hello', 404],
  ] as const)('refuse %s', async (_, line, body, status) => {
    expect((await ask(github, line, { token, body: { body } })).status).toBe(status);
  });

  it('belong to a pull request that can be read', async () => {
    await create('one');
    const { body } = await ask(github, `GET ${repo}/pulls/7`, { token });
    expect(body).toMatchObject({ number: 7, state: 'open', comments: 1, head: { ref: 'main', sha: c5 } });
    expect((await ask(github, `GET ${repo}/pulls/8`, { token })).status).toBe(404);
  });
});

describe('a pull request', () => {
  const update = (state: string) => ask(github, `PATCH ${repo}/pulls/7`, { token, body: { state } });
  const read = async () => (await ask(github, `GET ${repo}/pulls/7`, { token })).body;

  beforeEach(() => {
    const pull = { headBranch: 'main', baseBranch: 'main' };
    github.seedIssue('acme/shop', { number: 7, title: 'Redraw', author: 'ada', pull });
  });

  it('is closed and opened again', async () => {
    await update('closed');
    expect(await read()).toMatchObject({ state: 'closed', closed_at: expect.stringMatching(/Z$/) });
    await update('open');
    expect(await read()).toMatchObject({ state: 'open', closed_at: null });
    expect((await update('merged')).status).toBe(422);
  });

  const ofFork = (fork: 'eve/shop' | 'deleted') => {
    const where = { headBranch: 'topic', headSha: 'e'.repeat(40), baseBranch: 'main', fork };
    github.seedIssue('acme/shop', { number: 8, title: 'Redraw', author: 'eve', pull: where });
  };

  it('may be of a fork, and says so', async () => {
    ofFork('eve/shop');
    const { body } = await ask(github, `GET ${repo}/pulls/8`, { token });
    expect(body).toMatchObject({
      number: 8,
      user: { login: 'eve' },
      head: {
        label: 'eve:topic',
        ref: 'topic',
        sha: 'e'.repeat(40),
        repo: { full_name: 'eve/shop', fork: true, owner: { login: 'eve' } },
      },
      base: { repo: { full_name: 'acme/shop', fork: false } },
    });
    expect(body.head.repo.id).not.toBe(body.base.repo.id);
  });

  it('of a fork that was deleted names none, which the description of this answer does not allow for', async () => {
    ofFork('deleted');
    const answer = await github.handle(githubRequest('GET', `${repo}/pulls/8`, { token }));
    expect(answer?.body).toMatchObject({ number: 8, head: { ref: 'topic', user: null, repo: null } });
  });

  it('of a private repository is hidden from a token that may not read it', async () => {
    const limited = github.token({ permissions: { contents: 'read' } });
    const answer = await ask(github, `GET ${repo}/pulls/7`, { token: limited });
    expect([answer.status, answer.body.message]).toEqual([403, 'Resource not accessible by integration']);
  });

  it('is open again after a reset', async () => {
    await update('closed');
    await github.reset();
    expect(await read()).toMatchObject({ state: 'open' });
  });
});

describe('a workflow run', () => {
  const get = async () => (await ask(github, `GET ${repo}/actions/runs/77`, { token })).body;
  const cancel = async () => (await ask(github, `POST ${repo}/actions/runs/77/cancel`, { token })).status;

  it('ends some time after it was asked to, and cannot be cancelled then', async () => {
    github.seedRun('acme/shop', { id: 77, headSha: c5, cancelTakesMs: 3000 });
    expect(await cancel()).toBe(202);
    expect(await get()).toMatchObject({ status: 'in_progress', conclusion: null });
    clock.advance(3000);
    expect(await get()).toMatchObject({ status: 'completed', conclusion: 'cancelled', head_sha: c5 });
    expect(await cancel()).toBe(409);
  });

  it('is unknown unless it was seeded', async () => {
    expect((await ask(github, `GET ${repo}/actions/runs/77`, { token })).status).toBe(404);
  });

  it('is shown to whoever may read actions, and to nobody else', async () => {
    github.seedRun('acme/shop', { id: 77, headSha: c5 });
    const asked = async (permissions: Permissions) =>
      (await ask(github, `GET ${repo}/actions/runs/77`, { token: github.token({ permissions }) })).status;
    expect([await asked({ actions: 'read' }), await asked({ deployments: 'write' })]).toEqual([200, 403]);
  });
});

describe('a workflow run whose jobs begin and end', () => {
  const begin = (attempt = 1) => github.beginJob('acme/shop', { id: 77, headSha: c5, attempt });
  const state = async () => {
    const { body } = await ask(github, `GET ${repo}/actions/runs/77`, { token });
    return `${body.status} ${body.conclusion}, attempt ${body.run_attempt}`;
  };

  it('is in progress from its first job to the end of its last', async () => {
    const [one, two] = [begin(), begin()];
    expect(await state()).toBe('in_progress null, attempt 1');
    one('success');
    expect(await state()).toBe('in_progress null, attempt 1');
    two('success');
    expect(await state()).toBe('completed success, attempt 1');
  });

  it.each(['failure', 'cancelled'] as const)('ends as %s where one of its jobs did', async (conclusion) => {
    const [one, two] = [begin(), begin()];
    one(conclusion);
    two('success');
    expect(await state()).toBe(`completed ${conclusion}, attempt 1`);
  });

  it('is in progress again where it is run again', async () => {
    begin()('failure');
    const end = begin(2);
    expect(await state()).toBe('in_progress null, attempt 2');
    end('success');
    expect(await state()).toBe('completed success, attempt 2');
  });

  it('is not ended by a job of an attempt before', async () => {
    const old = begin();
    begin(2);
    old('failure');
    expect(await state()).toBe('in_progress null, attempt 2');
  });

  it('is forgotten by a reset, whatever ends afterwards', async () => {
    const end = begin();
    await github.reset();
    end('success');
    expect((await ask(github, `GET ${repo}/actions/runs/77`, { token })).status).toBe(404);
  });
});
