import { describe, expect, it } from 'vitest';
import { runFactsOf } from '../../../packages/core/src/deployment/run-facts.ts';
import { checksPage } from '../../../packages/core/src/report/checks-page.ts';
import { checksSummary } from '../../../packages/core/src/report/checks-summary.ts';
import { bad, good, report } from '../../support/checks-report.ts';
import { recordingRunner } from '../../support/recording-runner.ts';

const subject = {
  target: 'https://shop.example',
  commit: 'c0ffee0'.padEnd(40, '0'),
  run: runFactsOf(recordingRunner().context, 'production'),
};
const whose = [
  '| Asked | [https\\://shop.example](<https://shop.example>) |',
  '| Build | `abcdef1` |',
  `| Commit | [\`c0ffee0\`](<https://github.com/acme/shop/commit/${subject.commit}>) |`,
  '| Environment | production |',
  '| Run | [deploy · run 77](<https://github.com/acme/shop/actions/runs/77>) |',
  '| Started by | octo, by push |',
  '| Took | 6.1 s |',
];

describe('the page of a run of checks', () => {
  it('begins with what was asked, then shows the check that failed with its answer', () => {
    const answer = { body: 'one\n``` two', requestId: { header: 'cf-ray', value: '`ray`' } };
    const failed = { ...report, results: [good, { ...bad, answer }] };
    expect(checksPage(failed, subject)).toBe(
      [
        '## ❌ A check failed: `https://shop.example`',
        '',
        '| Result | **1 of 2 gate checks passed, 1 failed** |',
        '| :--- | :--- |',
        ...whose,
        '',
        '### The check that failed: api',
        '',
        '`GET https://shop.example/api → 200`',
        '',
        '- jsonpath $.status: expected equals "up", got "down"'.replace('$.', '\\$.'),
        '- request id: <code>\\`ray\\`</code> (`cf-ray`)',
        '',
        'The answer began:',
        '',
        '````',
        'one',
        '``` two',
        '````',
        '',
        `<details><summary>All checks (2)</summary>\n\n${checksSummary(failed)}\n\n</details>`,
      ].join('\n'),
    );
  });

  it('ends with what to do where nothing could be judged', () => {
    const unjudged = { ...report, outcome: 'inconclusive', reason: 'runner-network', results: [] } as const;
    expect(checksPage(unjudged, {})).toContain(
      '### What to do now\n\n1. Check the runner’s network, then run the checks again. Only this runner could not reach the target; its control probe failed as well.',
    );
  });

  it('shows all checks at once where none failed', () => {
    const passed = { ...report, outcome: 'pass', reason: 'verified', results: [good] } as const;
    const page = checksPage(passed, subject);
    expect(page.startsWith('## ✅ The checks passed: `https://shop.example`\n')).toBe(true);
    expect(page.endsWith(`\n\n${checksSummary(passed)}`)).toBe(true);
  });
});
