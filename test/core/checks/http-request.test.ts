// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { mkdtemp, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Authority } from '../../support/certificates.ts';
import { connectProxy } from '../../support/connect-proxy.ts';
import { lastAttempt } from './last-attempt.ts';
import { check, closeServers, listen, serve } from './loopback.ts';
import { testRoot, trustTestRoot } from './secure-loopback.ts';

afterEach(closeServers);

let folder = '';
beforeAll(async () => {
  trustTestRoot();
  folder = await mkdtemp(join(tmpdir(), 'belay-request-test-'));
  await writeFile(join(folder, 'order.bin'), Buffer.from([1, 2, 0xff]));
});

const passed = { outcome: 'pass', failures: [] };

/** Answers with what it was sent, as JSON. */
function echo(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString('latin1');
    response.end(
      JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }),
    );
  });
}

/** A check of `http` as a YAML flow mapping. */
const sending = (http: string, expected: string, more = '') =>
  `${more}checks:\n  - name: c\n    http: ${http}\n    expect: ${expected}\n`;

describe('a request', () => {
  it('sends a file as it is', async () => {
    const http = `{ method: PUT, url: "${await serve(echo)}", file: order.bin, headers: { content-type: image/x } }`;
    const expected =
      '{ jsonpath: { $.body: "\\u0001\\u0002ÿ", $.headers.content-type: image/x, $.headers.content-length: "3" } }';
    expect(await lastAttempt(sending(http, expected), { root: folder })).toMatchObject(passed);
  });

  it('sends parts, files among them', async () => {
    const parts = `{ name: "Ann \${who}", tag: [a, b], photo: { file: order.bin, filename: 'a"b.png', type: image/png } }`;
    const http = `{ method: POST, url: "${await serve(echo)}", multipart: ${parts} }`;
    const expected = `{ all: [
      { jsonpath: $.headers.content-type, starts-with: "multipart/form-data; boundary=belay-" },
      { jsonpath: $.body, replaceRegex: ["belay-[0-9a-f-]{36}", B], equals: "--B\\r\\ncontent-disposition: form-data; name=\\"name\\"\\r\\n\\r\\nAnn Lee\\r\\n--B\\r\\ncontent-disposition: form-data; name=\\"tag\\"\\r\\n\\r\\na\\r\\n--B\\r\\ncontent-disposition: form-data; name=\\"tag\\"\\r\\n\\r\\nb\\r\\n--B\\r\\ncontent-disposition: form-data; name=\\"photo\\"; filename=\\"a%22b.png\\"\\r\\ncontent-type: image/png\\r\\n\\r\\n\\u0001\\u0002ÿ\\r\\n--B--\\r\\n" } ] }`;
    expect(
      await lastAttempt(sending(http, expected), { variables: { who: 'Lee' }, root: folder }),
    ).toMatchObject(passed);
  });

  it('sends cookies after those of its own header', async () => {
    const http = `{ url: "${await serve(echo)}", headers: { cookie: a=1 }, cookies: { b: 2, c: "\${v}" } }`;
    const expected = '{ jsonpath: { $.headers.cookie: a=1; b=2; c=3 } }'.replace(
      'a=1; b=2; c=3',
      '"a=1; b=2; c=3"',
    );
    expect(await lastAttempt(sending(http, expected), { variables: { v: '3' } })).toMatchObject(passed);
  });

  it('sends a header as often as it is listed', async () => {
    const url = await serve((request, response) =>
      response.end(JSON.stringify(request.headersDistinct['x-a'])),
    );
    const text = sending(`{ url: "${url}", headers: { X-A: [one, two] } }`, '{ json: [one, two] }');
    expect(await lastAttempt(text)).toMatchObject(passed);
  });

  it('hides the values of query parameters that the file or the check names', async () => {
    const url = await serve((request, response) => response.end(`got ${request.url}`));
    const http = `{ url: "${url}/?key=12&token=abcdef&q=x", redact-query: [token] }`;
    const report = await check(sending(http, '{ body: nothing }', 'redact-query: [key]\n'));
    const [result] = report.results;
    expect([result?.url, result?.attempts[0]?.summary, result?.attempts[0]?.failures[0]?.actual]).toEqual([
      `${url}/?key=***&token=***&q=x`,
      `GET ${url}/?key=***&token=***&q=x → 200`,
      '"got /?key=12&token=***&q=x"',
    ]);
  });

  it.each<[string, string, string]>([
    [
      'two bodies',
      '{ url: /, body: a, file: b }',
      '`http` takes one of `body`, `json`, `form`, `multipart`, `file`.',
    ],
    [
      'HTTP/3',
      '{ url: /, version: 3 }',
      '`version` must be 1.1 or 2, not 3. HTTP/3 can be asserted as an offer: `header: { alt-svc: { contains: h3 } }`.',
    ],
    ['half an identity', '{ url: /, client-cert: { cert: a.pem } }', '`client-cert` needs `cert` and `key`.'],
    [
      'a part without a file',
      '{ url: /, multipart: { a: { type: b } } }',
      'The part `a` is text, or a mapping with `file`.',
    ],
    ['an unknown key', '{ url: /, cookie: {} }', 'Unknown key `cookie` in `http`. Did you mean `cookies`?'],
    ['an old TLS', '{ url: /, tls: { min-version: 1.1 } }', '`min-version` must be 1.2 or 1.3, not 1.1.'],
    [
      'a header with a letter that no header holds',
      '{ url: "http://127.0.0.1/", headers: { x-a: "✓" } }',
      'The header x-a holds what no header may hold: a line break, a control character, or a letter beyond Latin-1. Encode it.',
    ],
    [
      'a header of two lines',
      '{ url: "http://127.0.0.1/", headers: { x-a: ["a", "b\\r\\nx-b: c"] } }',
      'The header x-a holds what no header may hold',
    ],
    [
      'a token of two lines',
      '{ url: "http://127.0.0.1/", auth: { bearer: "a\\nb" } }',
      'The header authorization',
    ],
    ['a cookie of two lines', '{ url: "http://127.0.0.1/", cookies: { a: "b\\nc" } }', 'The header cookie'],
    [
      'a header that HTTP/2 does not have',
      '{ url: "http://127.0.0.1/", version: 2, headers: { Keep-Alive: "5" } }',
      'HTTP/2 has no header `keep-alive`. Leave it out, or speak `version: 1.1`.',
    ],
    [
      'a file that is not there',
      '{ url: "http://127.0.0.1/", file: absent.bin }',
      'The file "absent.bin" cannot be used: it is not there.',
    ],
    [
      'a proxy that is none',
      '{ url: "http://127.0.0.1/", proxy: "socks://a" }',
      '`proxy` must be the URL of an http proxy, or none.',
    ],
  ])('is refused with %s', async (_, http, message) => {
    await expect(check(sending(http, '{ status: 200 }'))).rejects.toMatchObject({
      details: [expect.stringContaining(message)],
    });
  });
});

describe('the connection of a request', () => {
  const ok = '{ status: 200 }';

  it('goes by the proxy of the check, or by none', async () => {
    const url = await serve(echo);
    await using proxy = await connectProxy({ kind: 'tunnels', to: 1 });
    const [asked, unused] = [`http://127.0.0.1:${proxy.port}`, 'http://127.0.0.1:1'];
    const by = `{ url: "http://shop.example/", proxy: "${asked}" }`;
    expect(await lastAttempt(sending(by, '{ body: by the proxy }'))).toMatchObject(passed);
    const none = await lastAttempt(sending(`{ url: "${url}", proxy: none }`, ok), {
      env: { http_proxy: unused },
    });
    expect(none).toMatchObject(passed);
  });

  it('goes to the address that `resolve` gives, and keeps the name', async () => {
    const { port } = new URL(await serve(echo));
    const text = `variables: { to: 127.0.0.1 }\n${sending(`http://shop.example:${port}/`, `{ jsonpath: { $.headers.host: "shop.example:${port}" }, ip: 127.0.0.1 }`)}    resolve: "shop.example:${port}:\${to}"\n`;
    expect(await lastAttempt(text)).toMatchObject(passed);
  });

  it('is given to a proxy as the address that `resolve` gives', async () => {
    const { port } = new URL(await serve(echo));
    await using proxy = await connectProxy({ kind: 'tunnels', to: Number(port) });
    const text = `${sending('http://shop.example/', ok)}    resolve: shop.example:80:192.0.2.1\n`;
    expect(await lastAttempt(text, { env: { http_proxy: `http://127.0.0.1:${proxy.port}` } })).toMatchObject(
      passed,
    );
    expect(proxy.asked).toEqual(['CONNECT 192.0.2.1:80']);
  });

  it.each<[string, string, object]>([
    ['4', '127.0.0.1', { outcome: 'pass' }],
    [
      '6',
      '127.0.0.1',
      {
        outcome: 'fail',
        class: 'resolve',
        summary: 'GET http://127.0.0.1:PORT/ → 127.0.0.1 is not an IPv6 address',
      },
    ],
    ['any', 'localhost', { outcome: 'pass' }],
  ])('with `ip: %s` to %s', async (ip, host, result) => {
    const { port } = new URL(await serve(echo));
    expect(await lastAttempt(`${sending(`http://${host}:${port}/`, ok)}    ip: ${ip}\n`)).toMatchObject(
      result,
    );
  });

  it('is made once for each family, so that a dead IPv6 beside a living IPv4 is seen', async () => {
    const { port } = new URL(await serve(echo));
    const pins = `resolve: ["shop.example:${port}:127.0.0.1"]`;
    const report = await check(`${sending(`http://shop.example:${port}/`, ok)}    ip: both\n    ${pins}\n`);
    expect(report.results.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['c (IPv4)', 'pass'],
      ['c (IPv6)', 'fail'],
    ]);
  });

  it.each<[string, string, string]>([
    ['ip', 'ip: 5', '`ip` must be one of 4, 6, any, both, not 5.'],
    [
      'resolve',
      'resolve: shop.example:443',
      '`resolve` must be host:port:address, such as shop.example:443:203.0.113.7, or a list of them, not "shop.example:443".',
    ],
  ])('refuses what %s cannot be', async (_, key, message) => {
    await expect(check(`${sending('http://127.0.0.1/', ok)}    ${key}\n`)).rejects.toMatchObject({
      details: [expect.stringContaining(message)],
    });
  });

  it('trusts the authority it is given, or anyone, or nobody new', async () => {
    const own = new Authority('Own Root');
    await writeFile(join(folder, 'own.pem'), own.cert);
    const identity = own.leaf({ names: ['shop.example'] });
    const port = await listen(createSecureServer(identity, echo));
    const by = (tls: string) => sending(`{ url: "https://127.0.0.1:${port}/", tls: ${tls} }`, ok);
    const outcomes = await Promise.all([
      lastAttempt(by('{ ca: own.pem, server-name: shop.example, min-version: 1.3 }'), { root: folder }),
      lastAttempt(by('{ verify: false }')),
      lastAttempt(by('{ server-name: shop.example }')),
      lastAttempt(by('{ ca: own.pem }'), { root: folder }),
    ]);
    expect(outcomes.map((one) => one.class ?? one.outcome)).toEqual([
      'pass',
      'pass',
      'tls-verdict',
      'tls-verdict',
    ]);
  });

  it('shows the certificate it is given, as PEM from a secret too', async () => {
    const server = testRoot.leaf({ names: ['127.0.0.1'] });
    const client = testRoot.leaf({ names: ['client.example'] });
    const options = { ...server, requestCert: true, rejectUnauthorized: false };
    const port = await listen(
      createSecureServer(options, (request, response) =>
        response.end((request.socket as TLSSocket).getPeerCertificate().subject?.CN ?? 'nobody'),
      ),
    );
    await writeFile(join(folder, 'client.pem'), client.cert);
    const url = `https://127.0.0.1:${port}/`;
    const identity = `{ cert: client.pem, key: "\${CLIENT_KEY}" }`;
    const text = sending(
      `{ url: "${url}", client-cert: ${identity} }`,
      '{ body: client.example }',
      'secrets: [CLIENT_KEY]\n',
    );
    expect(await lastAttempt(text, { secrets: { CLIENT_KEY: client.key }, root: folder })).toMatchObject(
      passed,
    );
    expect(await lastAttempt(sending(url, '{ body: nobody }'))).toMatchObject(passed);
  });
});
