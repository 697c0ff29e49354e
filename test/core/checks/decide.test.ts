import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attempt, CheckResult } from '../../../packages/core/src/checks/check-result.ts';
import type { CheckEvidence } from '../../../packages/core/src/checks/run/decide.ts';
import { decideCheck, decideRun } from '../../../packages/core/src/checks/run/decide.ts';
import { refusingUrl } from './loopback.ts';
import type { Meets } from './scripted.ts';
import { named, play } from './scripted.ts';

const good: Attempt = { number: 3, outcome: 'pass', summary: '', failures: [], phases: { total: 9 } };
const bad: Attempt = { ...good, outcome: 'fail', failureClass: 'assertion' };
const refused: Attempt = { ...bad, failureClass: 'connect' };
const slow: Attempt = { ...bad, failureClass: 'timeout' };

const base: CheckEvidence = {
  last: good,
  endsAs: 'fail',
  streak: 3,
  wanted: 3,
  host: 'shop.example',
  before: undefined,
};

const result: CheckResult = {
  name: 'home',
  type: 'http',
  severity: 'gate',
  outcome: 'pass',
  reason: 'verified',
  attempts: [],
  attemptCount: 1,
  durationMs: 9,
};

describe('when the deadline arrives, a check', () => {
  it.each<[string, Partial<CheckEvidence>, boolean, string]>([
    ['that has its successes passes', {}, true, 'pass/verified'],
    [
      'whose last rounds were good, but too few, is not judged',
      { streak: 2 },
      true,
      'inconclusive/not-stable',
    ],
    ['whose last round was bad fails', { last: bad, streak: 0 }, true, 'fail/checks-failed'],
    ['that was never tried is not judged', { last: undefined, streak: 0 }, true, 'inconclusive/out-of-time'],
    ['that cannot work is an error', { last: bad, endsAs: 'error', streak: 0 }, true, 'error/checks-error'],
    [
      'that got no answer fails when the control answers',
      { last: refused, streak: 0 },
      true,
      'fail/checks-failed',
    ],
    [
      'that got no answer is not judged when the control gives none',
      { last: refused, streak: 0 },
      false,
      'inconclusive/runner-network',
    ],
    [
      'that was connected and got none fails, whatever the control says',
      { last: { ...slow, phases: { connect: 1, total: 9 } }, streak: 0 },
      false,
      'fail/checks-failed',
    ],
    [
      'on this machine fails, whatever the control says',
      { last: refused, streak: 0, host: 'localhost' },
      false,
      'fail/checks-failed',
    ],
    [
      'that was as unreachable before the change is not judged',
      { last: refused, streak: 0, before: { ...result, attempts: [refused] } },
      true,
      'inconclusive/unreachable-before',
    ],
    [
      'that was unreachable in another way before fails',
      { last: refused, streak: 0, before: { ...result, attempts: [slow] } },
      true,
      'fail/checks-failed',
    ],
  ])('%s', async (_, evidence, controlReachable, expected) => {
    const decision = await decideCheck(
      { ...base, ...evidence },
      async () => controlReachable,
      async () => false,
    );
    expect(`${decision.outcome}/${decision.reason}`).toBe(expected);
  });
});

describe('a run', () => {
  it('is not judged when conditions left no gate', () => {
    const leftOut = { ...result, outcome: 'skipped', reason: 'condition-false' } as const;
    expect(decideRun([leftOut])).toEqual({ outcome: 'inconclusive', reason: 'condition-false' });
    expect(decideRun([leftOut, result])).toEqual({ outcome: 'pass', reason: 'verified' });
  });

  const rank = ['fail', 'error', 'inconclusive', 'pass'];
  const meets = fc.constantFrom<Meets>('good', 'good', 'bad', 'error', 'refused', 'slow');
  const someCheck = fc.record({
    script: fc.array(meets, { minLength: 1, maxLength: 8 }),
    severity: fc.constantFrom('gate', 'advisory'),
    successes: fc.integer({ min: 1, max: 3 }),
    until: fc.constantFrom('0s', '4s', '30s'),
    hold: fc.constantFrom('reset', 'strict'),
  });
  const someRun = fc.record({
    // A run of advisory checks alone is refused when the file is read.
    gate: someCheck.map((one) => ({ ...one, severity: 'gate' })),
    others: fc.array(someCheck, { maxLength: 3 }),
    failFast: fc.boolean(),
    watch: fc.constantFrom('', 'watch: { for: 40s, interval: 8s, failure-limit: 1 }\n'),
    budgetMs: fc.constantFrom(9_000, 45_000, 600_000),
    isReachable: fc.boolean(),
  });
  it('says fail before error, error before inconclusive, inconclusive before pass, whatever happens', async () => {
    const unreachable = await refusingUrl();
    await fc.assert(
      fc.asyncProperty(someRun, async ({ gate, others, failFast, watch, budgetMs, isReachable }) => {
        const checks = [gate, ...others];
        const lines = checks.map(({ severity, successes, until, hold }, index) =>
          named(
            `c${index}`,
            `severity: ${severity}, window: { successes: ${successes}, interval: 3s, hold: ${hold} }, retry: { until: ${until} }`,
          ),
        );
        const scripts = Object.fromEntries(checks.map(({ script }, index) => [`c${index}`, script]));
        const text = `fail-fast: ${failFast}\n${watch}checks:\n${lines.join('')}`;
        const { report, lasted } = await play(text, scripts, {
          budgetMs,
          ...(isReachable ? {} : { controlUrl: unreachable }),
        });
        const gates = report.results
          .filter(({ severity }) => severity === 'gate')
          .map(({ outcome }) => outcome);
        const worst = rank.find((outcome) => gates.some((one) => one === outcome));
        expect(report.outcome).toBe(worst);
        // Green means each gate has its successes in a row, and was good when it was asked last or within its limit.
        const isGood = checks.every(
          ({ severity, script }) => severity === 'advisory' || script.some(isPassing),
        );
        if (report.outcome === 'pass') expect(isGood).toBe(true);
        const isHopeless = checks.some(({ severity, script }) => severity === 'gate' && script.every(isBad));
        if (isHopeless && lasted < budgetMs / 1000) expect(report.outcome).toBe('fail');
        // An attempt of 20 s is not cut here: what is scripted knows no timeout.
        expect(lasted).toBeLessThanOrEqual(budgetMs / 1000 + 20);
      }),
      { numRuns: 300, seed: 20_261_121 },
    );
  });
});

function isPassing(meets: Meets): boolean {
  return meets === 'good' || meets === 'slow';
}

function isBad(meets: Meets): boolean {
  return meets === 'bad';
}
