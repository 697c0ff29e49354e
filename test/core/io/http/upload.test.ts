import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HttpError } from '#core';
import { createHttp } from '#core/io';
import { startCloud } from '#local-cloud';
import type { HttpUpload } from '../../../../packages/core/src/io/http.ts';
import { connectProxy } from '../../../support/connect-proxy.ts';
import { echoService } from '../../../support/echo-service.ts';
import { eventually } from '../../../support/eventually.ts';
import { manualClock } from '../../../support/manual-clock.ts';
import { answers, resets, scriptedServer, stalls } from '../../../support/scripted-server.ts';

function open(env: Record<string, string> = {}) {
  return createHttp({
    clock: manualClock(),
    env,
    userAgent: 'belay/test',
    redact: (text) => text.replaceAll('hunter2', '***'),
  });
}

/** A body that tells how much of it was asked for, and whether it was given back. */
function aBody(texts: Iterable<string | Uint8Array>) {
  const seen = { askedBytes: 0, isClosed: false };
  async function* chunks() {
    try {
      for (const text of texts) {
        const chunk = Buffer.from(text);
        seen.askedBytes += chunk.length;
        yield chunk;
      }
    } finally {
      seen.isClosed = true;
    }
  }
  return { body: chunks(), seen };
}

function* endless(): Generator<Uint8Array> {
  for (;;) yield new Uint8Array(100_000);
}

/** A server that hears of a request when its head is there, and reads none of its body by itself. */
async function aServer(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/up`;
}

async function failureOf(upload: HttpUpload): Promise<HttpError> {
  const error = await open()
    .upload(upload)
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  if (error instanceof HttpError) return error;
  throw new Error(`expected an HttpError, got ${error}`);
}

describe('an upload', () => {
  it('sends a body of unknown length in chunks, with our name and the headers given', async () => {
    await using server = await scriptedServer(answers(200, 'taken', { 'x-id': '7' }));
    const { body, seen } = aBody(['one ', 'two ', '', 'three']);
    const progress: number[] = [];
    const answer = await open().upload({
      url: `${server.url}/up?a=1`,
      headers: { 'content-type': 'application/gzip' },
      body,
      onProgress: (bytes) => progress.push(bytes),
    });
    expect({ ...answer, headers: answer.headers['x-id'] }).toEqual({
      method: 'POST',
      url: `${server.url}/up?a=1`,
      status: 200,
      headers: '7',
      text: 'taken',
      attempts: 1,
    });
    const [received] = server.received;
    const { 'content-type': type, 'content-length': length, ...headers } = received?.headers ?? {};
    expect([received?.method, received?.path, received?.body]).toEqual(['POST', '/up?a=1', 'one two three']);
    expect([type, length, headers['transfer-encoding'], headers['user-agent']]).toEqual([
      'application/gzip',
      undefined,
      'chunked',
      'belay/test',
    ]);
    expect([progress, seen.isClosed]).toEqual([[4, 8, 13], true]);
  });

  it('announces a length that is known', async () => {
    await using server = await scriptedServer(answers(200));
    await open().upload({ url: server.url, body: aBody(['one ', 'two']).body, bytes: 7 });
    const { headers, body } = server.received[0] ?? {};
    expect([body, headers?.['content-length'], headers?.['transfer-encoding']]).toEqual([
      'one two',
      '7',
      undefined,
    ]);
  });

  it('may have an empty body', async () => {
    await using server = await scriptedServer(answers(200));
    const { status } = await open().upload({ url: server.url, body: aBody([]).body });
    expect([status, server.received[0]?.body]).toEqual([200, '']);
  });

  it.each([
    ['more than', ['one ', 'two '], 'a body of 7 bytes was announced, and more came'],
    ['less than', ['one'], 'a body of 7 bytes was announced, and 3 came'],
  ])('is cut where its body is %s was announced', async (_, texts, message) => {
    await using server = await scriptedServer(answers(200));
    const upload = open().upload({ url: server.url, body: aBody(texts).body, bytes: 7 });
    await expect(upload).rejects.toThrow(message);
  });

  it('tells of its progress at least every 64 KiB', async () => {
    await using server = await scriptedServer(answers(200));
    const progress: number[] = [];
    const { body } = aBody([new Uint8Array(200_000)]);
    await open().upload({ url: server.url, body, onProgress: (bytes) => progress.push(bytes) });
    expect(progress).toEqual([65_536, 131_072, 196_608, 200_000]);
  });

  it('asks for no more of its body than the connection takes', async () => {
    const url = await aServer(() => {});
    const { body, seen } = aBody(endless());
    const failed = failureOf({ url, body, idleMs: 400 });
    await delay(200);
    const early = seen.askedBytes;
    const error = await failed;
    expect(error.message).toBe(`POST ${url} → timeout after 400 ms while sending the body`);
    expect([seen.askedBytes, error.maybeEffective, seen.isClosed]).toEqual([early, true, true]);
    // What the buffers of loopback hold.
    expect(early).toBeLessThan(20_000_000);
  });

  it('goes through a proxy by CONNECT, and TLS in it', async () => {
    const cloud = await startCloud({ services: [echoService] });
    const trusted = getCACertificates();
    onTestFinished(async () => {
      setDefaultCACertificates(trusted);
      await cloud.close();
    });
    setDefaultCACertificates([...trusted, readFileSync(cloud.caFile, 'utf8')]);
    const http = open({ HTTPS_PROXY: cloud.proxyUrl });
    const url = 'https://api.echo.test/effects';
    const text = 'x'.repeat(300_000);
    const answer = await http.upload({ url, body: aBody([text, 'end']).body });
    expect(JSON.parse(answer.text)).toEqual({ effects: 1, body: `${text}end` });
    cloud.faults.add({ kind: 'reset-after', route: 'effects.create' });
    const again = http.upload({ url, body: aBody(['again']).body });
    await expect(again).rejects.toMatchObject({ kind: 'reset', attempts: 1, maybeEffective: true });
  });
});

describe('an answer before the body is sent', () => {
  it.each([401, 413, 302])('of status %i is heard at once, and the rest is not sent', async (status) => {
    const url = await aServer((_, response) => response.writeHead(status).end('too much'));
    const { body, seen } = aBody(endless());
    const answer = await open().upload({ url, body });
    expect([answer.status, answer.text]).toEqual([status, 'too much']);
    const asked = seen.askedBytes;
    await eventually(() => seen.isClosed);
    expect(seen.askedBytes).toBe(asked);
  });

  it('is heard while the body makes no bytes', async () => {
    const url = await aServer((_, response) => response.writeHead(401).end('no'));
    async function* slow() {
      yield new Uint8Array(10);
      await delay(20_000, undefined, { ref: false });
    }
    expect((await open().upload({ url, body: slow() })).status).toBe(401);
  });

  it('is heard of a server that hangs up behind it, and tears it apart', async () => {
    const url = await aServer((request, response) => {
      response.writeHead(413, { 'content-length': '1000', 'x-id': '7' }).write('too lar');
      setTimeout(() => request.socket.resetAndDestroy(), 20);
    });
    const answer = await open().upload({ url, body: aBody(endless()).body });
    expect([answer.status, answer.headers['x-id'], answer.text]).toEqual([413, '7', '']);
  });

  it('fails the upload where the server could not deal with it, and leaves no doubt where it refused', async () => {
    const early = (status: number, headers = {}) =>
      aServer((_, response) => response.writeHead(status, headers).end('later'));
    const of = async (url: string) => {
      const { kind, status, maybeEffective, attempts, bodyExcerpt } = await failureOf({
        url,
        body: aBody(endless()).body,
      });
      return { kind, status, maybeEffective, attempts, bodyExcerpt };
    };
    const common = { kind: 'status', attempts: 1, bodyExcerpt: 'later' };
    expect(await of(await early(500))).toEqual({ ...common, status: 500, maybeEffective: true });
    const asked = { 'retry-after': '1' };
    expect(await of(await early(503, asked))).toEqual({ ...common, status: 503, maybeEffective: false });
    expect(await of(await early(429, asked))).toEqual({ ...common, status: 429, maybeEffective: false });
  });

  it('does not end the sending where it takes the upload', async () => {
    let received = 0;
    const url = await aServer((request, response) => {
      response.writeHead(200).write('{"id":');
      request.on('data', (chunk: Buffer) => {
        received += chunk.length;
      });
      request.on('end', () => response.end('7}'));
    });
    const { body } = aBody([new Uint8Array(500_000), new Uint8Array(500_000)]);
    const answer = await open().upload({ url, body });
    expect([answer.status, answer.text, received]).toEqual([200, '{"id":7}', 1_000_000]);
  });
});

describe('an upload that fails', () => {
  it('is never sent a second time', async () => {
    await using server = await scriptedServer(resets, answers(200));
    const error = await failureOf({ url: server.url, body: aBody(['all of it']).body });
    expect([error.kind, error.attempts, error.maybeEffective, server.received.length]).toEqual([
      'reset',
      1,
      true,
      1,
    ]);
  });

  it('may have been taken when it is cut in the middle', async () => {
    const url = await aServer((request) => {
      request.once('data', () => request.socket.resetAndDestroy());
    });
    const { body, seen } = aBody(endless());
    const error = await failureOf({ url, body });
    expect(error.message).toMatch(/→ reset connection lost while sending the body \(E(CONNRESET|PIPE)\)$/);
    expect([error.maybeEffective, seen.isClosed]).toEqual([true, true]);
  });

  it('cannot have been taken when nothing listens, or no proxy lets it through', async () => {
    const closed = createTcpServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => closed.once('listening', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const error = await failureOf({ url: `http://127.0.0.1:${port}/`, body: aBody(endless()).body });
    expect([error.kind, error.attempts, error.maybeEffective]).toEqual(['connect', 1, false]);
    await using proxy = await connectProxy({ kind: 'refuses', status: 503 });
    const http = open({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` });
    const refused = http.upload({ url: 'https://api.example/', body: aBody(endless()).body });
    await expect(refused).rejects.toMatchObject({ kind: 'proxy', attempts: 1, maybeEffective: false });
  });

  it('says that no answer came, whoever waits for it: the idle limit, or that of the whole', async () => {
    await using server = await scriptedServer(stalls);
    const { url } = server;
    const idle = await failureOf({ url, body: aBody(['all']).body, idleMs: 80 });
    expect(idle.message).toBe(`POST ${url} → timeout after 80 ms while waiting for an answer`);
    const whole = await failureOf({ url, body: aBody(['all']).body, timeoutMs: 90 });
    expect(whole.message).toBe(`POST ${url} → timeout after 90 ms while waiting for an answer`);
    expect([idle.maybeEffective, whole.maybeEffective]).toEqual([true, true]);
  });

  it('is bounded as a whole while bytes go by', async () => {
    await using server = await scriptedServer(answers(200));
    const { body, seen } = aBody(endless());
    const error = await failureOf({ url: server.url, body, timeoutMs: 150, idleMs: 100 });
    expect([error.kind, seen.isClosed]).toEqual(['timeout', true]);
  });

  it('is what its body threw, and the server never gets its end', async () => {
    let ended: string | undefined;
    const url = await aServer((request) => {
      request.resume();
      request.on('end', () => {
        ended = 'whole';
      });
      request.on('close', () => {
        ended ??= 'cut';
      });
    });
    async function* broken() {
      yield new Uint8Array(70_000);
      throw new Error('the disk is gone');
    }
    await expect(open().upload({ url, body: broken() })).rejects.toThrow(new Error('the disk is gone'));
    expect(await eventually(() => ended)).toBe('cut');
  });

  it('is the reason of the signal when the caller gave up', async () => {
    await using server = await scriptedServer(answers(200));
    const cancel = new AbortController();
    const { body, seen } = aBody(endless());
    const upload = open().upload({ url: server.url, body, signal: cancel.signal });
    setTimeout(() => cancel.abort(new Error('the job was cancelled')), 30);
    await expect(upload).rejects.toThrow('the job was cancelled');
    await eventually(() => seen.isClosed);
  });

  it('shows no secret of its URL, of its headers or of the caller', async () => {
    await using server = await scriptedServer(answers(500, 'bad token abcd-1234 of hunter2'));
    const error = await failureOf({
      url: `${server.url}/up?token=abcd&name=hunter2`,
      headers: { authorization: 'Bearer abcd-1234' },
      body: aBody(['x']).body,
    });
    expect([error.message, error.bodyExcerpt]).toEqual([
      `POST ${server.url}/up?token=***&name=*** → 500 Internal Server Error`,
      'bad token *** of ***',
    ]);
  });
});
