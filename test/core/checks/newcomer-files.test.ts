// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { describe, expect, it } from 'vitest';
import { parserProblems } from '../../support/checks-schema.ts';

describe('a newcomer writes at the top of a file', () => {
  const file = (it: string) => `${it}\nchecks: [{ name: a, http: /, expect: { status: 200 } }]`;

  it.each<[string, ...string[]]>([
    [
      'base-url: https://shop.example',
      'checks:1:1: Unknown key `base-url` in the check file. Did you mean `target`?',
    ],
    [
      'baseUrl: https://shop.example',
      'checks:1:1: Unknown key `baseUrl` in the check file. Did you mean `target`?',
    ],
    ['env: { A: b }', 'checks:1:1: Unknown key `env` in the check file. Did you mean `variables`?'],
    [
      'retry: { until: 60s }',
      'checks:1:1: Unknown key `retry` in the check file. `retry` stands under `defaults`, for all checks, or in one of them.',
    ],
    [
      'retries: 3',
      'checks:1:1: Unknown key `retries` in the check file. Write `defaults: { retry: { attempts: 3 } }`.',
    ],
    ['parallel: 4', 'checks:1:1: Unknown key `parallel` in the check file. Did you mean `concurrency`?'],
    ['bail: true', 'checks:1:1: Unknown key `bail` in the check file. Did you mean `fail-fast`?'],
    [
      'name: shop',
      'checks:1:1: Unknown key `name` in the check file. A file has no name. Write it as a comment: `# …`.',
    ],
    [
      'http: /',
      'checks:1:1: Unknown key `http` in the check file. `http` stands in an item of `checks`: `checks: [{ name: home, http: /, expect: { status: 200 } }]`.',
    ],
    [
      'x-common: { timeout: 5s }',
      'checks:1:1: Unknown key `x-common` in the check file. Keys of your own are not read. What checks share stands under `defaults`.',
    ],
    [
      'settings: { timeout: 5s }',
      'checks:1:1: Unknown key `settings` in the check file. Did you mean `defaults`?',
    ],
    ['secret: [A]', 'checks:1:1: Unknown key `secret` in the check file. Did you mean `secrets`?'],
    [
      'defaults: [{ timeout: 5s }]',
      'checks:1:11: `defaults` must be a mapping such as { timeout: 5s, retry: { until: 90s } }, not [{"timeout":"5s"}].',
    ],
    ['watch: 10m', 'checks:1:8: `watch` must be a mapping such as { for: 10m }, not "10m".'],
    ['window: 3', 'checks:1:9: `window` must be a mapping such as { successes: 3 }, not 3.'],
    [
      'defaults: { window: { successes: 2 } }',
      'checks:1:13: Unknown key `window` in `defaults`. `window` stands at the top of the file.',
    ],
    [
      'defaults: { headers: { a: b } }',
      'checks:1:13: Unknown key `headers` in `defaults`. `headers` stands inside `http`: `http: { url: /path, headers: … }`.',
    ],
    [
      'scenarios: [{ name: s, http: /, steps: [{ name: b, http: /, expect: { status: 200 } }] }]',
      'checks:1:24: Unknown key `http` in a scenario. `http` stands in one of its `steps`.',
    ],
  ])('%s', async (written, ...messages) => {
    expect(await parserProblems(file(written))).toEqual(messages);
  });
});

describe('a newcomer writes as a whole file', () => {
  const file = (it: string) => it;

  it.each<[string, ...string[]]>([
    [
      'tests: [{ name: a, http: /, expect: { status: 200 } }]',
      'checks:1:1: Unknown key `tests` in the check file. Did you mean `checks`? It is a list.',
    ],
    [
      'checks: { home: { http: / } }',
      'checks:1:9: `checks` is a list: every check begins with a dash and its `name`, as in `- { name: home, http: /, expect: { status: 200 } }`.',
    ],
    [
      'checks: [GET /]',
      'checks:1:10: a check must be a mapping such as { name: home, http: GET /, expect: { status: 200 } }, not "GET /".',
    ],
    [
      'name: a\nhttp: /\nexpect: { status: 200 }',
      'checks:1:1: Unknown key `name` in the check file. A file has no name. Write it as a comment: `# …`.',
      'checks:2:1: Unknown key `http` in the check file. `http` stands in an item of `checks`: `checks: [{ name: home, http: /, expect: { status: 200 } }]`.',
      'checks:3:1: Unknown key `expect` in the check file. `expect` stands in an item of `checks`: `checks: [{ name: home, http: /, expect: { status: 200 } }]`.',
    ],
    [
      '- { name: a, http: { url: ${base}/health }, expect: { status: 200 } }',
      'checks:1:27: Quote it: within braces and brackets YAML reads the `{` of ${base} as a mapping. Write "${base}" in quotes.',
    ],
    [
      '- { name: a, exec: [curl, ${url}] }',
      'checks:1:27: Quote it: within braces and brackets YAML reads the `{` of ${url} as a mapping. Write "${url}" in quotes.',
    ],
    [
      'checks:\n  - { name: a,\n      http: ${url},\n      expect: { status: 200 } }',
      'checks:3:13: Quote it: within braces and brackets YAML reads the `{` of ${url} as a mapping. Write "${url}" in quotes.',
    ],
    [
      '- { name: a, http: "${{ vars.URL }}/health", expect: { status: 200 } }',
      'checks:1:20: `${{ … }}` is filled in workflow files only, and this is a check file. Write ${NAME} here, and pass the value in the workflow: by `check-secrets: NAME=…` and `secrets: [NAME]` in the file, or by `check-variables: NAME=…`.',
    ],
    [
      '- { name: a, http: ${{ vars.URL }}, expect: { status: 200 } }',
      'checks:1:20: `${{ … }}` is filled in workflow files only, and this is a check file. Write ${NAME} here, and pass the value in the workflow: by `check-secrets: NAME=…` and `secrets: [NAME]` in the file, or by `check-variables: NAME=…`.',
    ],
    [
      '- name: a\n  http: ${{ vars.URL }}\n  timeout: ${{ vars.T }}',
      'checks:1:3: A check of type `http` needs `expect`: without an assertion it proves nothing.',
      'checks:2:9: `${{ … }}` is filled in workflow files only, and this is a check file. Write ${NAME} here, and pass the value in the workflow: by `check-secrets: NAME=…` and `secrets: [NAME]` in the file, or by `check-variables: NAME=…`.',
      'checks:3:12: `${{ … }}` is filled in workflow files only, and this is a check file. Write ${NAME} here, and pass the value in the workflow: by `check-secrets: NAME=…` and `secrets: [NAME]` in the file, or by `check-variables: NAME=…`.',
    ],
    [
      'target: ${{ vars.URL }}\nchecks: [{ name: a, http: /, expect: { status: 200 } }]',
      'checks:1:9: `${{ … }}` is filled in workflow files only, and this is a check file. Write ${NAME} here, and pass the value in the workflow: by `check-secrets: NAME=…` and `secrets: [NAME]` in the file, or by `check-variables: NAME=…`.',
    ],
    [
      'checks:\n  - &c { name: a, http: /, expect: { status: 200 } }\n  - <<: *c\n    name: b',
      'checks:3:5: Unknown key "<<" in a check. Merge keys are not read. Write what checks share under `defaults`, or repeat it.',
    ],
  ])('%s', async (written, ...messages) => {
    expect(await parserProblems(file(written))).toEqual(messages);
  });
});
