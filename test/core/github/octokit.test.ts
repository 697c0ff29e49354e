import { expect, it } from 'vitest';
import { githubApi } from '../../../packages/core/src/github/api.ts';
import { type HttpAnswer, HttpError, type HttpRequest } from '../../../packages/core/src/io/http.ts';
import { aRunnerContext } from '../../support/ledger-builders.ts';

const token = 'ghs_secret';

/** GitHub that was asked once, and what it was sent. */
async function sent(
  call: (api: NonNullable<ReturnType<typeof githubApi>>) => Promise<HttpAnswer>,
  answer: () => Promise<Partial<HttpAnswer>> = async () => ({}),
) {
  const requests: HttpRequest[] = [];
  const http = {
    request: async (request: HttpRequest) => {
      requests.push(request);
      const { method, url } = request;
      return { method, url, status: 200, headers: {}, text: '', attempts: 1, ...(await answer()) };
    },
    download: () => Promise.reject(new Error('nothing is downloaded here')),
    upload: () => Promise.reject(new Error('nothing is uploaded here')),
  };
  const enterprise = {
    apiUrl: 'https://git.acme.example/api/v3',
    graphqlUrl: 'https://git.acme.example/api/graphql',
  };
  const api = githubApi(http, aRunnerContext(enterprise), token);
  if (api === undefined) throw new Error('there is a token');
  const got = await call(api);
  return { requests, got };
}

const headers = {
  accept: 'application/vnd.github+json',
  authorization: 'Bearer ghs_secret',
  'user-agent': 'belay',
  'x-github-api-version': '2022-11-28',
};
const withBody = { ...headers, 'content-type': 'application/json; charset=utf-8' };
const root = 'https://git.acme.example/api/v3/repos/acme/shop';

type Call = Parameters<typeof sent>[0];

it.each<readonly [string, Call, HttpRequest]>([
  [
    'a read, which may be repeated',
    (api) =>
      api.rest(({ repos }, repository) =>
        repos.listDeployments({ ...repository, environment: 'a b&c', page: 2 }),
      ),
    {
      method: 'GET',
      url: `${root}/deployments?environment=a%20b%26c&page=2`,
      headers,
      retry: 'read',
      timeoutMs: 8_000,
    },
  ],
  [
    'a new record, sent once',
    (api) =>
      api.rest(({ repos }, repository) =>
        repos.createDeployment({ ...repository, ref: 'main', required_contexts: [] }),
      ),
    {
      method: 'POST',
      url: `${root}/deployments`,
      headers: withBody,
      body: { ref: 'main', required_contexts: [] },
      retry: 'once',
      timeoutMs: 8_000,
    },
  ],
  [
    'a change that may be sent twice',
    (api) =>
      api.rest(({ issues }, repository) =>
        issues.updateComment({ ...repository, comment_id: 7, body: 'two' }),
      ),
    {
      method: 'PATCH',
      url: `${root}/issues/comments/7`,
      headers: withBody,
      body: { body: 'two' },
      retry: 'idempotent',
      timeoutMs: 8_000,
    },
  ],
  [
    'a removal',
    (api) => api.rest(({ issues }, repository) => issues.deleteComment({ ...repository, comment_id: 7 })),
    {
      method: 'DELETE',
      url: `${root}/issues/comments/7`,
      headers,
      retry: 'idempotent',
      timeoutMs: 8_000,
    },
  ],
  [
    'a comparison of two commits',
    (api) =>
      api.rest(({ repos }, repository) =>
        repos.compareCommitsWithBasehead({ ...repository, basehead: 'aaa...bbb', per_page: 1 }),
      ),
    {
      method: 'GET',
      url: `${root}/compare/aaa...bbb?per_page=1`,
      headers,
      retry: 'read',
      timeoutMs: 8_000,
    },
  ],
  [
    'a query, which changes nothing, to the address of GraphQL',
    (api) => api.graphql('query ($a: Int) { viewer { login } }', { a: 1 }),
    {
      method: 'POST',
      url: 'https://git.acme.example/api/graphql',
      headers: withBody,
      body: { query: 'query ($a: Int) { viewer { login } }', variables: { a: 1 } },
      retry: 'read',
      timeoutMs: 8_000,
    },
  ],
])('GitHub is sent %s', async (_, call, expected) => {
  const { requests } = await sent(call);
  expect(requests).toEqual([expected]);
});

const read: Call = (api) => api.rest(({ pulls }, repository) => pulls.get({ ...repository, pull_number: 7 }));

it.each([200, 304, 403, 404, 422])('whatever GitHub answers is an answer: %d', async (status) => {
  const answer = { status, headers: { 'retry-after': '7' }, text: '{"message":"odd"}' };
  const { got } = await sent(read, async () => answer);
  expect(got).toEqual({ method: 'GET', url: `${root}/pulls/7`, attempts: 1, ...answer });
});

it('what answers nothing is our own error, with its kind', async () => {
  const lost = new HttpError({
    kind: 'reset',
    method: 'GET',
    url: root,
    reason: 'lost',
    maybeEffective: true,
    attempts: 3,
  });
  await expect(sent(read, () => Promise.reject(lost))).rejects.toBe(lost);
});

it('the digits of a long number are left alone', async () => {
  const { got } = await sent(read, async () => ({ text: '{"id":9007199254740993}' }));
  expect(got.text).toBe('{"id":9007199254740993}');
});
