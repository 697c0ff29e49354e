import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FlyApi, shop } from '../../support/fly-api.ts';

const releases =
  'query($name: String!) { app(name: $name) { releasesUnprocessed(first: 5) { nodes { version } } } }';

describe('a token', () => {
  const api = new FlyApi({ ...shop, machines: 0 }, { ...shop, name: 'other', machines: 0 });

  beforeAll(() => {
    api.fly.world.addToken({ value: 'deploy', kind: 'deploy', app: 'shop', email: 'd1@tokens.fly.io' });
    api.fly.world.addToken({ value: 'read', kind: 'readonly', email: 'r1@tokens.fly.io' });
  });

  afterAll(() => api.close());

  it('is refused by every surface when it is unknown', async () => {
    const unknown = { token: 'wrong' };
    expect(await api.ask('GET /v1/apps/shop', unknown)).toMatchObject({
      status: 401,
      body: { error: 'unauthorized' },
    });
    expect(await api.ask('GET /api/v1/organizations/demo', unknown)).toMatchObject({
      status: 401,
      body: { detail: 'unauthorized' },
    });
    const answer = await api.graphql('{ viewer { email } }', {}, 'wrong');
    expect(answer.body.errors[0].message).toBe('You must be authenticated to view this.');
  });

  it('lists the apps of a role, and takes none for a builder that is not', async () => {
    const names = async (query: string) =>
      (await api.ask(`GET /v1/apps?org_slug=demo${query}`)).body.apps.map(
        ({ name }: { name: string }) => name,
      );
    expect(await names('')).toEqual(['shop', 'other']);
    expect(await names('&app_role=remote-docker-builder')).toEqual([]);
  });

  it('of a deploy sees its own app and no other', async () => {
    expect((await api.ask('GET /v1/apps/shop', { token: 'deploy' })).status).toBe(200);
    expect((await api.ask('GET /v1/apps/other', { token: 'deploy' })).status).toBe(404);
    const { body } = await api.graphql(releases, { name: 'other' }, 'deploy');
    expect(body.errors[0]).toMatchObject({
      message: 'Could not find App',
      extensions: { code: 'NOT_FOUND' },
    });
  });

  it('of a deploy lists no organizations and creates no apps', async () => {
    const { body } = await api.graphql('{ organizations { nodes { slug } } }', {}, 'deploy');
    expect(body.errors[0].extensions.code).toBe('UNAUTHORIZED');
    const created = await api.ask('POST /v1/apps', {
      token: 'deploy',
      body: { name: 'new', org_slug: 'demo' },
    });
    expect(created.status).toBe(403);
  });

  it('to read changes nothing', async () => {
    expect((await api.ask('GET /v1/apps/shop', { token: 'read' })).status).toBe(200);
    const body = { app_name: 'shop', strategy: 'ROLLING', image: 'x', definition: {} };
    expect((await api.ask('POST /api/v1/releases', { token: 'read', body })).status).toBe(403);
  });

  it('is accepted with its scheme written twice, as copied from a dashboard', async () => {
    expect((await api.ask('GET /v1/apps/shop', { token: 'FlyV1 demo_fly_token' })).status).toBe(200);
  });
});
