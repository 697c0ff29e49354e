import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { commits, images } from '#local-cloud';
import { catalogue, get, lines } from '../../support/catalogue.ts';
import { eventually } from '../../support/eventually.ts';

const { apps, serving, imageSpec } = catalogue();

const shop = (env: Readonly<Record<string, string>> = {}) => serving({ app: 'shop', env });

/** What its home page names: the path of each asset by its extension. */
async function assetsOf(instance: { readonly port: number }): Promise<Readonly<Record<string, string>>> {
  const { text } = await get(instance, '/');
  const paths = text.match(/\/assets\/(?:app|rope)-[0-9a-f]{8}\.\w+/g) ?? [];
  return Object.fromEntries(paths.map((path) => [path.split('.')[1] ?? '', path]));
}

async function headersOf({ port }: { readonly port: number }, path: string) {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' });
  await answer.body?.cancel();
  return Object.fromEntries(answer.headers);
}

const security = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'content-security-policy': "default-src 'self'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
};

describe('the shop', () => {
  it('serves its version, its health, its items and its orders', async () => {
    const instance = await serving(imageSpec(images.v1));
    expect(await get(instance, '/version.json')).toEqual({
      status: 200,
      text: `{"version":"v1","commit":"${commits.v1}"}`,
    });
    expect(await get(instance, '/healthz')).toEqual({ status: 200, text: '{"status":"ok"}' });
    expect(await get(instance, '/nothing')).toEqual({ status: 404, text: '{"error":"nothing at /nothing"}' });
    expect(JSON.parse((await get(instance, '/api/items')).text).items).toHaveLength(2);
    expect(await get(instance, '/api/orders')).toEqual({
      status: 200,
      text: '{"orders":[{"id":1,"item":2}]}',
    });
  });

  it('has a page that says its build and loads a script, a module, a stylesheet and an image', async () => {
    const instance = await serving(imageSpec(images.v1));
    const { text } = await get(instance, '/');
    expect(text).toContain(`<meta name="commit" content="${commits.v1}">`);
    expect(text).toContain('<h1>Shop v1</h1>');
    const paths = text.match(/\/assets\/[\w-]+\.\w+/g) ?? [];
    const loaded = await Promise.all(
      paths.map(async (path) => {
        const headers = await headersOf(instance, path);
        return [path.replace(/-[0-9a-f]{8}/, ''), headers['content-type'], headers['cache-control']];
      }),
    );
    const forGood = 'public, max-age=31536000, immutable';
    expect(loaded).toEqual([
      ['/assets/cart.js', 'text/javascript; charset=utf-8', forGood],
      ['/assets/app.css', 'text/css; charset=utf-8', forGood],
      ['/assets/app.js', 'text/javascript; charset=utf-8', forGood],
      ['/assets/rope.svg', 'image/svg+xml; charset=utf-8', forGood],
    ]);
  });

  it('gives its assets other names in another version', async () => {
    const [one, other] = await Promise.all([images.v1, images.v3].map((ref) => serving(imageSpec(ref))));
    if (one === undefined || other === undefined) throw new Error('two were started');
    const { js = '' } = await assetsOf(one);
    expect((await assetsOf(other)).js).not.toBe(js);
    expect((await get(other, js)).status).toBe(404);
  });

  it('sends security headers with everything, and all but the one its image leaves out', async () => {
    const [whole, lacking] = [await shop(), await shop({ SHOP_WITHOUT_HEADER: 'strict-transport-security' })];
    const { 'strict-transport-security': _, ...others } = security;
    expect(await headersOf(whole, '/')).toMatchObject(security);
    expect(await headersOf(whole, '/nothing')).toMatchObject(security);
    const headers = await headersOf(lacking, '/');
    expect(headers).toMatchObject(others);
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  it('asks who comes to the account to sign in', async () => {
    const instance = await shop();
    expect(await headersOf(instance, '/account')).toMatchObject({ location: '/login' });
    expect((await get(instance, '/account')).text).toContain('<h1>Sign in</h1>');
  });

  it('echoes on its socket what it is told, text as text and bytes as bytes', async () => {
    const { port } = await shop();
    const socket = new WebSocket(`ws://127.0.0.1:${port}/live`);
    const heard: unknown[] = [];
    socket.on('open', () => {
      socket.send('hello');
      socket.send(Buffer.from([1, 2]));
    });
    socket.on('message', (data, binary) => heard.push(binary ? data : String(data)));
    await eventually(() => heard.length === 2);
    socket.terminate();
    expect(heard).toEqual(['hello', Buffer.from([1, 2])]);
  });

  it.each([
    { name: 'by its image', env: { SHOP_LIVE: 'refused' }, path: '/live' },
    { name: 'elsewhere', env: {}, path: '/items' },
  ])('refuses a socket $name', async ({ env, path }) => {
    const instance = await shop(env);
    const socket = new WebSocket(`ws://127.0.0.1:${instance.port}${path}`);
    let status: number | undefined;
    socket.on('error', () => undefined);
    socket.on('unexpected-response', (_, answer) => {
      status = answer.statusCode;
      answer.destroy();
    });
    await eventually(() => status !== undefined);
    expect(status).toBe(403);
    expect(lines(instance)).toContain(`UPGRADE ${path} 403`);
  });
});

describe('the broken shop', () => {
  it.each([
    { ref: images.v2Broken, path: '/healthz', status: 500, text: '{"status":"failing"}' },
    { ref: images.v2Error, path: '/', status: 500, text: expect.stringContaining('Shop v2') },
    { ref: images.v2ErrorBody, path: '/', status: 200, text: '{"error":"database is read-only"}' },
    {
      ref: images.v2Stale,
      path: '/version.json',
      status: 200,
      text: `{"version":"v2","commit":"${commits.v1}"}`,
    },
  ])('is broken at $path as its image $ref says', async ({ ref, path, status, text }) => {
    const instance = await serving(imageSpec(ref));
    expect(await get(instance, path)).toEqual({ status, text });
    await instance.stop('SIGKILL', 0);
  });

  it.each([
    { how: 'missing', status: 404, type: 'application/json; charset=utf-8', says: 'nothing at' },
    { how: 'fallback', status: 200, type: 'text/html; charset=utf-8', says: '<!doctype html>' },
    { how: 'mistyped', status: 200, type: 'text/plain; charset=utf-8', says: 'document.title' },
  ])('has a script that is $how', async ({ how, status, type, says }) => {
    const instance = await shop({ SHOP_SCRIPT: how });
    const { js = '', css = '' } = await assetsOf(instance);
    expect(await get(instance, js)).toEqual({ status, text: expect.stringContaining(says) });
    expect((await headersOf(instance, js))['content-type']).toBe(type);
    expect((await get(instance, css)).status).toBe(200);
  });

  it('sends the account round in circles', async () => {
    const instance = await shop({ SHOP_REDIRECT_LOOP: 'true' });
    expect(await headersOf(instance, '/login')).toMatchObject({ location: '/account' });
    expect(await headersOf(instance, '/account')).toMatchObject({ location: '/login' });
  });

  it.each(['postgres', 'tcp'])('has no orders while its database does not answer to %s', async (protocol) => {
    const database = await serving({ app: 'database', env: {} });
    const instance = await shop({ DATABASE_URL: `${protocol}://127.0.0.1:${database.port}/shop` });
    expect((await get(instance, '/api/orders')).status).toBe(200);
    await database.stop('SIGKILL', 0);
    expect(await get(instance, '/api/orders')).toEqual({
      status: 500,
      text: '{"error":"the database does not answer"}',
    });
    expect((await get(instance, '/healthz')).status).toBe(200);
  });

  it('has no orders where something accepts that is no database', async () => {
    const deaf = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
    await eventually(() => deaf.listening);
    const { port } = Object(deaf.address());
    const instance = await shop({ DATABASE_URL: `postgres://127.0.0.1:${port}/shop` });
    expect((await get(instance, '/api/orders')).status).toBe(500);
    deaf.close();
  });

  it('has no orders where its database has no address', async () => {
    expect((await get(await shop({ DATABASE_URL: 'nowhere' }), '/api/orders')).status).toBe(500);
  });

  it('can crash as it starts', async () => {
    const instance = await apps.start(imageSpec(images.v2Crash));
    expect(await instance.exited).toEqual({ code: 1, signal: null });
    expect(lines(instance)).toEqual(['fatal: cannot read the catalogue']);
    expect(instance.running).toBe(false);
  });

  it('can crash while it serves', async () => {
    const instance = await apps.start({
      app: 'shop',
      env: { SHOP_CRASH_AFTER_MS: '10', SHOP_EXIT_CODE: '137' },
    });
    expect(await instance.exited).toEqual({ code: 137, signal: null });
  });

  it('can become healthy later, while its pages are served from the start', async () => {
    const instance = await shop({ SHOP_HEALTHY_AFTER_MS: '400' });
    expect(await get(instance, '/healthz')).toEqual({ status: 503, text: '{"status":"warming up"}' });
    expect((await get(instance, '/')).status).toBe(200);
    await eventually(async () => (await get(instance, '/healthz')).status === 200);
  });

  it('can be slow', async () => {
    const instance = await shop({ SHOP_SLOW_MS: '80' });
    const started = performance.now();
    await get(instance, '/');
    expect(performance.now() - started).toBeGreaterThanOrEqual(79);
  });
});

describe('a command of the shop', () => {
  it.each([
    { ref: images.v1, code: 0, said: ['running migrate', 'migrated 3 tables'] },
    {
      ref: images.v2MigrationFails,
      code: 3,
      said: ['running migrate', 'migration 0007 failed: column exists'],
    },
  ])('runs to its end: migrate of $ref', async ({ ref, code, said }) => {
    const command = await apps.start(imageSpec(ref, ['migrate']));
    expect(await command.exited).toEqual({ code, signal: null });
    expect(lines(command)).toEqual(said);
  });

  it('is not found under another name', async () => {
    const command = await apps.start(imageSpec(images.v1, ['seed']));
    expect(await command.exited).toEqual({ code: 127, signal: null });
  });
});
