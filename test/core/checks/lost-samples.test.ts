import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { check, closeServers, serve } from './loopback.ts';

afterEach(closeServers);

/** Answers at once; `lost` says which requests, counted from 1 and the warm-up among them, get no answer. */
async function losing(
  lost: (count: number) => boolean,
  lose: (response: ServerResponse) => void = (response) => void response.destroy(),
) {
  let count = 0;
  const url = await serve((_, response) => {
    if (lost(++count)) lose(response);
    else response.end();
  });
  return { url, asked: () => count };
}

const text = (url: string, samples: string, expect: string, more = '') =>
  `- name: page\n  http: ${url}\n  expect: { status: 200, ${expect} }\n  samples: ${samples}\n${more}`;

const among =
  (...lost: number[]) =>
  (count: number) =>
    lost.includes(count);

describe('samples that got no answer', () => {
  it.each<[string, string, readonly number[], string, number]>([
    ['one of 50 is allowed', '50', [9], 'pass', 51],
    ['two of 50 are not, and the rest is not asked', '50', [9, 11], 'fail', 11],
    ['two of 100 are allowed', '100', [9, 11], 'pass', 101],
    ['three of 100 are not', '100', [9, 11, 13], 'fail', 13],
    ['one of two is not', '2', [3], 'fail', 3],
    ['one of five is not', '5', [3], 'fail', 3],
    ['one of 20 is not', '20', [9], 'fail', 9],
    ['one of 49 is not', '49', [9], 'fail', 9],
    ['one of 99 is allowed', '99', [9], 'pass', 100],
    ['two of 99 are not', '99', [9, 11], 'fail', 11],
    ['one of a few where the check says so', '{ count: 10, lost: 1 }', [9], 'pass', 11],
    ['none where the check says so', '{ count: 50, lost: 0 }', [9], 'fail', 9],
    ['more where the check says so', '{ count: 10, lost: 3 }', [3, 4, 5], 'pass', 11],
  ])('%s', async (_, samples, lost, outcome, asked) => {
    const service = await losing(among(...lost));
    const report = await check(text(service.url, samples, 'p50: { lt: 4s }'));
    expect([report.outcome, service.asked()]).toEqual([outcome, asked]);
  });

  it('say how many there were, and how many may be', async () => {
    const { url } = await losing((count) => count > 4);
    const report = await check(text(url, '50', 'max: { lt: 1s }'));
    const [result] = report.results;
    expect([report.outcome, report.reason]).toEqual(['fail', 'checks-failed']);
    expect(result?.attempts[0]?.failures).toEqual([
      {
        read: 'samples',
        expected: 'at most 1 of 50 without an answer',
        actual: '2 of 5',
        where: { line: 1, column: 3 },
      },
    ]);
    expect(result?.warnings).toEqual([
      { message: '2 of 5 samples got no answer; a lost one counts as 5000 ms' },
    ]);
  });

  it.each<[string, string, string]>([
    ['the maximum is the time-out at least', 'max: { lt: 4s }', 'fail'],
    ['so is a percentile that reaches into them', 'p90: { lt: 4s }', 'fail'],
    ['a percentile below them is of what was answered', 'p50: { lt: 4s }', 'pass'],
    ['the mean has its share of them', 'mean: { lt: 900ms }', 'fail'],
  ])('stand above every one that was answered: %s', async (_, bar, outcome) => {
    const { url } = await losing(among(5, 9));
    const report = await check(text(url, '{ count: 10, lost: 2 }', bar));
    expect([report.outcome, report.results[0]?.latency]).toEqual([
      outcome,
      expect.objectContaining({ samples: 8, lost: 2, p90: 5000, max: 5000 }),
    ]);
  });

  it('count as the time-out of the check where that ended them', async () => {
    const { url } = await losing(among(4), () => {});
    const report = await check(text(url, '{ count: 5, lost: 1 }', 'p50: { lt: 1s }', '  timeout: 120ms\n'));
    const { max = 0 } = report.results[0]?.latency ?? {};
    expect([report.outcome, max >= 120 && max < 400]).toEqual(['pass', true]);
  });

  it('of the warm-up are said, and count for nothing else', async () => {
    const { url } = await losing(among(2, 3));
    const report = await check(text(url, '{ count: 5, lost: 0 }', 'max: { lt: 4s }', '  warmup: 3\n'));
    expect([report.outcome, report.results[0]?.warnings]).toEqual([
      'pass',
      [{ message: '2 of the warm-up got no answer' }],
    ]);
  });

  it.each<[string, string, string]>([
    ['no count', '{ lost: 0 }', '`samples` needs `count`, such as `{ count: 50, lost: 0 }`.'],
    ['all of them', '{ count: 5, lost: 5 }', 'Of 5 samples at most 4 may be lost: one must be answered.'],
    ['less than none', '{ count: 5, lost: -1 }', '`lost` must be a whole number of at least 0, not -1.'],
  ])('cannot be allowed with %s', async (_, samples, message) => {
    await expect(check(text('http://127.0.0.1:1', samples, 'p50: { lt: 4s }'))).rejects.toMatchObject({
      details: [expect.stringContaining(message)],
    });
  });
});
