import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChecksReport } from '../../../packages/core/src/checks/check-result.ts';
import { keptAnswer } from '../../../packages/core/src/checks/types/kept-answer.ts';
import { check, closeServers, page, serve } from './loopback.ts';

afterEach(closeServers);

describe('an answer of a cache', () => {
  it.each<[string, Readonly<Record<string, string>>, string | undefined]>([
    ['an age', { age: '3600' }, 'age: 3600'],
    ['Cloudflare’s hit', { 'cf-cache-status': 'HIT', age: '5' }, 'age: 5, cf-cache-status: HIT'],
    ['a stale one', { 'cf-cache-status': 'STALE' }, 'cf-cache-status: STALE'],
    ['CloudFront’s hit', { 'x-cache': 'Hit from cloudfront' }, 'x-cache: Hit from cloudfront'],
    ['Fastly’s, of either of two', { 'x-cache': 'HIT, MISS' }, 'x-cache: HIT, MISS'],
    ['Akamai’s', { 'x-cache': 'TCP_MEM_HIT from a1.example' }, 'x-cache: TCP_MEM_HIT from a1.example'],
    ['Railway’s stale one', { 'x-cache': 'STALE' }, 'x-cache: STALE'],
    [
      'the standard’s',
      { 'cache-status': 'Origin; fwd=uri-miss, "Edge, one"; hit; ttl=30' },
      'cache-status: Origin; fwd=uri-miss, "Edge, one"; hit; ttl=30',
    ],
    [
      'Cloudflare before Vercel',
      { 'x-vercel-cache': 'HIT', 'cf-cache-status': 'HIT' },
      'cf-cache-status: HIT',
    ],
    ['none: fresh', { age: '0' }, undefined],
    ['none: asked the origin', { 'cf-cache-status': 'MISS', 'x-cache': 'Miss from cloudfront' }, undefined],
    ['none: confirmed just now', { 'cf-cache-status': 'REVALIDATED' }, undefined],
    ['none: confirmed just now, by CloudFront', { 'x-cache': 'RefreshHit from cloudfront' }, undefined],
    ['none: confirmed just now, by Akamai', { 'x-cache': 'TCP_REFRESH_HIT from a' }, undefined],
    ['none: passed on', { 'cache-status': 'Edge; fwd=stale; hit=?0' }, undefined],
    ['none: a name with a word in it', { 'cache-status': '"a; hit"; fwd=miss' }, undefined],
    ['none: Vercel’s own, kept per release', { 'x-vercel-cache': 'HIT', age: '86400' }, undefined],
  ])('is told by %s', (_, headers, said) => {
    expect(keptAnswer(headers)?.said).toBe(said);
  });
});

const ended = ({ outcome, reason }: ChecksReport) => `${outcome}/${reason}`;
const doubts = ({ results }: ChecksReport) =>
  results.flatMap(({ name, warnings = [] }) => warnings.map(({ message }) => `${name}: ${message}`));
const old =
  'a cache answered with what it had before the change (age: 3600, x-cache: HIT), and nothing led past it';

interface Cache {
  /** What leads past it. */
  readonly passes: 'nothing' | 'query' | 'no-cache';
  readonly before: string;
  readonly now?: RequestListener;
  readonly headers?: Record<string, string>;
}

const fresh: RequestListener = (_, response) => void response.end('new page');

/** A cache with the page of a release before, in front of what serves now. Notes what was asked of it. */
function cached({ passes, before, now = fresh, headers = { age: '3600', 'x-cache': 'HIT' } }: Cache) {
  const asked: string[] = [];
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const isPast =
      (passes === 'query' && request.url?.includes('belay=') === true) ||
      (passes === 'no-cache' && request.headers['cache-control'] === 'no-cache');
    asked.push(
      `${request.url?.replace(/belay=[^&]*/, 'belay=…')} ${request.headers['cache-control'] ?? ''}`.trim(),
    );
    if (isPast) return now(request, response);
    response.writeHead(200, { 'content-type': 'text/html', ...headers });
    response.end(before);
  };
  return { listener, asked };
}

async function judged(cache: Cache, wanted = '{ status: 200 }', options = {}, more = '') {
  const { listener, asked } = cached(cache);
  const variables = { url: await serve(listener), sha: 'c0ffee00' };
  const report = await check(page('/', wanted, more), { variables, isNew: true, ...options });
  return { report, asked };
}

describe('after a change, a page that a cache has from before', () => {
  it('is asked again past it, by the mildest way that leads there', async () => {
    const { report, asked } = await judged({ passes: 'no-cache', before: 'old' }, '{ body: new page }');
    expect([ended(report), asked]).toEqual(['pass/verified', ['/', '/ no-cache']]);
    expect(report.results[0]?.attempts[0]?.notes).toEqual([
      'a cache answered first (age: 3600, x-cache: HIT) and was asked past',
    ]);
  });

  it('is asked again with a query that no cache has seen where a header is not heeded', async () => {
    const { report, asked } = await judged({ passes: 'query', before: 'old' }, '{ body: new page }');
    expect([ended(report), asked]).toEqual(['pass/verified', ['/', '/ no-cache', '/?belay=… no-cache']]);
  });

  it('hides no failure behind it', async () => {
    const now: RequestListener = (_, response) => void response.writeHead(500).end();
    expect(ended((await judged({ passes: 'query', before: 'old', now })).report)).toBe('fail/checks-failed');
  });

  it('is no evidence where nothing leads past it', async () => {
    const { report } = await judged({ passes: 'nothing', before: 'old' });
    expect([ended(report), doubts(report)]).toEqual([
      'inconclusive/cached',
      [`page: ${old}: no evidence of the release`],
    ]);
  });

  it('is no failure either', async () => {
    const { report } = await judged({ passes: 'nothing', before: 'old' }, '{ body: new page }');
    expect(ended(report)).toBe('inconclusive/cached');
  });

  it('is no excuse for an error that claims to be one', async () => {
    const url = await serve((_, response) => void response.writeHead(500, { age: '86400' }).end());
    const report = await check(page('/', '{ status: 200 }'), { variables: { url }, isNew: true });
    expect(ended(report)).toBe('fail/checks-failed');
  });

  it('tells nothing by refusing a query that it does not know', async () => {
    const now: RequestListener = (_, response) => void response.writeHead(400).end();
    expect(ended((await judged({ passes: 'query', before: 'old', now })).report)).toBe('inconclusive/cached');
  });

  it('is only warned of where the build is proved', async () => {
    const now: RequestListener = (request, response) =>
      request.url?.startsWith('/version') === true
        ? void response.end('{"commit":"c0ffee00"}')
        : void response.writeHead(400).end();
    const { listener } = cached({ passes: 'query', before: 'old', now });
    const text = `release: { path: /version, jsonpath: $.commit }\n${page('/', '{ status: 200 }')}`;
    const variables = { url: await serve(listener), sha: 'c0ffee00' };
    const report = await check(text, { variables, isNew: true });
    expect([ended(report), doubts(report)]).toEqual([
      'pass/verified',
      [`page: ${old}: no evidence of the release`],
    ]);
  });

  it.each([
    ['of another build', '{"commit":"0ddba11"}', 'fail/checks-failed'],
    ['without a build', '{}', 'fail/checks-failed'],
  ])(
    'keeps the build from being asked for, and that is not held against the release: one %s',
    async (_, before, withoutChange) => {
      const { listener } = cached({ passes: 'nothing', before });
      const variables = { url: await serve(listener), sha: 'c0ffee00' };
      const text = 'release: { path: /version, jsonpath: $.commit }';
      expect(ended(await check(text, { variables, isNew: true }))).toBe('inconclusive/cached');
      // Without a change it is what users get.
      expect(ended(await check(text, { variables }))).toBe(withoutChange);
    },
  );

  it('names assets that are gone, which is not held against the release', async () => {
    const { listener } = cached({
      passes: 'nothing',
      before: '<!doctype html><script src=/old.js></script>',
    });
    const url = await serve((request, response) =>
      request.url === '/' || request.headers['cache-control'] === 'no-cache'
        ? listener(request, response)
        : response.writeHead(404).end(),
    );
    const report = await check('- { name: page, assets: / }', { variables: { url }, isNew: true });
    expect(ended(report)).toBe('inconclusive/cached');
  });

  it('may have assets of any age', async () => {
    const url = await serve((request, response) => {
      const isPage = request.url === '/';
      const kept = isPage ? {} : { age: '86400', 'cf-cache-status': 'HIT' };
      response.writeHead(200, { 'content-type': isPage ? 'text/html' : 'text/javascript', ...kept });
      response.end(isPage ? '<!doctype html><script src=/app-1f2e.js></script>' : 'go()');
    });
    const report = await check('- { name: page, assets: / }', { variables: { url }, isNew: true });
    expect([ended(report), doubts(report)]).toEqual(['pass/verified', []]);
  });

  it.each([
    ['came to it after the change where its age says so', '    delay: 1100ms\n', 'pass/verified'],
    ['may be older than the change by less than a second', '', 'inconclusive/cached'],
  ])('%s', async (_, more, end) => {
    const headers = { age: '0', 'x-cache': 'HIT' };
    const { report } = await judged(
      { passes: 'nothing', before: 'new', headers },
      '{ status: 200 }',
      {},
      more,
    );
    expect(ended(report)).toBe(end);
  });

  it('is of the release where the platform has a cache for each', async () => {
    const headers = { age: '86400', 'x-vercel-cache': 'HIT', 'x-vercel-id': 'iad1::x' };
    const { report, asked } = await judged({ passes: 'nothing', before: 'page', headers });
    expect([ended(report), doubts(report), asked.length]).toEqual(['pass/verified', [], 1]);
  });

  it('is never got past by sending something twice', async () => {
    const { listener, asked } = cached({ passes: 'query', before: 'old' });
    const text = '- { name: page, http: { method: POST, url: /, body: x }, expect: { status: 200 } }';
    const report = await check(text, { variables: { url: await serve(listener) }, isNew: true });
    expect([ended(report), asked]).toEqual(['inconclusive/cached', ['/']]);
  });
});

describe('without a change', () => {
  it('what a cache answers is what users get: it is noted', async () => {
    const { report, asked } = await judged({ passes: 'query', before: 'old' }, '{ status: 200 }', {
      isNew: false,
    });
    expect([ended(report), doubts(report), asked]).toEqual(['pass/verified', [], ['/']]);
    expect(report.results[0]?.attempts[0]?.notes).toEqual(['from a cache (age: 3600, x-cache: HIT)']);
  });
});
