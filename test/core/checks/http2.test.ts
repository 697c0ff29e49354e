import type { Http2Server, Http2Session } from 'node:http2';
import { createSecureServer, createServer } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { connectProxy } from '../../support/connect-proxy.ts';
import { lastAttempt } from './last-attempt.ts';
import { check, closeServers, listen, serve } from './loopback.ts';
import { testRoot, trustTestRoot } from './secure-loopback.ts';

afterEach(closeServers);
beforeAll(trustTestRoot);

const identity = testRoot.leaf({ names: ['127.0.0.1', 'shop.example'] });
const passed = { outcome: 'pass', failures: [] };

const asking = (url: string, expected: string, more = '') =>
  `- name: c\n  http: { url: "${url}", version: 2${more} }\n  expect: ${expected}\n  timeout: 2s`;

function answering(server: Http2Server): Http2Server {
  return server.on('request', (request, response) => {
    response.setHeader('set-cookie', ['a=1', 'b=2']);
    request.setEncoding('utf8');
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => response.end(`${request.method} ${request.url} ${request.authority} ${body}`));
  });
}

it('HTTP/2 is agreed on in the handshake, and is what the report says', async () => {
  const port = await listen(answering(createSecureServer(identity)));
  const text = asking(
    `https://127.0.0.1:${port}/a?b=c`,
    `{ http-version: 2, body: { starts-with: "POST /a?b=c 127.0.0.1:${port} hi" }, header: { set-cookie: { count: 2 } }, cookie: { b: "2" }, tls: { gt: 0ms } }`,
    ', method: POST, body: hi',
  );
  expect(await lastAttempt(text)).toMatchObject({
    ...passed,
    summary: 'POST https://127.0.0.1:PORT/a?b=c → 200 over HTTP/2',
  });
});

it('HTTP/2 is spoken at once where there is no handshake', async () => {
  const port = await listen(answering(createServer()));
  expect(await lastAttempt(asking(`http://127.0.0.1:${port}/`, '{ http-version: 2 }'))).toMatchObject(passed);
});

it('HTTP/2 goes through a proxy by CONNECT, also in the clear', async () => {
  const port = await listen(answering(createServer()));
  await using proxy = await connectProxy({ kind: 'tunnels', to: port });
  const text = asking('http://shop.example/', '{ body: { contains: shop.example } }');
  const env = { http_proxy: `http://127.0.0.1:${proxy.port}` };
  expect(await lastAttempt(text, { env })).toMatchObject(passed);
  expect(proxy.asked).toEqual(['CONNECT shop.example:80']);
});

it('a server that chooses HTTP/1.1 fails a check of HTTP/2', async () => {
  const port = await listen(createHttpsServer(identity, (_, response) => response.end()));
  expect(await lastAttempt(asking(`https://127.0.0.1:${port}/`, '{ status: 200 }'))).toMatchObject({
    class: 'assertion',
    summary: 'GET https://127.0.0.1:PORT/ → the server does not speak HTTP/2: it chose http/1.1',
  });
});

it('a server that speaks something else in the clear fails it too', async () => {
  const url = await serve((_, response) => response.end());
  const { class: failureClass, summary } = await lastAttempt(asking(url, '{ status: 200 }'));
  expect([failureClass, summary]).toEqual([
    'assertion',
    expect.stringContaining('the answer is not HTTP/2: '),
  ]);
});

it('GOAWAY before an answer is a connection to make again', async () => {
  const server = createServer();
  let sessions = 0;
  server.on('session', (session: Http2Session) => {
    if (sessions++ === 0) session.goaway(11);
  });
  const port = await listen(answering(server));
  const text = `${asking(`http://127.0.0.1:${port}/`, '{ status: 200 }')}\n  retry: { attempts: 2, interval: 10ms }`;
  const [result] = (await check(text)).results;
  expect(result?.attempts.map((one) => [one.failureClass, one.summary.replace(`:${port}`, '')])).toEqual([
    ['connect', 'GET http://127.0.0.1/ → the server ended the connection (GOAWAY, ENHANCE_YOUR_CALM)'],
    [undefined, 'GET http://127.0.0.1/ → 200 over HTTP/2'],
  ]);
});

it('GOAWAY of a server that still answers what it has taken on is no failure', async () => {
  const server = createServer((request, response) => {
    request.stream.session?.goaway(0, request.stream.id);
    setTimeout(() => response.end('done'), 20);
  });
  const port = await listen(server);
  expect(await lastAttempt(asking(`http://127.0.0.1:${port}/`, '{ body: done }'))).toMatchObject(passed);
});

it('a stream that is reset has no answer', async () => {
  const server = createServer();
  server.on('stream', (stream) => stream.on('error', () => {}).close(2));
  const port = await listen(server);
  const { class: failureClass, summary } = await lastAttempt(
    asking(`http://127.0.0.1:${port}/`, '{ status: 200 }'),
  );
  expect([failureClass, summary]).toEqual(['connect', expect.stringContaining('before any answer')]);
});

it('a server that takes the request and never answers runs into the timeout', async () => {
  const port = await listen(createServer(() => {}));
  const text = asking(`http://127.0.0.1:${port}/`, '{ status: 200 }').replace('2s', '150ms');
  expect(await lastAttempt(text)).toMatchObject({
    class: 'timeout',
    summary: 'GET http://127.0.0.1:PORT/ → connected, but no answer within 150 ms',
  });
});

it('an endless body over HTTP/2 is cut off', async () => {
  const server = createServer((_, response) => {
    const more = () => response.write('x'.repeat(16 * 1024)) && setImmediate(more);
    response.on('drain', more);
    response.on('error', () => {});
    more();
  });
  const port = await listen(server);
  const text = asking(`http://127.0.0.1:${port}/`, '{ status: 200 }', ', max-body: 100 KiB');
  expect(await lastAttempt(text)).toMatchObject({
    class: 'assertion',
    summary: 'GET http://127.0.0.1:PORT/ → the body is larger than 102400 bytes',
  });
});
