// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import type { ActionFailure } from '../../../packages/core/src/failure.ts';

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
      'a type that comes later, by name',
      '- name: cert\n  tls: { days-left: { gte: 14 } }',
      ['checks:2:3: `tls` in a check is not supported yet.'],
    ],
    [
      'a feature that comes later, by name',
      `redact-query: [token]\nchecks:\n  - { name: home, http: /, expect: { status: 200 } }`,
      ['checks:1:1: `redact-query` in the check file is not supported yet.'],
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
        'checks:1:10: `release` takes one of `jsonpath` and `header`: where the service says which build it is.',
      ],
    ],
    [
      'secrets with values in the file',
      'secrets: ["API_TOKEN=abc"]\nchecks:\n  - { name: home, http: /, expect: { status: 200 } }',
      ['checks:1:11: `secrets` lists names only; their values come from `check-secrets`.'],
    ],
    [
      'YAML that is not YAML',
      'checks:\n  - name: "home\n    http: /',
      ['checks:3:12: Missing closing "quote'],
    ],
  ])('%s', async (_, input, messages) => {
    expect(await details(input)).toEqual(messages);
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
