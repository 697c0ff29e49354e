import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket, TlsOptions } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { selfSigned } from '../../support/certificates.ts';
import { check } from './loopback.ts';
import { testRoot, trustTestRoot } from './secure-loopback.ts';

beforeAll(trustTestRoot);
const servers: (() => void)[] = [];
afterEach(() => {
  for (const close of servers.splice(0)) close();
});

interface Service extends TlsOptions {
  /** After each answer. */
  readonly closes?: boolean;
  readonly status?: number;
}

const closing: Service = { closes: true };

/** How each connection began, and what was asked over it. */
async function serveSecurely({ closes = false, status = 200, ...tls }: Service = {}) {
  const begun: string[] = [];
  const asked: string[] = [];
  const identity = testRoot.leaf({ names: ['localhost', '127.0.0.1'] });
  const server = createServer({ ...identity, ...tls }, ({ url = '' }, response) => {
    asked.push(url);
    if (closes) response.setHeader('connection', 'close');
    response.writeHead(status).end('{}');
  });
  server.on('secureConnection', (socket: TLSSocket) => {
    begun.push(socket.isSessionReused() ? 'resumed' : 'full');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { port, url: `https://127.0.0.1:${port}`, begun, asked, server };
}

const file = (url: string, ...checks: string[]) =>
  `concurrency: 1\ntarget: ${url}\nchecks:\n${checks.join('')}`;
const one = (name: string, more = '', expect = '{ status: 200 }') =>
  `  - { name: ${name}, http: /${name}, expect: ${expect}${more} }\n`;

describe('a TLS session', () => {
  it('is resumed by another check, on a connection of its own', async () => {
    const { url, begun } = await serveSecurely(closing);
    const report = await check(file(url, one('a'), one('b'), one('c')));
    expect([report.outcome, begun]).toEqual(['pass', ['full', 'resumed', 'resumed']]);
  });

  it.each<[string, string]>([
    ['in the rounds of a window', ', window: { successes: 3, interval: 1ms }'],
    ['after a failure', ', retry: { attempts: 3, interval: 1ms }'],
  ])('is never by another attempt of the same check: %s', async (_, more) => {
    const status = more.includes('retry') ? 500 : 200;
    const { url, begun } = await serveSecurely({ ...closing, status });
    await check(file(url, one('a', more)));
    expect(begun).toEqual(['full', 'full', 'full']);
  });

  it('that others went on with is never resumed by who began it', async () => {
    const { url, begun, asked } = await serveSecurely(closing);
    const late = ', window: { successes: 2, interval: 300ms }';
    await check(file(url, one('a', late), one('b', ', delay: 100ms'), one('c', ', delay: 150ms')));
    expect(asked.map((path, at) => `${path} ${begun[at]}`)).toEqual([
      '/a full',
      '/b resumed',
      '/c resumed',
      '/a full',
    ]);
  });

  it('hides no certificate that is put in place between two attempts', async () => {
    const ticketKeys = Buffer.alloc(48, 7);
    const { url, server } = await serveSecurely(closing);
    server.setTicketKeys(ticketKeys);
    server.once('request', () => {
      const other = selfSigned({ names: ['127.0.0.1'] });
      server.setSecureContext({ ...other, ticketKeys });
    });
    const report = await check(file(url, one('a', ', window: { successes: 3, interval: 1ms }')));
    expect(report.results[0]?.attempts.map(({ failureClass }) => failureClass)).toContain('tls-verdict');
  });

  it('that began with another name than was asked for helps nobody', async () => {
    const { url } = await serveSecurely({
      ...closing,
      ...testRoot.leaf({ names: ['other.example'] }),
      maxVersion: 'TLSv1.2',
    });
    const report = await check(file(url, one('a'), one('b')));
    expect(report.results.map(({ outcome }) => outcome)).toEqual(['fail', 'fail']);
  });

  it.each<[string, string, string]>([
    ['the certificate is asserted', '', '{ status: 200, certificate: { days-left: { gte: 1 } } }'],
    ['the time of the handshake is asserted', '', '{ status: 200, tls: { lt: 5s } }'],
    ['samples are taken', ', samples: 2, warmup: 0', '{ status: 200 }'],
  ])('is not where %s', async (_, more, expected) => {
    const { url, begun } = await serveSecurely();
    const report = await check(file(url, one('a'), one('b', more, expected)));
    expect([report.outcome, new Set(begun)]).toEqual(['pass', new Set(['full'])]);
  });

  it('is never by a check of the handshake itself', async () => {
    const { url, port, begun } = await serveSecurely();
    const tls = `  - { name: t, tls: { host: 127.0.0.1, port: ${port} }, window: { successes: 2, interval: 1ms } }\n`;
    const report = await check(file(url, one('a'), tls));
    expect([report.outcome, new Set(begun)]).toEqual(['pass', new Set(['full'])]);
  });

  it.each<[string, string]>([
    ['another least version', 'tls: { min-version: 1.3 }'],
    ['another name', 'tls: { server-name: localhost }'],
    ['no proof', 'tls: { verify: false }'],
  ])('and a connection are for nobody with other terms: %s', async (_, terms) => {
    const { url, begun } = await serveSecurely();
    const other = `  - { name: b, http: { url: /b, ${terms} }, expect: { status: 200 } }\n`;
    const report = await check(file(url, one('a'), other));
    expect([report.outcome, begun]).toEqual(['pass', ['full', 'full']]);
  });

  it('of a server that nobody vouches for helps no check that wants proof', async () => {
    const { url } = await serveSecurely(selfSigned({ names: ['127.0.0.1'] }));
    const careless = '  - { name: b, http: { url: /b, tls: { verify: false } }, expect: { status: 200 } }\n';
    const report = await check(file(url, careless, one('a')));
    expect(report.results.map(({ outcome }) => outcome)).toEqual(['pass', 'fail']);
  });

  it('is not needed where checks share the connection', async () => {
    const { url, begun, asked } = await serveSecurely();
    await check(file(url, one('a'), one('b'), one('c')));
    expect([begun, asked]).toEqual([['full'], ['/a', '/b', '/c']]);
  });
});
