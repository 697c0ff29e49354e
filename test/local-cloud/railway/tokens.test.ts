import { afterAll, describe, expect, it } from 'vitest';
import {
  environmentId,
  projectId,
  RailwayApi,
  serviceId,
  shopProject,
  type TokenKind,
} from '../../support/railway-api.ts';

const api = new RailwayApi(shopProject({}, { environments: ['production', 'staging'] }), {
  name: 'bank',
  workspace: { name: 'Other' },
  services: { vault: {} },
});
afterAll(() => api.close());

const staging = () => [...api.railway.world.environments()].find(({ name }) => name === 'staging')?.id ?? '';
const bank = () => [...api.railway.world.projects.values()].find(({ name }) => name === 'bank')?.id ?? '';

const asked = {
  projectToken: ['{ projectToken { project { name } environment { name } } }', () => ({})],
  apiToken: ['{ apiToken { workspaces { name } } }', () => ({})],
  me: ['{ me { name email } }', () => ({})],
  project: ['query($id: String!) { project(id: $id) { name } }', () => ({ id: projectId })],
  'another project': ['query($id: String!) { project(id: $id) { name } }', () => ({ id: bank() })],
  'another environment': ['query($id: String!) { environment(id: $id) { name } }', () => ({ id: staging() })],
  'an id nobody has': ['query($id: String!) { project(id: $id) { name } }', () => ({ id: 'nope' })],
  projects: ['{ projects { edges { node { name } } } }', () => ({})],
  'a new environment': [
    'mutation($input: EnvironmentCreateInput!) { environmentCreate(input: $input) { name } }',
    () => ({ input: { projectId, name: `made-${api.railway.world.environments().length}` } }),
  ],
} as const;

const everything = { projects: { edges: [{ node: { name: 'shop' } }, { node: { name: 'bank' } }] } };
const made = { environmentCreate: { name: expect.stringMatching(/^made-/) } };
const shop = { project: { name: 'shop' } };
const refusedAll = Object.fromEntries(Object.keys(asked).map((what) => [what, 'Not Authorized']));

/** What each kind of token is told: data, or why not. */
const told: Readonly<Record<TokenKind, Readonly<Record<string, unknown>>>> = {
  project: {
    ...refusedAll,
    projectToken: { projectToken: { project: { name: 'shop' }, environment: { name: 'production' } } },
    project: shop,
  },
  workspace: {
    ...refusedAll,
    projectToken: 'Project Token not found',
    apiToken: { apiToken: { workspaces: [{ name: 'Acme' }] } },
    project: shop,
    'another environment': { environment: { name: 'staging' } },
    projects: { projects: { edges: [{ node: { name: 'shop' } }] } },
    'a new environment': made,
  },
  account: {
    ...refusedAll,
    projectToken: 'Project Token not found',
    apiToken: { apiToken: { workspaces: [{ name: 'Acme' }, { name: 'Other' }] } },
    me: { me: { name: 'ann', email: 'ann@example.com' } },
    project: shop,
    'another project': { project: { name: 'bank' } },
    'another environment': { environment: { name: 'staging' } },
    projects: everything,
    'a new environment': made,
  },
  none: { ...refusedAll, projectToken: 'Project Token not found' },
};

describe.each(Object.keys(told) as TokenKind[])('with a token of kind %s', (kind) => {
  it.each(Object.keys(asked) as (keyof typeof asked)[])('is answered when it asks for %s', async (what) => {
    const [query, variables] = asked[what];
    const { status, body } = await api.graphql(query, variables(), kind);
    const answer = body.errors === undefined ? body.data : body.errors[0].message;
    expect([status, answer]).toEqual([200, told[kind][what]]);
  });
});

describe('an error', () => {
  it('is an answer with status 200, its code of little use and a trace beside it', async () => {
    const { status, body } = await api.graphql('query Ask { project(id: "nope") { id } }');
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        errors: [
          {
            message: 'Not Authorized',
            locations: [{ line: 1, column: 13 }],
            path: ['project'],
            extensions: { code: 'INTERNAL_SERVER_ERROR' },
            traceId: expect.stringMatching(/^\d{19}$/),
          },
        ],
        data: null,
      },
    });
  });

  it.each([
    ['a field', '{ me { shoeSize } }', 'Cannot query field "shoeSize" on type "User".'],
    ['a document', '{', 'Syntax Error: Expected Name, found <EOF>.'],
  ])('of %s that is not there is GraphQL’s own', async (_, query, message) => {
    const { status, body } = await api.graphql(query);
    expect([status, body.data, body.errors[0].message]).toEqual([200, undefined, message]);
  });
});

describe('a token in the header of the other kind', () => {
  it.each([
    ['a project token as a bearer', { authorization: 'Bearer demo_railway_token' }],
    ['a workspace token as a project token', { 'project-access-token': 'demo_railway_workspace_token' }],
  ])('is none: %s', async (_, headers) => {
    const body = Buffer.from(JSON.stringify({ query: '{ projectToken { id } }' }));
    const answer = await api.send('/graphql/v2', body, headers);
    expect(answer.body.errors[0].message).toBe('Project Token not found');
  });
});

it('turns away at the edge whoever has no user agent', async () => {
  const answer = await api.send('/graphql/v2', Buffer.from('{}'), { 'user-agent': '' });
  expect(answer).toMatchObject({ status: 403, body: 'error code: 1010' });
});

it('shows a project token that other environments are there, and nothing in them', async () => {
  const query = `query($id: String!) { project(id: $id) { environments { edges { node { name canAccess } } } } }`;
  const { project } = await api.data(query, { id: projectId });
  expect(project.environments.edges.slice(0, 2).map(({ node }: { node: object }) => node)).toEqual([
    { name: 'production', canAccess: true },
    { name: 'staging', canAccess: false },
  ]);
  const inside = `query($id: String!) { project(id: $id) { environments { edges { node {
    serviceInstances { edges { node { id } } } } } } } }`;
  expect(await api.refusal(inside, { id: projectId })).toContain('Not Authorized');
});

it('keeps the settings of a service from whoever may not enter its environment', async () => {
  const query = `query($s: String!, $e: String!) { serviceInstance(serviceId: $s, environmentId: $e) { id } }`;
  expect(await api.refusal(query, { s: serviceId, e: staging() })).toBe('Not Authorized');
  expect((await api.data(query, { s: serviceId, e: environmentId })).serviceInstance.id).toEqual(
    expect.any(String),
  );
});
