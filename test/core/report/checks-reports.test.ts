import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../packages/core/src/checks/check-result.ts';
import { checksAnnotations } from '../../../packages/core/src/report/checks-annotations.ts';
import { checksJson } from '../../../packages/core/src/report/checks-json.ts';
import { checksJunit } from '../../../packages/core/src/report/checks-junit.ts';
import { checksSummary } from '../../../packages/core/src/report/checks-summary.ts';
import { bad, good, hostile, report } from '../../support/checks-report.ts';

describe('JUnit', () => {
  it('has a suite for the file and a case for each check', () => {
    expect(checksJunit(report)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="2" failures="1" errors="0" skipped="0" time="6.121">
<testsuite name="smoke.yml" timestamp="2026-11-21T09:00:00.000Z" tests="2" failures="1" errors="0" skipped="0" time="6.121">
<properties><property name="release" value="abcdef1"/></properties>
<testcase name="home" classname="belay.http" time="0.041" file="smoke.yml">
<properties><property name="attempts" value="1"/><property name="outcome" value="pass"/><property name="severity" value="gate"/><property name="url" value="https://shop.example/"/><property name="dns-ms" value="2"/><property name="connect-ms" value="5"/><property name="tls-ms" value="12"/><property name="first-byte-ms" value="40"/><property name="download-ms" value="41"/><property name="total-ms" value="41"/></properties>
</testcase>
<testcase name="api" classname="belay.http" time="6.080" file="smoke.yml" line="7">
<properties><property name="attempts" value="3"/><property name="outcome" value="fail"/><property name="severity" value="gate"/><property name="url" value="https://shop.example/"/><property name="total-ms" value="80"/></properties>
<failure message="fail: A gate check failed." type="assertion">jsonpath $.status: expected equals &quot;up&quot;, got &quot;down&quot;
at smoke.yml:9:31</failure>
</testcase>
</testsuite>
</testsuites>
`);
  });

  it('has a suite for each scenario', () => {
    const results = [good, { ...good, name: 'log in', scenario: 'sign in' }];
    const suites = checksJunit({ ...report, results }).match(/<testsuite name="[^"]*"/g);
    expect(suites).toEqual(['<testsuite name="smoke.yml"', '<testsuite name="sign in"']);
  });

  it('counts advisory failures as skipped and what could not be judged as errors', () => {
    const advisory: CheckResult = { ...bad, name: 'a', severity: 'advisory' };
    const unsure: CheckResult = { ...bad, name: 'b', outcome: 'inconclusive', reason: 'runner-network' };
    expect(checksJunit({ ...report, results: [advisory, unsure] })).toContain(
      '<testsuites tests="2" failures="0" errors="1" skipped="1"',
    );
  });

  it('has a suite for each scenario', () => {
    const step: CheckResult = { ...good, name: 'shop / sign in', scenario: 'shop' };
    const skipped: CheckResult = {
      ...step,
      name: 'shop / buy',
      outcome: 'skipped',
      reason: 'earlier-step',
      cause: '"shop / sign in" did not pass',
    };
    const suites = checksJunit({ ...report, results: [good, step, skipped] }).match(
      /<testsuite name="[^"]*"/g,
    );
    expect(suites).toEqual(['<testsuite name="smoke.yml"', '<testsuite name="shop"']);
    expect(JSON.parse(checksJson({ ...report, results: [skipped] })).checks[0]).toMatchObject({
      scenario: 'shop',
      cause: '"shop / sign in" did not pass',
    });
  });

  it('keeps a hostile name inside its attribute', () => {
    expect(checksJunit({ ...report, results: [{ ...good, name: hostile }] })).toContain(
      '<testcase name="::error::x %0A&lt;script&gt;&amp;&quot;[31m|`" classname',
    );
  });
});

describe('JSON', () => {
  it('has a version and keys in a fixed order', () => {
    const { checks, ...head } = JSON.parse(checksJson(report));
    expect(Object.entries(head)).toEqual([
      ['schema_version', 1],
      ['outcome', 'fail'],
      ['reason', 'checks-failed'],
      ['started', '2026-11-21T09:00:00.000Z'],
      ['duration_ms', 6100],
      ['release', 'abcdef1'],
      ['successes', { reached: 0, wanted: 3 }],
    ]);
    expect(checks[1].attempts[0]).toEqual({
      number: 3,
      at_ms: 6000,
      outcome: 'fail',
      failure_class: 'assertion',
      summary: 'GET https://shop.example/api → 200',
      status: 200,
      phases_ms: { total: 80 },
      failures: [
        {
          read: 'jsonpath $.status',
          expected: 'equals "up"',
          actual: '"down"',
          file: 'smoke.yml',
          line: 9,
          column: 31,
        },
      ],
    });
  });
});

describe('annotations', () => {
  it('stand where the assertion stands', () => {
    expect(checksAnnotations(report)).toEqual([
      {
        level: 'error',
        message: 'api: jsonpath $.status: expected equals "up", got "down"',
        place: { title: 'Check fail', file: 'smoke.yml', line: 9, column: 31 },
      },
    ]);
  });

  it('are at most ten; the tenth says how many more there are', () => {
    const results = Array.from({ length: 14 }, (_, index) => ({ ...bad, name: `c${index}` }));
    const annotations = checksAnnotations({ ...report, results });
    expect([annotations.length, annotations[9]]).toEqual([
      10,
      { level: 'error', message: '5 more checks did not pass: see the job summary.' },
    ]);
  });

  it('name the failure before what a window left undecided because of it', () => {
    const undecided = { ...good, outcome: 'inconclusive', reason: 'not-stable' } as const;
    const results = [...Array.from({ length: 14 }, (_, index) => ({ ...undecided, name: `c${index}` })), bad];
    expect(checksAnnotations({ ...report, results })[0]?.place?.title).toBe('Check fail');
    const summary = checksSummary({ ...report, results });
    expect(summary.indexOf('| api |')).toBeLessThan(summary.indexOf('| c0 |'));
  });

  it('warn of what decides nothing', () => {
    const warnings = [{ message: 'slower than usual', where: { file: 'smoke.yml', line: 3, column: 1 } }];
    expect(checksAnnotations({ ...report, results: [{ ...good, warnings }] })).toEqual([
      {
        level: 'warning',
        message: 'home: slower than usual',
        place: { title: 'Check warning', file: 'smoke.yml', line: 3, column: 1 },
      },
    ]);
  });

  it('are no longer than the runner shows', () => {
    const results = [{ ...bad, name: 'x'.repeat(5000) }];
    expect(checksAnnotations({ ...report, results })[0]?.message).toHaveLength(4096);
  });
});

describe('the summary', () => {
  it('has the verdict, the checks that did not pass first, and their evidence', () => {
    expect(checksSummary(report)).toBe(`### Checks: ❌ fail

1 of 2 gate checks passed, 1 failed in 6.1 s. Good for 0 of 3 rounds in a row. The service reports build \`abcdef1\`.

| Check | Outcome | Answer | Tries | Time |
| --- | --- | --- | --- | --- |
| api | ❌ fail | \`GET https://shop.example/api → 200\` | 3 | 80 ms |
| home | ✅ pass | \`GET https://shop.example/ → 200\` | 1 | 41 ms |

<details open><summary>api: fail</summary>

| Read | Expected | Actual | Where |
| --- | --- | --- | --- |
| \`jsonpath $.status\` | \`equals "up"\` | \`"down"\` | smoke.yml:9:31 |

| Attempt | At | Outcome | Met | Time |
| --- | --- | --- | --- | --- |
| 3 | +6.0 s | assertion | \`GET https://shop.example/api → 200\` | 80 ms |

</details>`);
  });

  it('shows a hostile name as text on one row', () => {
    const summary = checksSummary({ ...report, results: [{ ...good, name: hostile }] });
    expect(summary.split('\n').at(-1)).toBe(
      '| ::error::x %0A&lt;script&gt;&amp;"\\[31m\\|\\` | ✅ pass | `GET https://shop.example/ → 200` | 1 | 41 ms |',
    );
  });

  it('draws the times of several attempts, and the 95th percentile of samples', () => {
    const latency = { samples: 3, lost: 0, values: [10, 20, 80], warmup: [90], p95: 80 };
    const results = [
      { ...good, name: 'flaky', attemptCount: 3, totals: [100, 50, 41] },
      { ...good, name: 'search', latency },
    ];
    expect(
      checksSummary({ ...report, results })
        .split('\n')
        .slice(4),
    ).toEqual([
      '| Check | Outcome | Answer | Tries | Time | Trend |',
      '| --- | --- | --- | --- | --- | --- |',
      '| flaky | ✅ pass | `GET https://shop.example/ → 200` | 3 | 41 ms | █▅▄ |',
      '| search | ✅ pass | `GET https://shop.example/ → 200` | 1 | 41 ms | ▂▃█ p95 80 ms |',
    ]);
  });

  it('says how far a watch came, and what its rounds were', () => {
    const watch = { good: 38, bad: 2, errors: 0, late: 1 };
    const summary = checksSummary({
      ...report,
      results: [{ ...bad, watch }],
      watch: { forMs: 600_000, lastedMs: 90_000, ended: 'over-limit' },
    });
    expect(summary).toContain('The watch went over its limit after 1m 30s of 10m 00s.');
    expect(summary).toContain(
      'Watched: 38 good rounds, 2 bad, 1 left out because the one before took too long.',
    );
  });

  it('says why a step was skipped', () => {
    const skipped = {
      ...good,
      outcome: 'skipped',
      reason: 'condition-false',
      cause: 'region is not ams',
      attempts: [],
    } as const;
    expect(checksSummary({ ...report, results: [skipped] })).toContain(
      '| home | ⏭️ skipped | The \\`if\\` of the check did not hold, so it was left out. (region is not ams) |',
    );
  });

  it('is cut at whole rows, with a note', () => {
    const results = Array.from({ length: 200 }, (_, index) => ({ ...good, name: `check ${index}` }));
    const summary = checksSummary({ ...report, results }, 2000);
    expect(Buffer.byteLength(summary)).toBeLessThan(2100);
    expect(summary.split('\n').at(-1)).toMatch(/^\d+ more checks are in the report files\.$/);
  });
});
