// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { afterEach, describe, expect, it } from 'vitest';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import { assertBindable } from '../../../packages/core/src/checks/run/bind.ts';
import type { ActionFailure } from '../../../packages/core/src/outcome/failure.ts';
import { check, closeServers, serve } from './loopback.ts';

afterEach(closeServers);

/** Two steps: the first captures `v`, which the service answers, the second asserts with it. */
async function second(v: string, expectation: string) {
  const asked: string[] = [];
  const url = await serve((request, response) => {
    asked.push(String(request.url));
    response.end(JSON.stringify({ v, version: '2.1.0', versions: ['2.1.0'] }));
  });
  const report = await check(`target: ${url}
scenarios:
  - name: s
    steps:
      - { name: a, http: /a, expect: { status: 200 }, capture: { v: { jsonpath: $.v } } }
      - { name: b, http: /b, expect: ${expectation} }
`);
  const attempt = report.results[1]?.attempts[0];
  const actual = attempt?.failures[0]?.actual ?? attempt?.summary;
  return { outcome: report.outcome, reason: report.results[1]?.reason, asked, actual };
}

/** What binding complains of; nothing is sent. */
async function complaints(expectation: string, v: string): Promise<readonly string[]> {
  const file = await loadChecks(`checks: [{ name: a, http: "http://a.example/", expect: ${expectation} }]`, {
    root: '.',
  });
  try {
    assertBindable(file, { variables: { v }, secrets: {} });
    return [];
  } catch (error) {
    return (error as ActionFailure).details ?? [];
  }
}

const range = '`semver` takes a range of versions such as ^2.1, and ${v} is not.';
const semver = '{ jsonpath: { $.version: { semver: "${v}" } } }';

describe('what only a library can tell to be wrong, where a variable holds it', () => {
  const expectations: [string, string, string, string][] = [
    ['a range of versions', semver, 'latest and greatest', range],
    ['one negated', '{ jsonpath: { $.version: { not-semver: "${v}" } } }', 'soon', range],
    ['one within each', '{ jsonpath: { $.versions: { each: { semver: "${v}" } } } }', 'soon', range],
    ['one within any', '{ jsonpath: { $.versions: { any: { semver: "${v}" } } } }', 'soon', range],
    [
      'one with more in it',
      '{ jsonpath: { $.version: { semver: ">=${v}" } } }',
      'soon',
      range.replace('${v}', '>=${v}'),
    ],
    ['a query', '{ all: [{ jsonpath: "${v}", exists: true }] }', '$[', '"$[" is not a JSONPath'],
    ['a part of one', '{ all: [{ jsonpath: "$.${v}", exists: true }] }', '[', '"$.[" is not a JSONPath'],
    [
      'the query of a filter',
      '{ all: [{ body: true, jsonpath: "${v}", exists: true }] }',
      '$[',
      '"$[" is not a JSONPath',
    ],
  ];

  it.each(expectations)('fails its step where it was captured: %s', async (_, expectation, v, why) => {
    const told = await second(v, expectation);
    expect(told).toEqual({
      outcome: 'fail',
      reason: 'checks-failed',
      asked: ['/a'],
      actual: expect.stringContaining(why),
    });
  });

  it.each(expectations)(
    'is an error before anything is sent where it was given: %s',
    async (_, expectation, v, why) => {
      expect(await complaints(expectation, v)).toEqual([expect.stringContaining(why)]);
    },
  );

  it.each<[string, string, string]>([
    ['a range', semver, '^2'],
    ['a query', '{ all: [{ jsonpath: "${v}", equals: 2.1.0 }] }', '$.version'],
  ])('is as good as a literal where it is right: %s', async (_, expectation, v) => {
    expect([(await second(v, expectation)).outcome, await complaints(expectation, v)]).toEqual(['pass', []]);
  });
});
