import type { CheckResult, ChecksReport } from '../../packages/core/src/checks/check-result.ts';

/** A check that passed. */
export const good: CheckResult = {
  name: 'home',
  type: 'http',
  severity: 'gate',
  outcome: 'pass',
  reason: 'verified',
  file: 'smoke.yml',
  attempts: [
    {
      number: 1,
      outcome: 'pass',
      summary: 'GET https://shop.example/ → 200',
      failures: [],
      phases: { dns: 2, connect: 5, tls: 12, firstByte: 40, download: 41, total: 41 },
      status: 200,
    },
  ],
  attemptCount: 1,
  durationMs: 41,
  url: 'https://shop.example/',
};

/** One that failed at its third attempt. */
export const bad: CheckResult = {
  ...good,
  name: 'api',
  outcome: 'fail',
  reason: 'checks-failed',
  attempts: [
    {
      number: 3,
      atMs: 6000,
      outcome: 'fail',
      failureClass: 'assertion',
      summary: 'GET https://shop.example/api → 200',
      failures: [
        {
          read: 'jsonpath $.status',
          expected: 'equals "up"',
          actual: '"down"',
          where: { file: 'smoke.yml', line: 9, column: 31 },
        },
      ],
      phases: { total: 80 },
      status: 200,
    },
  ],
  attemptCount: 3,
  durationMs: 6080,
  place: { file: 'smoke.yml', line: 7, column: 5 },
};

/** Both of them. */
export const report: ChecksReport = {
  outcome: 'fail',
  reason: 'checks-failed',
  results: [good, bad],
  started: '2026-11-21T09:00:00.000Z',
  durationMs: 6100,
  successes: { reached: 0, wanted: 3 },
  release: 'abcdef1',
};

/** A name that means something to every format it may end up in. */
export const hostile = '::error::x\n%0A<script>&"\u0000\u001b[31m|`';
