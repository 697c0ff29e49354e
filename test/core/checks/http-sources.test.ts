import { createHash } from 'node:crypto';
import { createServer as createSecureServer } from 'node:https';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectProxy } from '../../support/connect-proxy.ts';
import { lastAttempt } from './last-attempt.ts';
import { check, closeServers, listen, page, serve, serveSocket } from './loopback.ts';
import { testRoot, trustTestRoot } from './secure-loopback.ts';

afterEach(closeServers);
beforeAll(trustTestRoot);

const passed = { outcome: 'pass', failures: [] };
const body = 'Grüße';
const hash = createHash('sha256').update(body).digest('hex');

function shop(): Promise<string> {
  return serve((request, response) => {
    if (request.url === '/old') {
      response.writeHead(301, { location: '/new?token=abc' }).end();
      return;
    }
    response.writeHead(200, {
      'content-type': 'text/plain; charset=utf-8',
      'content-encoding': 'gzip',
      'alt-svc': 'h3=":443"; ma=86400',
      'X-Twice': ['one', 'two'],
      'set-cookie': ['id=1', 'id=2; Path=/; Max-Age=60; HttpOnly; SameSite=Lax', 'plain=x'],
    });
    response.end(gzipSync(body));
  });
}

describe('an http answer', () => {
  it.each<[string, string]>([
    ['its version', '{ http-version: 1.1 }'],
    ['its version in a list', '{ http-version: { in: [1.1, 2] } }'],
    ['its URL', '{ url: { ends-with: / } }'],
    ['that nothing redirected', '{ redirects: { count: 0 } }'],
    ['a header in any case', '{ header: { Content-Type: { starts-with: text/plain } } }'],
    ['a header that is repeated', '{ header: { x-twice: { equals: [one, two] } } }'],
    ['the offer of HTTP/3', '{ header: { alt-svc: { contains: h3 } } }'],
    ['a cookie, as it was last set', '{ cookie: { id: "2" } }'],
    ['an attribute of a cookie', '{ cookie: { "id[SameSite]": Lax, "id[Max-Age]": { lte: 60 } } }'],
    [
      'a flag of a cookie',
      '{ cookie: { "id[HttpOnly]": { exists: true }, "plain[HttpOnly]": { exists: false } } }',
    ],
    ['its decoded bytes', '{ bytes: { count: 7, contains: Gr } }'],
    ['its bytes as sent', '{ bytes: { raw: { count: { gt: 7 } } } }'],
    ['bytes in a list', '{ all: [{ bytes: raw, toHex: true, starts-with: 1f8b }] }'],
    ['the hash of its body', `{ sha256: ${hash.toUpperCase()} }`],
    ['phases', '{ connect: { lt: 2s }, first-byte: { lt: 3s }, download: { gte: 0ms }, total: { lt: 4s } }'],
    ['that no name was looked up', '{ dns: { exists: false }, tls: { exists: false } }'],
    ['the address that answered', '{ ip: 127.0.0.1 }'],
    ['the address and its family', '{ ip: { isIpv4: true } }'],
  ])('is asked for %s', async (_, expected) => {
    expect(await lastAttempt(page(await shop(), expected))).toMatchObject(passed);
  });

  it('tells where it was sent, and each step on the way', async () => {
    const url = await shop();
    const expected = `{ url: "${url}/new?token=abc", redirects: { equals: [{ status: 301, location: "${url}/new?token=abc" }] } }`;
    const text = `- { name: page, http: { url: "${url}/old", follow: true }, expect: ${expected} }`;
    expect(await lastAttempt(text)).toMatchObject(passed);
  });

  it.each<[string, string, readonly string[]]>([
    [
      'a cookie without showing it',
      '{ cookie: { id: "3" } }',
      ['cookie id: equals "3": [a credential, not shown]'],
    ],
    ['an attribute', '{ cookie: { "id[Path]": /a } }', ['cookie id[Path]: equals "/a": "/"']],
    [
      'an attribute that is not there',
      '{ cookie: { "id[Secure]": true } }',
      ['cookie id[Secure]: equals true: not found: the cookie has no Secure'],
    ],
    [
      'a certificate there is none of',
      '{ certificate: { days-left: { gt: 1 } } }',
      ['certificate days-left: greater than 1: not found: the connection is not secured'],
    ],
    ['bytes', '{ bytes: "hex,00" }', ['bytes: equals "hex,00": hex,4772c3bcc39f65']],
    [
      'a phase',
      '{ total: { lt: 0ms } }',
      [expect.stringMatching(/^total: less than 0 ms: \d+ ms$/) as unknown as string],
    ],
    [
      'a filtered value',
      '{ all: [{ header: x-twice, nth: 2, equals: a }] }',
      ['header x-twice, nth 2: equals "a": not found by `nth 2`: the list has 2'],
    ],
  ])('says of %s what it found', async (_, expected, failures) => {
    expect((await lastAttempt(page(await shop(), expected))).failures).toEqual(failures);
  });

  it.each<[string, string, string]>([
    ['a version that is none', '{ http-version: 4 }', 'An HTTP version is 1.0, 1.1 or 2, not 4.'],
    [
      'HTTP/3',
      '{ http-version: 3 }',
      'HTTP/3 is not spoken here. Assert that it is offered: `header: { alt-svc: { contains: h3 } }`.',
    ],
    ['a hash that is none', '{ sha256: abc }', '`sha256` takes 64 hex digits, not "abc".'],
    [
      'an unknown attribute of a cookie',
      '{ cookie: { "id[Secrue]": true } }',
      'A cookie has no attribute `Secrue`: Value, Expires, Max-Age, Domain, Path, Secure, HttpOnly, SameSite, Partitioned.',
    ],
    [
      'an unknown part of a certificate',
      '{ certificate: { days_left: 1 } }',
      'A certificate has no `days_left` here. Did you mean `days-left`?',
    ],
    [
      'a phase without a unit',
      '{ total: { lt: 5 } }',
      'A duration needs a unit, such as 800ms or 2s, not 5.',
    ],
  ])('refuses %s', async (_, expected, message) => {
    await expect(check(page('http://127.0.0.1/', expected))).rejects.toMatchObject({
      details: [expect.stringContaining(message)],
    });
  });

  it('shows the certificate of its connection', async () => {
    const identity = testRoot.leaf({ names: ['localhost', '127.0.0.1'], to: 30 });
    const port = await listen(createSecureServer(identity, (_, response) => response.end('ok')));
    const parts =
      '{ days-left: { between: [28, 30] }, leaf-days-left: { gte: 28 }, subject: { contains: localhost }, san: { contains: 127.0.0.1 }, key: ec, key-bits: 256, valid-to: { isIsoDate: true }, serial: { matches: "^[0-9A-F]+$" } }';
    const secured = `{ certificate: ${parts}, tls: { gt: 0ms } }`;
    expect(await lastAttempt(page(`https://127.0.0.1:${port}/`, secured))).toMatchObject(passed);
    const old = await lastAttempt(page(`https://127.0.0.1:${port}/`, '{ certificate: { issuer: Nobody } }'));
    expect(old.failures).toEqual(['certificate issuer: equals "Nobody": "CN=Test Root"']);
  });

  it('does not tell the address behind a proxy', async () => {
    await using proxy = await connectProxy({ kind: 'tunnels', to: Number(new URL(await shop()).port) });
    const text = page('http://shop.example/', '{ ip: { exists: true } }');
    const { failures } = await lastAttempt(text, { env: { http_proxy: `http://127.0.0.1:${proxy.port}` } });
    expect(failures).toEqual(['ip: exists: not found: behind a proxy the address is not known']);
  });

  it('is decoded from zstd', async () => {
    const url = await serve((_, response) => {
      response.setHeader('content-encoding', 'zstd');
      response.end(zstdCompressSync('hello'));
    });
    expect(await lastAttempt(page(url, '{ body: hello }'))).toMatchObject(passed);
  });

  it.each<[string, string, Buffer, string]>([
    [
      'UTF-8 that is not',
      'text/plain',
      Buffer.from([0x61, 0xff]),
      ' (the body is not UTF-8: what could not be read is replaced)',
    ],
    [
      'a charset nobody knows',
      'text/plain; charset=klingon',
      Buffer.from('a'),
      ' (the charset "klingon" is not known: read as UTF-8)',
    ],
    ['a charset that is known', 'text/plain; charset=iso-8859-1', Buffer.from([0x61, 0xe4]), ''],
    ['a byte order mark', 'text/plain', Buffer.from('\ufeffa', 'utf16le'), ''],
  ])('warns of %s', async (_, type, bytes, warning) => {
    const url = await serve((_request, response) => response.setHeader('content-type', type).end(bytes));
    const { summary } = await lastAttempt(page(url, '{ body: { starts-with: a } }'));
    expect(summary).toBe(`GET http://127.0.0.1:PORT/ → 200${warning}`);
  });

  it('speaks HTTP/1.0 where the server does, and says so', async () => {
    const url = await serveSocket((socket) =>
      socket.once('data', () => socket.end('HTTP/1.0 200 OK\r\n\r\nold')),
    );
    expect(await lastAttempt(page(url, '{ http-version: 1.0, body: old }'))).toMatchObject({
      ...passed,
      summary: 'GET http://127.0.0.1:PORT/ → 200 over HTTP/1.0',
    });
  });
});
