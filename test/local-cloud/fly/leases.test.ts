import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FlyApi, shop } from '../../support/fly-api.ts';

describe('a machine lease', () => {
  const api = new FlyApi(shop);
  let machine = '';
  let nonce = '';

  beforeAll(async () => {
    api.fly.settings.rateLimits = false;
    const { body } = await api.ask('GET /v1/apps/shop/machines');
    machine = `/v1/apps/shop/machines/${body[0].id}`;
  });

  beforeEach(async () => {
    api.clock.advance(60_000);
    const { body } = await api.ask(`POST ${machine}/lease?ttl=13`);
    nonce = body.data.nonce;
  });

  afterAll(() => api.close());

  it('is answered in the wrapper flyctl decodes, with its end in seconds', async () => {
    const { status, body } = await api.ask(`GET ${machine}/lease`);
    const expected = { nonce, owner: 'a@b.c', description: '', version: expect.any(String) };
    expect(status).toBe(200);
    expect(body).toEqual({ status: 'success', data: { ...expected, expires_at: expect.any(Number) } });
    expect(body.data.expires_at - api.clock.now() / 1000).toBeGreaterThan(10);
  });

  it('refuses a second holder, naming the first and when it ends', async () => {
    const { status, body } = await api.ask(`POST ${machine}/lease?ttl=13`);
    expect(status).toBe(409);
    expect(body.error).toMatch(
      /^machine ID [0-9a-f]{14} lease currently held by a@b\.c, expires at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
    );
  });

  it.each([
    ['update', 'POST', ''],
    ['start', 'POST', '/start'],
    ['stop', 'POST', '/stop'],
    ['restart', 'POST', '/restart'],
    ['cordon', 'POST', '/cordon'],
    ['destroy', 'DELETE', '?force=true'],
  ])('refuses %s without its nonce', async (_, method, path) => {
    const { status } = await api.ask(`${method} ${machine}${path}`);
    expect(status).toBe(409);
  });

  it('does not guard metadata: flyctl tags leased machines without the nonce', async () => {
    const { status } = await api.ask(`POST ${machine}/metadata/a`, { body: { value: 'b' } });
    expect(status).toBe(204);
  });

  it('keeps its nonce when its holder prolongs it', async () => {
    api.clock.advance(10_000);
    const { status, body } = await api.ask(`POST ${machine}/lease?ttl=13`, { nonce });
    expect([status, body.data.nonce]).toEqual([201, nonce]);
    api.clock.advance(10_000);
    expect((await api.ask(`POST ${machine}/lease?ttl=13`)).status).toBe(409);
  });

  it('ends by itself', async () => {
    api.clock.advance(13_000);
    expect((await api.ask(`GET ${machine}/lease`)).status).toBe(404);
    expect((await api.ask(`POST ${machine}/lease?ttl=13`)).status).toBe(201);
  });

  it('is released by its nonce alone', async () => {
    expect((await api.ask(`DELETE ${machine}/lease`)).status).toBe(409);
    expect((await api.ask(`DELETE ${machine}/lease`, { nonce })).status).toBe(200);
    expect((await api.ask(`GET ${machine}/lease`)).status).toBe(404);
  });
});
