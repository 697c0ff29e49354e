// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import type { ActionFailure } from '../../../packages/core/src/outcome/failure.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'belay-checks-test-'));
});

async function details(input: string): Promise<readonly string[]> {
  const failure = await loadChecks(input, { root }).then(
    () => undefined,
    (error: ActionFailure) => error,
  );
  expect(failure?.code).toBe('checks-invalid');
  return failure?.details ?? [];
}

const good = '- name: home\n  http: GET /\n  expect: { status: 200 }\n';

describe('the check language refuses', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'an unknown key, with the nearest legal one',
      `${good}- name: b\n  htp: /\n  expect: { status: 200 }`,
      ['checks:5:3: Unknown key `htp` in a check. Did you mean `http`?'],
    ],
    [
      'an http check without expect',
      '- name: home\n  http: GET /',
      ['checks:1:3: A check of type `http` needs `expect`: without an assertion it proves nothing.'],
    ],
    [
      'an empty expect',
      '- name: home\n  http: GET /\n  expect: {}',
      ['checks:3:11: `expect` is empty: a check without an assertion proves nothing.'],
    ],
    ['no checks at all', 'checks: []', ['checks:1:9: There is no check: nothing would be proved.']],
    [
      'two checks of one name',
      `${good}${good}`,
      ['checks:4:3: The name "home" is taken by an earlier check.'],
    ],
    [
      'durations without a unit',
      '- name: home\n  http: /\n  timeout: 5\n  retry: { until: "60" }\n  expect: { duration: { lt: 800 } }',
      [
        'checks:3:12: `timeout` is 5 without a unit. Write 5ms, 5s or 5m.',
        'checks:4:19: `until` must be a duration such as 500ms, 90s or 5m, not "60".',
        'checks:5:29: A duration needs a unit, such as 800ms or 2s, not 800.',
      ],
    ],
    [
      'an unknown predicate',
      '- name: home\n  http: /\n  expect: { body: { contain: x } }',
      [
        'checks:3:21: Unknown predicate `contain`. Did you mean `contains`? To compare with an object, use `equals`.',
      ],
    ],
    [
      'a broken pattern',
      '- name: home\n  http: /\n  expect: { body: { matches: "(" } }',
      [
        'checks:3:30: `matches` takes a regular expression (Invalid regular expression: /(/: Unterminated group), not "(".',
      ],
    ],
    [
      'a broken JSONPath',
      '- name: home\n  http: /\n  expect: { jsonpath: { "$.a[": 1 } }',
      ['checks:3:25: "$.a[" is not a JSONPath: unclosed bracketed selection (\'$.a[\':4).'],
    ],
    [
      'a broken template',
      '- name: home\n  http: "/${a.b}"\n  expect: { status: 200 }',
      [
        'checks:2:9: "/${a.b}" has a `${` that is not a name in braces. Write `$${` for the characters themselves.',
      ],
    ],
    [
      'checks that are all advisory',
      '- { name: home, severity: advisory, http: /, expect: { status: 200 } }',
      ['Every check is advisory, so nothing could fail. Make at least one a gate.'],
    ],
    [
      'a release without a place to read',
      'release: { path: /version.json }',
      [
        'checks:1:10: `release` takes one of `jsonpath`, `header` and `meta`: where the service says which build it is.',
      ],
    ],
    [
      'secrets with values in the file',
      'secrets: ["API_TOKEN=abc"]\nchecks:\n  - { name: home, http: /, expect: { status: 200 } }',
      ['checks:1:11: `secrets` lists names only; their values come from `check-secrets`.'],
    ],
    [
      'measures of too few samples, and of none',
      `- { name: a, http: /, samples: 19, expect: { status: 200, p90: { lt: 1s }, p95: { lt: 1s } } }
- { name: b, http: /, samples: 99, expect: { status: 200, p99: { max: 1s } } }
- { name: c, http: /, samples: 1, expect: { status: 200, p50: { max: 1s } } }
- { name: d, http: /, warmup: 2, expect: { status: 200, max: { lt: 1s } } }`,
      [
        'checks:1:76: `p95` needs at least 20 samples, and the check takes 19.',
        'checks:2:59: `p99` needs at least 100 samples, and the check takes 99.',
        'checks:3:32: `samples` must be a whole number of at least 2, not 1.',
        'checks:4:23: `warmup` drops the first of many samples: it needs `samples` beside it.',
        'checks:4:57: `max` needs `samples`, such as `samples: 50`.',
      ],
    ],
    [
      'a baseline that compares nothing',
      `baseline: { from: last-verified }
checks: [{ name: a, http: /, expect: { status: 200 } }]`,
      [
        'checks:1:11: `baseline` compares nothing: no check takes samples. Give it `samples: 50`, or a check its own.',
      ],
    ],
    [
      'a baseline of too few samples',
      `baseline: { metric: p99, samples: 50 }
checks: [{ name: a, http: /, expect: { status: 200 }, samples: 60 }]`,
      [
        'checks:1:1: A baseline of `p99` needs at least 100 samples, and the check "a" takes 60.',
        'checks:1:35: A baseline of p99 needs at least 100 samples, not 50.',
      ],
    ],
    [
      'a baseline in words it does not have',
      `baseline: { from: main, metric: p97, tolerance: 0.25, floor: 5 }
checks: [{ name: a, http: /, samples: 20, expect: { status: 200 } }]`,
      [
        'checks:1:19: `from` must be one of last-verified, previous-url, not "main".',
        'checks:1:33: `metric` must be one of p50, p90, p95, p99, max, mean, not "p97". Did you mean `p90`?',
        'checks:1:49: `tolerance` must be a percentage such as 10%, not 0.25.',
        'checks:1:62: `floor` is 5 without a unit. Write 5ms, 5s or 5m.',
      ],
    ],
    [
      'a baseline of a check that takes no samples',
      `- { name: a, http: /, baseline: { tolerance: 5% }, expect: { status: 200 } }`,
      ['checks:1:23: `baseline` compares what samples measure: it needs `samples` beside it.'],
    ],
    [
      'bars that are not durations, or in the wrong order',
      `- { name: a, http: /, expect: { status: 200, duration: { degraded: 300, max: 2s } } }
- { name: b, http: /, expect: { status: 200, duration: { degraded: 3s, max: 2s } } }`,
      [
        'checks:1:68: `degraded` is a duration with a unit, such as 800ms or 2s, not 300.',
        'checks:2:56: `degraded` warns before `max` fails, so it must be less: "3s" is not.',
      ],
    ],
    [
      'YAML that is not YAML',
      'checks:\n  - name: "home\n    http: /',
      [
        'checks:3:5: This is not YAML: a quote, bracket or brace before it is not closed, or this line starts too far left.',
      ],
    ],
    [
      'a key given twice',
      'checks:\n  - name: home\n    name: away\n    http: /',
      ['checks:3:5: This is not YAML: duplicated mapping key.'],
    ],
    [
      'a key given twice in JSON, however it is written',
      '{\n\t"checks": [{\n\t\t"name": "a: \\"b\\":", "http": "\\/",\n\t\t"\\u0068ttp": "/b", "expect": { "status": 200 }\n}]}',
      ['checks:4:4: This is not YAML: duplicated mapping key.'],
    ],
    [
      'lists in lists without end',
      `${'['.repeat(9999)}${']'.repeat(9999)}`,
      ['checks:1:100: This is not YAML: nesting exceeded maxDepth (100).'],
    ],
    [
      'a line indented by a tab',
      'checks:\n  - name: home\n\thttp: /',
      ['checks:3:1: This is not YAML: tab characters must not be used in indentation.'],
    ],
    [
      'a value that starts with @',
      'checks:\n  - name: @home\n    http: /',
      [
        'checks:2:11: This is not YAML: a mapping entry starts at the wrong column, or a value with a colon, @ or % in it needs quotes.',
      ],
    ],
  ])('%s', async (_, input, messages) => {
    expect(await details(input)).toEqual(messages);
  });

  it.each([
    [
      'aliases that multiply one another',
      `variables:\n  a0: &a0 [${'x,'.repeat(9)}]\n${[1, 2, 3, 4, 5, 6, 7, 8]
        .map((one) => `  a${one}: &a${one} [${`*a${one - 1},`.repeat(9)}]\n`)
        .join('')}${good}`.replace('- name', 'checks:\n- name'),
      'The aliases (`*name`) repeat one another until nothing could hold it all. Write out what is meant.',
    ],
    [
      'an alias inside what it repeats',
      '- &a { name: home, http: /, tags: *a }',
      'An alias (`*name`) stands inside what it repeats. Write out what is meant.',
    ],
  ])('%s', async (_, input, message) => {
    expect(await details(input)).toEqual([`checks:1:1: ${message}`]);
  });

  it('a file without a version, and names the file', async () => {
    await writeFile(join(root, 'no-version.yml'), `checks:\n  - name: home\n    htpp: /\n`);
    expect(await details('no-version.yml')).toEqual([
      'no-version.yml:1:1: The file needs `version: 1` at its top.',
      'no-version.yml:3:5: Unknown key `htpp` in a check. Did you mean `http`?',
    ]);
  });

  it('paths that match nothing', async () => {
    expect(await details('absent.yml\n*.toml')).toEqual([
      `No file matches "absent.yml" in ${root}.`,
      `No file matches "*.toml" in ${root}.`,
    ]);
  });
});

describe('the checks input', () => {
  it('takes one path or glob a line, and JSON as well as YAML', async () => {
    await mkdir(join(root, 'smoke'));
    await writeFile(
      join(root, 'smoke/a.yml'),
      `version: 1\nchecks:\n  - { name: a, http: /, expect: { status: 200 } }`,
    );
    const json = { version: 1, checks: [{ name: 'b', http: '/', expect: { status: 200 } }] };
    await writeFile(join(root, 'smoke/b.json'), JSON.stringify(json));
    const file = await loadChecks('a.yml\n*.json', { root, folder: 'smoke' });
    expect(file.documents.map(({ source, checks }) => [source.file, checks.map((one) => one.name)])).toEqual([
      [join('smoke', 'a.yml'), ['a']],
      [join('smoke', 'b.json'), ['b']],
    ]);
  });

  it('passes over the folders that a glob matches too', async () => {
    await mkdir(join(root, 'nested/deeper'), { recursive: true });
    const text = 'version: 1\nchecks:\n  - { name: a, http: /, expect: { status: 200 } }';
    await writeFile(join(root, 'nested/deeper/a.yml'), text);
    const { documents } = await loadChecks('nested/**', { root });
    expect(documents.map(({ source }) => source.file)).toEqual([join('nested', 'deeper', 'a.yml')]);
    await expect(loadChecks('nested', { root })).rejects.toMatchObject({
      details: [`No file matches "nested" in ${root}.`],
    });
  });

  it('lets a check outrank the defaults, and the defaults what is built in', async () => {
    const file = await loadChecks(
      `defaults: { timeout: 1.5s, retry: { until: 1m30s, interval: 1s } }
checks:
  - { name: a, http: /, retry: { interval: 500ms }, expect: { status: 200 } }`,
      { root },
    );
    const [one] = file.documents[0]?.checks ?? [];
    expect([
      one?.timeoutMs,
      one?.connectTimeoutMs,
      one?.retry.untilMs,
      one?.retry.intervalMs,
      one?.retry.backoff,
    ]).toEqual([1500, 3000, 90_000, 500, 1.5]);
  });
});
