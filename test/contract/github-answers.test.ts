import { beforeAll, describe, expect, it } from 'vitest';
import { demoCommits } from '../../packages/local-cloud/src/github/demo.ts';
import type { GitHub } from '../../packages/local-cloud/src/github/github.ts';
import { githubRoutes } from '../../packages/local-cloud/src/github/routes.ts';
import { ask, githubRequest } from '../support/github-client.ts';
import { demoGitHub } from '../support/github-emulator.ts';
import { OpenApi } from '../support/openapi.ts';

const [, , , , c4 = '', c5 = ''] = demoCommits;
const repo = '/repos/acme/shop';
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const restRoutes = githubRoutes.filter((route) => route.operation !== undefined);

/** One good request of each REST route, in an order in which each finds what it needs. `ask` holds every answer against the description. */
async function tour(github: GitHub): Promise<Map<string, number>> {
  const token = github.token();
  const seen = new Map<string, number>();
  const go = async (line: `${string} /${string}`, body?: object) => {
    const answer = await ask(github, line, body === undefined ? { token } : { token, body });
    const [method = '', path = ''] = line.split(' ');
    seen.set(github.route(githubRequest(method, path)) ?? line, answer.status);
    return answer.body;
  };
  await go('GET /');
  await go('GET /rate_limit');
  await go(`GET ${repo}`);
  await tourDeployments(go);
  await tourGit(go);
  await go(`GET ${repo}/commits/main`);
  await go(`GET ${repo}/commits/main/statuses`);
  await go(`GET ${repo}/compare/${c4}...main`);
  const comment = await go(`POST ${repo}/issues/7/comments`, { body: 'hello' });
  await go(`PATCH ${repo}/issues/comments/${comment.id}`, { body: 'changed' });
  await go(`GET ${repo}/issues/7/comments`);
  await go(`DELETE ${repo}/issues/comments/${comment.id}`);
  await go(`GET ${repo}/pulls/7`);
  await go(`PATCH ${repo}/pulls/7`, { state: 'closed' });
  await go(`GET ${repo}/actions/runs/77`);
  await go(`POST ${repo}/actions/runs/77/cancel`);
  return seen;
}

// biome-ignore lint/suspicious/noExplicitAny: what an API answers
type Go = (line: `${string} /${string}`, body?: object) => Promise<any>;

async function tourDeployments(go: Go): Promise<void> {
  const deployment = await go(`POST ${repo}/deployments`, {
    ref: c5,
    auto_merge: false,
    required_contexts: [],
    payload: { schema: 1 },
  });
  const path = `${repo}/deployments/${deployment.id}` as const;
  const status = await go(`POST ${path}/statuses`, { state: 'success' });
  await go(`GET ${path}/statuses`);
  await go(`GET ${path}/statuses/${status.id}`);
  await go(`GET ${path}`);
  await go(`GET ${repo}/deployments`);
  await go(`DELETE ${path}`);
}

async function tourGit(go: Go): Promise<void> {
  const blob = await go(`POST ${repo}/git/blobs`, { content: '{}' });
  await go(`GET ${repo}/git/blobs/${blob.sha}`);
  const tree = await go(`POST ${repo}/git/trees`, { tree: [{ path: 'lock.json', sha: blob.sha }] });
  await go(`GET ${repo}/git/trees/${tree.sha}`);
  const commit = await go(`POST ${repo}/git/commits`, { message: 'x', tree: emptyTree, parents: [c5] });
  await go(`GET ${repo}/git/commits/${commit.sha}`);
  await go(`POST ${repo}/git/refs`, { ref: 'refs/heads/topic', sha: c5 });
  await go(`GET ${repo}/git/ref/heads/topic`);
  await go(`GET ${repo}/git/matching-refs/heads/`);
  await go(`PATCH ${repo}/git/refs/heads/topic`, { sha: commit.sha });
  await go(`DELETE ${repo}/git/refs/heads/topic`);
}

let seen: Map<string, number>;
let openApi: OpenApi;

beforeAll(async () => {
  const { github } = demoGitHub();
  const pull = { headBranch: 'main', baseBranch: 'main' };
  github.seedIssue('acme/shop', { number: 7, title: 'Redraw', author: 'ada', pull });
  github.seedRun('acme/shop', { id: 77, headSha: c5 });
  github.seedCommitStatus('acme/shop', c5, { kind: 'status', context: 'build', state: 'success' });
  seen = await tour(github);
  openApi = new OpenApi();
});

describe('every REST route of the emulated GitHub', () => {
  it.each(restRoutes)('$name stands in the published description', ({ operation }) => {
    expect(openApi.knows(operation?.method ?? '', operation?.path ?? '')).toBe(true);
  });

  it.each(restRoutes)('$name gives an answer that fits it', ({ name }) => {
    expect(seen.get(name)).toBeLessThan(300);
  });
});

describe('the judge itself', () => {
  const operation = { method: 'GET', path: '/repos/{owner}/{repo}/git/ref/{ref}' };
  const ref = { ref: 'refs/heads/main', node_id: 'x', url: 'https://api.github.com/x' };
  const object = { type: 'commit', sha: c5, url: 'https://api.github.com/x' };

  it.each([
    ['accepts what fits', { ...ref, object }, 0],
    ['refuses a missing field', ref, 1],
    ['refuses a wrong type', { ...ref, object, node_id: 1 }, 1],
    ['refuses an address that is none', { ...ref, object, url: 'nowhere' }, 1],
  ])('%s', (_, body, problems) => {
    expect(openApi.problems(operation, 200, body)).toHaveLength(problems);
  });
});
