import { expect, it } from 'vitest';
import { checksTap } from '../../../packages/core/src/report/checks-tap.ts';
import { bad, good, hostile, report } from '../../support/checks-report.ts';

it('has a plan, a point for each check, and the evidence of what failed', () => {
  expect(checksTap(report)).toBe(`TAP version 14
1..2
ok 1 - home
not ok 2 - api
  ---
  outcome: "fail"
  reason: "checks-failed"
  severity: "gate"
  attempts: 3
  duration_ms: 6080
  url: "https://shop.example/"
  at: "smoke.yml:9:31"
  evidence: ["jsonpath $.status: expected equals \\"up\\", got \\"down\\""]
  ...
# fail: A gate check failed.`);
});

it.each([
  [
    'a skipped check is one',
    { ...good, outcome: 'skipped', reason: 'not-repeatable' } as const,
    'ok 1 - home # SKIP The check’s request might count twice, so it was left out before the change.',
  ],
  [
    'an advisory failure is still to do',
    { ...bad, severity: 'advisory' } as const,
    'not ok 1 - api # TODO advisory',
  ],
  [
    'a hostile name is no directive',
    { ...good, name: `# SKIP ${hostile}` },
    'ok 1 - \\# SKIP ::error::x %0A<script>&" [31m|`',
  ],
])('%s', (_, result, line) => {
  expect(checksTap({ ...report, results: [result] }).split('\n')[2]).toBe(line);
});
