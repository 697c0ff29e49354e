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
          '[1] route: missing; expected a non-empty string',
          '[1] ms: missing; expected milliseconds, a whole number from 0',
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
      effects: 0,
      apps: [],
      faults: [],
      certificates: {},
      caches: [],
      names: [],
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
    expect(await control('PUT images', { app: 'shpo', env: { A: 1 }, labels: [2], lables: {} })).toEqual({
      status: 400,
      body: {
        problems: [
          'ref: missing; expected an image reference such as registry.fly.io/shop:v9',
          `app: expected one of ${cloud.apps.catalog.join(', ')}, got "shpo"; did you mean shop?`,
          'env: expected an object of strings, got {"A":1}',
          'labels: expected an object of strings, got [2]',
          'lables: not a field here; the fields are ref, app, env, labels; did you mean labels?',
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

  it.each(['/', '/_cloud', '/_cloud/'])(
    'lists at %s what can be asked and what is emulated',
    async (path) => {
      echo.apps.set('shop.apps.echo.test', { kind: 'nothing' });
      const answer = await fetch(`${cloud.proxyUrl}${path}`);
      const text = await answer.text();
      const { control: routes, ...page } = JSON.parse(text);
      expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(text.split('\n').length).toBeGreaterThan(30);
      expect(page).toEqual({
        what: 'Belay’s local cloud: emulators of platforms that really run what is deployed. No stability is promised.',
        use: `This address is a CONNECT proxy (HTTPS_PROXY=${cloud.proxyUrl}, CA in ${cloud.caFile}) and the control API.`,
        documentation: 'packages/local-cloud/README.md',
        applications: ['https://shop.apps.echo.test'],
        emulated: {
          echo: { hosts: echo.hosts, routes: [...echo.routes, 'app'] },
          downloads: {
            hosts: ['github.com', 'release-assets.githubusercontent.com', 'objects.githubusercontent.com'],
            routes: ['downloads.latest', 'downloads.redirect', 'downloads.asset'],
          },
        },
      });
      expect([Object.keys(routes).length, routes['GET /_cloud/apps'], routes['PUT /_cloud/dns']]).toEqual([
        ...[19, 'which processes run, with their logs'],
        'gives names records or refusals, one or a list: all or none',
      ]);
    },
  );

  it('lists the parts of a platform that has them, with the routes of each', async () => {
    const full = await startCloud();
    const page = (await (await fetch(full.proxyUrl)).json()) as {
      readonly emulated: Readonly<Record<'fly', { readonly parts: Readonly<Record<string, object>> }>>;
    };
    expect([page.emulated.fly.parts.Proxy, page.emulated.fly.parts.Secrets]).toMatchObject([
      { routes: ['app'] },
      {
        routes: ['list', 'set', 'get', 'set-one', 'delete'].map((name) => `flaps.secrets.${name}`),
      },
    ]);
    await full.close();
  });

  it.each([
    ['GET nowhere', 404, 'no route GET /_cloud/nowhere; GET /_cloud/ lists all routes'],
    ['GET jurnal', 404, 'no route GET /_cloud/jurnal; did you mean journal? GET /_cloud/ lists all routes'],
    ['POST journal', 405, '/_cloud/journal answers GET, not POST'],
    ['PATCH faults', 405, '/_cloud/faults answers GET, POST, DELETE, not PATCH'],
  ])('says what there is to whoever asks for something else: %s', async (route, status, error) => {
    expect(await control(route)).toEqual({ status, body: { error } });
  });

  it.each([
    {
      name: 'a query and a body that are wrong in every way',
      route: 'POST clock?adavnceMs=1',
      sent: '{"advanceMs":"1s","at":0}',
      problems: [
        '?adavnceMs: not a field here; there are none',
        'advanceMs: expected milliseconds, a whole number from 0, got "1s"',
        'at: not a field here; the fields are advanceMs',
      ],
    },
    {
      name: 'a query with a slip and a value that is none',
      route: 'GET journal?sicne=4&mutations=yes&since=first',
      problems: [
        '?sicne: not a field here; the fields are since, mutations, unknown; did you mean since?',
        '?mutations: expected one of true, false, got "yes"',
        '?since: expected a whole number from 0, got "first"',
      ],
    },
    {
      name: 'no body where one is needed',
      route: 'PUT certificates',
      problems: ['expected an object with host, defect, got nothing'],
    },
    {
      name: 'a body that is no object',
      route: 'PUT caches',
      sent: '"shop.fly.dev"',
      problems: ['expected an object with host, seconds, ignores, got "shop.fly.dev"'],
    },
    {
      name: 'a body where none is taken',
      route: 'DELETE certificates',
      sent: '{"host":"shop.fly.dev"}',
      problems: ['the body: this route takes none'],
    },
    {
      name: 'a rule that is wrong in every way',
      route: 'POST faults',
      sent: '{"route":"effects.raed","kind":"stal","service":"ehco","cuont":1,"nth":0}',
      problems: [
        '[0] kind: expected one of status, delay, reset-before, reset-after, truncate, html, rate-limit, challenge, stall, wrong, got "stal"; did you mean stall?',
        '[0] cuont: not a field here; the fields are kind, route, service, operation, nth, every, count, after, status, headers, body, ms, accepted, retryAfter, edge, patch, mutator; did you mean count?',
        '[0] nth: expected a whole number from 1, got 0',
        '[0] service: there is no service "ehco"; there are echo, downloads; did you mean echo?',
      ],
    },
    {
      name: 'a way to lie that no service has',
      route: 'POST faults',
      sent: '{"route":"effects.read","kind":"wrong","mutator":"stael"}',
      problems: ['[0] mutator: there is no mutator "stael"; did you mean stale?'],
    },
    {
      name: 'a record with a slip',
      route: 'PUT dns',
      sent: '{"name":"a.test","type":"a","data":"10.0.0.1","tll":1}',
      problems: [
        '[0] type: expected one of A, AAAA, CAA, CNAME, MX, NS, SRV, TXT, got "a"; did you mean A?',
        '[0] tll: not a field here; the fields are name, type, data, ttl; did you mean ttl?',
      ],
    },
  ])('refuses $name, and changes nothing', async ({ route, sent, problems }) => {
    const [method = '', path] = route.split(' ');
    const body = sent === undefined ? {} : { body: sent };
    const answer = await fetch(`${cloud.proxyUrl}/_cloud/${path}`, { method, ...body });
    expect([answer.status, await answer.json()]).toEqual([400, { problems }]);
    expect(cloud.faults.list()).toEqual([]);
  });

  it('refuses a body that is no JSON', async () => {
    const answer = await fetch(`${cloud.proxyUrl}/_cloud/clock`, { method: 'POST', body: '{' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toMatch(/^\{"problems":\["the body is not JSON: /);
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
