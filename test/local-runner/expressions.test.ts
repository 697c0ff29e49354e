import { expect, it } from 'vitest';
import { conditionHolds, fillTemplate } from '../../packages/local-runner/src/expressions.ts';
import type { JobStatus } from '../../packages/local-runner/src/job-result.ts';
import { expression } from '../support/expression.ts';

const contexts = { github: { token: 't0k3n', event: { number: 7 } }, env: { NAME: 'shop' } };

it.each([
  { name: 'text without any', template: 'a $b {{c}}', text: 'a $b {{c}}' },
  { name: 'a context', template: expression('github.token'), text: 't0k3n' },
  {
    name: 'several in a text',
    template: `${expression('env.NAME')}-${expression('github.event.number')}!`,
    text: 'shop-7!',
  },
  { name: 'an absent value as nothing', template: `<${expression('env.OTHER')}>`, text: '<>' },
  { name: 'a fallback', template: expression("env.OTHER || 'none'"), text: 'none' },
  { name: 'braces in a quoted string', template: expression("format('{0}}}', env.NAME)"), text: 'shop}' },
  { name: 'a doubled quote', template: expression("'it''s }}'"), text: "it's }}" },
  { name: 'a boolean', template: expression("env.NAME == '' || true"), text: 'true' },
  { name: 'any case in names', template: expression('GITHUB.Token'), text: 't0k3n' },
])('fills in $name', ({ template, text }) => {
  expect(fillTemplate(template, { contexts })).toBe(text);
});

it('refuses a context that is not allowed there', () => {
  expect(() => fillTemplate(expression('secrets.KEY'), { contexts })).toThrow(
    "Unrecognized named-value: 'secrets'",
  );
});

it('refuses a status function outside of conditions', () => {
  expect(() => fillTemplate(expression('always()'), { contexts })).toThrow("Unrecognized function: 'always'");
});

const all: readonly JobStatus[] = ['success', 'failure', 'cancelled'];

it.each([
  { condition: 'success()', runsAfter: ['success'] },
  { condition: 'failure()', runsAfter: ['failure'] },
  { condition: 'cancelled()', runsAfter: ['cancelled'] },
  { condition: 'always()', runsAfter: all },
  { condition: '!cancelled()', runsAfter: ['success', 'failure'] },
  { condition: 'Failure() || cancelled()', runsAfter: ['failure', 'cancelled'] },
  { condition: expression('always()'), runsAfter: all },
  { condition: expression('failure()'), runsAfter: ['failure'] },
  { condition: "env.NAME == 'shop'", runsAfter: ['success'] },
  { condition: "env.NAME == 'always('", runsAfter: [] },
  { condition: "always() && env.NAME == 'shop'", runsAfter: all },
  { condition: 'true', runsAfter: ['success'] },
  { condition: 'false', runsAfter: [] },
  { condition: '', runsAfter: ['success'] },
])('runs a step with `if: $condition` after $runsAfter', ({ condition, runsAfter }) => {
  const holds = (status: JobStatus) => conditionHolds(condition, { contexts, status, impliesSuccess: true });
  expect(all.filter(holds)).toEqual(runsAfter);
});

it('implies no success() in an action’s `post-if`', () => {
  const holds = (status: JobStatus) =>
    conditionHolds("env.NAME == 'shop'", { contexts, status, impliesSuccess: false });
  expect(all.filter(holds)).toEqual(all);
});
