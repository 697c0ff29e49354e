import { afterEach, describe, expect, it } from 'vitest';
import type { AppSeed } from '../../../packages/local-cloud/src/fly/index.ts';
import { FlyApi, shop } from '../../support/fly-api.ts';

const https = [{ port: 443, handlers: ['http', 'tls'] }];
const healthz = { type: 'http', path: '/healthz', interval: '1s', timeout: '2s' } as const;
const host = { host: 'shop.fly.dev', url: new URL('https://shop.fly.dev/') };
const head = { method: 'GET', headers: {}, signal: new AbortController().signal, ...host };
const refusedAt = (port: number, path = '/healthz') =>
  `HTTP GET http://127.0.0.1:${port}${path}: connect: connection refused`;
const passed = (port: number) =>
  `HTTP GET http://127.0.0.1:${port}/healthz: 200 OK Output: "{"status":"ok"}"`;

describe("a port of fly.toml is the application's own, or nobody's", () => {
  let api: FlyApi;

  afterEach(() => api.close());

  /** One machine of `shop`, which listens on 8080 unless PORT says otherwise. */
  async function running(config: NonNullable<AppSeed['config']>, seed: Partial<AppSeed> = {}) {
    api = new FlyApi({ ...shop, config, ...seed });
    api.fly.settings.rateLimits = false;
    const { body: machines } = await api.ask('GET /v1/apps/shop/machines');
    const [{ id, checks = [] }] = machines;
    return {
      id,
      upstream: await api.fly.proxyTo(head),
      checks: Object.fromEntries(
        checks.map(({ name, ...check }: { name: string }) => [name, { ...check, updated_at: undefined }]),
      ),
    };
  }

  const service = (internal_port: number, more: object = {}) => ({
    protocol: 'tcp',
    internal_port,
    ports: https,
    ...more,
  });
  const app = { kind: 'app', port: expect.any(Number) };
  const refused = { kind: 'refused' };
  const nothing = { kind: 'nothing' };

  it.each<[string, object, object]>([
    ['the port it listens on', { services: [service(8080)] }, app],
    ['another port', { services: [service(3000)] }, refused],
    ['the port that PORT of the config names', { services: [service(3000)], env: { PORT: '3000' } }, app],
    ['the port PORT moved it away from', { services: [service(8080)], env: { PORT: '3000' } }, refused],
    [
      'a second service, which serves no HTTPS',
      { services: [service(3000), service(8080, { ports: [] })] },
      refused,
    ],
    ['another port, of which its check knows', { services: [service(3000, { checks: [healthz] })] }, nothing],
    ['its own, for plain HTTP alone', { services: [service(8080, { ports: [{ port: 80 }] })] }, nothing],
    [
      'its own, in a range of ports',
      { services: [service(8080, { ports: [{ start_port: 400, end_port: 500 }] })] },
      app,
    ],
  ])('serves where the service names %s', async (_, config, upstream) => {
    expect((await running(config)).upstream).toEqual(upstream);
  });

  it('listens where its image says', async () => {
    const image = 'registry.fly.io/shop:own-port';
    api = new FlyApi({ ...shop, image, config: { services: [service(4000)] } });
    api.images.put(image, { app: 'shop', env: { PORT: '4000' }, labels: {} });
    expect(await api.fly.proxyTo(head)).toEqual(app);
  });

  it('sends a request past a machine that refuses it', async () => {
    const { id } = await running({ services: [service(8080)] }, { machines: 2 });
    const config = { ...(await api.ask(`GET /v1/apps/shop/machines/${id}`)).body.config };
    await api.ask(`POST /v1/apps/shop/machines/${id}`, {
      body: { config: { ...config, env: { PORT: '3000' } } },
    });
    await api.fly.settled();
    expect([await api.fly.proxyTo(head), await api.fly.proxyTo(head)]).toEqual([app, app]);
  });

  it.each<[string, object, object]>([
    [
      "a service's check asks the service's port",
      { services: [service(3000, { checks: [healthz] })] },
      { 'servicecheck-00-http-3000': { status: 'critical', output: refusedAt(3000) } },
    ],
    [
      "a service's check asks a port of its own",
      { services: [service(3000, { checks: [{ ...healthz, port: 8080 }] })] },
      { 'servicecheck-00-http-8080': { status: 'passing', output: passed(8080) } },
    ],
    [
      "a machine's check asks the port it names",
      { checks: { own: { ...healthz, port: 8080 }, other: { ...healthz, port: 9091 } } },
      {
        own: { status: 'passing', output: passed(8080) },
        other: { status: 'critical', output: refusedAt(9091) },
      },
    ],
    [
      'a check of the connection alone does too',
      { checks: { own: { type: 'tcp', port: 8080 }, other: { type: 'tcp', port: 9091 } } },
      {
        own: { status: 'passing', output: 'TCP connect 127.0.0.1:8080: Success' },
        other: { status: 'critical', output: 'TCP connect 127.0.0.1:9091: connect: connection refused' },
      },
    ],
  ])('%s', async (_, config, checks) => {
    expect((await running({ services: [], ...config })).checks).toEqual(checks);
  });

  it.each<[string, object, string[]]>([
    ['what serves', { services: [service(3000)] }, ['0.0.0.0:8080']],
    ['what serves elsewhere', { env: { PORT: '3000' } }, ['0.0.0.0:3000']],
    ['no port of a worker', { init: { cmd: ['work'] }, services: [] }, []],
  ])('lists %s among the sockets, beside the one for SSH', async (_, config, sockets) => {
    const { id } = await running(config);
    const { body: processes } = await api.ask(`GET /v1/apps/shop/machines/${id}/ps`);
    expect(
      processes.map(
        ({ command, listen_sockets: open }: { command: string; listen_sockets: { address: string }[] }) => [
          command,
          open.map(({ address }) => address),
        ],
      ),
    ).toEqual([
      ['shop', sockets],
      ['/.fly/hallpass', [expect.stringMatching(/^\[fdaa:.*\]:22$/)]],
    ]);
  });
});
