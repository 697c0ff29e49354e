import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { AttemptContext } from '../../../packages/core/src/checks/types/check-type.ts';
import { observed } from '../../../packages/core/src/checks/types/observed.ts';
import { systemClock } from '../../../packages/core/src/io/clock.ts';
import { lastAttempt } from './last-attempt.ts';
import { check, closeServers, page, serveSocket } from './loopback.ts';
import { postgresServer, rows } from './postgres-server.ts';

afterEach(closeServers);

const timeout = '\n  timeout: 2s';

/** The types that ask over HTTP/1.1, each with one GET of `url`. */
const askers: Readonly<Record<string, (url: string) => string>> = {
  http: (url) => page(`${url}/`, '{ status: 200 }', '    timeout: 2s'),
  assets: (url) => `- name: c\n  assets: ${url}/${timeout}`,
  release: (url) =>
    `target: ${url}\nchecks:\n  - name: c\n    release: { path: /, header: x-sha, equals: abcdef1 }\n    timeout: 2s`,
};

const answering = (text: string) =>
  serveSocket((socket) => socket.once('data', () => socket.write(text.replaceAll('\n', '\r\n'))));

describe('an answer that is none of ours', () => {
  const rowsOfAnswers: readonly (readonly [string, string, string, string])[] = [
    [
      '101 with a protocol',
      'HTTP/1.1 101 Switching Protocols\nconnection: upgrade\nupgrade: x\n\n',
      'assertion',
      'the server switched protocols (101), which nobody asked for',
    ],
    [
      '101 without one',
      'HTTP/1.1 101 Switching Protocols\n\n',
      'assertion',
      'the server switched protocols (101), which nobody asked for',
    ],
    [
      '100 without end',
      'HTTP/1.1 100 Continue\n\n'.repeat(50),
      'assertion',
      'more than 20 informational answers (1xx) and no other',
    ],
    [
      'early hints without end',
      'HTTP/1.1 103 Early Hints\nlink: </a>\n\n'.repeat(50),
      'assertion',
      'more than 20 informational answers (1xx) and no other',
    ],
    [
      'more header lines than anyone sends',
      `HTTP/1.1 200 OK\n${'a: b\n'.repeat(1001)}content-length: 0\n\n`,
      'assertion',
      'more than 1000 header lines',
    ],
  ];
  it.each(Object.keys(askers).flatMap((type) => rowsOfAnswers.map((row) => [type, ...row] as const)))(
    'fails a check of type %s at once: %s',
    async (type, _, answer, failureClass, why) => {
      const started = performance.now();
      const {
        outcome,
        class: found,
        summary,
      } = await lastAttempt(askers[type]?.(await answering(answer)) ?? '');
      expect({ outcome, class: found, why: summary.replace(/^.* → /, '') }).toEqual({
        outcome: 'fail',
        class: failureClass,
        why,
      });
      expect(performance.now() - started).toBeLessThan(1500);
    },
  );

  it('takes twenty informational answers before its own', async () => {
    const url = await answering(`${'HTTP/1.1 103 X\n\n'.repeat(20)}HTTP/1.1 200 OK\ncontent-length: 0\n\n`);
    expect(await lastAttempt(page(url, '{ status: 200 }'))).toMatchObject({ outcome: 'pass' });
  });

  it('is given up when the run is', async () => {
    const abort = new AbortController();
    const url = await serveSocket((socket) => socket.once('data', () => abort.abort(new Error('cancelled'))));
    await expect(check(page(url, '{ status: 200 }'), { signal: abort.signal })).rejects.toThrow('cancelled');
  });

  it('counts the codings of all lines', async () => {
    const body = gzipSync('hello');
    const url = await serveSocket((socket) =>
      socket.once('data', () => {
        socket.write(`HTTP/1.1 200 OK\r\n${'content-encoding: gzip\r\n'.repeat(400)}`);
        socket.write(`content-length: ${body.length}\r\n\r\n`);
        socket.write(body);
      }),
    );
    expect(await lastAttempt(page(url, '{ status: 200 }'))).toMatchObject({
      class: 'assertion',
      summary: 'GET http://127.0.0.1:PORT/ → the body is encoded 400 times: more than 4',
    });
  });

  it('may be encoded four times', async () => {
    const body = [1, 2, 3, 4].reduce((one: Buffer) => gzipSync(one), Buffer.from('hello'));
    const url = await serveSocket((socket) =>
      socket.once('data', () => {
        socket.write(`HTTP/1.1 200 OK\r\n${'content-encoding: gzip, gzip\r\n'.repeat(2)}`);
        socket.write(`content-length: ${body.length}\r\n\r\n`);
        socket.write(body);
      }),
    );
    expect(await lastAttempt(page(url, '{ body: hello }'))).toMatchObject({ outcome: 'pass' });
  });
});

describe('a reply of Redis', () => {
  const said = (speak: (socket: Socket) => void) =>
    serveSocket((socket) => socket.once('data', () => speak(socket))).then((url) =>
      lastAttempt(`- name: c\n  redis: ${url.replace('http', 'redis')}${timeout}`),
    );

  it.each<[string, string, string]>([
    [
      'too long',
      `+${'a'.repeat(5000)}\r\n`,
      `what answers is not Redis: a reply of more than 4096 bytes, "+${'a'.repeat(39)}"`,
    ],
    [
      'too long, and without an end',
      `+${'a'.repeat(5000)}`,
      `what answers is not Redis: a reply of more than 4096 bytes, "+${'a'.repeat(39)}"`,
    ],
    [
      'two at once',
      '+PONG\r\n+PONG\r\n',
      'what answers is not Redis: more than one reply, "+PONG\\r\\n+PONG\\r\\n"',
    ],
    ['of another kind', '*1\r\n', 'what answers is not Redis: "*1\\r\\n"'],
  ])('fails when it is %s', async (_, reply, why) => {
    const { class: found, summary } = await said((socket) => socket.write(reply));
    expect([found, summary.replace(/^.* → /, '')]).toEqual(['assertion', why]);
  });

  it('is read in drops', async () => {
    expect(
      await said((socket) => {
        const letters = '+PONG\r\n'.split('').values();
        const timer = setInterval(() => {
          const { value, done } = letters.next();
          if (done === true) clearInterval(timer);
          else socket.write(value);
        }, 2);
      }),
    ).toMatchObject({ outcome: 'pass' });
  });
});

describe('a database that sends too much', () => {
  it.each<[string, number, string]>([
    ['10,000 rows are read', 10_000, 'postgres://127.0.0.1:PORT → 10000 rows'],
    [
      'no more are',
      10_001,
      'postgres://127.0.0.1:PORT → the database sends too much: the answer is more than 10000 rows',
    ],
  ])('%s', async (_, count, summary) => {
    const host = await postgresServer({ query: rows(...Array.from({ length: count }, () => 'a')) });
    expect((await lastAttempt(`- name: c\n  postgres: "postgres://app@${host}"`)).summary).toBe(summary);
  });
});

describe('an attempt', () => {
  const context = (timeoutMs: number, signal = new AbortController().signal) =>
    ({ clock: systemClock, signal, timeoutMs, connectTimeoutMs: timeoutMs }) as AttemptContext;
  const never = () => new Promise<never>(() => {});

  it('ends with its time, also when its work never does', async () => {
    const started = performance.now();
    const answer = await observed('asking', context(100), (watch) => {
      watch.ready();
      return never();
    });
    expect(answer).toMatchObject({
      kind: 'unanswered',
      failureClass: 'timeout',
      summary: 'asking → connected, but no answer within 100 ms',
    });
    expect(performance.now() - started).toBeLessThan(500);
  });

  it.each(['before', 'while'])('ends when the run is aborted %s it works', async (when) => {
    const abort = new AbortController();
    if (when === 'before') abort.abort(new Error('cancelled'));
    else setTimeout(() => abort.abort(new Error('cancelled')), 20);
    const started = performance.now();
    await expect(observed('asking', context(60_000, abort.signal), never)).rejects.toThrow('cancelled');
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('destroys what it opened when it fails', async () => {
    const cuts: string[] = [];
    await observed('asking', context(1000), async (watch) => {
      watch.onCut(() => cuts.push('first'));
      watch.onCut(() => cuts.push('second'));
      throw new Error('no');
    });
    expect(cuts).toEqual(['first', 'second']);
  });

  it('ends where a connection brings more than is allowed', async () => {
    const url = await serveSocket((socket) => {
      const pour = () => {
        while (!socket.destroyed && socket.write(Buffer.alloc(65_536, 'SSH-2.0\n')));
      };
      socket.on('drain', pour);
      pour();
    });
    const answer = await lastAttempt(
      page(url, '{ status: 200 }').replace(`http: ${url}`, `http: { url: "${url}", max-body: 1kB }`),
    );
    expect(answer).toMatchObject({ outcome: 'fail', class: 'assertion' });
  });
});
