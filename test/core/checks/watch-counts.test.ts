import { describe, expect, it } from 'vitest';
import type { Meets } from './scripted.ts';
import { named, play } from './scripted.ts';

/** Watched for 60 s, every 10 s; the verdict's own attempt is good. */
const watching = (limits: string, settings = '') =>
  `watch: { for: 60s, interval: 10s${limits === '' ? '' : `, ${limits}`} }\nchecks:\n${named('home', settings)}`;

const then = (...rounds: Meets[]): Meets[] => ['good', ...rounds];

describe('a round of a watch that outlasts its interval', () => {
  it.each<[string, string, Meets[], [string, string], object]>([
    [
      'and is bad counts for every one that was due meanwhile',
      'failure-limit: 2',
      then('good', 'silent', 'good'),
      ['fail', 'checks-failed'],
      { good: 1, bad: 3, errors: 0, late: 0 },
    ],
    [
      'and is bad is within a limit that allows as many',
      'failure-limit: 3',
      then('good', 'silent', 'good'),
      ['pass', 'verified'],
      { good: 3, bad: 3, errors: 0, late: 0 },
    ],
    [
      'again and again is over the limit as soon as that many were due',
      'failure-limit: 4',
      then('silent'),
      ['fail', 'checks-failed'],
      { good: 0, bad: 5, errors: 0, late: 0 },
    ],
    [
      'and is bad is so often in a row',
      'consecutive-failure-limit: 2',
      then('good', 'silent', 'good'),
      ['fail', 'checks-failed'],
      { good: 1, bad: 3, errors: 0, late: 0 },
    ],
    [
      'and is good leaves out what nobody knows',
      '',
      then('good', 'slow', 'good'),
      ['pass', 'verified'],
      { good: 5, bad: 0, errors: 0, late: 1 },
    ],
  ])('%s', async (_, limits, home, verdict, watch) => {
    const { report } = await play(watching(limits, 'timeout: 30s'), { home });
    expect([report.outcome, report.reason]).toEqual(verdict);
    expect(report.results[0]?.watch).toEqual(watch);
  });

  it('says nothing of the checks beside it', async () => {
    const text = `${watching('failure-limit: 4', 'timeout: 30s')}${named('data')}`;
    const { report } = await play(text, { home: then('good', 'silent', 'good') });
    expect(report.results.map(({ watch }) => watch)).toEqual([
      { good: 3, bad: 3, errors: 0, late: 0 },
      { good: 4, bad: 0, errors: 0, late: 2 },
    ]);
  });
});

describe('rounds of a watch in error', () => {
  it.each<[string, string, Meets[], [string, string]]>([
    [
      'are not good ones for the rate',
      'failure-rate: { max: 40%, min-samples: 4 }',
      then('bad', 'good', 'error', 'good'),
      ['fail', 'checks-failed'],
    ],
    [
      'alone over the rate are an error',
      'failure-rate: { max: 40%, min-samples: 4 }',
      then('error', 'good', 'error', 'good'),
      ['error', 'checks-error'],
    ],
    [
      'have their row ended by a good one only',
      'failure-limit: 3, error-limit: 2',
      then('error', 'bad', 'error', 'bad', 'error', 'good'),
      ['error', 'checks-error'],
    ],
  ])('%s', async (_, limits, home, verdict) => {
    const { report } = await play(watching(limits), { home });
    expect([report.outcome, report.reason]).toEqual(verdict);
  });
});

describe('a watch without one good round', () => {
  it.each<[string, string, Meets[], string]>([
    [
      'all bad',
      'consecutive-failure-limit: 3, error-limit: 5',
      then('bad', 'error', 'bad', 'error', 'bad', 'error'),
      'fail',
    ],
    [
      'bad and in error',
      'failure-limit: 5, error-limit: 5',
      then('error', 'error', 'bad', 'bad', 'error', 'bad'),
      'fail',
    ],
    ['all in error', 'error-limit: 6', then('error'), 'inconclusive'],
  ])('is within no limit: %s', async (_, limits, home, outcome) => {
    const { report } = await play(watching(limits), { home });
    expect(report.outcome).toBe(outcome);
  });

  it('cannot be allowed by a rate', async () => {
    await expect(play(watching('failure-rate: { max: 100%, min-samples: 4 }'), {})).rejects.toMatchObject({
      details: [
        'checks:1:56: `max` must be less than 100%: every round may then be bad, and nothing is watched.',
      ],
    });
  });
});
