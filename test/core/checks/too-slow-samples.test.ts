import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { KnownLatency } from '../../../packages/core/src/checks/run/baseline.ts';
import { check, closeServers, serve } from './loopback.ts';

afterEach(closeServers);

/** Answers each request, the warm-up first, after so many milliseconds; the last of them for all that follow. */
async function answering(...delays: readonly number[]) {
  let count = 0;
  const url = await serve((_, response: ServerResponse) => {
    setTimeout(() => response.end(), delays[Math.min(count++, delays.length - 1)]);
  });
  return { url, asked: () => count };
}

const text = (url: string, expect: string, samples = '50', file = '') =>
  `${file}checks:\n  - name: page\n    http: ${url}\n    expect: { status: 200, ${expect} }\n    samples: ${samples}\n`;

describe('a bar that can no longer hold, whatever the samples to come bring, fails the check at once', () => {
  it.each<[string, string, readonly number[], number]>([
    ['the first over `max`', 'max: { lt: 300ms }', [0, 0, 400], 1 + 2],
    ['three of 50 over `p95`', 'p95: { max: 300ms }', [0, 400, 0, 400, 0, 400], 1 + 5],
    ['six of 50 over `p90`', 'p90: { lte: 60ms }', [80], 1 + 6],
    ['26 of 50 over `p50`', 'p50: { lt: 20ms }', [30], 1 + 26],
    ['a sum that alone is over the mean', 'mean: { lt: 15ms }', [400], 1 + 2],
    ['one that must not be greater', 'max: { not-gt: 60ms }', [80], 1 + 1],
    ['the upper end of a span', 'max: { between: [0ms, 60ms] }', [80], 1 + 1],
    ['the first of two bars', 'p95: { degraded: 10ms, max: 60ms }, max: { lt: 70ms }', [80], 1 + 1],
  ])('%s', async (_, bar, delays, asked) => {
    const service = await answering(...delays);
    const report = await check(text(service.url, bar));
    expect([report.outcome, report.reason, service.asked()]).toEqual(['fail', 'checks-failed', asked]);
  });

  it('and says what it comes to at least, and of how many', async () => {
    const { url } = await answering(80);
    const report = await check(text(url, 'p95: { max: 60ms }'));
    const [attempt] = report.results[0]?.attempts ?? [];
    expect(attempt).toMatchObject({ outcome: 'fail', failureClass: 'assertion' });
    expect(attempt?.failures).toEqual([
      {
        read: 'p95',
        expected: 'at most 60 ms',
        actual: expect.stringMatching(/^\d+(\.\d)? ms at least, whatever the other 47 samples bring$/),
        where: { line: 4, column: 33 },
      },
    ]);
    expect(report.results[0]?.latency).toMatchObject({ samples: 3, lost: 0 });
  });

  it('before the time is up that would leave them too few', async () => {
    const { url } = await answering(80);
    const report = await check(text(url, 'p95: { max: 30ms }'), { budgetMs: 1500 });
    expect([report.outcome, report.reason]).toEqual(['fail', 'checks-failed']);
  });

  it('and when the time is up, those without an answer count as the time-out at least', async () => {
    let count = 0;
    const url = await serve((_, response) => {
      if (++count === 3) response.destroy();
      else setTimeout(() => response.end(), 60);
    });
    const report = await check(text(url, 'max: { lt: 4s }'), { budgetMs: 800 });
    expect([report.outcome, report.reason]).toEqual(['fail', 'checks-failed']);
    expect(report.results[0]?.attempts[0]?.failures[0]?.actual).toMatch(/^5000 ms at least, whatever the /);
  });

  it('and so does a comparison with an earlier release', async () => {
    const { url, asked } = await answering(80);
    const earlier: KnownLatency = { from: 'v41', samples: 50, measured: { p95: 10 } };
    const file = 'baseline: { metric: p95, tolerance: 10%, floor: 20ms }\n';
    const report = await check(text(url, 'p50: { lt: 4s }', '50', file), { baselines: () => earlier });
    expect([report.outcome, report.results[0]?.comparison?.limitMs, asked()]).toEqual(['fail', 31, 1 + 3]);
  });
});

describe('samples are taken to the end', () => {
  it.each<[string, string, readonly number[]]>([
    ['while as many are over as may be', 'p95: { max: 300ms }', [400, 400, 400, 0]],
    ['where only `degraded` is over', 'max: { degraded: 10ms, max: 4s }', [0, 30, 0]],
    ['where they must be slow', 'p50: { gt: 0ms }', [20, 0]],
  ])('%s', async (_, bar, delays) => {
    const service = await answering(...delays);
    const report = await check(text(service.url, bar));
    expect([report.outcome, service.asked()]).toEqual(['pass', 51]);
  });

  it('where they are only kept for later', async () => {
    const service = await answering(30);
    const file = 'baseline: { metric: p50 }\n';
    const report = await check(text(service.url, 'max: { lt: 10ms }', '5', file), { mode: 'once' });
    expect([report.outcome, service.asked()]).toEqual(['pass', 6]);
  });
});
