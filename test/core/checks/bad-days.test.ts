import { createServer as createHttpsServer } from 'node:https';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { manualClock } from '../../support/manual-clock.ts';
import { lastAttempt } from './last-attempt.ts';
import { check, closeServers, listen, page, serve, serveSocket } from './loopback.ts';
import { testRoot, trustTestRoot } from './secure-loopback.ts';

afterEach(closeServers);
beforeAll(trustTestRoot);

const passed = { outcome: 'pass', failures: [] };

/** Sends `head` at once, and then a character every 20 ms. */
const dribble = (head: string, character: string) =>
  serveSocket((socket) => {
    socket.write(head);
    const timer = setInterval(() => socket.write(character), 20);
    socket.on('close', () => clearInterval(timer));
  });

describe('a server', () => {
  it.each<[string, string, string]>([
    ['that dribbles its headers', 'HTTP/1.1 200 OK\r\nx: ', 'connected, but no answer within 200 ms'],
    ['that dribbles its body', 'HTTP/1.1 200 OK\r\n\r\n', 'the answer did not end within 200 ms'],
  ])('%s does not hold the check', async (_, head, why) => {
    const text = page(await dribble(head, 'x'), '{ status: 200 }', '    timeout: 200ms\n');
    const last = await lastAttempt(text);
    expect([last.class, last.summary]).toEqual(['timeout', `GET http://127.0.0.1:PORT/ → ${why}`]);
  });

  it.each<[string, string, readonly string[]]>([
    ['has an empty body', '{ body: { empty: true }, bytes: { count: 0 } }', []],
    ['is no page', '{ body: { empty: false } }', ['body: not is empty: ""']],
    ['is no JSON', '{ json: { exists: true } }', ['json: exists: an empty body, which is not JSON']],
  ])('that answers 200 with length 0 %s', async (_, expected, failures) => {
    const url = await serve((_request, response) => response.writeHead(200, { 'content-length': 0 }).end());
    expect((await lastAttempt(page(url, expected))).failures).toEqual(failures);
  });

  it.each<[string, number, object]>([
    ['is read', 60, passed],
    [
      'is too large',
      70,
      {
        class: 'assertion',
        summary: 'GET http://127.0.0.1:PORT/ → the headers are too large',
      },
    ],
  ])('with a header of 60 and of 70 KiB: %s', async (_, size, result) => {
    const url = await serveSocket((socket) =>
      socket.once('data', () =>
        socket.end(`HTTP/1.1 200 OK\r\nX-Huge: ${'h'.repeat(size * 1024)}\r\n\r\nok`),
      ),
    );
    expect(await lastAttempt(page(url, '{ header: { x-huge: { ends-with: hh } } }'))).toMatchObject(result);
  });

  it('that hangs up in the middle of its body breaks off', async () => {
    const url = await serveSocket((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nab')),
    );
    expect(await lastAttempt(page(url, '{ status: 200 }'))).toMatchObject({
      class: 'assertion',
      summary: 'GET http://127.0.0.1:PORT/ → the answer broke off: ECONNRESET aborted',
    });
  });
});

describe('Retry-After', () => {
  it.each<[string, string, number[]]>([
    ['in seconds', '20', [20_000]],
    ['as a date', new Date(Date.UTC(2026, 0, 1, 0, 0, 30)).toUTCString(), [30_000]],
    ['as a date that has passed', new Date(Date.UTC(2025, 0, 1)).toUTCString(), [2000]],
    ['beyond the deadline', '86400', [85_000]],
    ['as a date beyond the deadline', new Date(Date.UTC(2027, 0, 1)).toUTCString(), [85_000]],
    ['as neither', 'soon', [2000]],
  ])('%s is honoured as far as it can be', async (_, header, pauses) => {
    let count = 0;
    const url = await serve((_request, response) =>
      count++ === 0 ? response.writeHead(503, { 'retry-after': header }).end() : response.end(),
    );
    const clock = manualClock();
    const report = await check(page(url, '{ status: 200 }', '    retry: { until: 90s, jitter: 0% }\n'), {
      clock,
    });
    expect([report.outcome, clock.pauses]).toEqual(['pass', pauses]);
  });
});

describe('a redirect', () => {
  const following = (http: string, expected: string) =>
    `- { name: page, http: { follow: true, ${http} }, expect: ${expected} }`;

  /** Answers `/<status>?to=…` with that status and location, anything else with method and body. */
  const hops = () =>
    serve((request, response) => {
      const url = new URL(request.url ?? '', 'http://any');
      const to = url.searchParams.get('to');
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        if (to !== null) response.writeHead(Number(url.pathname.slice(1)), { location: to });
        response.end(
          `${request.method} ${url.pathname} ${body} ${request.headers['content-type'] ?? 'untyped'}`,
        );
      });
    });

  it.each<[string, string, string]>([
    ['307 keeps method and body', '307', 'POST /end hi text/plain'],
    ['308 keeps method and body', '308', 'POST /end hi text/plain'],
    ['301 makes a POST a GET', '301', 'GET /end  untyped'],
    ['302 makes a POST a GET', '302', 'GET /end  untyped'],
    ['303 makes a POST a GET', '303', 'GET /end  untyped'],
  ])('%s', async (_, status, body) => {
    const http = `url: "${await hops()}/${status}?to=/end", method: POST, body: hi, headers: { content-type: text/plain }`;
    expect(await lastAttempt(following(http, `{ body: "${body}" }`))).toMatchObject(passed);
  });

  it.each<[string, string, string]>([
    ['keeps a PUT at 301', '301', 'PUT'],
    ['makes a PUT a GET at 303', '303', 'GET'],
  ])('%s', async (_, status, method) => {
    const http = `url: "${await hops()}/${status}?to=/end", method: PUT, body: hi`;
    expect(await lastAttempt(following(http, `{ body: { starts-with: ${method} } }`))).toMatchObject(passed);
  });

  it.each<[string, string, string]>([
    ['relative to the path', 'end', '/end'],
    ['relative to the root', '/a/end', '/a/end'],
    ['up', '../end', '/end'],
    ['without a scheme', '//HOST/end', '/end'],
  ])('leads where its location says, %s', async (_, to, path) => {
    const url = await hops();
    const location = encodeURIComponent(to.replace('HOST', new URL(url).host));
    const expected = `{ url: "${url}${path}", redirects: { count: 1 } }`;
    expect(await lastAttempt(following(`url: "${url}/302?to=${location}"`, expected))).toMatchObject(passed);
  });

  it('is followed so often and no more', async () => {
    const url = await serve((request, response) => {
      const next = Number(request.url?.slice(1)) + 1;
      if (next <= 3) response.writeHead(302, { location: `/${next}` });
      response.end();
    });
    const by = (most: number) =>
      lastAttempt(following(`url: "${url}/0", max-redirects: ${most}`, '{ status: 200 }'));
    expect([(await by(3)).outcome, (await by(2)).summary]).toEqual([
      'pass',
      'GET http://127.0.0.1:PORT/0 → more than 2 redirects: 302 to http://127.0.0.1:PORT/3',
    ]);
  });

  it('that leaves https fails unless that is allowed', async () => {
    const plain = await hops();
    const identity = testRoot.leaf({ names: ['127.0.0.1'] });
    const port = await listen(
      createHttpsServer(identity, (_, response) =>
        response.writeHead(302, { location: `${plain}/end` }).end(),
      ),
    );
    const by = (more: string) =>
      lastAttempt(following(`url: "https://127.0.0.1:${port}/"${more}`, '{ status: 200 }'));
    expect([await by(''), await by(', allow-downgrade: true')]).toMatchObject([
      {
        class: 'assertion',
        summary: 'GET https://127.0.0.1:PORT/ → the redirect leaves https: 302 to http://127.0.0.1:PORT/end',
      },
      passed,
    ]);
  });

  it('to another origin keeps no token, key or cookie', async () => {
    const other = await serve((request, response) => {
      const { authorization, cookie, 'x-api-key': key, 'x-plain': plain } = request.headers;
      response.end(JSON.stringify([authorization, cookie, key, plain].map((one) => one ?? null)));
    });
    const first = await serve((_, response) => response.writeHead(307, { location: other }).end());
    const http = `url: "${first}", auth: { bearer: abcdef }, cookies: { a: 1 }, headers: { x-api-key: k, x-plain: p }`;
    expect(await lastAttempt(following(http, '{ json: [null, null, null, p] }'))).toMatchObject(passed);
  });

  it('to another origin keeps no header that holds a secret, whatever its name', async () => {
    const other = await serve((request, response) =>
      response.end(JSON.stringify([request.headers['x-token'] ?? null, request.headers['x-plain']])),
    );
    const first = await serve((_, response) => response.writeHead(302, { location: other }).end());
    const http = `url: "${first}", headers: { x-token: "k \${TOKEN}", x-plain: p }`;
    const text = `secrets: [TOKEN]\nchecks:\n${following(http, '{ json: [null, p] }')}`;
    expect(await lastAttempt(text, { secrets: { TOKEN: 'abcd-1234' } })).toMatchObject(passed);
  });

  it('that goes nowhere fails', async () => {
    const http = `url: "${await hops()}/302?to=mailto:a@b.example"`;
    expect(await lastAttempt(following(http, '{ status: 200 }'))).toMatchObject({
      class: 'assertion',
      summary: expect.stringContaining(
        'the redirect points to "mailto:a@b.example", which is no HTTP address',
      ),
    });
  });
});

describe('a pattern in a schema that backtracks', () => {
  it('holds this thread, and makes no other check late', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/bad') response.end(JSON.stringify({ a: 'a'.repeat(40) }));
      else setTimeout(() => response.end(), 100);
    });
    const schema = '{ schema: { properties: { a: { pattern: "(a+)+b" } } } }';
    const report = await check(`checks:
  - { name: bad, http: "${url}/bad", timeout: 1500ms, expect: ${schema} }
  - { name: good, http: "${url}/good", timeout: 700ms, expect: { status: 200 } }
`);
    expect(report.results.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['bad', 'fail'],
      ['good', 'pass'],
    ]);
  });
});

describe('a JSON body', () => {
  const answering = (body: string | Buffer) => serve((_, response) => response.end(body));
  const small = '{"no":null,"many":[{"a":1},{"a":2}],"one":[{"b":3}]}';

  it.each<[string, string, readonly string[]]>([
    ['nothing', '{ $.gone: 1 }', ['jsonpath $.gone: equals 1: not found']],
    ['nothing, and says no', '{ $.gone: { not-equals: 1 } }', ['jsonpath $.gone: not equals 1: not found']],
    ['nothing, as asked', '{ $.gone: { exists: false }, "$.many[?@.a > 5]": { count: 0 } }', []],
    ['null', '{ $.no: null }', []],
    ['null, which exists', '{ $.no: { exists: true, type: "null" } }', []],
    ['null, which is not empty text', '{ $.no: "" }', ['jsonpath $.no: equals "": null']],
    ['many', '{ "$.many[*].a": [1, 2] }', []],
    [
      'many, each',
      '{ "$.many[*].a": { each: { gt: 1 } } }',
      ['jsonpath $.many[*].a: each item greater than 1: 1 of 2 hold, the first that does not: 1'],
    ],
    ['one of many, as the value', '{ "$.one[*].b": 3 }', []],
    ['one of many, as a list of one', '{ "$.one[*].b": { count: 1 } }', []],
  ])('in which a query matches %s', async (_, expected, failures) => {
    expect((await lastAttempt(page(await answering(small), `{ jsonpath: ${expected} }`))).failures).toEqual(
      failures,
    );
  });

  it('that is not JSON shows how it begins', async () => {
    const url = await answering(`<html>${'x'.repeat(300)}`);
    const [failure = ''] = (await lastAttempt(page(url, '{ jsonpath: { $.a: 1 } }'))).failures ?? [];
    const beginning = `a body that is not JSON: <html>${'x'.repeat(300)}`.slice(0, 200);
    expect(failure).toBe(`jsonpath $.a: equals 1: ${beginning}…`);
  });

  it('may begin with a byte order mark', async () => {
    expect(
      await lastAttempt(page(await answering('\ufeff{"a":1}'), '{ jsonpath: { $.a: 1 } }')),
    ).toMatchObject(passed);
  });

  it('may have 10 MB, and no more', async () => {
    const ten = JSON.stringify({ a: 'x'.repeat(10 * 1024 * 1024 - 8) });
    const expected = '{ jsonpath: { $.a: { starts-with: xx } }, bytes: { count: 10485760 } }';
    expect(await lastAttempt(page(await answering(ten), expected))).toMatchObject(passed);
    expect((await lastAttempt(page(await answering(`${ten} `), expected))).summary).toBe(
      'GET http://127.0.0.1:PORT/ → the body is larger than 10485760 bytes',
    );
  });

  const nested = (levels: number) => `${'{"a":'.repeat(levels - 1)}{"b":1}${'}'.repeat(levels - 1)}`;
  const tooDeep = 'a document nested too deep: more than 512 levels';

  it.each<[string, string, string, boolean]>([
    [
      'a query of its top',
      '{ jsonpath: { $.a: { type: object } } }',
      'jsonpath $.a: is of type "object"',
      true,
    ],
    ['a query of its depth', '{ jsonpath: { "$..b": 1 } }', 'jsonpath $..b: equals 1', true],
    ['equality', '{ json: { not-equals: { a: 1 } } }', 'json: not equals {"a":1}', true],
    ['a subset', '{ json: { not-contains: { a: { b: 1 } } } }', 'json: not contains {"a":{"b":1}}', true],
    ['a filter', '{ body: { jsonpath: $..b, equals: 1 } }', 'body, jsonpath "$..b": equals 1', false],
    ['a schema', '{ schema: { properties: { a: { type: object } } } }', 'json: conforms to the schema', true],
  ])('of 512 levels stands %s, and one level more fails it', async (_, expected, said, isDocument) => {
    const [most, more] = await Promise.all(
      [512, 513].map(async (levels) => lastAttempt(page(await answering(nested(levels)), expected))),
    );
    const filter = 'not readable by `jsonpath "$..b"`: the text is nested too deep: more than 512 levels';
    expect([most, more]).toMatchObject([
      passed,
      { outcome: 'fail', class: 'assertion', failures: [`${said}: ${isDocument ? tooDeep : filter}`] },
    ]);
  });

  it.each([5000, 100_000])('of %d levels ends no run', async (levels) => {
    const url = await answering(`${'['.repeat(levels)}${']'.repeat(levels)}`);
    expect(await lastAttempt(page(url, '{ json: { equals: [] } }'))).toMatchObject({
      outcome: 'fail',
      failures: [`json: equals []: ${tooDeep}`],
    });
  });
});
