import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { check, closeServers, serve, serveSocket } from './loopback.ts';

afterEach(closeServers);

/** Which connection carried each request: numbers in the order of their first use. */
async function counting(
  reply: (response: ServerResponse, request: IncomingMessage) => void = (response) => response.end('{"a":1}'),
) {
  const known: unknown[] = [];
  const carried: string[] = [];
  const url = await serve((request, response) => {
    if (!known.includes(request.socket)) known.push(request.socket);
    carried.push(`${request.method} ${request.url} ${known.indexOf(request.socket) + 1}`);
    reply(response, request);
  });
  return { url, carried };
}

const one = (path: string, more = '', expect = '{ status: 200 }') =>
  `  - { name: ${path}, http: /${path}, expect: ${expect}${more} }\n`;
const file = (url: string, ...checks: string[]) =>
  `concurrency: 1\ntarget: ${url}\nchecks:\n${checks.join('')}`;

describe('checks of one origin', () => {
  it('share a connection', async () => {
    const { url, carried } = await counting();
    const report = await check(file(url, one('a'), one('b'), one('c')));
    expect([report.outcome, carried]).toEqual(['pass', ['GET /a 1', 'GET /b 1', 'GET /c 1']]);
  });

  it.each<[string, string, string[]]>([
    [
      'in the rounds of a window',
      ', window: { successes: 3, interval: 1ms }',
      ['GET /a 1', 'GET /a 2', 'GET /a 3'],
    ],
    ['in its samples', ', samples: 2, warmup: 1', ['GET /a 1', 'GET /a 2', 'GET /a 3']],
  ])('never by two attempts of the same check: %s', async (_, more, expected) => {
    const { url, carried } = await counting();
    const report = await check(file(url, one('a', more)));
    expect([report.outcome, carried]).toEqual(['pass', expected]);
  });

  it('nor by what follows an attempt that did not pass', async () => {
    let count = 0;
    const { url, carried } = await counting((response) => {
      response.statusCode = ++count === 1 ? 500 : 200;
      response.end();
    });
    const retry = ', retry: { attempts: 2, interval: 1ms }';
    await check(file(url, one('a', retry), one('b')));
    expect(carried.toSorted()).toEqual(['GET /a 1', 'GET /a 2', 'GET /b 2']);
  });

  it.each<[string, string, string]>([
    ['its time is asserted', '', '{ status: 200, duration: { lt: 5s } }'],
    ['a phase is asserted', '', '{ status: 200, connect: { lt: 5s } }'],
    ['who answers is asserted', '', '{ status: 200, ip: { exists: true } }'],
    ['it is led to a machine', ', resolve: "shop.example:80:127.0.0.1", ip: 4', '{ status: 200 }'],
    ['it has another family', ', ip: 4', '{ status: 200 }'],
  ])('are asked on a connection of their own where %s', async (_, more, expected) => {
    const { url, carried } = await counting();
    const report = await check(file(url, one('a'), one('b', more, expected)));
    expect([report.outcome, carried]).toEqual(['pass', ['GET /a 1', 'GET /b 2']]);
  });

  it('are asked on a new one where what is sent may not be sent twice', async () => {
    const { url, carried } = await counting();
    const post = '  - { name: p, http: POST /p, expect: { status: 200 } }\n';
    await check(file(url, one('a'), post, one('b')));
    expect(carried).toEqual(['GET /a 1', 'POST /p 2', 'GET /b 2']);
  });

  it.each<[string, string, number]>([
    ['HEAD', '{ method: HEAD, url: /a }', 200],
    ['204', '/a', 204],
    ['304', '/a', 304],
  ])('are asked on a new one after an answer without a body: %s', async (_, http, status) => {
    const { url, carried } = await counting((response) => response.writeHead(status).end());
    const first = `  - { name: a, http: ${http}, expect: { status: ${status} } }\n`;
    const report = await check(file(url, first, one('b', '', `{ status: ${status} }`)));
    expect([report.outcome, carried.at(-1)]).toEqual(['pass', 'GET /b 2']);
  });

  it('are asked on a new one where a connection has waited for long', async () => {
    const { url, carried } = await counting();
    await check(file(url, one('a'), one('b', ', delay: 1200ms')));
    expect(carried).toEqual(['GET /a 1', 'GET /b 2']);
  });

  it('may bring together what one alone may not', async () => {
    const { url, carried } = await counting((response) => response.end(Buffer.alloc(900_000)));
    const large = (name: string) =>
      `  - { name: ${name}, http: { url: /${name}, max-body: 1 MiB }, expect: { status: 200 } }\n`;
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const report = await check(file(url, ...names.map(large)));
    expect([report.outcome, carried]).toEqual(['pass', names.map((name) => `GET /${name} 1`)]);
  });
});

/** A server by hand: `say` is told the request's number on its connection and the connection's own. */
function byHand(say: (socket: import('node:net').Socket, request: number, connection: number) => void) {
  let connections = 0;
  return serveSocket((socket) => {
    const connection = ++connections;
    let requests = 0;
    socket.on('data', () => say(socket, ++requests, connection));
  });
}

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

describe('a connection that is shared', () => {
  const outcomes = async (url: string, ...checks: string[]) =>
    (await check(file(url, ...checks))).results.map(({ outcome }) => outcome);

  it.each<[string, (socket: import('node:net').Socket) => void]>([
    ['is closed', (socket) => socket.end()],
    ['is reset', (socket) => socket.resetAndDestroy()],
  ])('and %s before the first byte is replaced once', async (_, end) => {
    const seen: string[] = [];
    const url = await byHand((socket, request, connection) => {
      seen.push(`${request} on ${connection}`);
      if (request === 1) socket.write(ok);
      else end(socket);
    });
    expect(await outcomes(url, one('a'), one('b'))).toEqual(['pass', 'pass']);
    expect(seen).toEqual(['1 on 1', '2 on 1', '1 on 2']);
  });

  it('is replaced no second time', async () => {
    const url = await byHand((socket, request, connection) => {
      if (request === 1 && connection === 1) socket.write(ok);
      else socket.end();
    });
    expect(await outcomes(url, one('a'), one('b'))).toEqual(['pass', 'fail']);
  });

  it('and breaks off within its answer fails the check', async () => {
    const url = await byHand((socket, request) => {
      if (request === 1) socket.write(ok);
      else socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf');
    });
    expect(await outcomes(url, one('a'), one('b'))).toEqual(['pass', 'fail']);
  });

  it.each<[string, string]>([
    ['an answer', 'HTTP/1.1 500 NO\r\ncontent-length: 0\r\n\r\n'],
    ['anything else', 'what nobody asked for'],
  ])('brings %s that nobody asked for to nobody', async (_, stray) => {
    const url = await byHand((socket, _request, connection) => {
      socket.write(ok);
      if (connection === 1) setTimeout(() => socket.write(stray), 5);
    });
    expect(await outcomes(url, one('a'), one('b', ', delay: 100ms'))).toEqual(['pass', 'pass']);
  });

  it('and is out of step is replaced', async () => {
    const url = await byHand((socket, request) => {
      socket.write(request === 1 ? ok : 'rest of the first\r\n\r\n');
    });
    expect(await outcomes(url, one('a'), one('b'))).toEqual(['pass', 'pass']);
  });
});
