import { expect, it } from 'vitest';
import { failureSummary } from '../../../packages/core/src/report/failure-summary.ts';

const nothing = 'Nothing was shipped by this step: no release has taken the place of what served before.';

it('says on the page what ended the step, why, and what to do', () => {
  const failure = {
    code: 'input-invalid',
    what: '2 inputs cannot be used: `timeout`, `fly-app`.',
    why: 'the value is `<b>`',
    next: 'Correct `timeout`, `fly-app` in the step’s `with:`.',
    details: ['`timeout` is "5"; it needs a unit.', '`fly-app` is required.'],
  };
  expect(failureSummary(failure, '❌ Stopped', nothing)).toBe(`## ❌ Stopped (input-invalid)

2 inputs cannot be used: \`timeout\`, \`fly-app\`.

the value is \`<b>\`

- \`timeout\` is "5"; it needs a unit.
- \`fly-app\` is required.

### What to do now

1. Correct \`timeout\`, \`fly-app\` in the step’s \`with:\`.

${nothing}
`);
});

it('folds many details, and says of how many the log knows', () => {
  const details = Array.from({ length: 60 }, (_, at) => `line ${at}`);
  const summary = failureSummary(
    { code: 'bug', what: 'No.', next: 'Report it.', details },
    '❌ Belay failed',
    'No.',
  );
  expect(summary).toContain('<details><summary>Details (60, 10 of them in the log)</summary>');
  expect(summary).toContain('- line 49\n');
  expect(summary).not.toContain('line 50');
});
