// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import type { LookupAddress } from 'node:dns';
import dns from 'node:dns';
import { createServer as createSecureServer } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { nearnessOf } from '../../../packages/core/src/checks/exchange/local-addresses.ts';
import { lastAttempt } from './last-attempt.ts';
import { check, closeServers, listen, serve } from './loopback.ts';
import { testRoot, trustTestRoot } from './secure-loopback.ts';

beforeAll(trustTestRoot);
afterEach(() => {
  vi.restoreAllMocks();
  closeServers();
});

const passed = { outcome: 'pass', failures: [] };

const following = (http: string, expected: string, more = '') =>
  `${more}checks:\n- { name: page, http: { follow: true, ${http} }, expect: ${expected} }`;

/** Says what it was sent: method, body and the headers that were named in its path. */
const told = () =>
  serve((request, response) => {
    const names = request.url?.slice(1).split(',') ?? [];
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () =>
      response.end([request.method, body, ...names.map((name) => request.headers[name] ?? '-')].join(' ')),
    );
  });

const redirecting = (location: string, status = 307) =>
  serve((_, response) => response.writeHead(status, { location }).end());

/** This machine's resolver: what the next lookups find, whatever the name; the last goes for all after it. */
function resolving(...lookups: readonly (readonly string[])[]): void {
  let count = 0;
  const lookup = (_: string, __: object, done: (error: null, found: LookupAddress[]) => void) => {
    const addresses = lookups[Math.min(count++, lookups.length - 1)] ?? [];
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    process.nextTick(done, null, found);
  };
  vi.spyOn(dns, 'lookup').mockImplementation(lookup as never);
}

describe('a redirect to another origin', () => {
  it.each<[string, string, string, string]>([
    [
      'no header with a variable in it',
      'headers: { x-tenant: "${v}", x-plain: p }',
      'x-tenant,x-plain',
      '- p',
    ],
    ['no host of the check', 'headers: { host: shop.example, x-plain: p }', 'host,x-plain', 'HOST p'],
    ['no authorization', 'headers: { Authorization: "Digest a" }', 'authorization', '-'],
    [
      'no header whose name speaks of a secret',
      'headers: { x-shop-token: t, x-csrf: c }',
      'x-shop-token,x-csrf',
      '- -',
    ],
    [
      'what is said to everybody',
      'headers: { accept-language: de }',
      'accept-language,user-agent',
      'de belay-smoke-test',
    ],
  ])('takes along %s', async (_, more, names, expected) => {
    const other = await told();
    const first = await redirecting(`${other}/${names}`);
    const body = `GET  ${expected}`.replace('HOST', new URL(other).host);
    const text = following(`url: "${first}", ${more}`, `{ body: "${body}" }`, 'variables: { v: abc }\n');
    expect(await lastAttempt(text)).toMatchObject(passed);
  });

  it('takes along what a step captured nowhere', async () => {
    const other = await told();
    const first = await serve((request, response) => {
      if (request.url === '/token') response.end('k1');
      else response.writeHead(302, { location: `${other}/x-session` }).end();
    });
    const report = await check(`scenarios:
  - name: s
    steps:
      - { name: a, http: "${first}/token", capture: { t: { body: true } }, expect: { status: 200 } }
      - { name: b, http: { url: "${first}", follow: true, headers: { x-plain: "\${t}" } }, expect: { body: "GET  -" } }`);
    expect(report.outcome).toBe('pass');
  });

  it.each<[string, number, string]>([
    ['a POST', 307, 'method: POST'],
    ['a POST, for good', 308, 'method: POST'],
    ['a PUT', 302, 'method: PUT'],
  ])('does not take the body of %s along (%d)', async (_, status, method) => {
    const other = await told();
    const http = `url: "${await redirecting(`${other}/`, status)}", ${method}, body: hi`;
    expect(await lastAttempt(following(http, '{ status: 200 }'))).toMatchObject({
      outcome: 'fail',
      class: 'assertion',
      summary: `${method.slice(8)} http://127.0.0.1:PORT/ → the redirect asks for the body at another origin, which gets it only with \`location-trusted: true\`: ${status} to http://127.0.0.1:PORT/`,
    });
  });

  it('takes all of it along with `location-trusted`, except the host of the check', async () => {
    const other = await told();
    const first = await redirecting(`${other}/authorization,x-tenant,cookie,host`);
    const http = `url: "${first}", location-trusted: true, method: POST, body: hi, auth: { bearer: abc }, cookies: { a: 1 }, headers: { x-tenant: "\${v}", host: shop.example }`;
    const body = `POST hi Bearer abc v1 a=1 ${new URL(other).host}`;
    expect(await lastAttempt(following(http, `{ body: "${body}" }`, 'variables: { v: v1 }\n'))).toMatchObject(
      passed,
    );
  });

  it('and back brings none of it back', async () => {
    let home = '';
    const other = await serve((_, response) => response.writeHead(302, { location: `${home}/end` }).end());
    home = await serve((request, response) => {
      if (request.url === '/end') response.end(request.headers.authorization ?? 'nobody');
      else response.writeHead(302, { location: other }).end();
    });
    expect(
      await lastAttempt(following(`url: "${home}/", auth: { bearer: abc }`, '{ body: nobody }')),
    ).toMatchObject(passed);
  });

  it.each([
    [false, 'nobody'],
    [true, 'client.example'],
  ])('shows the client certificate with `location-trusted: %s` to %s', async (trusted, name) => {
    const options = {
      ...testRoot.leaf({ names: ['127.0.0.1'] }),
      requestCert: true,
      rejectUnauthorized: false,
    };
    const other = await listen(
      createSecureServer(options, (request, response) =>
        response.end((request.socket as TLSSocket).getPeerCertificate().subject?.CN ?? 'nobody'),
      ),
    );
    const first = await listen(
      createSecureServer(options, (_, response) =>
        response.writeHead(302, { location: `https://127.0.0.1:${other}/` }).end(),
      ),
    );
    const { cert, key } = testRoot.leaf({ names: ['client.example'] });
    const http = `url: "https://127.0.0.1:${first}/", location-trusted: ${trusted}, client-cert: { cert: "\${C}", key: "\${K}" }`;
    const text = following(http, `{ body: ${name} }`, 'secrets: [C, K]\n');
    expect(await lastAttempt(text, { secrets: { C: cert, K: key } })).toMatchObject(passed);
  });

  it('shows no credentials that its address holds', async () => {
    const location = `${await told()}/`.replace('//', '//ada:pass@');
    const text = following(`url: "${await redirecting(location)}"`, '{ redirects: { count: 2 } }');
    const report = await check(text);
    expect(JSON.stringify(report)).not.toContain('ada');
  });
});

describe('a redirect from outside', () => {
  const hop = 'the redirect leads from outside to this machine';
  const local = 'the redirect leads to a link-local or metadata address';
  const last = 'where no redirect is followed';

  /** What came of a redirect from a host for which a proxy answers; `lookups` are those of the next hop. */
  async function redirected(location: string, ...lookups: readonly (readonly string[])[]) {
    const env = { http_proxy: await redirecting(location), no_proxy: 'else.example' };
    if (lookups.length > 0) resolving(...lookups);
    return (await lastAttempt(following('url: "http://shop.example/"', '{ status: 200 }'), { env })).summary;
  }

  it.each([
    ['127.0.0.1', hop, '127.0.0.1'],
    ['localhost', hop, 'localhost'],
    ['a.localhost', hop, 'a.localhost'],
    ['0x7f.1', hop, '127.0.0.1'],
    ['0.0.0.0', hop, '0.0.0.0'],
    ['[::1]', hop, '[::1]'],
    ['[::ffff:127.0.0.1]', hop, '[::ffff:7f00:1]'],
    ['169.254.169.254', local, '169.254.169.254'],
    ['2852039166', local, '169.254.169.254'],
    ['[::ffff:169.254.169.254]', local, '[::ffff:a9fe:a9fe]'],
    ['[fe80::1]', local, '[fe80::1]'],
    ['[fd00:ec2::254]', local, '[fd00:ec2::254]'],
    ['100.100.100.200', local, '100.100.100.200'],
    ['metadata.google.internal', local, 'metadata.google.internal'],
    ['Metadata.Google.Internal.', local, 'metadata.google.internal.'],
  ])('to %s is not followed', async (host, said, shown) => {
    const more = said === local ? `, ${last}` : '';
    expect(await redirected(`http://${host}/x`)).toBe(
      `GET http://shop.example/ → ${said} (${shown})${more}: 307 to http://${shown}/x`,
    );
  });

  it.each<[string, readonly string[], string]>([
    ['this machine', ['127.0.0.1'], `${hop} (127.0.0.1)`],
    ['this machine by IPv6', ['::1'], `${hop} (::1)`],
    ['this machine among others', ['203.0.113.7', '127.0.0.1'], `${hop} (127.0.0.1)`],
    ['the metadata of a cloud', ['169.254.169.254'], `${local} (169.254.169.254), ${last}`],
  ])('to a name that resolves to %s is not followed', async (_, addresses, said) => {
    expect(await redirected('http://else.example/x', addresses)).toBe(
      `GET http://shop.example/ → ${said}: 307 to http://else.example/x`,
    );
  });

  it('is not followed where the name resolves to this machine only when it is connected to', async () => {
    const asked: string[] = [];
    const { port } = new URL(
      await serve((request, response) => {
        asked.push(request.url ?? '');
        response.end();
      }),
    );
    expect(await redirected(`http://else.example:${port}/x`, ['203.0.113.7'], ['127.0.0.1'])).toBe(
      `GET http://shop.example/ → ${hop} (127.0.0.1): 307 to http://else.example:${port}/x`,
    );
    expect(asked).toEqual([]);
  });

  it('is followed to any other place', async () => {
    expect(await redirected('http://shop.example:8080/x')).toBe(
      'GET http://shop.example/ → the redirects loop: 307 to http://shop.example:8080/x',
    );
  });
});

it.each([
  ['10.0.0.7', 'other'],
  ['fd20:ce::254', 'metadata'],
  ['fe80::1%eth0', 'metadata'],
  ['64:ff9b::a9fe:a9fe', 'metadata'],
  ['127.255.255.255', 'loopback'],
  ['localhost.', 'loopback'],
  ['localhost.example', 'other'],
])('%s is %s', (host, nearness) => {
  expect(nearnessOf(host)).toBe(nearness);
});
