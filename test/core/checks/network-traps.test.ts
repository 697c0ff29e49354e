import type { LookupAddress, LookupAllOptions } from 'node:dns';
import dns from 'node:dns';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { connectProxy } from '../../support/connect-proxy.ts';
import { lastAttempt } from './last-attempt.ts';
import { closeServers, page, serve, serveSocket } from './loopback.ts';

afterEach(() => {
  vi.restoreAllMocks();
  closeServers();
});

const failed = { outcome: 'fail', reason: 'checks-failed' };
const unreachable = { outcome: 'inconclusive', reason: 'runner-network' };

type Answers = (error: Error | null, addresses: LookupAddress[]) => void;

/** This machine's resolver, as the next lookups find it: the addresses of every name, or none of any. */
function resolving(addresses: readonly string[]): void {
  const missing = Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' });
  const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const lookup = (_: string, __: LookupAllOptions, done: Answers) =>
    process.nextTick(done, found.length === 0 ? missing : null, found);
  vi.spyOn(dns, 'lookup').mockImplementation(lookup as never);
}

/** The same three questions of one host: by http, by tcp and by WebSocket. */
const waysTo = (authority: string): readonly (readonly [string, string])[] => [
  ['http', page(`http://${authority}/`, '{ status: 200 }')],
  ['tcp', `- { name: c, tcp: "${authority}" }`],
  ['websocket', `- { name: c, websocket: "ws://${authority}/", expect: { status: 200 } }`],
];

async function outcomes(authority: string, options = {}) {
  const found: Record<string, unknown> = {};
  for (const [way, text] of waysTo(authority)) {
    const { outcome, reason, class: failureClass } = await lastAttempt(text, options);
    found[way] = failureClass === undefined ? outcome : [outcome, reason, failureClass];
  }
  return found;
}

const all = (outcome: unknown) => ({ http: outcome, tcp: outcome, websocket: outcome });

describe('a name with several addresses', () => {
  it.each<[string, readonly string[], unknown]>([
    ['is reached where IPv6 is dead and IPv4 alive', ['::1', '127.0.0.1'], 'pass'],
    ['is reached where the first of several is dead', ['127.0.0.2', '127.0.0.3', '127.0.0.1'], 'pass'],
    ['fails where all are dead', ['127.0.0.2', '127.0.0.3'], ['fail', 'checks-failed', 'connect']],
  ])('%s', async (_, addresses, outcome) => {
    const { port } = new URL(await serve((_request, response) => response.end()));
    resolving(addresses);
    expect(await outcomes(`shop.example:${port}`)).toEqual(all(outcome));
  });
});

describe('a target that cannot be reached', () => {
  const controlUrl = 'http://control.example/';

  it('is no evidence when this runner resolves no name at all', async () => {
    resolving([]);
    const outcome = ['inconclusive', 'runner-network', 'resolve'];
    expect(await outcomes('shop.example:443', { controlUrl })).toEqual(all(outcome));
  });

  it('is no evidence when this runner reaches nothing', async () => {
    resolving(['127.0.0.2']);
    const outcome = ['inconclusive', 'runner-network', 'connect'];
    expect(await outcomes('shop.example:1', { controlUrl: 'http://control.example:1/' })).toEqual(
      all(outcome),
    );
  });

  it('has failed when it alone is down', async () => {
    // Plain requests, as the control's, are answered by this proxy; whoever asks for a tunnel is refused.
    const proxy = await connectProxy({ kind: 'refuses', status: 502 });
    await using _ = proxy;
    const url = `http://127.0.0.1:${proxy.port}`;
    const env = { https_proxy: url, http_proxy: url };
    const checks = [
      page('https://shop.example/', '{ status: 200 }'),
      '- { name: c, tls: shop.example }',
      '- { name: c, tcp: "shop.example:5432" }',
      '- { name: c, websocket: "wss://shop.example/" }',
      '- { name: c, grpc: shop.example }',
    ];
    for (const text of checks)
      expect(await lastAttempt(text, { env, controlUrl })).toMatchObject({ ...failed, class: 'connect' });
    expect(proxy.asked.filter((line) => line.startsWith('GET'))).toHaveLength(checks.length);
  });

  it.each<[string, string]>([
    ['tls', '- { name: c, tls: shop.example }'],
    ['grpc', '- { name: c, grpc: shop.example }'],
    ['dns', '- { name: c, dns: { name: shop.example, server: ns.example } }'],
  ])('asks the control for %s as well', async (_, text) => {
    resolving([]);
    vi.spyOn(dns.promises, 'lookup').mockRejectedValue(
      Object.assign(new Error('EAI_AGAIN'), { code: 'EAI_AGAIN' }),
    );
    expect(await lastAttempt(text, { controlUrl })).toMatchObject({ ...unreachable, class: 'resolve' });
  });
});

describe('an answer that is HTTP, and unusual,', () => {
  const answering = (text: string) =>
    serveSocket((socket) => socket.once('data', () => socket.end(text.replaceAll('\n', '\r\n'))));
  const passed = { outcome: 'pass', failures: [] };

  it.each<[string, string, string, object]>([
    [
      'of HTTP/1.0 ends with its connection',
      'HTTP/1.0 200 OK\n\nhello',
      '{ status: 200, body: hello }',
      passed,
    ],
    ['without a reason phrase is read', 'HTTP/1.1 204\n\n', '{ status: 204, body: { empty: true } }', passed],
    [
      'keeps every value of a repeated header',
      'HTTP/1.1 200 OK\nx-server: a\nX-Server: b\ncontent-length: 0\n\n',
      '{ header: { x-server: { count: 2, contains: b } } }',
      passed,
    ],
    [
      'has header names in any case',
      'HTTP/1.1 200 OK\nX-FRAME-Options: DENY\ncontent-length: 0\n\n',
      '{ header: { x-Frame-Options: DENY } }',
      passed,
    ],
    [
      'may have a header of 60,000 bytes',
      `HTTP/1.1 200 OK\nx-big: ${'a'.repeat(60_000)}\ncontent-length: 0\n\n`,
      '{ header: { x-big: { starts-with: aaa } } }',
      passed,
    ],
    [
      'may not have one of 70,000',
      `HTTP/1.1 200 OK\nx-big: ${'a'.repeat(70_000)}\ncontent-length: 0\n\n`,
      '{ status: 200 }',
      { ...failed, class: 'assertion', summary: 'GET http://127.0.0.1:PORT/ → the headers are too large' },
    ],
    [
      'must be as long as it says',
      'HTTP/1.1 200 OK\ncontent-length: 50\n\nhello',
      '{ status: 200 }',
      {
        ...failed,
        class: 'assertion',
        summary: 'GET http://127.0.0.1:PORT/ → the answer broke off: ECONNRESET aborted',
      },
    ],
  ])('%s', async (_, answer, expected, outcome) => {
    expect(await lastAttempt(page(await answering(answer), expected))).toMatchObject(outcome);
  });
});
