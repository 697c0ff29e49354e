// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { afterEach, describe, expect, it } from 'vitest';
import { connectProxy } from '../../support/connect-proxy.ts';
import { check, closeServers, refusingUrl, serveSocket } from './loopback.ts';
import { postgresServer, refusal, rows } from './postgres-server.ts';

afterEach(closeServers);

/** Outcome, class and what was said of a check on `url`; ports are not told. */
async function judged(url: string, more = '', options = {}) {
  const report = await check(`- name: db\n  postgres: { url: "${url}"${more} }`, options);
  const attempt = report.results[0]?.attempts.at(-1);
  return {
    outcome: report.outcome,
    class: attempt?.failureClass,
    summary: attempt?.summary.replace(/127\.0\.0\.1:\d+/g, 'HOST'),
    failures: attempt?.failures.map(({ read, expected, actual }) => `${read}: ${expected}: ${actual}`),
  };
}

describe('a postgres check', () => {
  it('passes when it is let in and SELECT 1 answers a row', async () => {
    const heard: string[] = [];
    const host = await postgresServer({ query: rows('1'), heard });
    expect(await judged(`postgres://app:pw@${host}/shop`)).toEqual({
      outcome: 'pass',
      class: undefined,
      summary: 'postgres://HOST/shop → 1 row',
      failures: [],
    });
    expect(heard).toEqual(['Q\0\0\0\rSELECT 1\0']);
  });

  it.each<[string, string, string[], string, readonly string[]]>([
    ['holds when they are as many as wanted', 'rows: 2', ['a', 'b'], 'pass', []],
    [
      'breaks when they are fewer',
      'rows: { gte: 3 }',
      ['a', 'b'],
      'fail',
      ['rows: count at least 3: 2 found'],
    ],
    ['may be that there are none', 'rows: 0', [], 'pass', []],
    [
      'breaks when there are none and nothing is said',
      'allow-insecure: false',
      [],
      'fail',
      ['rows: count at least 1: 0 found'],
    ],
  ])('asks for rows, which %s', async (_, written, found, outcome, failures) => {
    const host = await postgresServer({ query: rows(...found) });
    expect(await judged(`postgres://app@${host}`, `, query: SELECT n, ${written}`)).toMatchObject({
      outcome,
      failures,
    });
  });

  it('asks inside a read-only transaction, one statement', async () => {
    const heard: string[] = [];
    const host = await postgresServer({ query: rows('7'), heard });
    const report = await check(
      `- name: db\n  postgres: { url: "postgres://app@${host}/shop", query: "SELECT n FROM t" }\n  expect: { value: "7", rows: { each: { has-key: n } } }`,
    );
    expect(report.outcome).toBe('pass');
    expect([heard[0], heard.slice(1).join('').slice(0, 1)]).toEqual(['Q\0\0\0\u0014BEGIN READ ONLY\0', 'P']);
  });

  it.each<[string, string, string, string, string]>([
    ['a refused password', '28P01', 'assertion', 'fail', 'login to shop as app: accepted: 28P01 no'],
    ['an unknown database', '3D000', 'assertion', 'fail', 'login to shop as app: accepted: 3D000 no'],
    ['a server that starts up', '57P03', 'gateway', 'fail', 'login to shop as app: accepted: 57P03 no'],
    ['too many connections', '53300', 'gateway', 'fail', 'login to shop as app: accepted: 53300 no'],
    ['a pooler that lost its server', '08006', 'gateway', 'fail', 'login to shop as app: accepted: 08006 no'],
  ])('sorts %s', async (_, code, failureClass, outcome, failure) => {
    const host = await postgresServer({ login: [refusal(code, 'no')] });
    expect(await judged(`postgres://app:pw@${host}/shop`)).toEqual({
      outcome,
      class: failureClass,
      summary: `postgres://HOST/shop → ${code}`,
      failures: [failure],
    });
  });

  it.each<[string, string, string, string, string]>([
    ['a missing table', '42P01', 'assertion', 'fail', 'query: an answer: 42P01 no'],
    ['a statement that is no SQL', '42601', 'definition', 'error', 'query: an answer: 42601 no'],
    [
      'a statement that would write',
      '25006',
      'definition',
      'error',
      'query: an answer: 25006 no: a check may only read',
    ],
    ['a statement the server ended', '57014', 'timeout', 'fail', 'query: an answer: 57014 no'],
  ])('sorts %s', async (_, code, failureClass, outcome, failure) => {
    const host = await postgresServer({ query: [refusal(code, 'no')] });
    expect(await judged(`postgres://app@${host}/shop`, ', query: x')).toMatchObject({
      outcome,
      class: failureClass,
      failures: [failure],
    });
  });

  it.each<[string, string, string]>([
    [
      'offers no TLS where it must',
      'N',
      'postgres://HOST/shop → the server offers no TLS, which sslmode=require needs',
    ],
    [
      'answers the request for TLS with an error',
      'E',
      'postgres://HOST/shop → the server answered the request for TLS with an error',
    ],
    ['is none', 'HTTP/1.1 400', 'postgres://HOST/shop → what answers is not Postgres: "HTTP/1.1 400"'],
  ])('fails when what answers %s', async (_, tls, summary) => {
    const host = await postgresServer({ tls });
    expect(await judged(`postgres://app@${host}/shop?sslmode=require`)).toMatchObject({
      outcome: 'fail',
      summary,
    });
  });

  it.each<[string, () => Promise<string>, string, string]>([
    ['nothing listens', refusingUrl, 'connect', 'connect ECONNREFUSED HOST'],
    [
      'the server hangs up',
      () => serveSocket((socket) => socket.once('data', () => socket.destroy())),
      'connect',
      'Connection terminated unexpectedly before any answer',
    ],
    [
      'the server says nothing',
      () => serveSocket(() => {}),
      'timeout',
      'connected, but no answer within 200 ms',
    ],
  ])('fails when %s', async (_, server, failureClass, why) => {
    const host = (await server()).replace('http://', '');
    const report = await check(
      `- name: db\n  postgres: postgres://app@${host}/shop?sslmode=disable\n  timeout: 200ms`,
    );
    const attempt = report.results[0]?.attempts[0];
    expect([report.outcome, attempt?.failureClass, attempt?.summary.replaceAll(host, 'HOST')]).toEqual([
      'fail',
      failureClass,
      `postgres://HOST/shop → ${why}`,
    ]);
  });

  it('goes through a proxy by CONNECT', async () => {
    const host = await postgresServer({ query: rows('1') });
    await using proxy = await connectProxy({ kind: 'tunnels', to: Number(host.split(':')[1]) });
    const report = await check('- name: db\n  postgres: { url: "postgres://app@db.test/shop" }', {
      env: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` },
    });
    expect([report.outcome, proxy.asked]).toEqual(['pass', ['CONNECT db.test:5432']]);
  });

  it('never shows its password, in whatever form the server repeats it', async () => {
    const host = await postgresServer({ login: [refusal('28P01', 'bad p@ss/word or p%40ss%2Fword')] });
    const text = `secrets: [DB]\nchecks:\n  - name: db\n    postgres: { url: "\${DB}" }`;
    const report = await check(text, { secrets: { DB: `postgres://app:p%40ss%2Fword@${host}/shop` } });
    expect(report.results[0]?.attempts[0]?.failures[0]?.actual).toBe('28P01 bad *** or ***');
  });

  it('sends no password to another machine unencrypted', async () => {
    const host = await postgresServer({});
    await using proxy = await connectProxy({ kind: 'tunnels', to: Number(host.split(':')[1]) });
    const options = { env: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` } };
    expect(await judged('postgres://app:secret@db.test/shop', '', options)).toMatchObject({
      outcome: 'fail',
      summary:
        'postgres://db.test:5432/shop → the server offers no TLS. The password of `postgres` would go over an unencrypted connection. Use TLS, or set `allow-insecure: true`.',
    });
  });

  it.each<[string, string, string]>([
    [
      'with a password in the clear',
      'postgres://a:secret@db.test/?sslmode=disable',
      'The password of `postgres` would go over an unencrypted connection. Use TLS, or set `allow-insecure: true`.',
    ],
    [
      'of another protocol',
      'mysql://a@db.test',
      '`postgres` needs a URL that begins with postgres:// or postgresql://.',
    ],
    [
      'that is no URL',
      'host=db user=a',
      '`postgres` has no usable URL: special characters of its password must be percent-encoded.',
    ],
    ['without a user', 'postgres://db.test/shop', 'The URL of `postgres` names no user.'],
    [
      'with an unknown sslmode',
      'postgres://a@db.test/?sslmode=on',
      '`sslmode` in the URL of `postgres` must be one of disable, allow, prefer, require, no-verify, verify-ca, verify-full.',
    ],
  ])('refuses a URL %s', async (_, url, message) => {
    await expect(judged(url)).rejects.toMatchObject({ details: [`checks:1:3: Check "db": ${message}`] });
  });
});
