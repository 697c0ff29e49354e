import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChecksReport } from '../../../packages/core/src/checks/check-result.ts';
import { CacheBuster } from '../../../packages/core/src/checks/types/cache-buster.ts';
import { check, closeServers, serve } from './loopback.ts';

afterEach(closeServers);

const sha = 'c0ffee00';
const ended = ({ outcome, reason }: ChecksReport) => `${outcome}/${reason}`;

/** A cache that heeds no header, and has the old page of every address but those with a query it has not seen. */
async function behind(now: RequestListener, old: { status?: number; headers?: object; body?: string } = {}) {
  const asked: string[] = [];
  const url = await serve((request, response) => {
    asked.push(`${request.url}`.replace(/belay=[^&]*/, 'belay=…'));
    if (request.url?.includes('belay=') === true) return now(request, response);
    const { status = 200, headers = {}, body = 'old' } = old;
    response.writeHead(status, { age: '3600', 'x-cache': 'HIT', ...headers }).end(body);
  });
  return { url, asked };
}

async function judged(now: RequestListener, http: string, expected: string, old = {}) {
  const { url, asked } = await behind(now, old);
  const text = `- { name: page, http: ${http}, expect: ${expected} }`;
  const report = await check(text, { variables: { url }, isNew: true });
  return { end: ended(report), asked, failures: report.results[0]?.attempts.at(-1)?.failures };
}

const answering =
  (body: string): RequestListener =>
  (_, response) =>
    void response.end(body);
const leading =
  (to: (url: string) => string, status = 302): RequestListener =>
  (request, response) =>
    void response.writeHead(status, { location: to(request.url ?? '') }).end();

describe('a query of our own', () => {
  it('is put behind what stands there, and changes none of it', async () => {
    const { asked } = await judged(answering('new'), '"/r?h=x:1&b=a+b%20c&c"', '{ body: new }');
    expect(asked).toEqual(['/r?h=x:1&b=a+b%20c&c', '/r?h=x:1&b=a+b%20c&c', '/r?h=x:1&b=a+b%20c&c&belay=…']);
  });

  it.each<[string, RequestListener, string]>([
    ['`url`', answering('new'), '{ url: { ends-with: /shop } }'],
    [
      'a page that names its own address',
      (request, response) =>
        void response.end(`<link rel=canonical href="https://shop.example${request.url}">`),
      `{ body: '<link rel=canonical href="https://shop.example/shop">' }`,
    ],
    [
      'a header that does',
      (request, response) => void response.writeHead(200, { link: `<${request.url}>` }).end('new'),
      '{ header: { link: "</shop>" } }',
    ],
  ])('is not in %s', async (_, now, expected) => {
    expect(await judged(now, '/shop', expected)).toMatchObject({ end: 'pass/verified', failures: [] });
  });

  it('is not in the redirects that carry it on', async () => {
    const now: RequestListener = (request, response) =>
      request.url?.startsWith('/a') === true
        ? leading((url) => url.replace('/a', '/b'))(request, response)
        : answering('new')(request, response);
    const expected = '{ url: { ends-with: /b }, redirects: { any: { has-key: location } }, body: new }';
    expect((await judged(now, '{ url: /a, follow: true }', expected)).end).toBe('pass/verified');
  });

  it.each<[string, string, RequestListener]>([
    ['not found', '/shop', (_, response) => void response.writeHead(404).end()],
    ['not allowed', '/shop', (_, response) => void response.writeHead(405).end()],
    ['a redirect to the address without it', '/shop', leading(() => '/shop')],
    ['the same, where the address has a query', '"/shop?a=1"', leading(() => '/shop?a=1', 301)],
    ['a redirect home', '/shop', leading(() => '/')],
    ['a redirect home with it', '/shop', leading((url) => url.replace('/shop', '/'))],
  ])('tells nothing of the release where the answer to it is %s', async (_, http, now) => {
    expect((await judged(now, http, '{ status: 200 }')).end).toBe('inconclusive/cached');
  });

  it.each<[string, string, RequestListener, object, string, string]>([
    [
      'not found where the address has a query',
      '"/shop?a=1"',
      (_, response) => void response.writeHead(404).end(),
      {},
      '{ status: 200 }',
      'fail/checks-failed',
    ],
    ['a redirect elsewhere', '/shop', leading(() => '/login'), {}, '{ status: 200 }', 'fail/checks-failed'],
    [
      'a redirect home that the cache has too',
      '/shop',
      leading(() => '/'),
      { status: 302, headers: { location: '/' } },
      '{ status: 302 }',
      'pass/verified',
    ],
  ])('tells something where the answer to it is %s', async (_, http, now, old, expected, end) => {
    expect((await judged(now, http, expected, old)).end).toBe(end);
  });

  it('is sent again after it was refused once', async () => {
    let refused = 0;
    const now: RequestListener = (_, response) =>
      refused++ === 0 ? void response.writeHead(403).end() : void response.end('new');
    const { url, asked } = await behind(now);
    const text = `- { name: page, http: /, expect: { body: new }, retry: { attempts: 2, interval: 10ms } }`;
    const report = await check(text, { variables: { url }, isNew: true });
    expect([ended(report), asked]).toEqual(['pass/verified', ['/', '/', '/?belay=…', '/', '/?belay=…']]);
  });
});

describe('the build of a release', () => {
  const release = 'release: { path: "/r?h=x:1&b=a+b%20c", jsonpath: $.commit }';
  const bare = 'release: { path: /r, jsonpath: $.commit }';
  const named = answering(JSON.stringify({ commit: sha }));

  it('is what users get where nothing was changed: asked for as it is', async () => {
    const asked: unknown[] = [];
    const url = await serve((request, response) => {
      asked.push([request.url, request.headers['cache-control']]);
      response.writeHead(200, { age: '3600', 'x-cache': 'HIT' }).end(JSON.stringify({ commit: sha }));
    });
    const report = await check(release, { variables: { url, sha } });
    expect([ended(report), asked]).toEqual(['pass/verified', [['/r?h=x:1&b=a+b%20c', undefined]]]);
    expect(report.results[0]?.attempts[0]?.notes).toEqual(['from a cache (age: 3600, x-cache: HIT)']);
  });

  it('is asked for past caches after a change, by the address as it is written', async () => {
    const { url, asked } = await behind(named, { body: '{"commit":"0ddba11"}' });
    const report = await check(release, { variables: { url, sha }, isNew: true });
    expect([ended(report), asked]).toEqual(['pass/verified', ['/r?h=x:1&b=a+b%20c&belay=…']]);
  });

  it.each<[string, RequestListener]>([
    ['refuses the query', (_, response) => void response.writeHead(400).end()],
    ['knows no address with a query', (_, response) => void response.writeHead(404).end()],
    ['leads to the address without it', leading(() => '/r')],
    ['leads home', leading(() => '/')],
  ])('is asked for without a query where the service %s', async (_, now) => {
    const asked: unknown[] = [];
    const url = await serve((request, response) => {
      asked.push([request.url?.replace(/belay=.*/, 'belay=…'), request.headers['cache-control']]);
      return request.url === '/r' ? named(request, response) : now(request, response);
    });
    const report = await check(bare, { variables: { url, sha }, isNew: true });
    expect([ended(report), asked]).toEqual([
      'pass/verified',
      [
        ['/r?belay=…', 'no-cache'],
        ['/r', 'no-cache'],
      ],
    ]);
  });
});

describe('taking it out of a text', () => {
  const own = new CacheBuster('mf3k2-1');
  it.each([
    ['the only one', '/a?belay=mf3k2-1#x', '/a#x'],
    ['the last one', '/a?b=1&belay=mf3k2-1', '/a?b=1'],
    ['the first one', '/a?belay=mf3k2-1&b=1', '/a?b=1'],
    ['one in HTML', '/a?b=1&amp;belay=mf3k2-1&amp;c=2', '/a?b=1&amp;c=2'],
    ['one in JSON', String.raw`"/a?b=1\u0026belay=mf3k2-1"`, '"/a?b=1"'],
    ['one in the query of another', '/in?to=%2Fa%3Fbelay%3Dmf3k2-1', '/in?to=%2Fa'],
    ['none of another serial', '/a?belay=mf3k2-10', '/a?belay=mf3k2-10'],
    ['none of another name', '/a?xbelay=mf3k2-1', '/a?xbelay=mf3k2-1'],
  ])('takes out %s', (_, text, left) => {
    expect(own.outOf(text)).toBe(left);
  });
});
