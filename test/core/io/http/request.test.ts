import { createServer } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { HttpError } from '#core';
import { createHttp, type HttpErrorKind, type HttpRequest } from '#core/io';
import { manualClock } from '../../../support/manual-clock.ts';
import {
  answers,
  resets,
  type Scene,
  type ScriptedServer,
  scriptedServer,
  stalls,
  truncates,
} from '../../../support/scripted-server.ts';

function open() {
  return createHttp({ clock: manualClock(), env: {}, userAgent: 'belay/test' });
}

async function failure(request: HttpRequest): Promise<HttpError> {
  const error = await open()
    .request(request)
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  if (error instanceof HttpError) return error;
  throw new Error(`expected an HttpError, got ${error}`);
}

/** A port of loopback where nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

describe('an answer', () => {
  it('has its status, headers, text and the number of attempts', async () => {
    await using server = await scriptedServer(answers(200, 'hello', { 'X-Served-By': 'a' }));
    const answer = await open().request({ method: 'GET', url: `${server.url}/a?b=1`, retry: 'read' });
    expect({ ...answer, headers: undefined }).toEqual({
      method: 'GET',
      url: `${server.url}/a?b=1`,
      status: 200,
      headers: undefined,
      text: 'hello',
      attempts: 1,
    });
    expect(answer.headers).toMatchObject({ 'content-type': 'text/plain', 'x-served-by': 'a' });
  });

  it.each([301, 400, 401, 404, 409, 422])('of status %i is a value, not an error', async (status) => {
    await using server = await scriptedServer(answers(status, 'why'));
    const answer = await open().request({ method: 'POST', url: server.url, retry: 'once' });
    expect([answer.status, answer.text, server.received.length]).toEqual([status, 'why', 1]);
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('compressed with %s is decoded', async (encoding, compress) => {
    await using server = await scriptedServer((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(compress('packed ✓'));
    });
    const answer = await open().request({ method: 'GET', url: server.url, retry: 'read' });
    expect(answer.text).toBe('packed ✓');
  });

  it.each(['constructor', '__proto__', 'unheard-of'])(
    'said to be compressed with %s is read as it came',
    async (encoding) => {
      await using server = await scriptedServer((_, response) => {
        response.writeHead(200, { 'content-encoding': encoding }).end('plain');
      });
      const answer = await open().request({ method: 'GET', url: server.url, retry: 'read' });
      expect(answer.text).toBe('plain');
    },
  );

  it('joins repeated headers', async () => {
    await using server = await scriptedServer((_, response) => {
      response
        .writeHead(
          200,
          [
            ['x-a', '1'],
            ['x-a', '2'],
          ].flat(),
        )
        .end();
    });
    const answer = await open().request({ method: 'GET', url: server.url, retry: 'read' });
    expect(answer.headers['x-a']).toBe('1, 2');
  });
});

describe('a request', () => {
  it('sends an object as JSON, with our name', async () => {
    await using server = await scriptedServer(answers(201));
    await open().request({ method: 'POST', url: `${server.url}/x`, body: { a: 1 }, retry: 'once' });
    expect(server.received[0]).toMatchObject({
      method: 'POST',
      path: '/x',
      body: '{"a":1}',
      headers: { 'content-type': 'application/json', 'user-agent': 'belay/test' },
    });
  });

  it('reuses a connection for reads, and never for what must not be sent twice', async () => {
    await using server = await scriptedServer(answers(200));
    const http = open();
    for (const retry of ['read', 'read', 'once', 'once'] as const) {
      await http.request({ method: 'GET', url: server.url, retry });
    }
    expect(server.received.map(({ connection }) => connection)).toEqual([1, 1, 2, 3]);
  });
});

describe('retries', () => {
  const recovering: [string, Scene][] = [
    ['a reset', resets],
    ['a truncated answer', truncates],
    ['a stall', stalls],
    ...[408, 425, 429, 500, 502, 503, 504].map((status): [string, Scene] => [`a ${status}`, answers(status)]),
  ];

  it.each(recovering)('asks a read again after %s', async (_, scene) => {
    await using server = await scriptedServer(scene, answers(200, 'ok'));
    const answer = await open().request({ method: 'GET', url: server.url, retry: 'read', timeoutMs: 100 });
    expect([answer.text, answer.attempts]).toEqual(['ok', 2]);
  });

  const uncertain: [string, Scene, HttpErrorKind][] = [
    ['a reset', resets, 'reset'],
    ['a truncated answer', truncates, 'reset'],
    ['a stall', stalls, 'timeout'],
    ['a 500', answers(500), 'status'],
    ['a 503 that names no time', answers(503), 'status'],
  ];

  it.each(uncertain)('never sends a mutation again after %s', async (_, scene, kind) => {
    await using server = await scriptedServer(scene, answers(200));
    const error = await failure({ method: 'POST', url: server.url, retry: 'once', timeoutMs: 100 });
    expect([error.kind, error.maybeEffective, error.attempts, server.received.length]).toEqual([
      kind,
      true,
      1,
      1,
    ]);
  });

  it.each([429, 503])('sends a mutation again after a %i that says when', async (status) => {
    await using server = await scriptedServer(answers(status, '', { 'retry-after': '7' }), answers(200));
    const clock = manualClock();
    const http = createHttp({ clock, env: {}, userAgent: 'belay/test' });
    const answer = await http.request({ method: 'POST', url: server.url, retry: 'once' });
    expect([answer.attempts, clock.pauses]).toEqual([2, [7_000]]);
  });

  it('gives up at once on a 429 that does not say when, knowing that nothing happened', async () => {
    await using server = await scriptedServer(answers(429));
    const error = await failure({ method: 'POST', url: server.url, retry: 'once' });
    expect([error.status, error.attempts, error.maybeEffective]).toEqual([429, 1, false]);
  });

  it('repeats a mutation that could not be sent at all', async () => {
    const error = await failure({
      method: 'POST',
      url: `http://127.0.0.1:${await closedPort()}/`,
      retry: 'once',
    });
    expect([error.kind, error.attempts, error.maybeEffective]).toEqual(['connect', 6, false]);
  });

  it('remembers that an earlier attempt may have acted', async () => {
    await using server = await scriptedServer(resets, answers(429));
    const error = await failure({ method: 'PUT', url: server.url, retry: 'idempotent' });
    expect([error.status, error.maybeEffective]).toEqual([429, true]);
  });

  it('waits for a Retry-After that names a date, as long as the server’s own clock says', async () => {
    const clock = manualClock(Date.UTC(2031, 5, 5));
    const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toUTCString();
    const later = { date: at(0), 'retry-after': at(20) };
    await using server = await scriptedServer(answers(503, '', later), answers(200));
    await createHttp({ clock, env: {}, userAgent: 'x' }).request({
      method: 'GET',
      url: server.url,
      retry: 'read',
    });
    expect(clock.pauses).toEqual([20_000]);
  });

  it('does not wait for a Retry-After beyond the deadline, and says how long it would have been', async () => {
    await using server = await scriptedServer(answers(429, '', { 'retry-after': '61' }));
    const error = await failure({ method: 'GET', url: server.url, retry: 'read', deadlineMs: 60_000 });
    expect([error.attempts, error.status, error.retryAfterMs]).toEqual([1, 429, 61_000]);
  });

  it('stops after six attempts, and does not repeat a 501', async () => {
    await using failing = await scriptedServer(answers(502));
    await using unknown = await scriptedServer(answers(501));
    const attempts = [failing, unknown].map(
      async ({ url }) => (await failure({ method: 'GET', url, retry: 'read' })).attempts,
    );
    expect(await Promise.all(attempts)).toEqual([6, 1]);
  });
});

describe('an error', () => {
  it('names method, URL, status and reason, and shows the page’s title', async () => {
    const page =
      '<!doctype html><html><head><title>Bad gateway\n at the edge</title></head><body>x</body></html>';
    await using server = await scriptedServer(answers(502, page));
    const error = await failure({ method: 'GET', url: `${server.url}/v1/apps`, retry: 'read' });
    expect(error.message).toBe(`GET ${server.url}/v1/apps → 502 Bad Gateway`);
    expect(error.bodyExcerpt).toBe('Bad gateway at the edge');
  });

  it('shows no secret of the URL, of the request or of the caller', async () => {
    await using server = await scriptedServer(answers(500, 'bad token fo1_abcd for hunter2, key s3cr3t'));
    const http = createHttp({
      clock: manualClock(),
      env: {},
      userAgent: 'x',
      redact: (text) => text.replaceAll('hunter2', '***'),
    });
    const url = `http://me:pw@127.0.0.1:${server.port}/x?access_token=abc&page=2#hunter2`;
    const error = await http
      .request({
        method: 'POST',
        url,
        retry: 'once',
        headers: { Authorization: 'Bearer fo1_abcd', 'x-api-key': 's3cr3t' },
      })
      .catch((reason: HttpError) => reason);
    expect(error).toMatchObject({
      message: `POST http://***@127.0.0.1:${server.port}/x?access_token=***&page=2#*** → 500 Internal Server Error`,
      bodyExcerpt: 'bad token *** for ***, key ***',
    });
  });

  it.each([
    [
      'nothing listens',
      async (_: ScriptedServer) => `http://127.0.0.1:${await closedPort()}/`,
      'connect connection refused (ECONNREFUSED)',
    ],
    [
      'the host has no name',
      async () => 'http://nowhere.invalid/',
      /^connect host name (not found|cannot be looked up now) \((ENOTFOUND|EAI_AGAIN)\)$/,
    ],
    [
      'nothing is answered',
      async ({ url }: ScriptedServer) => url,
      'timeout after 80 ms while waiting for an answer',
    ],
  ])('says so when %s', async (_, target, text) => {
    await using server = await scriptedServer(stalls);
    const url = await target(server);
    const error = await failure({ method: 'GET', url, retry: 'once', timeoutMs: 80 });
    expect(error.message.replace(`GET ${url} → `, '')).toEqual(
      typeof text === 'string' ? text : expect.stringMatching(text),
    );
  });

  it('refuses a body that is too large, however small it is on the wire', async () => {
    await using server = await scriptedServer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('0'.repeat(100_000)));
    });
    const error = await failure({ method: 'GET', url: server.url, retry: 'read', maxBodyBytes: 1_000 });
    expect([error.message, error.attempts]).toEqual([`GET ${server.url} → body larger than 1000 bytes`, 1]);
  });

  it('is the reason of the signal when the caller gave up', async () => {
    await using server = await scriptedServer(stalls);
    const cancel = new AbortController();
    const answer = open().request({ method: 'GET', url: server.url, retry: 'read', signal: cancel.signal });
    setTimeout(() => cancel.abort(new Error('the job was cancelled')), 30);
    await expect(answer).rejects.toThrow('the job was cancelled');
  });
});
