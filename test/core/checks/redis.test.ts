// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language

import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { connectProxy } from '../../support/connect-proxy.ts';
import { check, closeServers, refusingUrl, serveSocket } from './loopback.ts';
import { trustedAuthority } from './trusted-authority.ts';

afterEach(closeServers);

/** Answers the n-th command with the n-th reply; notes what was asked, a command a line. */
function speak(replies: readonly string[], asked: string[]) {
  return (socket: Socket) => {
    let count = 0;
    socket.on('data', (data) => {
      asked.push(
        data
          .toString()
          .split('\r\n')
          .filter((_, index) => index > 0 && index % 2 === 0)
          .join(' ')
          .trim(),
      );
      socket.write(replies[count++] ?? '');
    });
  };
}

async function redisServer(replies: readonly string[], asked: string[] = []): Promise<string> {
  return (await serveSocket(speak(replies, asked))).replace('http://', '');
}

async function judged(url: string, options = {}) {
  const report = await check(`- name: cache\n  redis: "${url}"\n  timeout: 300ms`, options);
  const attempt = report.results[0]?.attempts.at(-1);
  return {
    outcome: report.outcome,
    class: attempt?.failureClass,
    summary: attempt?.summary.replace(/127\.0\.0\.1:\d+/g, 'HOST'),
    failures: attempt?.failures.map(({ read, expected, actual }) => `${read}: ${expected}: ${actual}`),
  };
}

describe('a redis check', () => {
  it.each<[string, string, readonly string[], readonly string[]]>([
    ['without a login', '', ['PING'], ['+PONG\r\n']],
    ['with a password', ':pw12@', ['AUTH pw12', 'PING'], ['+OK\r\n', '+PONG\r\n']],
    ['with a user and a password', 'app:p%40ss@', ['AUTH app p@ss', 'PING'], ['+OK\r\n', '+PONG\r\n']],
    ['with a user alone', 'default@', ['PING'], ['+PONG\r\n']],
  ])('passes when PING gives PONG, %s', async (_, login, commands, replies) => {
    const asked: string[] = [];
    const host = await redisServer(replies, asked);
    expect(await judged(`redis://${login}${host}`)).toEqual({
      outcome: 'pass',
      class: undefined,
      summary: 'redis://HOST → PONG',
      failures: [],
    });
    expect(asked).toEqual(commands);
  });

  it('chooses the database of the URL', async () => {
    const asked: string[] = [];
    const host = await redisServer(['+OK\r\n', '+PONG\r\n'], asked);
    expect([(await judged(`redis://${host}/3`)).outcome, asked]).toEqual(['pass', ['SELECT 3', 'PING']]);
  });

  it.each<[string, string, string, string, string]>([
    [
      'a wrong password',
      ':pw12@',
      '-WRONGPASS invalid username-password pair',
      'assertion',
      'login: accepted: WRONGPASS invalid username-password pair',
    ],
    [
      'a missing password',
      '',
      '-NOAUTH Authentication required.',
      'assertion',
      'login: accepted: NOAUTH Authentication required.',
    ],
    [
      'a server that loads its data',
      '',
      '-LOADING Redis is loading the dataset in memory',
      'gateway',
      'PING: an answer: LOADING Redis is loading the dataset in memory',
    ],
    [
      'a full server',
      '',
      '-ERR max number of clients reached',
      'gateway',
      'PING: an answer: ERR max number of clients reached',
    ],
    [
      'a forbidden command',
      '',
      "-NOPERM this user has no permissions to run the 'ping' command",
      'assertion',
      "PING: an answer: NOPERM this user has no permissions to run the 'ping' command",
    ],
    ['another reply', '', '+HELLO', 'assertion', 'reply: equals "PONG": "HELLO"'],
  ])('fails on %s', async (_, login, reply, failureClass, failure) => {
    const host = await redisServer([`${reply}\r\n`]);
    expect(await judged(`redis://${login}${host}`)).toEqual({
      outcome: 'fail',
      class: failureClass,
      summary: `redis://HOST → ${reply.slice(1)}`,
      failures: [failure],
    });
  });

  it.each<[string, () => Promise<string>, string, string]>([
    ['nothing listens', refusingUrl, 'connect', 'connect ECONNREFUSED HOST'],
    [
      'what answers is another server',
      () => redisServer(['HTTP/1.1 400 Bad Request\r\n']),
      'assertion',
      'what answers is not Redis: "HTTP/1.1 400 Bad Request\\r\\n"',
    ],
    [
      'the reply never ends',
      () => redisServer(['+PON']),
      'timeout',
      'connected, but no answer within 300 ms',
    ],
    [
      'the server hangs up',
      () => serveSocket((socket) => socket.once('data', () => socket.end())),
      'connect',
      'the connection was closed before any answer',
    ],
  ])('fails when %s', async (_, server, failureClass, why) => {
    const host = (await server()).replace('http://', '');
    const { class: found, summary } = await judged(`redis://${host}`);
    expect([found, summary]).toEqual([failureClass, `redis://HOST → ${why}`]);
  });

  it('speaks TLS to rediss, and verifies it', async () => {
    const trusted = trustedAuthority();
    const asked: string[] = [];
    const server = createServer(
      { SNICallback: (name, answer) => answer(null, trusted.authority.contextFor(name)) },
      speak(['+OK\r\n', '+PONG\r\n'], asked),
    );
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    const { port } = server.address() as AddressInfo;
    const url = `rediss://:pw12@localhost:${port}`;
    const known = await judged(url);
    trusted[Symbol.dispose]();
    const unknown = await judged(url);
    server.close();
    expect([known.outcome, asked, unknown.class]).toEqual(['pass', ['AUTH pw12', 'PING'], 'tls-verdict']);
  });

  it('goes through a proxy by CONNECT', async () => {
    const host = await redisServer(['+PONG\r\n']);
    await using proxy = await connectProxy({ kind: 'tunnels', to: Number(host.split(':')[1]) });
    const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
    expect([(await judged('redis://cache.test', { env })).outcome, proxy.asked]).toEqual([
      'pass',
      ['CONNECT cache.test:6379'],
    ]);
  });

  it('never shows its password', async () => {
    const host = await redisServer(['-WRONGPASS p@ss-word\r\n']);
    const text = `secrets: [CACHE]\nchecks:\n  - name: cache\n    redis: "\${CACHE}"`;
    const report = await check(text, { secrets: { CACHE: `redis://:p%40ss-word@${host}` } });
    expect(report.results[0]?.attempts[0]?.failures[0]?.actual).toBe('WRONGPASS ***');
  });

  it.each<[string, string, string]>([
    [
      'with a password in the clear',
      'redis://:secret@cache.test',
      'The password of `redis` would go over an unencrypted connection. Use TLS, or set `allow-insecure: true`.',
    ],
    [
      'of another protocol',
      'http://cache.test',
      '`redis` needs a URL that begins with redis:// or rediss://.',
    ],
    [
      'with a database that has no number',
      'redis://cache.test/main',
      'The URL of `redis` must end in the number of a database.',
    ],
  ])('refuses a URL %s', async (_, url, message) => {
    await expect(judged(url)).rejects.toMatchObject({ details: [`checks:1:3: Check "cache": ${message}`] });
  });
});
