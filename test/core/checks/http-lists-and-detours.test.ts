// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { readDetour } from '../../../packages/core/src/checks/exchange/route.ts';
import { connectProxy } from '../../support/connect-proxy.ts';
import { lastAttempt } from './last-attempt.ts';
import { closeServers, serve } from './loopback.ts';

afterEach(closeServers);

/** Answers with what it was sent, as text. */
function echo(request: IncomingMessage, response: ServerResponse): void {
  let body = '';
  request.on('data', (chunk) => (body += chunk));
  request.on('end', () => response.end(`${request.headers.host} ${request.url} ${body}`.trim()));
}

const said = (http: string, expected: string, more = '') =>
  `${more}checks:\n  - { name: c, http: ${http}, expect: { body: ${expected} } }\n`;

describe('a list of texts', () => {
  it.each<[string, string, string]>([
    ['under `query` repeats the name', 'query: { tag: [a, b c], one: 1 }', '/?q=0&tag=a&tag=b+c&one=1'],
    [
      'under `form` repeats the field',
      'method: POST, form: { id: [1, 2], ok: true }',
      '/?q=0 id=1&id=2&ok=true',
    ],
    ['is filled in', 'query: { tag: ["${name}", x] }', '/?q=0&tag=ann&tag=x'],
    ['may have one item', 'query: { tag: [a] }', '/?q=0&tag=a'],
  ])('%s', async (_, written, result) => {
    const url = await serve(echo);
    const http = `{ url: "${url}/?q=0", ${written} }`;
    const text = said(http, JSON.stringify(`${new URL(url).host} ${result}`));
    expect(await lastAttempt(text, { variables: { name: 'ann' } })).toMatchObject({ outcome: 'pass' });
  });

  it.each<[string, string, string]>([
    ['is refused when it is empty', 'query: { a: [] }', '`a` is an empty list: leave it out.'],
    ['takes no list itself', 'form: { a: [[b]] }', '`a` must be text, not ["b"].'],
    ['is refused where nothing repeats', 'cookies: { a: [b] }', '`a` must be text, not ["b"].'],
    ['takes no null', 'query: { a: ~ }', '`a` must be text, or a list of texts, not null.'],
  ])('%s', async (_, written, message) => {
    const text = said(`{ url: "http://a.example", ${written} }`, 'x');
    await expect(lastAttempt(text)).rejects.toThrow(message);
  });
});

describe('`connect-to`', () => {
  it.each<[string, (port: number) => string]>([
    ['of host and port', (port) => `"shop.example:80:127.0.0.1:${port}"`],
    ['of any host and port', (port) => `"::127.0.0.1:${port}"`],
    ['of any port', (port) => `"shop.example::127.0.0.1:${port}"`],
    [
      'of which the first that fits counts',
      (port) => `["other.example:80:192.0.2.1:1", "shop.example:80:127.0.0.1:${port}", "::192.0.2.1:1"]`,
    ],
    ['with a variable in it', (port) => `"shop.example:80:\${to}:${port}"`],
  ])('%s leads elsewhere and keeps the name', async (_, rule) => {
    const { port } = new URL(await serve(echo));
    const text = `${said('"http://shop.example/x"', '"shop.example /x"').replace(' } }\n', ` }, connect-to: ${rule(Number(port))} }\n`)}`;
    expect(await lastAttempt(text, { variables: { to: '127.0.0.1' } })).toMatchObject({
      outcome: 'pass',
      failures: [],
    });
  });

  it('of the port alone keeps the host, and goes before `resolve`', async () => {
    const { port } = new URL(await serve(echo));
    const rules = `connect-to: "shop.example:80::${port}", resolve: "shop.example:${port}:127.0.0.1"`;
    const text = said('"http://shop.example/"', '"shop.example /"').replace(' } }\n', ` }, ${rules} }\n`);
    expect(await lastAttempt(text)).toMatchObject({ outcome: 'pass', failures: [] });
  });

  it('may stand under `defaults`, and is given to a proxy', async () => {
    const { port } = new URL(await serve(echo));
    await using proxy = await connectProxy({ kind: 'tunnels', to: Number(port) });
    const text = said(
      '"http://shop.example/"',
      '"shop.example /"',
      `defaults: { connect-to: "::127.0.0.1:${port}" }\n`,
    );
    expect(await lastAttempt(text, { env: { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` } })).toMatchObject({
      outcome: 'pass',
    });
    expect(proxy.asked).toEqual([`CONNECT 127.0.0.1:${port}`]);
  });

  it.each<[string, string, object | undefined]>([
    [
      'names in lower case',
      'Shop.Example:443:B.example:8443',
      { from: { host: 'shop.example', port: 443 }, to: { host: 'b.example', port: 8443 } },
    ],
    [
      'IPv6 in brackets',
      '[::1]:80:[2001:db8::1]:81',
      { from: { host: '::1', port: 80 }, to: { host: '2001:db8::1', port: 81 } },
    ],
    ['the host alone', 'a:1:b:', { from: { host: 'a', port: 1 }, to: { host: 'b' } }],
    ['what changes nothing', 'a:1::', undefined],
    ['a port that is none', 'a:1:b:70000', undefined],
    ['three parts', 'a:1:b', undefined],
    ['IPv6 without brackets', '::1:80:b:81', undefined],
  ])('reads %s', (_, written, detour) => {
    expect(readDetour(written)).toEqual(detour);
  });

  it('is refused when it is no rule, where it stands or once it is filled in', async () => {
    const text = (rule: string) =>
      said('"http://a.example/"', 'x').replace(' } }\n', ` }, connect-to: ${rule} }\n`);
    await expect(lastAttempt(text('shop.example'))).rejects.toThrow(
      '`connect-to` must be host:port:host:port, such as shop.example:443:blue.shop.example:8443, or a list of them, not "shop.example".',
    );
    await expect(lastAttempt(text('"${to}"'), { variables: { to: 'x' } })).rejects.toThrow(
      '`connect-to` is "x", which is not host:port:host:port.',
    );
  });
});
