import type { CheckResult, ChecksReport } from '../../packages/core/src/checks/check-result.ts';
import { checksSummary } from '../../packages/core/src/report/checks-summary.ts';
import { failingCheck, verdictText } from '../../packages/core/src/report/failing-check.ts';
import type { FailingCheck } from '../../packages/core/src/report/rollout-report.ts';
import { bad, report as checksReport, good } from './checks-report.ts';

/** A check as it failed, and what is told of a run in which it did: as for any rollout. */
const home: CheckResult = {
  ...bad,
  name: 'home',
  attempts: bad.attempts.map((attempt) => ({
    ...attempt,
    summary: 'GET https://shop.fly.dev/ → 500',
    failures: [{ read: 'status', expected: 'equals 200', actual: '500' }],
  })),
  answer: {
    body: '{"error":"database is read-only"}',
    requestId: { header: 'fly-request-id', value: '01JD-iad' },
  },
};

function judged(...results: readonly CheckResult[]) {
  const run: ChecksReport = { ...checksReport, results };
  const what = verdictText(run);
  return {
    cause: { reason: 'checks-failed', what, next: 'Read the failing check’s evidence.' },
    failing: failingIn(run),
    fold: { title: 'Checks of v2, the new release: fail', body: checksSummary(run) },
  };
}

/** One that could not be judged. */
export const unjudged: ChecksReport = {
  ...checksReport,
  outcome: 'inconclusive',
  reason: 'runner-network',
  results: [
    {
      ...good,
      name: 'home',
      outcome: 'inconclusive',
      reason: 'runner-network',
      attempts: [
        {
          number: 1,
          outcome: 'fail',
          failures: [],
          phases: { total: 3 },
          summary: 'GET https://shop.fly.dev/ → connect ECONNREFUSED',
        },
      ],
    },
  ],
};

/** One check of two failed, and three of four. */
export const one500 = judged({ ...good, name: 'api' }, home);
export const many500 = judged(
  { ...good, name: 'api' },
  home,
  { ...home, name: 'cart' },
  { ...home, name: 'pay' },
);

/** The check that decided. */
export function failingIn(run: ChecksReport): FailingCheck {
  const failing = failingCheck(run);
  if (failing === undefined) throw new Error('Every check passed.');
  return failing;
}
