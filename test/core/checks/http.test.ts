import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { check, closeServers, page, refusingUrl, serve, serveSocket } from './loopback.ts';

afterEach(closeServers);

/** Outcome, failure class and failures of the only check's last attempt. */
async function last(text: string, options = {}) {
  const report = await check(text, options);
  const attempt = report.results[0]?.attempts.at(-1);
  return {
    outcome: report.outcome,
    reason: report.reason,
    class: attempt?.failureClass,
    summary: attempt?.summary.replace(/127\.0\.0\.1:\d+/g, 'HOST'),
    failures: attempt?.failures.map(({ read, expected, actual }) => `${read}: ${expected}: ${actual}`),
  };
}

const failed = { outcome: 'fail', reason: 'checks-failed' };

describe('an http check', () => {
  it('passes when every assertion holds of the decoded answer', async () => {
    const url = await serve((request, response) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        'set-cookie': ['a=1', 'b=2'],
      });
      response.end(gzipSync(JSON.stringify({ path: request.url, items: [1, 2], ok: true })));
    });
    const expected = `{ status: { in: [200-299] }, header: { content-type: { contains: json }, set-cookie: { count: 2 } },
      body: { matches: /"OK":TRUE/i, not-contains: error }, duration: { lt: 4s },
      jsonpath: { $.path: /v1?q=a%20b, $.items: { count: { gte: 2 } }, "$.items[*]": { each: { gt: 0 } }, $.no: { exists: false } } }`;
    const text = `target: ${url}\nchecks:\n  - name: page\n    http: { url: /v1, query: { q: a b } }\n    expect: ${expected.replace('a%20b', 'a+b')}`;
    expect(await last(text)).toEqual({
      outcome: 'pass',
      reason: 'verified',
      class: undefined,
      summary: 'GET http://HOST/v1?q=a+b → 200',
      failures: [],
    });
  });

  it('says of every assertion what was read, expected and found, and where it stands', async () => {
    const url = await serve((_, response) => response.end('<h1>It works</h1>'));
    const report = await check(page(url, '{ status: 201, header: { x-a: b }, jsonpath: { $.ok: true } }'));
    expect(report.results[0]?.attempts[0]?.failures).toEqual([
      { read: 'status', expected: 'equals 201', actual: '200', where: { line: 4, column: 23 } },
      { read: 'header x-a', expected: 'equals "b"', actual: 'not found', where: { line: 4, column: 43 } },
      {
        read: 'jsonpath $.ok',
        expected: 'equals true',
        actual: 'a body that is not JSON: <h1>It works</h1>',
        where: { line: 4, column: 66 },
      },
    ]);
  });

  it('fails when the server accepts and never answers', async () => {
    const url = await serveSocket(() => {});
    expect(await last(page(url, '{ status: 200 }', '    timeout: 100ms\n'))).toEqual({
      ...failed,
      class: 'timeout',
      summary: 'GET http://HOST/ → connected, but no answer within 100 ms',
      failures: [],
    });
  });

  it('fails when the body stalls after the headers', async () => {
    const url = await serveSocket((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nab'));
    expect(await last(page(url, '{ status: 200 }', '    timeout: 100ms\n'))).toEqual({
      ...failed,
      class: 'timeout',
      summary: 'GET http://HOST/ → the answer did not end within 100 ms',
      failures: [],
    });
  });

  it('fails when the connection is refused', async () => {
    const url = await refusingUrl();
    expect(await last(page(url, '{ status: 200 }'))).toEqual({
      ...failed,
      class: 'connect',
      summary: 'GET http://HOST/ → connect ECONNREFUSED HOST',
      failures: [],
    });
  });

  it('fails when the connection is reset before an answer', async () => {
    const url = await serveSocket((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await last(page(url, '{ status: 200 }'))).toEqual({
      ...failed,
      class: 'connect',
      summary: 'GET http://HOST/ → read ECONNRESET before any answer',
      failures: [],
    });
  });

  it('fails when the body is larger than it may be, before it has all arrived', async () => {
    const url = await serve((_, response) => {
      response.on('error', () => {});
      const more = () => response.write('x'.repeat(64 * 1024)) && setImmediate(more);
      response.on('drain', more);
      more();
    });
    const text = `- name: page\n  http: { url: "${url}", max-body: 1 MiB }\n  expect: { status: 200 }`;
    expect(await last(text)).toEqual({
      ...failed,
      class: 'assertion',
      summary: 'GET http://HOST/ → the body is larger than 1048576 bytes',
      failures: [],
    });
  });

  it('fails when what answers does not speak HTTP', async () => {
    const url = await serveSocket((socket) => socket.end('SSH-2.0-OpenSSH_9\r\n'));
    const { summary, ...rest } = await last(page(url, '{ status: 200 }'));
    expect(rest).toEqual({ ...failed, class: 'assertion', failures: [] });
    expect(summary).toContain('the answer is not HTTP');
  });

  it.each<[string, number, string]>([
    ['a quick error', 500, '{ duration: { lt: 4s } }'],
    ['an error without a bad word', 500, '{ body: { not-contains: exception } }'],
    ['a redirect', 302, '{ body: { empty: true } }'],
    ['an error of which only bars are asked', 503, '{ duration: { degraded: 4s } }'],
  ])('is not taken in by %s: what is silent on the status wants 2xx', async (_, status, expected) => {
    const url = await serve((_request, response) => response.writeHead(status).end());
    const { outcome, failures } = await last(page(url, expected));
    expect([outcome, failures]).toEqual(['fail', [`status: one of 200-299: ${status}`]]);
  });

  it('may be told another status', async () => {
    const url = await serve((_, response) => response.writeHead(302, { location: '/a' }).end());
    const expected = '{ status: { gte: 300 }, header: { location: /a } }';
    expect((await last(page(url, expected))).outcome).toBe('pass');
  });

  it('fails when a pattern backtracks on what was answered past the deadline', async () => {
    const url = await serve((_, response) => response.end('a'.repeat(40)));
    expect(await last(page(url, '{ body: { matches: "(a+)+b" } }', '    timeout: 300ms\n'))).toEqual({
      outcome: 'fail',
      reason: 'checks-failed',
      class: 'assertion',
      summary: 'GET http://HOST/ → 200',
      failures: ['body: matches (a+)+b: the pattern found no end within 300 ms; it backtracks'],
    });
  });

  it('does not fail because a pattern of another check backtracks', async () => {
    const url = await serve(({ url: path }, response) => {
      if (path === '/hot') response.end(JSON.stringify(['a'.repeat(40)]));
      else setTimeout(() => response.end('fine'), 150);
    });
    const report = await check(`checks:
  - { name: hot, severity: advisory, timeout: 900ms, http: ${url}/hot, expect: { jsonpath: { "$[?match(@, '(a+)+b')]": { exists: false } } } }
  - { name: good, timeout: 600ms, http: ${url}/, expect: { status: 200 } }`);
    expect(report.results.map(({ outcome }) => outcome)).toEqual(['fail', 'pass']);
  });

  it('fails when a JSONPath pattern backtracks on what was answered past the deadline', async () => {
    const url = await serve((_, response) => response.end(JSON.stringify([{ a: 'a'.repeat(40) }])));
    const query = '"$[?search(@.a, \'(a+)+b\')]"';
    const {
      outcome,
      reason,
      class: failureClass,
    } = await last(page(url, `{ jsonpath: { ${query}: { count: 0 } } }`, '    timeout: 300ms\n'));
    expect([outcome, reason, failureClass]).toEqual(['fail', 'checks-failed', 'assertion']);
  });
});

describe('a redirect', () => {
  const hops = () =>
    serve((request, response) => {
      const to = new Map([
        ['/once', '/end'],
        ['/loop', '/loop'],
      ]).get(request.url ?? '');
      if (to !== undefined) response.writeHead(302, { location: to });
      response.end(`${request.method} ${request.headers.authorization ?? 'nobody'}`);
    });

  it('is not followed unless asked', async () => {
    expect(
      await last(page(`${await hops()}/once`, '{ status: 302, header: { location: /end } }')),
    ).toMatchObject({
      outcome: 'pass',
    });
  });

  it('is followed when asked, and a POST becomes a GET', async () => {
    const text = `- name: page\n  http: { url: "${await hops()}/once", method: POST, body: hi, follow: true }\n  expect: { status: 200, body: GET nobody }`;
    expect(await last(text)).toMatchObject({ outcome: 'pass' });
  });

  it('that loops fails', async () => {
    const text = `- name: page\n  http: { url: "${await hops()}/loop", follow: true }\n  expect: { status: 200 }`;
    expect(await last(text)).toEqual({
      ...failed,
      class: 'assertion',
      summary: 'GET http://HOST/loop → the redirects loop: 302 to http://HOST/loop',
      failures: [],
    });
  });

  it('to another origin loses the credentials', async () => {
    const other = await hops();
    const first = await serve((_, response) => response.writeHead(307, { location: `${other}/end` }).end());
    const text = `- name: page\n  http: { url: "${first}", follow: true, auth: { bearer: abcdef } }\n  expect: { body: GET nobody }`;
    expect(await last(text)).toMatchObject({ outcome: 'pass' });
  });
});
