import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Cloud, demo, fly, github, railway, startCloud } from '#local-cloud';
import { proxied } from '../../support/proxied.ts';

let cloud: Cloud;

beforeAll(async () => {
  cloud = await startCloud({ services: [fly, github, railway] });
});
beforeEach(() => cloud.reset());
afterAll(() => cloud.close());

const servers = {
  fly: { url: 'https://api.fly.io/graphql', token: demo.fly.token },
  github: { url: 'https://api.github.com/graphql', token: demo.github.token },
  railway: { url: 'https://backboard.railway.com/graphql/v2', token: demo.railway.workspaceToken },
};

async function asked(server: keyof typeof servers, body: object) {
  const { url, token } = servers[server];
  const headers = {
    authorization: `Bearer ${token}`,
    'user-agent': 'test',
    'content-type': 'application/json',
  };
  const answer = await proxied(cloud, url, { method: 'POST', headers, body: JSON.stringify(body) });
  const { errors = [] } = JSON.parse(answer.text);
  const [entry] = cloud.journal.entries();
  return { status: answer.status, error: errors[0]?.message, unknown: entry?.unknown };
}

const named = 'query A { viewer { email } } query B { viewer { email } }';
const needy = 'query ($name: String!) { app(name: $name) { name } }';

describe('a GraphQL document of which the emulator does not know all', () => {
  it.each<[string, keyof typeof servers, object, string]>([
    [
      'a field',
      'fly',
      { query: '{ app(name: "shop") { colour } }' },
      'Cannot query field "colour" on type "App".',
    ],
    [
      'an operation',
      'fly',
      { query: '{ machines { id } }' },
      'Cannot query field "machines" on type "Queries".',
    ],
    ['a mutation', 'fly', { query: 'mutation { paint }' }, 'Cannot query field "paint" on type "Mutations".'],
    [
      'an argument',
      'fly',
      { query: '{ app(colour: "red") { name } }' },
      'Unknown argument "colour" on field "Queries.app".',
    ],
    ['an operation name', 'fly', { query: named, operationName: 'C' }, 'Unknown operation named "C".'],
    [
      'a variable left out',
      'fly',
      { query: needy },
      'Variable "$name" has invalid value: Expected a value of non-null type "String!" to be provided.',
    ],
    ['no document', 'fly', { query: '{' }, 'Syntax Error: Expected Name, found <EOF>.'],
    [
      "a field of GitHub's",
      'github',
      { query: '{ viewer { colour } }' },
      'Cannot query field "colour" on type "User".',
    ],
    [
      "a mutation of Railway's",
      'railway',
      { query: 'mutation { templateGenerate }' },
      'Cannot query field "templateGenerate" on type "Mutation".',
    ],
  ])('is answered as the platform would, and noted as unknown: %s', async (_, server, body, error) => {
    expect(await asked(server, body)).toEqual({ status: 200, error, unknown: true });
  });

  it.each<[string, keyof typeof servers, object, string | undefined]>([
    ['of what is there', 'fly', { query: '{ viewer { email } }' }, undefined],
    ['of what is not there', 'fly', { query: '{ app(name: "nope") { name } }' }, 'Could not find App'],
    ["of GitHub's", 'github', { query: '{ viewer { login } }' }, undefined],
    ["of Railway's", 'railway', { query: '{ apiToken { workspaces { name } } }' }, undefined],
    ['of what is another’s', 'railway', { query: '{ project(id: "nope") { name } }' }, 'Not Authorized'],
  ])('leaves every good question known: %s', async (_, server, body, error) => {
    expect(await asked(server, body)).toEqual({ status: 200, error, unknown: false });
  });
});

describe('a route that the emulator does not have', () => {
  it.each([
    ['PUT', 'https://api.machines.dev/v1/apps/shop/volumes/vol_1/extend'],
    ['GET', 'https://api.machines.dev/v1/orgs/demo/machines'],
    ['POST', 'https://api.machines.dev/v1/tokens/oidc'],
    ['GET', 'https://api.fly.io/api/v1/orgs/demo/apps'],
    ['GET', 'https://registry.fly.io/v2/shop/tags/list'],
    ['GET', 'https://api.github.com/repos/demo/shop/branches'],
    ['POST', 'https://backboard.railway.com/oauth/token'],
    ['GET', 'https://backboard.railway.app/graphql/v2'],
  ])('answers that it has none for %s %s', async (method, url) => {
    const token = url.includes('github') ? demo.github.token : demo.fly.token;
    const headers = { authorization: `Bearer ${token}`, 'user-agent': 'test' };
    const { status, text } = await proxied(cloud, url, { method, headers });
    expect({ status, body: JSON.parse(text), unknown: cloud.journal.entries()[0]?.unknown }).toEqual({
      status: 501,
      body: { error: `local cloud: no route for ${method} ${url}` },
      unknown: true,
    });
  });
});

describe('a path that cannot be decoded', () => {
  it.each([
    ['https://api.machines.dev/v1/apps/%zz', { error: 'app not found' }],
    ['https://api.github.com/repos/demo/%E0%A4%A', { message: 'Not Found' }],
  ])('names nothing there is: %s', async (url, body) => {
    const token = url.includes('github') ? demo.github.token : demo.fly.token;
    const headers = { authorization: `Bearer ${token}`, 'user-agent': 'test' };
    const { status, text } = await proxied(cloud, url, { headers });
    expect({ status, body: JSON.parse(text) }).toMatchObject({ status: 404, body });
  });
});
