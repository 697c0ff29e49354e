import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Cloud, images, startCloud } from '#local-cloud';
import { type EchoService, echoService } from '../../support/echo-service.ts';
import { proxied } from '../../support/proxied.ts';

let cloud: Cloud;
let echo: EchoService;

beforeAll(async () => {
  cloud = await startCloud({ services: [echoService] });
  echo = cloud.service(echoService);
});
beforeEach(() => cloud.reset());
afterAll(() => cloud.close());

async function control(route: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const [method = '', path] = route.split(' ');
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(`${cloud.proxyUrl}/_cloud/${path}`, { method, ...sent });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}

describe('the control API', () => {
  it('shows the journal, all of it or a part', async () => {
    await proxied(cloud, 'https://api.echo.test/effects');
    await proxied(cloud, 'https://api.echo.test/effects', { method: 'POST' });
    await proxied(cloud, 'https://api.echo.test/nowhere');
    const seqs = async (query: string) =>
      ((await control(`GET journal${query}`)).body as { seq: number }[]).map(({ seq }) => seq);
    const [first = 0, second, third] = await seqs('');
    expect(await seqs(`?since=${first}`)).toEqual([second, third]);
    expect(await seqs('?mutations=true')).toEqual([second]);
    expect(await seqs('?unknown=true')).toEqual([third]);
  });

  it('scripts faults, shows them, and takes them away', async () => {
    const rule = { route: 'effects.*', kind: 'status', status: 503 };
    expect(await control('POST faults', rule)).toEqual({
      status: 200,
      body: [{ rule, calls: 0, strikes: 0 }],
    });
    expect((await proxied(cloud, 'https://api.echo.test/effects')).status).toBe(503);
    expect((await control('GET faults')).body).toEqual([{ rule, calls: 1, strikes: 1 }]);
    expect((await control('DELETE faults')).status).toBe(204);
    expect((await proxied(cloud, 'https://api.echo.test/effects')).status).toBe(200);
  });

  it('refuses a list of faults whole, with every problem', async () => {
    const rules = [
      { route: '*', kind: 'stall' },
      { kind: 'delay' },
      { route: '*', kind: 'status', status: 'x' },
    ];
    expect(await control('POST faults', rules)).toEqual({
      status: 400,
      body: {
        problems: [
          '[1] route: missing',
          '[1] ms: missing',
          '[2] status: expected a status from 200 to 599, got "x"',
        ],
      },
    });
    expect(cloud.faults.list()).toEqual([]);
  });

  it('refuses a fault of a route that no service has, and says which is meant', async () => {
    expect(await control('POST faults', { route: 'effects.creat', kind: 'stall' })).toEqual({
      status: 400,
      body: {
        problems: [
          '[0] route: there is no route "effects.creat"; did you mean effects.create, effects.read, effects.delete?',
        ],
      },
    });
    expect(cloud.faults.list()).toEqual([]);
  });

  it('moves the clock', async () => {
    const before = cloud.clock.now();
    const { status, body } = await control('POST clock', { advanceMs: 60_000 });
    expect(status).toBe(200);
    expect((body as { now: number }).now - before).toBeGreaterThanOrEqual(60_000);
    expect((await control('POST clock', { advanceMs: -1 })).body).toEqual({
      problems: ['advanceMs: expected milliseconds, a whole number from 0, got -1'],
    });
  });

  it('puts everything back to the seed', async () => {
    echo.effects = 3;
    cloud.images.put(images.v1, { app: 'shop', env: {}, labels: {} });
    await cloud.apps.start({ app: 'shop', env: {} });
    cloud.faults.add({ route: '*', kind: 'stall' });
    cloud.certificates.spoil('api.echo.test', 'expired');
    cloud.caches.put({ host: 'shop.apps.echo.test', seconds: 60 });
    cloud.zone.put([{ name: 'shop.example.com', type: 'A', data: '10.0.0.1' }]);
    cloud.clock.advance(1e9);
    expect((await control('POST reset')).status).toBe(204);
    expect({
      effects: echo.effects,
      apps: cloud.apps.running(),
      faults: cloud.faults.list(),
      certificates: cloud.certificates.defects,
      caches: cloud.caches.list(),
      names: cloud.zone.list(),
      version: cloud.images.resolve(images.v1)?.env.VERSION,
      ahead: cloud.clock.now() - Date.now() > 1e6,
    }).toEqual({
      ...{ effects: 0, apps: [], faults: [], certificates: {}, caches: [], names: [] },
      version: 'v1',
      ahead: false,
    });
  });

  it('lists images and takes new ones', async () => {
    const image = { ref: 'registry.fly.io/shop:v9', app: 'shop', env: { VERSION: 'v9' } };
    const { status, body } = await control('PUT images', image);
    expect({ status, body }).toEqual({
      status: 200,
      body: { ...image, labels: {}, digest: cloud.images.resolve(image.ref)?.digest },
    });
    expect((await control('GET images')).body).toEqual(cloud.images.list());
  });

  it('refuses an image with every problem', async () => {
    expect(await control('PUT images', { app: 'cart', env: { A: 1 }, labels: [2] })).toEqual({
      status: 400,
      body: {
        problems: [
          'ref: expected an image reference such as registry.fly.io/shop:v9',
          `app: expected one of ${cloud.apps.catalog.join(', ')}`,
          'env: expected an object of strings',
          'labels: expected an object of strings',
        ],
      },
    });
  });

  it('shows which applications run', async () => {
    const app = await cloud.apps.start({ app: 'shop', env: { VERSION: 'v1' } });
    expect((await control('GET apps')).body).toMatchObject([
      { app: 'shop', env: { VERSION: 'v1' }, pid: app.pid, port: app.port },
    ]);
  });

  it('shows what each host serves now', async () => {
    const server = createServer(({ url }, response) => {
      response.end(url === '/version.json' ? '{"version":"v1"}' : 'home');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    echo.apps.set('shop.apps.echo.test', { kind: 'app', port: (server.address() as AddressInfo).port });
    echo.apps.set('down.apps.echo.test', { kind: 'nothing' });
    expect((await control('GET hosts')).body).toEqual({
      'shop.apps.echo.test': { status: 200, version: { version: 'v1' } },
      'down.apps.echo.test': { status: 503, version: null },
    });
    server.close();
  });

  it('names its routes to whoever asks for another', async () => {
    const { status, body } = await control('GET nowhere');
    expect(status).toBe(404);
    expect(body).toEqual({
      error:
        'no route GET /_cloud/nowhere; there are: GET /_cloud/journal, GET /_cloud/faults, POST /_cloud/faults, ' +
        'DELETE /_cloud/faults, POST /_cloud/clock, POST /_cloud/reset, GET /_cloud/images, PUT /_cloud/images, ' +
        'GET /_cloud/apps, GET /_cloud/hosts, GET /_cloud/certificates, PUT /_cloud/certificates, ' +
        'DELETE /_cloud/certificates, GET /_cloud/caches, PUT /_cloud/caches, DELETE /_cloud/caches, ' +
        'GET /_cloud/dns, PUT /_cloud/dns, DELETE /_cloud/dns',
    });
  });

  it('refuses a body that is no JSON', async () => {
    const answer = await fetch(`${cloud.proxyUrl}/_cloud/clock`, { method: 'POST', body: '{' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toMatch(/^\{"error":"the body is not JSON: SyntaxError: /);
  });

  it('refuses a page that reaches it under a name of its own', async () => {
    const { hostname, port } = new URL(cloud.proxyUrl);
    const asking = request({
      host: hostname,
      port,
      path: '/_cloud/journal',
      headers: { host: 'evil.test' },
    }).end();
    const [answer] = await once(asking, 'response');
    answer.destroy();
    expect(answer.statusCode).toBe(403);
  });
});
