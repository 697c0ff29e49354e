import { beforeEach, describe, expect, it } from 'vitest';
import type { CloudClock } from '../../../packages/local-cloud/src/clock.ts';
import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import type { GitHub } from '../../../packages/local-cloud/src/github/github.ts';
import { type Answered, ask, githubRequest, graphql } from '../../support/github-client.ts';
import { demoGitHub } from '../../support/github-emulator.ts';

const [, , c2 = '', , , c5 = ''] = demoCommits;

let github: GitHub;
let clock: CloudClock;
let token: string;

beforeEach(() => {
  ({ github, clock } = demoGitHub());
  token = github.token();
});

const repository = (fields: string) => `{ repository(owner: "acme", name: "shop") { ${fields} } }`;
const newest = 'orderBy: { field: CREATED_AT, direction: DESC }';
const repositoryData = async (fields: string) =>
  (await graphql(github, token, repository(fields))).body.data.repository;

describe('deployments', () => {
  it('come with their statuses, newest first, in one query', async () => {
    const statuses = [{ state: 'in_progress' as const, description: 'first' }, { state: 'success' as const }];
    const [id] = github.seedDeployments('acme/shop', 1, () => ({
      sha: c5,
      ref: 'main',
      task: 't',
      statuses,
    }));
    const { deployments } = await repositoryData(`deployments(first: 1) { totalCount nodes {
      databaseId task environment originalEnvironment state commitOid commit { oid } ref { name prefix } creator { login }
      latestStatus { state } statuses(first: 100) { totalCount nodes { state description logUrl environmentUrl } } } }`);
    expect(deployments).toEqual({
      totalCount: 1,
      nodes: [
        {
          databaseId: id,
          task: 't',
          environment: 'production',
          originalEnvironment: 'production',
          state: 'ACTIVE',
          commitOid: c5,
          commit: { oid: c5 },
          ref: { name: 'main', prefix: 'refs/heads/' },
          creator: { login: 'github-actions' },
          latestStatus: { state: 'SUCCESS' },
          statuses: {
            totalCount: 2,
            nodes: [
              { state: 'SUCCESS', description: '', logUrl: null, environmentUrl: null },
              { state: 'IN_PROGRESS', description: 'first', logUrl: null, environmentUrl: null },
            ],
          },
        },
      ],
    });
  });

  it('are paged by cursor, in both orders and by environment', async () => {
    const environment = (index: number) => (index % 2 === 0 ? 'production' : 'staging');
    const ids = github.seedDeployments('acme/shop', 250, (index) => ({
      sha: c5,
      environment: environment(index),
    }));
    const wanted = ids.filter((_, index) => index % 2 === 0).toReversed();
    const seen: number[] = [];
    let after: string | null = null;
    const query = `query($after: String) { repository(owner: "acme", name: "shop") {
      deployments(environments: ["production"], first: 100, after: $after, ${newest}) {
        nodes { databaseId } pageInfo { hasNextPage endCursor } } } }`;
    do {
      const answer: Answered = await graphql(github, token, query, { after });
      const { deployments } = answer.body.data.repository;
      seen.push(...deployments.nodes.map((node: { databaseId: number }) => node.databaseId));
      after = deployments.pageInfo.hasNextPage ? deployments.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(wanted);
    const oldest = await repositoryData('deployments(first: 1) { nodes { databaseId } }');
    expect(oldest.deployments.nodes).toEqual([{ databaseId: ids[0] }]);
  });

  it.each([
    ['an object, as real', { a: 1 }, 'as-real', '"{\\"a\\":1}"'],
    ['a string, as real', '{"a":1}', 'as-real', '{"a":1}'],
    ['an object, once', { a: 1 }, 'once', '{"a":1}'],
    ['a string, twice', '{"a":1}', 'twice', '"{\\"a\\":1}"'],
  ] as const)('carry the payload as text: %s', async (_, payload, encoding, text) => {
    github.seedDeployments('acme/shop', 1, () => ({ sha: c5, payload }));
    github.switches.payloadEncoding = encoding;
    const { deployments } = await repositoryData('deployments(first: 1) { nodes { payload } }');
    expect(deployments.nodes).toEqual([{ payload: text }]);
  });

  it.each([
    ['the newest success', [{ state: 'success' }], false, 'ACTIVE'],
    ['inactive', [{ state: 'inactive' }], false, 'INACTIVE'],
    ['inactive and transient', [{ state: 'inactive' }], true, 'DESTROYED'],
    ['failed', [{ state: 'failure' }], false, 'FAILURE'],
    ['without a status', [], false, 'PENDING'],
  ] as const)('have a state of their own words: %s', async (_, statuses, transient, state) => {
    github.seedDeployments('acme/shop', 1, () => ({ sha: c5, statuses, transient }));
    const { deployments } = await repositoryData('deployments(first: 1) { nodes { state } }');
    expect(deployments.nodes).toEqual([{ state }]);
  });

  it('are abandoned when pending for half an hour, and no longer active when a newer one is', async () => {
    const success = [{ state: 'success' as const }];
    github.seedDeployments('acme/shop', 2, () => ({ sha: c5, statuses: success }));
    github.seedDeployments('acme/shop', 1, () => ({ sha: c5 }));
    clock.advance(31 * 60_000);
    const { deployments } = await repositoryData('deployments(first: 3) { nodes { state } }');
    expect(deployments.nodes).toEqual([{ state: 'SUCCESS' }, { state: 'ACTIVE' }, { state: 'ABANDONED' }]);
  });

  it.each([
    ['more than a hundred', 'deployments(first: 101) { totalCount }', 'EXCESSIVE_PAGINATION'],
    ['no number', 'deployments { totalCount }', 'MISSING_PAGINATION_BOUNDARIES'],
  ])('refuse %s', async (_, fields, type) => {
    const { status, body } = await graphql(github, token, repository(fields));
    expect([status, body.errors[0].type, body.data]).toEqual([200, type, { repository: null }]);
  });
});

describe('the statuses of one deployment', () => {
  const descriptions = Array.from({ length: 250 }, (_, index) => `fact ${index}`);
  const page = `statuses(first: 100, after: $after) {
    totalCount nodes { description } pageInfo { hasNextPage hasPreviousPage endCursor } }`;
  // biome-ignore lint/suspicious/noExplicitAny: what an API answers
  const next = async (id: string, after: string | null): Promise<any> => {
    const query = `query($id: ID!, $after: String) { node(id: $id) { ... on Deployment { ${page} } } }`;
    return (await graphql(github, token, query, { id, after })).body.data.node.statuses;
  };
  const seeded = async (): Promise<string> => {
    const statuses = descriptions.map((description) => ({ state: 'in_progress' as const, description }));
    github.seedDeployments('acme/shop', 1, () => ({ sha: c5, statuses }));
    return (await repositoryData('deployments(first: 1) { nodes { id } }')).deployments.nodes[0].id;
  };

  it('are read on, page by page, from the node of the deployment', async () => {
    const id = await seeded();
    const pages = [await next(id, null)];
    while (pages.at(-1).pageInfo.hasNextPage) pages.push(await next(id, pages.at(-1).pageInfo.endCursor));
    expect(pages.map(({ totalCount, nodes }) => [totalCount, nodes.length])).toEqual([
      [250, 100],
      [250, 100],
      [250, 50],
    ]);
    expect(pages.map(({ pageInfo }) => pageInfo.hasPreviousPage)).toEqual([false, true, true]);
    const read = pages.flatMap(({ nodes }) => nodes.map((node: { description: string }) => node.description));
    expect(read).toEqual(descriptions.toReversed());
  });

  it('go on after the first page that came with the list of deployments', async () => {
    const id = await seeded();
    const first = 'statuses(first: 100) { pageInfo { endCursor } }';
    const { deployments } = await repositoryData(`deployments(first: 1) { nodes { ${first} } }`);
    const { nodes } = await next(id, deployments.nodes[0].statuses.pageInfo.endCursor);
    expect(nodes[0]).toEqual({ description: 'fact 149' });
  });

  it('are not shown without the permission to read deployments', async () => {
    const id = await seeded();
    const query = `{ node(id: "${id}") { ... on Deployment { statuses(first: 1) { totalCount } } } }`;
    const { body } = await graphql(github, github.token({ permissions: {} }), query);
    expect([body.data, body.errors[0].type]).toEqual([{ node: null }, 'FORBIDDEN']);
  });
});

describe('other fields', () => {
  it('find commits, refs and files', async () => {
    expect(
      await repositoryData(`nameWithOwner defaultBranchRef { target { oid } } ref(qualifiedName: "main") { name }
        none: ref(qualifiedName: "refs/heads/none") { name }
        commit: object(oid: "${c2}") { oid ... on Commit { message } }
        missing: object(expression: "nowhere:lock.json") { oid }`),
    ).toEqual({
      nameWithOwner: 'acme/shop',
      defaultBranchRef: { target: { oid: c5 } },
      ref: { name: 'main' },
      none: null,
      commit: { oid: c2, message: 'Speed up the search' },
      missing: null,
    });
  });

  it('read a file at a revision', async () => {
    const git = (path: string, body: object) =>
      ask(github, `POST /repos/acme/shop/git/${path}`, { token, body });
    const tree = (await git('trees', { tree: [{ path: 'lock.json', content: '{}' }] })).body.sha;
    const sha = (await git('commits', { message: 'Lock', tree })).body.sha;
    await git('refs', { ref: 'refs/locks/production', sha });
    expect(
      await repositoryData(
        'object(expression: "refs/locks/production:lock.json") { ... on Blob { text byteSize } }',
      ),
    ).toEqual({ object: { text: '{}', byteSize: 2 } });
  });

  it('say who asks and what is left', async () => {
    const { body, headers } = await graphql(
      github,
      token,
      '{ viewer { login } rateLimit { cost remaining } }',
    );
    expect(body.data).toEqual({
      viewer: { login: 'github-actions[bot]' },
      rateLimit: { cost: 1, remaining: 999 },
    });
    expect(headers['x-ratelimit-resource']).toBe('graphql');
  });
});

describe('a query that fails', () => {
  it.each([
    ['an unknown repository', '{ repository(owner: "acme", name: "none") { id } }', 'NOT_FOUND'],
    ['an id that is of no node', '{ node(id: "RGVwbG95bWVudDox") { id } }', 'NOT_FOUND'],
    ['text that is no id', '{ node(id: "!") { id } }', 'NOT_FOUND'],
    ['a node of another type', '{ node(id: "UmVwb3NpdG9yeTo3MDAwMDAwMDE") { id } }', 'NOT_EMULATED'],
    ['a missing permission', repository('deployments(first: 1) { totalCount }'), 'FORBIDDEN'],
    ['a missing permission for commits', repository('object(oid: "1") { oid }'), 'FORBIDDEN'],
  ])('answers 200 with a typed error: %s', async (_, query, type) => {
    const { status, body } = await graphql(github, github.token({ permissions: {} }), query);
    expect([status, body.errors[0].type]).toEqual([200, type]);
  });

  it.each([
    ['text that is no query', '{ repository('],
    ['a field that does not exist', '{ nonsense }'],
  ])('answers 200 with errors and no data: %s', async (_, query) => {
    const { status, body } = await graphql(github, token, query);
    expect([status, body.data, body.errors.length]).toEqual([200, undefined, 1]);
  });

  it('answers 401 without a token and 403 where GraphQL is refused', async () => {
    expect((await ask(github, 'POST /graphql', { body: { query: '{ viewer { login } }' } })).status).toBe(
      401,
    );
    github.switches.graphql = 'refused';
    expect((await graphql(github, token, '{ viewer { login } }')).status).toBe(403);
  });

  it('answers 400 when there is no query', async () => {
    expect((await ask(github, 'POST /graphql', { token, body: {} })).status).toBe(400);
  });
});

describe('the name of a query', () => {
  it.each([
    [repository('deployments(first: 1) { totalCount }'), 'graphql.deployments'],
    [repository('object(oid: "1") { oid }'), 'graphql.object'],
    [repository('nameWithOwner deployments(first: 1) { totalCount }'), 'graphql.deployments'],
    [repository('nameWithOwner'), 'graphql.repository'],
    ['{ node(id: "1") { id } }', 'graphql.node'],
    ['{ viewer { login } }', 'graphql.viewer'],
    ['{', 'graphql.invalid'],
  ])('%s is %s', (query, name) => {
    expect(github.route(githubRequest('POST', '/graphql', { body: { query } }))).toBe(name);
  });
});

it('answers a page of a hundred among a thousand records in a few milliseconds', async () => {
  const statuses = Array.from({ length: 5 }, () => ({ state: 'success' as const }));
  github.seedDeployments('acme/shop', 1000, () => ({ sha: c5, statuses, payload: { a: 1 } }));
  const query = repository(
    `deployments(first: 100, ${newest}) { nodes { databaseId payload task statuses(first: 100) { nodes { state description createdAt } } } }`,
  );
  await graphql(github, token, query);
  const started = performance.now();
  await graphql(github, token, query);
  expect(performance.now() - started).toBeLessThan(100);
});
