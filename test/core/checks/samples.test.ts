import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { check, closeServers, refusingUrl, serve } from './loopback.ts';

afterEach(closeServers);

/** A server that does to its n-th request, counted from 1, whatever the test says; others are answered at once. */
async function answering(
  reply: (response: ServerResponse, count: number) => void = (response) => response.end(),
) {
  let count = 0;
  const connections = new Set<unknown>();
  const url = await serve((request, response) => {
    connections.add(request.socket);
    reply(response, ++count);
  });
  return { url, connections, asked: () => count };
}

const sampled = (url: string, expect: string, more = 'samples: 20') =>
  `- name: page\n  http: ${url}\n  expect: ${expect}\n  ${more}\n`;

const oneLost = 'samples: { count: 20, lost: 1 }';

/** Each answer after so many milliseconds, the last of them for all that follow. */
const delays =
  (...list: number[]) =>
  (response: ServerResponse, count: number) =>
    void setTimeout(() => response.end(), list[Math.min(count, list.length) - 1]);

describe('samples', () => {
  it('are taken each on a connection of its own, the warm-up dropped and shown', async () => {
    const { url, connections, asked } = await answering(delays(80, 0));
    const report = await check(sampled(url, '{ status: 200, p95: { lt: 70ms } }'));
    const [result] = report.results;
    expect([report.outcome, asked(), connections.size]).toEqual(['pass', 21, 21]);
    expect(result?.latency).toMatchObject({ samples: 20, lost: 0, warmup: [expect.any(Number)] });
    expect(result?.latency?.values).toHaveLength(20);
    expect(result?.latency?.warmup[0]).toBeGreaterThan(75);
    expect(result?.attempts[0]?.summary).toMatch(
      /^GET http:\S+ → 200; 20 samples: p50 [\d.]+ ms, p95 [\d.]+ ms, max [\d.]+ ms; warm-up [\d.]+ ms dropped$/,
    );
  });

  it('fail the check when together they are too slow, and say by how much', async () => {
    const { url } = await answering(delays(15));
    const report = await check(sampled(url, '{ status: 200, mean: { lt: 10ms } }', 'samples: 5'));
    const [attempt] = report.results[0]?.attempts ?? [];
    expect([report.outcome, report.reason, attempt?.failureClass]).toEqual([
      'fail',
      'checks-failed',
      'assertion',
    ]);
    expect(attempt?.failures).toEqual([
      {
        read: 'mean',
        expected: 'less than 10 ms',
        // The sum of the first is over already, however busy this machine is.
        actual: expect.stringMatching(
          /^(1\d|[2-9]\d|\d{3,})(\.\d)? ms at least, whatever the other (\d samples bring|sample brings)$/,
        ),
        where: { line: 3, column: 32 },
      },
    ]);
  });

  it('fail the check at the first that is answered wrongly, without asking on', async () => {
    const { url, asked } = await answering((response, count) =>
      response.writeHead(count === 4 ? 500 : 200).end(),
    );
    const report = await check(sampled(url, '{ status: 200, p50: { lt: 5s } }'));
    const [attempt] = report.results[0]?.attempts ?? [];
    expect([report.outcome, asked(), attempt?.status]).toEqual(['fail', 4, 500]);
    expect(attempt?.summary).toBe(`GET ${url}/ → 500 (sample 3 of 20)`);
  });

  it('fail the check at once when nothing answers', async () => {
    const report = await check(sampled(await refusingUrl(), '{ status: 200, p95: { lt: 5s } }'));
    expect([report.outcome, report.results[0]?.attempts[0]?.failureClass]).toEqual(['fail', 'connect']);
    expect(report.results[0]?.attempts[0]?.summary).toMatch(/\(warm-up\)$/);
  });

  it('fail the check when all fail after a good warm-up', async () => {
    const { url, asked } = await answering((response, count) =>
      count === 1 ? response.end() : response.destroy(),
    );
    const report = await check(sampled(url, '{ status: 200, p90: { lt: 5s } }'));
    expect([report.outcome, report.reason, asked()]).toEqual(['fail', 'checks-failed', 2]);
  });

  it('fail the check when too many got no answer', async () => {
    const { url, asked } = await answering((response, count) =>
      count % 3 === 0 ? response.destroy() : response.end(),
    );
    const report = await check(sampled(url, '{ status: 200, p95: { lt: 5s } }', oneLost));
    expect([report.outcome, report.reason, asked()]).toEqual(['fail', 'checks-failed', 6]);
    expect(report.results[0]?.attempts[0]?.summary).toMatch(
      /; samples: expected at most 1 of 20 without an answer, got 2 of 5$/,
    );
  });

  it('leave it undecided when the time is up before there are enough', async () => {
    const { url } = await answering(delays(40));
    const report = await check(sampled(url, '{ status: 200, p95: { lt: 5s } }'), { budgetMs: 400 });
    expect([report.outcome, report.reason]).toEqual(['inconclusive', 'too-few-samples']);
    expect(report.results[0]?.attempts[0]?.summary).toMatch(
      /; \d of 20 samples are good, and 20 are needed \(the time ran out\)$/,
    );
  });

  it('judge the check by the good ones, and warn of those without an answer', async () => {
    const { url } = await answering((response, count) => (count === 9 ? response.destroy() : response.end()));
    const report = await check(sampled(url, '{ status: 200, p90: { lt: 5s } }', oneLost));
    expect([report.outcome, report.results[0]?.latency?.samples]).toEqual(['pass', 19]);
    expect(report.results[0]?.warnings).toEqual([
      { message: '1 of 20 samples got no answer; a lost one counts as 5000 ms' },
    ]);
  });

  it('are taken once; the rounds that follow ask once', async () => {
    const { url, asked } = await answering();
    const text = sampled(
      url,
      '{ status: 200, p50: { lt: 5s } }',
      'samples: 5\n  window: { successes: 3, interval: 1ms }',
    );
    const report = await check(text);
    expect([report.outcome, report.successes.reached, asked()]).toEqual(['pass', 3, 8]);
    expect(report.results[0]?.latency?.samples).toBe(5);
  });

  it('are left out of the preflight', async () => {
    const { url, asked } = await answering();
    const report = await check(sampled(url, '{ status: 200, p95: { lt: 5s } }'), { mode: 'once' });
    expect([report.outcome, asked()]).toEqual(['pass', 1]);
  });

  it('of a request that may count twice are refused before anything is sent', async () => {
    const { url, asked } = await answering();
    const text = `- name: order\n  http: POST ${url}\n  expect: { status: 200, p50: { lt: 5s } }\n  samples: 5\n`;
    await expect(check(text)).rejects.toMatchObject({
      details: [
        'checks:1:3: Check "order": it takes samples, and sending its request many times may do something many times. ' +
          'Set `retry: { unsafe: true }` if it is harmless.',
      ],
    });
    expect(asked()).toBe(0);
    const allowed = await check(`${text}  retry: { unsafe: true }\n`);
    expect([allowed.outcome, asked()]).toEqual(['pass', 6]);
  });
});

describe('the two thresholds of a duration', () => {
  it.each<[string, string, string, number]>([
    ['below both is good', '{ degraded: 4s, max: 5s }', 'pass', 0],
    ['over `degraded` is a warning', '{ degraded: 5ms, max: 5s }', 'pass', 1],
    ['over `max` is a failure', '{ degraded: 5ms, max: 10ms }', 'fail', 1],
    ['over a predicate beside them is one as well', '{ degraded: 4s, lt: 10ms }', 'fail', 0],
  ])('%s', async (_, bars, outcome, warnings) => {
    const { url } = await answering(delays(20));
    const single = await check(
      `- name: page\n  http: ${url}\n  expect: { status: 200, duration: ${bars} }\n`,
    );
    const many = await check(sampled(url, `{ status: 200, p50: ${bars} }`, 'samples: 3'));
    for (const report of [single, many]) {
      expect([report.outcome, report.results[0]?.warnings?.length ?? 0]).toEqual([outcome, warnings]);
    }
  });

  it('name the bar, the value and the place', async () => {
    const { url } = await answering(delays(20));
    const report = await check(sampled(url, '{ status: 200, p50: { degraded: 5ms } }', 'samples: 3'));
    expect(report.results[0]?.warnings).toEqual([
      {
        message: expect.stringMatching(/^degraded: p50: expected at most 5 ms, got [\d.]+ ms$/),
        where: { line: 3, column: 31 },
      },
    ]);
  });
});

describe('a step of a scenario', () => {
  const scenario = (url: string, first: string, file = '') =>
    `${file}target: ${url}
scenarios:
  - name: account
    steps:
      - { name: sign in, http: ${first}, expect: { status: 200 } }
      - { name: orders, http: /orders, samples: 5, expect: { status: 200, p50: { max: 5s } } }
`;

  it('takes the samples it asks for, as part of its session', async () => {
    const { url, asked } = await answering();
    const report = await check(scenario(url, 'POST /'));
    const measured = report.results.map(({ name, outcome, latency }) => [name, outcome, latency?.samples]);
    expect([measured, asked()]).toEqual([
      [
        ['account / sign in', 'pass', undefined],
        ['account / orders', 'pass', 5],
      ],
      7,
    ]);
  });

  it('takes none because the file compares every check', async () => {
    const { url, asked } = await answering();
    const file = 'baseline: { metric: p50, samples: 3 }\n';
    await check(
      scenario(url, '/', file).replace('samples: 5, ', '').replace(', p50: { max: 5s }', '') +
        'checks: [{ name: home, http: /, expect: { status: 200 } }]\n',
    );
    expect(asked()).toBe(2 + 4);
  });

  it('is refused when its samples may count twice', async () => {
    const { url } = await answering();
    const text = scenario(url, '/').replace('http: /orders', 'http: POST /orders');
    await expect(check(text)).rejects.toMatchObject({
      code: 'checks-invalid',
      what: expect.stringContaining('sending its request many times may do something many times'),
    });
  });
});

describe('a watch', () => {
  it('asks a measured check once a round, also after a bad one', async () => {
    const { url, asked } = await answering((response, count) =>
      response.writeHead(count === 7 ? 500 : 200).end(),
    );
    const text = `watch: { for: 60ms, interval: 20ms, failure-limit: 2 }\ntarget: ${url}\nchecks:\n${sampled('/', '{ status: 200, p50: { max: 5s } }', 'samples: 5')}`;
    const report = await check(text);
    expect([report.outcome, report.results[0]?.latency?.samples]).toEqual(['pass', 5]);
    expect(asked()).toBeLessThanOrEqual(6 + 3);
  });
});
