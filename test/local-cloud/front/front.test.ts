import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Cloud, startCloud } from '#local-cloud';
import { type EchoService, echoService } from '../../support/echo-service.ts';
import { proxied, secureTunnel, tunnelTo } from '../../support/proxied.ts';

let cloud: Cloud;
let echo: EchoService;

beforeAll(async () => {
  cloud = await startCloud({ services: [echoService] });
  echo = cloud.service(echoService);
});
beforeEach(() => cloud.reset());
afterAll(() => cloud.close());

describe('the proxy', () => {
  it('reaches a claimed host under its own name, with a certificate the CA vouches for', async () => {
    const { status, text, headers } = await proxied(cloud, 'https://api.echo.test/effects?a=1');
    expect({ status, text, type: headers['content-type'] }).toEqual({
      status: 200,
      text: '{"effects":0,"query":"?a=1"}',
      type: 'application/json; charset=utf-8',
    });
  });

  it('shows each host a certificate for exactly that host', async () => {
    const secure = await secureTunnel(cloud, 'a.apps.echo.test');
    expect(secure.getPeerCertificate().subjectaltname).toBe('DNS:a.apps.echo.test');
    secure.destroy();
  });

  it.each([
    { authority: 'example.com:443', why: 'nobody claims the host' },
    { authority: 'apps.echo.test:443', why: 'a pattern needs a label before its suffix' },
    { authority: 'api.echo.test:22', why: 'only port 443 is served' },
    { authority: 'api.echo.test', why: 'no port is named' },
  ])('refuses CONNECT $authority at once: $why', async ({ authority }) => {
    const { status, socket } = await tunnelTo(cloud, authority);
    socket.destroy();
    expect(status).toBe(403);
    expect(cloud.journal.entries()).toMatchObject([
      { method: 'CONNECT', path: authority, status: 403, unknown: false },
    ]);
  });

  it('refuses to be a proxy for plain HTTP', async () => {
    const { hostname, port } = new URL(cloud.proxyUrl);
    const asking = request({ host: hostname, port, path: 'http://api.echo.test/effects' }).end();
    const [answer] = await once(asking, 'response');
    expect(answer.statusCode).toBe(403);
    answer.destroy();
  });

  it('answers several requests on one connection', async () => {
    const secure = await secureTunnel(cloud, 'api.echo.test');
    const ask = 'GET /plain HTTP/1.1\r\nhost: api.echo.test\r\n\r\n';
    let seen = '';
    secure.on('data', (chunk) => {
      seen += chunk;
      if (seen.split('plain text').length === 2) secure.write(ask);
      if (seen.split('plain text').length === 3) secure.end();
    });
    secure.write(ask);
    await once(secure, 'close');
    expect(seen.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
  });

  it('says 421 when the request names another host than the tunnel', async () => {
    const answer = await proxied(cloud, 'https://api.echo.test/', { headers: { host: 'example.com' } });
    expect(answer.status).toBe(421);
    expect(answer.text).toBe('{"error":"local cloud: no service claims example.com"}');
  });
});

describe('an unknown route', () => {
  it('is answered 501 naming itself and kept as unknown', async () => {
    const { status, text } = await proxied(cloud, 'https://api.echo.test/nowhere?x=1');
    expect({ status, text }).toEqual({
      status: 501,
      text: '{"error":"local cloud: no route for GET https://api.echo.test/nowhere"}',
    });
    expect(cloud.journal.entries({ unknown: true })).toMatchObject([{ path: '/nowhere?x=1', route: null }]);
  });

  it('is told apart from an emulator that fails', async () => {
    const { status, text } = await proxied(cloud, 'https://api.echo.test/throws');
    expect({ status, text }).toEqual({ status: 500, text: '{"error":"local cloud: the emulator tripped"}' });
    expect(cloud.journal.entries()).toMatchObject([{ unknown: false, error: 'the emulator tripped' }]);
  });
});

describe('application traffic', () => {
  const host = 'shop.apps.echo.test';

  async function serving(server: ReturnType<typeof createServer>) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    echo.apps.set(host, { kind: 'app', port: (server.address() as AddressInfo).port });
    return server;
  }

  it('is piped with the headers of a platform proxy', async () => {
    using server = disposable(
      await serving(
        createServer((incoming, response) => {
          response.setHeader('set-cookie', ['a=1', 'b=2']);
          response.end(JSON.stringify([incoming.method, incoming.url, incoming.headers]));
        }),
      ),
    );
    expect(server.listening).toBe(true);
    const { headers, text } = await proxied(cloud, `https://${host}/a?b=c`, {
      headers: { 'x-mine': 'kept', connection: 'keep-alive' },
    });
    const forwarding = {
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
      'x-forwarded-host': host,
    };
    expect(headers['set-cookie']).toEqual(['a=1', 'b=2']);
    expect(JSON.parse(text)).toEqual([
      'GET',
      '/a?b=c',
      { host, 'x-mine': 'kept', connection: 'close', ...forwarding },
    ]);
    expect(cloud.journal.entries()).toMatchObject([{ service: 'echo', route: 'app', status: 200 }]);
  });

  it('streams: the first part of an answer arrives before the last is made', async () => {
    let finish = () => {};
    using server = disposable(
      await serving(
        createServer((_, response) => {
          response.write('first ');
          finish = () => response.end('last');
        }),
      ),
    );
    expect(server.listening).toBe(true);
    const secure = await secureTunnel(cloud, host);
    let seen = '';
    secure.on('data', (chunk) => {
      seen += chunk;
      if (seen.includes('first ')) finish();
      if (seen.includes('last')) secure.end();
    });
    secure.write(`GET / HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
    await once(secure, 'close');
    expect(seen).toContain('last');
  });

  it('carries an upgraded connection both ways', async () => {
    const switched = 'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n';
    const upstream = createServer().on('upgrade', (_, socket) => {
      socket.write(switched);
      socket.on('data', (chunk: Buffer) => socket.end(`echo ${chunk}`));
    });
    using server = disposable(await serving(upstream));
    expect(server.listening).toBe(true);
    const secure = await secureTunnel(cloud, host);
    let seen = '';
    secure.on('data', (chunk) => {
      seen += chunk;
      if (seen.endsWith('\r\n\r\n')) secure.write('hello');
    });
    secure.write(`GET /live HTTP/1.1\r\nhost: ${host}\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n`);
    await once(secure, 'close');
    expect(seen).toBe(`${switched}echo hello`);
    expect(cloud.journal.entries()).toMatchObject([{ path: '/live', route: 'app', status: 101 }]);
  });

  it('passes on how the application refuses an upgrade, and keeps that in the journal', async () => {
    const refusal = 'HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n';
    using server = disposable(
      await serving(createServer().on('upgrade', (_, socket) => socket.end(refusal))),
    );
    expect(server.listening).toBe(true);
    const secure = await secureTunnel(cloud, host);
    let seen = '';
    secure.on('data', (chunk) => {
      seen += chunk;
    });
    secure.write(`GET /live HTTP/1.1\r\nhost: ${host}\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n`);
    await once(secure, 'close');
    expect(seen).toBe(refusal);
    expect(cloud.journal.entries()).toMatchObject([{ path: '/live', route: 'app', status: 403 }]);
  });

  it('is answered 502 by a page where the application does not accept', async () => {
    const server = await serving(createServer());
    server.close();
    await once(server, 'close');
    const { status, headers, text } = await proxied(cloud, `https://${host}/`);
    expect({ status, type: headers['content-type'] }).toEqual({
      status: 502,
      type: 'text/html; charset=utf-8',
    });
    expect(text).toContain('<h1>502 The application did not answer</h1>');
  });

  it('counts as unanswered, when asked for whole, where the application dies in its answer', async () => {
    const dying = createServer((_, response) => response.write('half', () => response.destroy()));
    using server = disposable(await serving(dying));
    expect(server.listening).toBe(true);
    expect((await cloud.serves(host)).status).toBe(502);
  });

  it('is answered 503 where nothing serves', async () => {
    expect((await proxied(cloud, `https://${host}/`)).status).toBe(503);
  });

  it('can be asked for past the journal: what does this host serve now?', async () => {
    using server = disposable(await serving(createServer((_, response) => response.end('version 1'))));
    expect(server.listening).toBe(true);
    const { status, body } = await cloud.serves(host);
    expect({ status, body: String(body) }).toEqual({ status: 200, body: 'version 1' });
    expect(cloud.journal.entries()).toEqual([]);
  });
});

const run = promisify(execFile);
const hasCurl = await run('curl', ['--version']).then(
  () => true,
  () => false,
);

describe(hasCurl ? 'curl' : 'curl (skipped: not installed)', () => {
  it.skipIf(!hasCurl)('reaches a host with nothing but the environment', async () => {
    const { stdout } = await run('curl', ['-sS', 'https://api.echo.test/plain'], {
      env: { PATH: process.env.PATH, ...cloud.env },
    });
    expect(stdout).toBe('plain text');
  });

  it.skipIf(!hasCurl)('is told of a host that is not served', async () => {
    const args = ['-sS', '--proxy', cloud.proxyUrl, '--cacert', cloud.caFile, 'https://example.com/'];
    await expect(run('curl', args)).rejects.toMatchObject({
      code: 56,
      stderr: expect.stringContaining('403'),
    });
  });
});

function disposable<T extends { close(): unknown }>(server: T): T & Disposable {
  return Object.assign(server, { [Symbol.dispose]: () => void server.close() });
}
