// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../packages/core/src/io/clock.ts';
import { createTools } from '../../../packages/core/src/io/process/create-tools.ts';
import { check, closeServers, serve, serveSocket } from './loopback.ts';
import { postgresServer, refusal } from './postgres-server.ts';

const tools = createTools({ clock: systemClock, print: () => {} });

afterEach(closeServers);

const answer = {
  rope: 'rope 1',
  word: 'abc',
  nul: 'a\u0000b',
  date: 'yesterday',
  id: 7,
  one: '1',
  when: '2026-11-21',
  long: 'a'.repeat(200_000),
  ...{
    items: [{ id: 7, price: 4 }],
    tags: ['2.1.0', '2.2.0'],
    version: '2.1.0',
    list: [1, 2, 3],
    days: ['2026-11-21'],
  },
};

/** Two steps: the first captures `v` by a query, the second uses it. */
async function captured(query: string, second: string) {
  const url = await serve((_, response) => response.end(JSON.stringify(answer)));
  const report = await check(
    `target: ${url}
scenarios:
  - name: s
    steps:
      - { name: a, http: /a, expect: { status: 200 }, capture: { v: { jsonpath: ${query} } } }
      - { name: b, timeout: 2s, ${second} }
`,
    { tools },
  );
  const attempt = report.results[1]?.attempts.at(-1);
  return [report.outcome, report.reason, attempt?.failureClass, attempt?.summary ?? ''] as const;
}

/** The same value by a variable of the file: what is wrong before anything is sent. */
async function given(value: string, step: string): Promise<unknown> {
  const asked: string[] = [];
  const url = await serve((request, response) => {
    asked.push(String(request.url));
    response.end(JSON.stringify(answer));
  });
  const text = `target: ${url}\nvariables: { v: ${value} }\nchecks:\n  - { name: b, ${step} }\n`;
  const outcome = await check(text, { tools }).then(
    (report) => report.outcome,
    (error) => error.details,
  );
  return [outcome, asked];
}

const failed = (words: string) => ['fail', 'checks-failed', 'assertion', expect.stringContaining(words)];
const http = (expected: string) => `http: /b, expect: { ${expected} }`;
const list = (items: string) => http(`all: [${items}]`);

const misfits: readonly (readonly [string, string, string, string])[] = [
  [
    'a query made with what is no number',
    '$.rope',
    list('{ jsonpath: "$.items[?@.id==${v}].price", equals: 4 }'),
    'is not a JSONPath',
  ],
  ['a query', '$.word', list('{ jsonpath: "$[${v}]", exists: true }'), 'is not a JSONPath'],
  [
    'the query of a filter',
    '$.word',
    http('body: { jsonpath: "$[${v}]", exists: true }'),
    'is not a JSONPath',
  ],
  [
    'a range of versions',
    '$.word',
    http('jsonpath: { $.version: { semver: "^${v}" } }'),
    'a range of versions',
  ],
  [
    'a whole range of versions',
    '$.word',
    http('jsonpath: { $.version: { semver: "${v}" } }'),
    'a range of versions',
  ],
  ['not within it', '$.word', http('jsonpath: { $.version: { not-semver: "${v}" } }'), 'a range of versions'],
  [
    'each within it',
    '$.word',
    http('jsonpath: { $.tags: { each: { semver: "${v}" } } }'),
    'a range of versions',
  ],
  [
    'any within it',
    '$.word',
    http('jsonpath: { $.tags: { any: { not-semver: "${v}" } } }'),
    'a range of versions',
  ],
  ['a date', '$.date', list('{ jsonpath: $.when, toDate: true, gt: "${v}" }'), 'what is read is a date'],
  [
    'a date asked of each',
    '$.date',
    list('{ jsonpath: "$.days[*]", toDate: true, each: { gt: "${v}" } }'),
    'what is read is a date',
  ],
  ['a pattern', '$.rope', http('body: { matches: "(${v}" }'), 'regular expression'],
  ['NUL in the environment of a program', '$.nul', 'exec: { run: [node, -v], env: { A: "${v}" } }', 'NUL'],
  ['NUL in an argument', '$.nul', 'exec: { run: [node, "${v}"] }', 'NUL'],
  ['a program that is not there', '$.word', 'exec: { run: ["no-such-${v}"] }', 'not started'],
  ['a program with a name too long', '$.long', 'exec: { run: ["${v}"] }', 'aaa…'],
  ['an argument that is too long', '$.long', 'exec: { run: [node, "${v}"] }', 'aaa…'],
  ['a folder that is not there', '$.word', 'exec: { run: [node, -v], working-directory: "${v}" }', 'folder'],
];

describe('what was captured and fits nothing is the failure of the step that uses it', () => {
  it.each(misfits)('%s', async (_, query, step, words) => {
    expect(await captured(query, step)).toEqual(failed(words));
  });

  it('the query of what it captures in its turn', async () => {
    const step = `${http('status: 200')}, capture: { w: { jsonpath: "$[\${v}]" } }`;
    expect(await captured('$.word', step)).toEqual(failed('is not a JSONPath'));
  });

  it('a query that is no SQL', async () => {
    const host = await postgresServer({ query: [refusal('42601', 'no')] });
    const step = (query: string) => `postgres: { url: "postgres://user@${host}/shop", query: "${query}" }`;
    expect(await captured('$.rope', step('SELECT ${v}'))).toEqual(failed('42601'));
    expect((await captured('$.rope', step('SELEC 1'))).slice(0, 3)).toEqual([
      'error',
      'checks-error',
      'definition',
    ]);
  });

  it.each(['semver: "^${v}"', 'not-semver: "${v}"'])(
    'in what a dialogue must hear: %s',
    async (predicate) => {
      const url = await serveSocket((socket) => socket.write('2.1.0\n'));
      const step = `tcp: { host: 127.0.0.1, port: ${new URL(url).port}, expect: { ${predicate} } }`;
      expect(await captured('$.word', step)).toEqual(failed('a range of versions'));
      expect(await given('abc', step)).toEqual([[expect.stringContaining('a range of versions')], []]);
      const literal = step.replace('${v}', 'abc');
      expect(await given('abc', literal)).toEqual([[expect.stringContaining('a range of versions')], []]);
    },
  );

  it('what only the answer shows to fit nothing', async () => {
    const step = list('{ jsonpath: "$.days[*]", filters: [toDate, first], gt: "${v}" }');
    expect(await captured('$.date', step)).toEqual(failed('→ 200'));
    expect((await captured('$.one', step.replace('${v}', 'tea'))).slice(0, 3)).toEqual([
      ...['error', 'checks-error', 'definition'],
    ]);
  });

  it('and a long one is told in part', async () => {
    const [, , , summary] = await captured('$.long', list('{ jsonpath: "$[${v}]", exists: true }'));
    expect(summary.length).toBeLessThanOrEqual(501);
  });

  it('but a program that the check names itself is not', async () => {
    const step = 'exec: { run: [no-such-program, "${v}"] }';
    expect((await captured('$.word', step)).slice(0, 3)).toEqual(['error', 'checks-error', 'definition']);
  });
});

describe('what fits goes on to hold', () => {
  it.each([
    ['in a query', '$.id', list('{ jsonpath: "$.items[?@.id==${v}].price", equals: 4 }')],
    ['as the query of a filter', '$.one', http('body: { jsonpath: "$.list[${v}]", equals: 2 }')],
    ['in a range of versions', '$.version', http('jsonpath: { $.version: { semver: "^${v}" } }')],
  ])('%s', async (_, query, step) => {
    expect((await captured(query, step)).slice(0, 2)).toEqual(['pass', 'verified']);
  });
});

describe('a variable that fits nothing is an error before anything is sent', () => {
  it.each(misfits.filter(([, query, step]) => !/no-such|long/.test(query + step)))(
    '%s',
    async (_, query, step, words) => {
      const value = JSON.stringify(answer[query.slice(2) as keyof typeof answer]);
      expect(await given(value, step)).toEqual([[expect.stringContaining(words)], []]);
    },
  );
});
