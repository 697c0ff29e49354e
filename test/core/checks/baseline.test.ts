// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { afterEach, describe, expect, it } from 'vitest';
import type { BaselineRules, CheckSource } from '../../../packages/core/src/checks/check-file.ts';
import { compare, type KnownLatency } from '../../../packages/core/src/checks/run/baseline.ts';
import { check, closeServers, serve } from './loopback.ts';

afterEach(closeServers);

const where = { line: 1, column: 11 };
const source: CheckSource = { file: undefined, folder: '.', files: { root: '.' }, place: () => where };
const origin = { parent: undefined, key: 'baseline' };
const rules: BaselineRules = {
  from: 'last-verified',
  metric: 'p95',
  tolerance: 0.25,
  floorMs: 50,
  origin,
};
const v41: KnownLatency = { from: 'v41', samples: 50, measured: { p50: 80, p95: 200 } };

describe('a new release beside an older one', () => {
  it.each<[string, Partial<BaselineRules>, number, string, number]>([
    ['is as fast at the limit itself', {}, 300, 'as-fast', 300],
    ['is slower a tenth beyond it', {}, 300.1, 'slower', 300],
    ['is never too fast', {}, 1, 'as-fast', 300],
    ['is held to 5 % when nothing else is allowed', { tolerance: 0.05, floorMs: 0 }, 210, 'as-fast', 210],
    ['is slower beyond those 5 %', { tolerance: 0.05, floorMs: 0 }, 210.1, 'slower', 210],
    ['may not be slower at all when nothing is allowed', { tolerance: 0, floorMs: 0 }, 200.1, 'slower', 200],
  ])('%s', (_, change, ms, kind, limitMs) => {
    const compared = compare({ ...rules, ...change }, { p95: ms }, { known: v41, source });
    expect(compared).toMatchObject({
      kind,
      comparison: { from: 'v41', metric: 'p95', ms, beforeMs: 200, limitMs },
    });
  });

  it('is not called half as slow again for 4 ms that became 6 ms', () => {
    const known: KnownLatency = { from: 'v41', samples: 50, measured: { p95: 4 } };
    expect(compare(rules, { p95: 6 }, { known, source }).kind).toBe('as-fast');
  });

  it('says what it allowed, and where that is written', () => {
    expect(compare(rules, { p95: 301 }, { known: v41, source })).toMatchObject({
      failure: {
        read: 'p95 beside v41',
        expected: 'at most 300 ms (200 ms + 25 % + 50 ms)',
        actual: '301 ms',
        where,
      },
    });
  });

  it.each<[string, KnownLatency | undefined, object]>([
    [
      'decides nothing when there is no older one',
      undefined,
      {
        kind: 'alone',
        warning: {
          message: 'baseline: there is no earlier p95 to compare with, so the comparison decides nothing',
          where,
        },
      },
    ],
    [
      'decides nothing by too few samples of the older one',
      { ...v41, samples: 19 },
      { kind: 'too-few', why: 'p95 needs 20 good samples of v41, and there are 19' },
    ],
    [
      'decides nothing by a measure that was not kept',
      { ...v41, measured: { p50: 80 } },
      { kind: 'too-few', why: 'p95 needs 20 good samples of v41, and there are 50' },
    ],
  ])('%s', (_, known, expected) => {
    expect(compare(rules, { p95: 100 }, { known, source })).toEqual(expected);
  });
});

/** A server that answers after so many milliseconds; `asked` is what it was asked, `broken` answers 500. */
async function answering(delayMs: number, broken = false) {
  const asked: number[] = [];
  const url = await serve((_, response) => {
    asked.push(performance.now());
    if (broken) response.statusCode = 500;
    setTimeout(() => response.end(), delayMs);
  });
  return { url, asked };
}

const file = (baseline: string, more = '') =>
  `baseline: { metric: p50, ${baseline} }\nchecks:\n  - name: page\n    http: GET /\n    expect: { status: 200 }\n${more}`;

describe('a baseline from `previous-url`', () => {
  const text = file('from: previous-url, samples: 6, tolerance: 25%, floor: 5ms');

  it('is asked alternately with the new release, each going first in turn', async () => {
    const [now, before] = [await answering(0), await answering(0)];
    const variables = { url: now.url, 'previous-url': before.url };
    const report = await check(text, { variables });
    expect([report.outcome, now.asked.length, before.asked.length]).toEqual(['pass', 7, 7]);
    const order = [
      ...now.asked.map((at) => ({ at, is: 'n' })),
      ...before.asked.map((at) => ({ at, is: 'b' })),
    ];
    const turns = order.sort((one, other) => one.at - other.at).map(({ is }) => is);
    expect(turns.join('')).toBe('nbbnnbbnnbbnnb');
  });

  it('fails a release that is slower, with both values', async () => {
    const [now, before] = [await answering(40), await answering(2)];
    const report = await check(text, { variables: { url: now.url, 'previous-url': before.url } });
    const [result] = report.results;
    expect([report.outcome, report.reason]).toEqual(['fail', 'checks-failed']);
    expect(result?.comparison).toMatchObject({
      from: 'the previous release, asked alternately',
      metric: 'p50',
    });
    expect(result?.attempts[0]?.failures).toMatchObject([
      { read: 'p50 beside the previous release, asked alternately' },
    ]);
  });

  it('passes a release that is faster', async () => {
    const [now, before] = [await answering(2), await answering(40)];
    const report = await check(text, { variables: { url: now.url, 'previous-url': before.url } });
    expect(report.outcome).toBe('pass');
  });

  it('leaves it undecided when the previous release gives too few good samples', async () => {
    const [now, before] = [await answering(0), await answering(0, true)];
    const report = await check(text, { variables: { url: now.url, 'previous-url': before.url } });
    expect([report.outcome, report.reason]).toEqual(['inconclusive', 'too-few-samples']);
  });

  it.each<[string, string, string]>([
    ['that is empty falls back to what is known', '', 'known'],
    ['that the check does not go by falls back to what is known', 'elsewhere', 'known'],
  ])('%s', async (_, previous, from) => {
    const now = await answering(0);
    const given = { url: now.url, 'previous-url': previous === '' ? '' : 'http://127.0.0.1:9' };
    const fixed = previous === '' ? text : text.replace('GET /', `GET ${now.url}/`);
    const known = { from, samples: 50, measured: { p50: 100 } };
    const report = await check(fixed, { variables: given, baselines: () => known });
    expect([report.outcome, report.results[0]?.comparison?.from, now.asked.length]).toEqual([
      'pass',
      from,
      7,
    ]);
  });
});

describe('a baseline from what is known', () => {
  const text = file('samples: 5, tolerance: 5%, floor: 0');
  const known = { from: 'v41', samples: 50, measured: { p50: 1 } };

  it('judges every http check of the file, and none that opts out', async () => {
    const now = await answering(10);
    const more =
      '  - { name: free, http: /, expect: { status: 200 }, baseline: none }\n' +
      '  - { name: lax, http: /, expect: { status: 200 }, baseline: { tolerance: 100%, floor: 5s } }\n' +
      '  - { name: order, http: POST /, expect: { status: 200 } }\n';
    const report = await check(text + more, { variables: { url: now.url }, baselines: () => known });
    expect(
      report.results.map(({ name, outcome, comparison }) => [name, outcome, comparison?.limitMs]),
    ).toEqual([
      ['page', 'fail', 1.1],
      ['free', 'pass', undefined],
      ['lax', 'pass', 5002],
      ['order', 'pass', undefined],
    ]);
  });

  it('warns when nothing is known, and decides nothing', async () => {
    const now = await answering(0);
    const report = await check(text, { variables: { url: now.url } });
    expect([report.outcome, report.results[0]?.warnings]).toEqual([
      'pass',
      [
        {
          message: 'baseline: there is no earlier p50 to compare with, so the comparison decides nothing',
          where: { line: 1, column: 11 },
        },
      ],
    ]);
  });

  it('is not asked where measures are not wanted', async () => {
    const now = await answering(10);
    const options = { variables: { url: now.url }, baselines: () => known, measures: false };
    const report = await check(text, options);
    expect([report.outcome, now.asked.length]).toEqual(['pass', 1]);
  });

  it('is what the preflight measures of what is live', async () => {
    const now = await answering(0);
    const report = await check(text, { variables: { url: now.url }, mode: 'once' });
    expect([report.outcome, report.results[0]?.latency?.samples, report.results[0]?.attemptCount]).toEqual([
      'pass',
      5,
      1,
    ]);
  });
});
