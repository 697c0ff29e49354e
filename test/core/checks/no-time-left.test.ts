import { afterEach, describe, expect, it } from 'vitest';
import { oldVersionsAccepted } from '../../../packages/core/src/checks/types/tls-old-versions.ts';
import { systemClock } from '../../../packages/core/src/io/clock.ts';
import { check, closeServers, serve, serveSocket } from './loopback.ts';
import { named, play } from './scripted.ts';

afterEach(closeServers);

/** Answers the first request with what is given, and no other. */
async function answeringOnce(body: string, status = 200) {
  let count = 0;
  const url = await serve((_, response) => {
    if (count++ === 0) response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  return { url, asked: () => count };
}

const release = (url: string, retry: string) =>
  `target: ${url}\nrelease: { jsonpath: $.commit }\ndefaults: { retry: ${retry} }\nchecks:\n  - { name: home, http: /, timeout: 50ms, expect: { status: 200 } }\n`;

describe('an attempt whose time is cut short', () => {
  it('hides nothing of the real one before it', async () => {
    const { url, asked } = await answeringOnce('{"commit":"0000000aaaa"}');
    const text = release(url, '{ until: 900ms, interval: 300ms, jitter: 0% }');
    const report = await check(text, { variables: { sha: 'abcdef1234567' } });
    const [build] = report.results;
    expect([report.outcome, build?.outcome, asked()]).toEqual(['fail', 'fail', 3]);
    expect(build?.attempts.map(({ failureClass, number }) => [failureClass, number])).toEqual([
      ['stale-release', 1],
    ]);
    expect(build?.attemptCount).toBe(2);
  });

  it('that only waited for a dialogue is no evidence either', async () => {
    let count = 0;
    const url = await serveSocket((socket) => {
      if (count++ === 0) socket.end('ERR overloaded\r\n');
    });
    const text = `- name: queue\n  tcp: { host: 127.0.0.1, port: ${new URL(url).port}, expect: OK }\n  retry: { until: 900ms, interval: 300ms, jitter: 0% }\n`;
    const report = await check(text);
    const attempts = report.results[0]?.attempts ?? [];
    expect([report.outcome, attempts.length, JSON.stringify(attempts)]).toEqual([
      'fail',
      1,
      expect.stringContaining('ERR overloaded'),
    ]);
  });

  it('is all there is where none came before: nothing is proved', async () => {
    const url = await serve(() => {});
    const text = `- { name: home, http: "${url}", expect: { status: 200 } }\n`;
    const report = await check(text, { budgetMs: 100 });
    expect([report.outcome, report.reason, report.results[0]?.attempts.length]).toEqual([
      'inconclusive',
      'out-of-time',
      1,
    ]);
  });

  it('is not one that had all of its own time to connect', async () => {
    const text = named(
      'home',
      'connect-timeout: 1s, retry: { until: 7s, interval: 1s, jitter: 0%, backoff: 1 }',
    );
    const { report } = await play(text.replace(/^/, 'checks:\n'), { home: ['refused'] });
    expect(report.results[0]?.attemptCount).toBe(7);
  });
});

describe('an attempt with no time left', () => {
  it('is not started: what the last one met stands', async () => {
    const settings = 'retry: { until: 3s, interval: 2995ms, jitter: 0% }';
    const { report, asked } = await play(`checks:\n${named('home', settings)}`, { home: ['bad'] });
    expect([report.outcome, asked.home, report.results[0]?.attemptCount]).toEqual(['fail', [0], 1]);
  });

  it('ends its scenario as what the step met before', async () => {
    const text =
      'scenarios:\n  - name: shop\n    steps:\n' +
      '      - { name: a, http: /a, expect: { status: 200 }, retry: { until: 3s, interval: 2995ms, jitter: 0% } }\n' +
      '      - { name: b, http: /b, expect: { status: 200 } }\n';
    const { report } = await play(text, { 'shop / a': ['bad'] });
    expect(report.results.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['fail', 'checks-failed'],
      ['skipped', 'earlier-step'],
    ]);
  });

  it('offers no old version of TLS: what the first handshake showed stands', async () => {
    const context = { timeoutMs: 3, clock: systemClock } as never;
    const open = () => Promise.reject(new Error('nothing is to be opened'));
    const findings = await oldVersionsAccepted({ minVersion: '1.2', serverName: 'a', open }, context);
    expect(findings.map(({ failureClass, failure: { actual } }) => [failureClass, actual])).toEqual([
      ['timeout', 'not offered, since no time was left: raise `timeout`'],
    ]);
  });
});
