// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { afterEach, describe, expect, it } from 'vitest';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import { check, closeServers, page, serve } from './loopback.ts';

afterEach(closeServers);

async function warned(text: string) {
  const { warnings } = await loadChecks(text, { root: '.' });
  return warnings.map(
    ({ check: name, message, where }) => `${name} ${where?.line}:${where?.column} ${message}`,
  );
}

const hint =
  'is text here, and no variable. Write ${NAME} in braces, and pass its value by `check-variables` or `check-secrets`, or define it under `variables`.';

describe('a name as a shell or another tool writes it', () => {
  it('is warned of where it stands, once each', async () => {
    const text = `target: $BASE_URL
variables: { host: "$HOST_NAME" }
checks:
  - { name: a, http: $BASE_URL/health, expect: { body: "{{ greeting }}" } }
  - { name: b, http: { url: /, headers: { authorization: Bearer $API_TOKEN } }, expect: { status: 200 } }
scenarios:
  - name: s
    steps:
      - { name: c, http: "/{{order_id}}", expect: { status: 200 } }
`;
    expect(await warned(text)).toEqual([
      `a 4:22 $BASE_URL ${hint}`,
      `a 4:56 {{ greeting }} ${hint}`,
      `b 5:58 $API_TOKEN ${hint}`,
      `s / c 9:26 {{order_id}} ${hint}`,
      `a 2:20 $HOST_NAME ${hint}`,
    ]);
  });

  it.each([
    ['a query', 'http: /, expect: { jsonpath: { $.A: 1, "$[\'AB\']": 2 } }'],
    ['a variable', 'http: "/${BASE_URL}", expect: { status: 200 }'],
    ['an escaped one', 'http: "/$${BASE_URL}", expect: { status: 200 }'],
    ['a pattern', 'http: /, expect: { body: { matches: "^(USD|EUR)$" } }'],
    ['a price', 'http: /, expect: { body: { contains: US$10 and $5 } }'],
    ['braces of a template that was not filled', 'http: /, expect: { body: { not-contains: "{{" } }'],
    ['what a program is given, which may be a shell', 'exec: [sh, -c, "echo $HOME_PAGE"]'],
  ])('and not of %s', async (_, rest) => {
    expect(await warned(`checks: [{ name: a, ${rest} }]`)).toEqual([]);
  });

  it('is a warning of its check in the report', async () => {
    const url = await serve((_, response) => response.end('ok $HOME_PAGE'));
    const text = page(url, '{ body: { contains: $HOME_PAGE } }');
    const report = await check(text);
    expect([report.outcome, report.results[0]?.warnings]).toEqual([
      'pass',
      [{ message: `$HOME_PAGE ${hint}`, where: { line: 4, column: 33 } }],
    ]);
  });
});
