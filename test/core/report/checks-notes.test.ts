import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../packages/core/src/checks/check-result.ts';
import { checksHtml } from '../../../packages/core/src/report/checks-html.ts';
import { checksJunit } from '../../../packages/core/src/report/checks-junit.ts';
import { checksSummary } from '../../../packages/core/src/report/checks-summary.ts';
import { checksTap } from '../../../packages/core/src/report/checks-tap.ts';
import { checksTerminal } from '../../../packages/core/src/report/checks-terminal.ts';
import { plain } from '../../../packages/core/src/report/paint.ts';
import { bad, good, report } from '../../support/checks-report.ts';

function noted(result: CheckResult, notes: readonly string[]): CheckResult {
  return { ...result, attempts: result.attempts.map((one) => ({ ...one, notes })) };
}

const note = 'from a cache (age: 3600)';
const passed = { ...report, results: [noted(good, [note])] };
const failed = { ...report, results: [noted(bad, [note])] };

describe('what a check met beside what is judged', () => {
  it.each([
    ['the terminal', checksTerminal(passed, plain), `41 ms\n    ${note}\n`],
    ['the summary', checksSummary(passed), `\n- home: ${note}`],
    ['JUnit', checksJunit(passed), `<system-out>${note}</system-out>`],
    ['TAP', checksTap(passed), `ok 1 - home\n# ${note}\n`],
    ['the page', checksHtml(passed, {}), note],
  ])('stands in %s though it passed', (_, text, expected) => {
    expect(text).toContain(expected);
  });

  it.each([
    ['the terminal', checksTerminal(failed, plain), `    ${note}\n`],
    ['the summary', checksSummary(failed), note],
    ['JUnit', checksJunit(failed), `<system-out>${note}</system-out>`],
    ['TAP', checksTap(failed), `  notes: ["${note}"]`],
    ['the page', checksHtml(failed, {}), note],
  ])('stands in %s where it failed', (_, text, expected) => {
    expect(text).toContain(expected);
  });

  it('is cut where there is much of it', () => {
    const notes = Array.from({ length: 7 }, (_, index) => `note ${index}`);
    const text = checksTerminal({ ...report, results: [noted(good, notes)] }, plain);
    expect(text.split('\n').slice(1, 7)).toEqual([
      ...['note 0', 'note 1', 'note 2', 'note 3', 'note 4'].map((one) => `    ${one}`),
      '    2 more notes are in the report files.',
    ]);
  });
});
