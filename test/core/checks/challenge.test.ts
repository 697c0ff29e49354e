import type { RequestListener } from 'node:http';
import { createServer } from 'node:http2';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChecksReport } from '../../../packages/core/src/checks/check-result.ts';
import { check, closeServers, page, serve } from './loopback.ts';

afterEach(closeServers);

const answering =
  (status: number, headers: Record<string, string>): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers });
    response.end('<title>Just a moment...</title>');
  };

/** `outcome/reason: what came instead`. */
const told = ({ outcome, reason, results }: ChecksReport) =>
  `${outcome}/${reason}: ${results[0]?.attempts.at(-1)?.failures[0]?.actual}`;
const ended = ({ outcome, reason }: ChecksReport) => `${outcome}/${reason}`;

const rule =
  'let this check through by a rule of the firewall (for a header that it sends), or check an address that leads past it, such as the platform’s own host';
const cloudflare = answering(403, { 'cf-mitigated': 'challenge', server: 'cloudflare' });
const vercel = answering(429, { 'x-vercel-mitigated': 'challenge' });

async function judged(listener: RequestListener, expected = '{ status: 200 }', more = {}) {
  return check(page('/', expected), { variables: { url: await serve(listener) }, ...more });
}

describe('a challenge of an edge', () => {
  it.each<[string, RequestListener, string]>([
    [
      'Cloudflare’s',
      cloudflare,
      `403 from Cloudflare in place of the service (cf-mitigated: challenge); ${rule}`,
    ],
    [
      'Vercel’s',
      vercel,
      `429 from Vercel’s firewall in place of the service (x-vercel-mitigated: challenge); pass \`protection-bypass\`, ${rule}`,
    ],
    [
      'a refusal of Vercel’s firewall',
      answering(403, { 'x-vercel-mitigated': 'deny' }),
      `403 from Vercel’s firewall in place of the service (x-vercel-mitigated: deny); pass \`protection-bypass\`, ${rule}`,
    ],
    [
      'AWS WAF’s',
      answering(405, { 'x-amzn-waf-action': 'captcha' }),
      `405 from AWS WAF in place of the service (x-amzn-waf-action: captcha); ${rule}`,
    ],
  ])('is recognised: %s', async (_, listener, actual) => {
    expect(told(await judged(listener))).toBe(`error/challenged: ${actual}`);
  });

  it('names no bypass where none can be passed: in a deploy to Fly', async () => {
    expect(told(await judged(vercel, '{ status: 200 }', { platformHealth: async () => [] }))).toBe(
      `error/challenged: 429 from Vercel’s firewall in place of the service (x-vercel-mitigated: challenge); ${rule}`,
    );
  });

  it.each([
    ['a status below 500', '{ status: { lt: 500 } }'],
    ['the very status', '{ status: 403 }'],
    ['a word that is not there', '{ status: 403, body: { not-contains: Error } }'],
  ])('is no evidence of what a check wants of the service: %s', async (_, wanted) => {
    expect(ended(await judged(cloudflare, wanted))).toBe('error/challenged');
  });

  it('that answers as if all were well is no evidence either', async () => {
    const report = await judged(answering(202, { 'x-amzn-waf-action': 'challenge' }), '{ status: 200-299 }');
    expect(ended(report)).toBe('error/challenged');
  });

  it('may be what a check wants, which then names its header', async () => {
    const wanted = '{ status: 403, header: { cf-mitigated: challenge } }';
    expect(ended(await judged(cloudflare, wanted))).toBe('pass/verified');
  });

  it.each<[string, string]>([
    ['release', '- { name: build, release: { path: /, jsonpath: $.commit } }'],
    ['assets', '- { name: page, assets: / }'],
    ['websocket', '- { name: live, websocket: /live }'],
  ])('is recognised by %s', async (_, text) => {
    const url = await serve(cloudflare);
    expect(ended(await check(text, { variables: { url, sha: 'c0ffee00' } }))).toBe('error/challenged');
  });

  it('is recognised by grpc', async () => {
    const server = createServer((_, response) => {
      response.writeHead(403, { 'cf-mitigated': 'challenge', 'content-type': 'text/html' });
      response.end('<title>Just a moment...</title>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const text = `- { name: api, grpc: { host: 127.0.0.1, port: ${port}, tls: false } }`;
    expect(ended(await check(text))).toBe('error/challenged');
    server.close();
  });

  it('is recognised before one asset of a page', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/app.css') return cloudflare(request, response);
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><link rel=stylesheet href=/app.css>');
    });
    expect(ended(await check('- { name: page, assets: / }', { variables: { url } }))).toBe(
      'error/challenged',
    );
  });

  it('is recognised in a step of a scenario', async () => {
    const text =
      'scenarios:\n  - name: s\n    steps:\n      - { name: one, http: /, expect: { status: 200 } }\n';
    expect(ended(await check(text, { variables: { url: await serve(cloudflare) } }))).toBe(
      'error/challenged',
    );
  });

  it('never outranks a failure beside it', async () => {
    const url = await serve((request, response) =>
      request.url === '/' ? cloudflare(request, response) : response.writeHead(500).end(),
    );
    const text =
      '- { name: page, http: /, expect: { status: 200 } }\n- { name: api, http: /api, expect: { status: 200 } }';
    const report = await check(text, { variables: { url } });
    expect([ended(report), ...report.results.map(({ name, outcome }) => `${name}: ${outcome}`)]).toEqual([
      'fail/checks-failed',
      'page: error',
      'api: fail',
    ]);
  });

  it('is not asked again and again, whatever the check says of retries', async () => {
    const report = await judged(cloudflare, '{ status: 200 }\n    retry: { until: 60s, interval: 1ms }');
    expect([ended(report), report.results[0]?.attemptCount]).toEqual(['error/challenged', 1]);
  });

  it('before the release that served before shows nothing of that one', async () => {
    const gone = await serve((_, response) => void response.writeHead(502).end());
    const challenge = await serve(answering(503, { 'cf-mitigated': 'challenge' }));
    const variables = { url: gone, 'previous-url': challenge };
    expect(ended(await check(page('/', '{ status: 200 }'), { variables }))).toBe('fail/checks-failed');
  });

  it('that lets the next request through is over: one more is made where a failure would move traffic', async () => {
    let asked = 0;
    const url = await serve((request, response) =>
      asked++ === 0 ? vercel(request, response) : response.writeHead(200).end('ok'),
    );
    const text = `${page('/', '{ status: 200 }')}`;
    const report = await check(text, { variables: { url }, looksTwice: true });
    expect([ended(report), report.results[0]?.warnings?.[0]?.message]).toEqual([
      'pass/verified',
      expect.stringContaining('at first, asked again after 5 s: 200'),
    ]);
  }, 15_000);

  it.each<[string, RequestListener]>([
    ['a 403 alone', answering(403, { server: 'cloudflare', 'cf-ray': '8f' })],
    ['another word', answering(403, { 'cf-mitigated': 'maybe' })],
    ['a status that no challenge has', answering(500, { 'cf-mitigated': 'challenge' })],
    ['a page that looks like one', answering(503, {})],
    ['another edge’s word', answering(403, { 'cf-mitigated': 'captcha' })],
  ])('is not taken for granted: %s is a failure of the service', async (_, listener) => {
    expect(ended(await judged(listener))).toBe('fail/checks-failed');
  });
});
