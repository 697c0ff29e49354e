import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { images } from '#local-cloud';
import { FlyApi, shop } from '../../support/fly-api.ts';

describe('GraphQL', () => {
  const api = new FlyApi({ ...shop, machines: 0 });

  beforeAll(async () => {
    for (const version of [1, 2, 3]) {
      const definition = { app: 'shop', env: { VERSION: String(version) } };
      const body = { app_name: 'shop', strategy: 'ROLLING', image: images.v1, definition };
      const { body: created } = await api.ask('POST /api/v1/releases', { body });
      const status = version === 3 ? 'failed' : 'complete';
      await api.ask(`PATCH /api/v1/releases/${created.release.id}`, { body: { status, metadata: null } });
    }
  });

  afterAll(() => api.close());

  const page = `query($first: Int, $after: String) { app(name: "shop") {
    releasesUnprocessed(first: $first, after: $after) { nodes { version status } pageInfo { hasNextPage endCursor } }
  } }`;

  it('pages releases, newest first', async () => {
    const first = (await api.graphql(page, { first: 2 })).body.data.app.releasesUnprocessed;
    expect(first.nodes).toEqual([
      { version: 3, status: 'failed' },
      { version: 2, status: 'complete' },
    ]);
    const after = first.pageInfo.endCursor;
    const rest = (await api.graphql(page, { first: 2, after })).body.data.app.releasesUnprocessed;
    expect(rest).toEqual({
      nodes: [{ version: 1, status: 'complete' }],
      pageInfo: { hasNextPage: false, endCursor: '2' },
    });
  });

  it('calls the newest release current, failed or not, and keeps what it was deployed with', async () => {
    const query = '{ app(name: "shop") { currentReleaseUnprocessed { version configDefinition } } }';
    expect((await api.graphql(query)).body.data.app.currentReleaseUnprocessed).toEqual({
      version: 3,
      configDefinition: { app: 'shop', env: { VERSION: '3' } },
    });
  });

  it('answers an image by its digest, and none for an unknown one', async () => {
    const query =
      'query($ref: String!) { app(name: "shop") { image(ref: $ref) { ref compressedSizeFull } } }';
    expect((await api.graphql(query, { ref: images.v1 })).body.data.app.image).toEqual({
      ref: expect.stringMatching(/^registry\.fly\.io\/shop@sha256:[0-9a-f]{64}$/),
      compressedSizeFull: '22000000',
    });
    expect((await api.graphql(query, { ref: 'registry.fly.io/shop:nope' })).body.data.app.image).toBeNull();
  });

  it.each([
    ['an unknown field', '{ app(name: "shop") { colour } }', 'Cannot query field "colour" on type "App".'],
    ['no document', '{', 'Syntax Error: Expected Name, found <EOF>.'],
  ])('refuses %s with status 200', async (_, query, message) => {
    const { status, body } = await api.graphql(query);
    expect([status, body.data, body.errors[0].message]).toEqual([200, null, message]);
  });

  it.each([
    ['{ viewer { email } }', 'graphql.viewer'],
    ['{ app(name: "shop") { name } }', 'graphql.app'],
    ['{ appcompact: app(name: "shop") { id } }', 'graphql.app'],
    ['{ app(name: "shop") { id image(ref: "x") { id } } }', 'graphql.app.image'],
    ['{ app(name: "shop") { releases: releasesUnprocessed { nodes { id } } } }', 'graphql.app.releases'],
    ['mutation { addWireGuardPeer(input: {}) { peerip } }', 'graphql.addWireGuardPeer'],
  ])('routes %s as %s', (query, name) => {
    const url = new URL('https://api.fly.io/graphql');
    const request = {
      host: 'api.fly.io',
      method: 'POST',
      url,
      headers: {},
      signal: new AbortController().signal,
    };
    expect(api.fly.route({ ...request, body: Buffer.from(JSON.stringify({ query })) })).toBe(name);
  });
});
