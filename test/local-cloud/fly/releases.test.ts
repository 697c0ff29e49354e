import { afterAll, describe, expect, it } from 'vitest';
import { images } from '#local-cloud';
import { FlyApi, shop } from '../../support/fly-api.ts';

describe('the REST API of api.fly.io', () => {
  const api = new FlyApi(shop);
  const wanted = { app_name: 'shop', build_id: 1, definition: {}, strategy: 'ROLLING' };

  afterAll(() => api.close());

  it('numbers releases and answers a new one in a wrapper, a changed one bare', async () => {
    const created = await api.ask('POST /api/v1/releases', { body: { ...wanted, image: images.v3 } });
    const release = {
      id: expect.stringMatching(/^rel/),
      version: 2,
      stable: false,
      in_progress: true,
      status: 'pending',
      strategy: 'ROLLING',
      user: 'a@b.c',
      created_at: expect.any(String),
      image_ref: images.v3,
    };
    expect(created).toMatchObject({ status: 201, body: { release } });
    const body = { status: 'complete', metadata: null };
    const changed = await api.ask(`PATCH /api/v1/releases/${created.body.release.id}`, { body });
    expect(changed.body).toEqual({ ...release, status: 'complete', stable: true, in_progress: false });
    expect((await api.ask('GET /api/v1/apps/shop/releases/current')).body).toEqual(changed.body);
    const { releases } = (await api.ask('GET /api/v1/apps/shop/releases?limit=1')).body;
    expect(releases).toEqual([changed.body]);
  });

  it.each([
    [
      'an unknown image',
      { image: 'registry.fly.io/shop:nope' },
      404,
      'Could not find image "registry.fly.io/shop:nope"',
    ],
    ['an unknown app', { app_name: 'nope', image: images.v1 }, 404, 'app not found'],
    ['an unknown strategy', { strategy: 'SLOWLY', image: images.v1 }, 422, 'unknown strategy SLOWLY'],
  ])('refuses a release of %s', async (_, changes, status, detail) => {
    const refused = await api.ask('POST /api/v1/releases', { body: { ...wanted, ...changes } });
    expect(refused).toMatchObject({ status, body: { detail } });
  });

  it('names the download of a flyctl version, unless the resolver is down', async () => {
    const latest = 'GET /app/flyctl_releases/Linux/x86_64/latest';
    const url =
      'https://github.com/superfly/flyctl/releases/download/v0.4.87/flyctl_0.4.87_Linux_x86_64.tar.gz';
    expect((await api.ask(latest, { token: '' })).body).toBe(url);
    api.fly.settings.resolverDown = true;
    expect((await api.ask(latest, { token: '' })).status).toBe(503);
  });

  it('marks every Machines API answer with a request id', async () => {
    const one = (await api.ask('GET /v1/apps/shop')).headers['fly-request-id'];
    const two = (await api.ask('GET /v1/apps/nope')).headers['fly-request-id'];
    expect(one).toMatch(/^\d{26}-iad$/);
    expect(two).not.toBe(one);
  });
});
