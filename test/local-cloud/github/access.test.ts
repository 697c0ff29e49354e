import { beforeEach, describe, expect, it } from 'vitest';
import type { CloudClock } from '../../../packages/local-cloud/src/clock.ts';
import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import type { GitHub } from '../../../packages/local-cloud/src/github/github.ts';
import { githubRoutes } from '../../../packages/local-cloud/src/github/routes.ts';
import { ask, githubRequest } from '../../support/github-client.ts';
import { demoGitHub } from '../../support/github-emulator.ts';

const [, , , , , c5 = ''] = demoCommits;
const repo = '/repos/acme/shop';

let github: GitHub;
let clock: CloudClock;

beforeEach(() => {
  ({ github, clock } = demoGitHub());
});

describe('a token', () => {
  it.each([
    ['deployments.list', `GET ${repo}/deployments`, 'deployments=read'],
    ['deployments.create', `POST ${repo}/deployments`, 'deployments=write'],
    ['compare.get', `GET ${repo}/compare/main...main`, 'contents=read'],
    ['refs.create', `POST ${repo}/git/refs`, 'contents=write'],
    ['commit-statuses.list', `GET ${repo}/commits/main/statuses`, 'statuses=read'],
    ['runs.get', `GET ${repo}/actions/runs/1`, 'actions=read'],
    ['runs.cancel', `POST ${repo}/actions/runs/1/cancel`, 'actions=write'],
    ['issue-comments.create', `POST ${repo}/issues/1/comments`, 'issues=write; pull_requests=write'],
  ] as const)('without its permission is refused by %s', async (_, line, accepted) => {
    const answer = await ask(github, line, { token: github.token({ permissions: {} }) });
    expect(answer).toMatchObject({
      status: 403,
      body: { message: 'Resource not accessible by integration', status: '403' },
      headers: { 'x-accepted-github-permissions': accepted },
    });
  });

  it('that may only read deployments cannot create one', async () => {
    const token = github.token({ permissions: { deployments: 'read' } });
    expect((await ask(github, `GET ${repo}/deployments`, { token })).status).toBe(200);
    expect((await ask(github, `POST ${repo}/deployments`, { token, body: { ref: c5 } })).status).toBe(403);
  });

  it('for pull requests opens their comments, as one for issues does', async () => {
    github.seedIssue('acme/shop', { number: 1, title: 'x', author: 'ada' });
    for (const permissions of [{ issues: 'write' }, { 'pull-requests': 'write' }] as const) {
      const token = github.token({ permissions });
      const answer = await ask(github, `POST ${repo}/issues/1/comments`, { token, body: { body: 'x' } });
      expect(answer.status).toBe(201);
    }
  });

  it('nobody issued is refused everywhere', async () => {
    const answer = await ask(github, 'GET /rate_limit', { token: 'ghs_wrong' });
    expect(answer).toMatchObject({ status: 401, body: { message: 'Bad credentials', status: '401' } });
  });
});

describe('a caller without a token', () => {
  it('reaches the root, which answers 200', async () => {
    expect(await ask(github, 'GET /')).toMatchObject({
      status: 200,
      body: { rate_limit_url: 'https://api.github.com/rate_limit' },
      headers: { 'x-ratelimit-limit': '60' },
    });
  });

  it('is not told of a private repository', async () => {
    expect((await ask(github, `GET ${repo}`)).status).toBe(404);
  });

  it('reads a public repository and writes nothing', async () => {
    const commits = [{ sha: c5, parents: [], message: 'x', author: 'ada' }];
    github.seedRepository({ owner: 'acme', name: 'open', commits, branches: { main: c5 }, private: false });
    const { body } = await ask(github, 'GET /repos/Acme/Open');
    expect(body).toMatchObject({ full_name: 'acme/open', private: false, default_branch: 'main' });
    expect((await ask(github, 'GET /repos/acme/open/deployments')).status).toBe(200);
    expect((await ask(github, 'POST /repos/acme/open/deployments', { body: {} })).status).toBe(401);
  });
});

describe('every request', () => {
  it('must say who sends it', async () => {
    const answer = await ask(github, 'GET /', { headers: { 'user-agent': '' } });
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('User-Agent');
  });

  it('must have a body that can be read', async () => {
    const token = github.token();
    const request = { ...githubRequest('POST', `${repo}/deployments`, { token }), body: Buffer.from('{') };
    expect(await github.handle(request)).toMatchObject({
      status: 400,
      body: { message: 'Problems parsing JSON' },
    });
  });

  it('counts against an allowance that comes back after an hour', async () => {
    const token = github.token();
    const first = await ask(github, `GET ${repo}`, { token });
    expect(first.headers).toMatchObject({
      'x-ratelimit-limit': '1000',
      'x-ratelimit-remaining': '999',
      'x-ratelimit-used': '1',
      'x-ratelimit-resource': 'core',
      'x-github-request-id': 'BE1A:00000001:0:1',
    });
    github.limits.exhaust(token);
    const refused = await ask(github, `GET ${repo}`, { token });
    expect(refused).toMatchObject({ status: 403, headers: { 'x-ratelimit-remaining': '0' } });
    expect(refused.body.message).toBe('API rate limit exceeded for installation.');
    clock.advance(3_600_001);
    expect((await ask(github, `GET ${repo}`, { token })).status).toBe(200);
  });

  it('but the question how much is left, which is free', async () => {
    const token = github.token();
    github.limits.exhaust(token);
    const { status, body } = await ask(github, 'GET /rate_limit', { token });
    expect([status, body.rate.remaining, body.resources.graphql.remaining]).toEqual([200, 0, 1000]);
  });

  it.each([
    ['403 and a pause', { status: 403, retryAfterSeconds: 60 }, '60'],
    ['429 and a pause', { status: 429, retryAfterSeconds: 1 }, '1'],
    ['429 and no word of a pause', { status: 429 }, undefined],
  ] as const)('may meet the secondary limit: %s', async (_, options, retryAfter) => {
    const token = github.token();
    github.limits.refuseBursts({ calls: 1, ...options });
    const answer = await ask(github, `GET ${repo}`, { token });
    expect([answer.status, answer.headers['retry-after']]).toEqual([options.status, retryAfter]);
    expect((await ask(github, `GET ${repo}`, { token })).status).toBe(200);
  });
});

describe('routes', () => {
  it('have names of their own', () => {
    const names = githubRoutes.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each([
    ['GET', `${repo}/commits/feature/x`, 'commits.get'],
    ['GET', `${repo}/commits/feature/x/statuses`, 'commit-statuses.list'],
    ['GET', `${repo}/git/ref/heads%2Fmain`, 'refs.get'],
    ['HEAD', repo, 'repository.get'],
    ['DELETE', `${repo}/git/refs/locks/production`, 'refs.delete'],
    ['GET', `${repo}/releases`, undefined],
    ['PUT', `${repo}/deployments`, undefined],
  ])('name %s %s', (method, path, name) => {
    expect(github.route(githubRequest(method, path))).toBe(name);
  });

  it('that are not known are not answered', async () => {
    expect(await github.handle(githubRequest('GET', `${repo}/releases`))).toBeUndefined();
  });
});

describe('a reset', () => {
  it('goes back to what was seeded, tokens and ids included', async () => {
    const token = github.token();
    const [id] = github.seedDeployments('acme/shop', 1, () => ({ sha: c5 }));
    const body = { ref: 'main', auto_merge: false, required_contexts: [] };
    const before = (await ask(github, `POST ${repo}/deployments`, { token, body })).body.id;
    github.switches.graphql = 'refused';
    await github.reset();
    github.reveal();
    const listed = (await ask(github, `GET ${repo}/deployments`, { token })).body;
    expect(listed.map((deployment: { id: number }) => deployment.id)).toEqual([id]);
    expect((await ask(github, `POST ${repo}/deployments`, { token, body })).body.id).toBe(before);
    expect(github.switches.graphql).toBe('answers');
  });
});
