import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { selfSigned } from '../../support/certificates.ts';
import { connectProxy } from '../../support/connect-proxy.ts';
import { lastAttempt } from './last-attempt.ts';
import { closeServers, listen, refusingUrl, serve, serveSocket } from './loopback.ts';
import { testRoot, trustTestRoot } from './secure-loopback.ts';

beforeAll(trustTestRoot);
afterEach(closeServers);

it.each(['websocket', 'grpc'])('a header of two lines is refused in a %s check', async (type) => {
  const keys = type === 'grpc' ? 'host: localhost, metadata' : 'url: "ws://localhost/", headers';
  await expect(lastAttempt(`- name: c\n  ${type}: { ${keys}: { x-a: "b\\nx-b: c" } }`)).rejects.toMatchObject(
    {
      details: [expect.stringContaining('The header x-a holds what no header may hold')],
    },
  );
});

type OnConnection = (socket: WebSocket) => void;

/** A WebSocket server on loopback; answers its port. */
function serveSockets(onConnection: OnConnection, server = createServer()): Promise<number> {
  const sockets = new WebSocketServer({ server, handleProtocols: (offered) => [...offered][0] ?? false });
  sockets.on('connection', (socket) => {
    socket.on('error', () => {});
    onConnection(socket);
  });
  return listen(server);
}

const echoes: OnConnection = (socket) => socket.on('message', (data) => socket.send(data));
const echoesText: OnConnection = (socket) => socket.on('message', (data) => socket.send(String(data)));

async function asked(onConnection: OnConnection, keys = '', more = '') {
  const port = await serveSockets(onConnection);
  return lastAttempt(`- name: c\n  websocket: { url: "ws://127.0.0.1:${port}/live", ${keys} }\n${more}`);
}

const passed = {
  outcome: 'pass',
  reason: 'verified',
  class: undefined,
  summary: 'WebSocket ws://127.0.0.1:PORT/live → 101',
  failures: [],
};

describe('a websocket check', () => {
  it('passes on the upgrade alone, under the target of the file', async () => {
    const port = await serveSockets(() => {});
    const text = `target: http://127.0.0.1:${port}\nchecks:\n  - { name: c, websocket: /live }`;
    expect(await lastAttempt(text)).toEqual(passed);
  });

  it.each<[string, OnConnection, string, readonly string[]]>([
    ['hears its echo', echoesText, 'send: ping, expect: ping', []],
    ['takes an echo that comes back as binary', echoes, 'send: ping, expect: ping', []],
    [
      'minds the opcode where it is asserted',
      echoes,
      'send: ping, expect: ping, opcode: text',
      ['answer: is text and equals "ping": "ping", and no more in time'],
    ],
    ['sends binary', echoes, 'send: { base64: cGluZw== }, expect: ping, opcode: binary', []],
    [
      'sends JSON',
      echoesText,
      'send: { json: { type: connection_init } }, expect: { contains: connection_init }',
      [],
    ],
    ['hears what comes with the upgrade', (one) => one.send('welcome'), 'expect: welcome', []],
    [
      'waits for the message it wants',
      (one) => {
        one.send('tick');
        one.send('tock');
      },
      'expect: tock',
      [],
    ],
    [
      'takes steps in order, and says which got nowhere',
      echoesText,
      'steps: [{ send: a, expect: a }, { send: b, expect: c }]',
      ['answer in step 2: equals "c": "b", and no more in time'],
    ],
    [
      'says how the server closed instead of answering',
      (one) => one.on('message', () => one.close(1011, 'database down')),
      'send: ping, expect: pong',
      ['answer: equals "pong": nothing, then closed with 1011 "database down"'],
    ],
    ['wants the close it names', (one) => one.close(1008), 'close: 1008', []],
    [
      'refuses another close',
      (one) => one.close(1008, 'policy'),
      'close: 1000',
      ['close: code 1000: closed with 1008 "policy"'],
    ],
    [
      'refuses a server that stays',
      () => {},
      'close: 1000',
      ['close: code 1000: still open when the time was up'],
    ],
    ['takes a chosen subprotocol', () => {}, 'subprotocol: graphql-transport-ws', []],
  ])('%s', async (_, server, keys, failures) => {
    expect((await asked(server, keys, '  timeout: 300ms')).failures).toEqual(failures);
  });

  it('asserts on all that it showed', async () => {
    const server: OnConnection = (one) => {
      one.send('hello');
      one.send('{"type":"ack","n":1}');
      one.close(4000);
    };
    const expected = `  expect: { status: 101, header: { upgrade: websocket }, subprotocol: v1, message: { contains: ack },
      messages: { count: 2 }, opcode: text, close-code: 4000, jsonpath: { $.n: 1 }, duration: { lt: 4s } }`;
    expect(
      await asked(server, 'subprotocol: [v1, v2], expect: { contains: ack }, close: 4000', expected),
    ).toEqual(passed);
  });

  it.each<[string, OnConnection, string, readonly string[]]>([
    [
      'the message that makes them hold',
      (one) => {
        one.on('message', () => one.send('{"type":"ack"}'));
        one.send('{"type":"hello"}');
      },
      'jsonpath: { $.type: ack }',
      [],
    ],
    ['as many as are wanted', (one) => one.send('a', () => one.send('b')), 'messages: { count: 2 }', []],
    ['the close', (one) => one.on('message', () => one.close(4001)), 'close-code: 4001', []],
    [
      'the end of the attempt, and says what came until then',
      (one) => one.on('message', () => one.send('pong')),
      'message: pang',
      ['message: equals "pang": "pong"'],
    ],
    [
      'nobody who has hung up',
      (one) => one.close(1011),
      'message: { exists: true }',
      ['message: exists: not found'],
    ],
  ])('that asserts on what comes waits for %s', async (_, server, expected, failures) => {
    const more = `  timeout: 300ms\n  expect: { ${expected} }`;
    expect((await asked(server, 'send: ping', more)).failures).toEqual(failures);
  });

  it('sends its headers, and a goodbye', async () => {
    const seen: unknown[] = [];
    const server = createServer();
    const port = await serveSockets((one) => one.on('close', (code) => seen.push(code)), server);
    server.on('upgrade', ({ headers }) =>
      seen.push(headers['x-tenant'], headers.host, headers['user-agent']),
    );
    const text = `- name: c\n  websocket: { url: "ws://127.0.0.1:${port}/", headers: { X-Tenant: demo } }`;
    expect(await lastAttempt(text)).toMatchObject({ outcome: 'pass' });
    await expect.poll(() => seen).toEqual(['demo', `127.0.0.1:${port}`, 'belay-smoke-test', 1000]);
  });
});

describe('an upgrade that is refused', () => {
  const refusing = () =>
    serve((_, response) => {
      response.writeHead(403, { server: 'nginx', 'set-cookie': 'a=b', date: 'today' }).end('no');
    });

  it('is reported with its status and headers', async () => {
    expect(await lastAttempt(`- { name: c, websocket: "${await refusing()}/live" }`)).toEqual({
      outcome: 'fail',
      reason: 'checks-failed',
      class: 'assertion',
      summary: 'WebSocket ws://127.0.0.1:PORT/live → 403',
      failures: [
        'upgrade: status 101: status 403 (server: nginx; date: today; connection: keep-alive; keep-alive: timeout=5; transfer-encoding: chunked)',
      ],
    });
  });

  it('passes where the check wants it', async () => {
    const text = `- { name: c, websocket: "${await refusing()}", expect: { status: 403, header: { server: nginx } } }`;
    expect(await lastAttempt(text)).toMatchObject({ outcome: 'pass' });
  });

  it('is worth waiting for when a gateway gave it', async () => {
    const url = await serve((_, response) => response.writeHead(503).end());
    expect(await lastAttempt(`- { name: c, websocket: "${url}" }`)).toMatchObject({ class: 'gateway' });
  });

  it.each<[string, () => Promise<string>, string, string]>([
    ['nothing listens', refusingUrl, 'connect', 'connect ECONNREFUSED 127.0.0.1:PORT'],
    ['nobody answers', () => serveSocket(() => {}), 'timeout', 'connected, but no answer within 200 ms'],
    [
      'the server hangs up',
      () => serveSocket((one) => one.once('data', () => one.end())),
      'connect',
      'ECONNRESET socket hang up before any answer',
    ],
    [
      'the server knows none of the subprotocols',
      async () => {
        const server = createServer();
        new WebSocketServer({ server, handleProtocols: () => false });
        return `http://127.0.0.1:${await listen(server)}`;
      },
      'assertion',
      'status 101, but no WebSocket: Server sent no subprotocol',
    ],
    [
      'the 101 is a fake',
      () =>
        serveSocket((one) =>
          one.once('data', () =>
            one.write('HTTP/1.1 101 Yes\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n'),
          ),
        ),
      'assertion',
      'status 101, but no WebSocket: Invalid Sec-WebSocket-Accept header',
    ],
  ])('fails when %s', async (_, url, failureClass, why) => {
    const text = `- name: c\n  websocket: { url: "${await url()}/live", subprotocol: v1 }\n  timeout: 200ms`;
    expect(await lastAttempt(text)).toEqual({
      outcome: 'fail',
      reason: 'checks-failed',
      class: failureClass,
      summary: `WebSocket ws://127.0.0.1:PORT/live → ${why}`,
      failures: [],
    });
  });
});

describe('a secure websocket', () => {
  it('verifies who answers, with the reason why not', async () => {
    const port = await serveSockets(() => {}, createSecureServer(selfSigned({ names: ['127.0.0.1'] })));
    expect(await lastAttempt(`- { name: c, websocket: "wss://127.0.0.1:${port}/live" }`)).toMatchObject({
      class: 'tls-verdict',
      summary: 'WebSocket wss://127.0.0.1:PORT/live → the certificate is self-signed: nobody vouches for it',
    });
  });

  it('goes through the proxy of the environment by CONNECT, as a plain one does', async () => {
    const secure = createSecureServer(testRoot.leaf({ names: ['shop.example'] }));
    const proxy = await connectProxy({ kind: 'tunnels', to: await serveSockets(echoesText, secure) });
    const plain = await connectProxy({ kind: 'tunnels', to: await serveSockets(echoesText) });
    await using _ = proxy;
    await using __ = plain;
    const through = ({ port }: { port: number }, url: string) =>
      lastAttempt(`- { name: c, websocket: { url: "${url}", send: a, expect: a } }`, {
        env: { https_proxy: `http://127.0.0.1:${port}` },
      });
    expect(await through(proxy, 'wss://shop.example/live')).toMatchObject({ outcome: 'pass' });
    expect(await through(plain, 'ws://shop.example/live')).toMatchObject({ outcome: 'pass' });
    expect([proxy.asked, plain.asked]).toEqual([['CONNECT shop.example:443'], ['CONNECT shop.example:80']]);
  });
});
