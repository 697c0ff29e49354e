// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import { parserProblems } from '../../support/checks-schema.ts';
import { check, closeServers, page, serve } from './loopback.ts';

afterEach(closeServers);

/** What is said of a word, without where it stands. */
async function told(text: string): Promise<readonly string[]> {
  return (await parserProblems(text)).map((line) => line.replace(/^checks:\d+:\d+: /, ''));
}

describe('a newcomer writes in a step', () => {
  const file = (it: string) =>
    `scenarios: [{ name: s, steps: [{ name: a, http: /, expect: { status: 200 }, ${it} }] }]`;

  it.each([
    ['captures: { t: { jsonpath: $.t } }', 'captures'],
    ['extract: { t: { jsonpath: $.t } }', 'extract'],
    ['save: { t: { jsonpath: $.t } }', 'save'],
    ['register: t', 'register'],
    ['store: t', 'store'],
    ['outputs: t', 'outputs'],
  ])('%s', async (written, word) => {
    expect(await told(file(written))).toEqual([
      `Unknown key \`${word}\` in a step. Did you mean \`capture\`? Write \`capture: { id: { jsonpath: $.id } }\`.`,
    ]);
  });

  it('what a scenario says as a whole', async () => {
    expect(await told(file('tags: [a]'))).toEqual([
      'Unknown key `tags` in a step. A scenario is selected, held and watched as a whole: `tags` stands beside its `steps`.',
    ]);
  });

  it('captures in a step of `finally`', async () => {
    const text =
      'scenarios: [{ name: s, steps: [{ name: a, http: /, expect: { status: 200 } }], finally: [{ name: b, http: /, expect: { status: 200 }, captures: {} }] }]';
    expect(await told(text)).toEqual([
      'Unknown key `captures` in a step of `finally`. Did you mean `capture`? Write `capture: { id: { jsonpath: $.id } }`.',
    ]);
  });
});

describe('a newcomer writes in a scenario', () => {
  const last = 'Did you mean `finally`? Its steps run after every pass, whatever became of the others.';
  const first = 'Write it as the first of its `steps`: they run in order.';

  it.each([
    ['teardown', last],
    ['cleanup', last],
    ['always', last],
    ['after', last],
    ['setup', first],
    ['before', first],
  ])('%s', async (word, hint) => {
    const text = `scenarios: [{ name: s, ${word}: [], steps: [{ name: a, http: /, expect: { status: 200 } }] }]`;
    expect(await told(text)).toEqual([`Unknown key \`${word}\` in a scenario. ${hint}`]);
  });
});

describe('a newcomer writes in a type', () => {
  it.each<[string, string]>([
    ['exec: { command: [true] }', 'Unknown key `command` in `exec`. Did you mean `run`?'],
    [
      'exec: { run: [true], exit-status: 0 }',
      'Unknown key `exit-status` in `exec`. `expect` stands beside `exec`: `expect: { exit-code: 0 }`.',
    ],
    [
      'tcp: { address: "a.example:25" }',
      'Unknown key `address` in `tcp`. Write `host` and `port`, or the address alone: `tcp: a.example:25`.',
    ],
    [
      'tls: { host: a.example, insecure: true }',
      'Unknown key `insecure` in `tls`. A check of this type looks at the certificate: what it may be stands in `expect`, such as `expect: { trusted: false }`.',
    ],
    [
      'http: { url: /, ssl: false }',
      'Unknown key `ssl` in `http`. Did you mean `tls`? Write `tls: { verify: false }`.',
    ],
    ['http: { url: /, proxy-url: "http://p" }', 'Unknown key `proxy-url` in `http`. Did you mean `proxy`?'],
    [
      'http: { url: /, api-key: x }',
      'Unknown key `api-key` in `http`. Write `headers: { x-api-key: "${API_KEY}" }`.',
    ],
    [
      'http: { url: /, compressed: true }',
      'Unknown key `compressed` in `http`. Leave it out: compressed answers are asked for and undone.',
    ],
    [
      'http: { url: /, connect-to: "a:1:b:2" }',
      'Unknown key `connect-to` in `http`. `connect-to` stands beside `http`, not in it.',
    ],
    [
      'http: { url: /, auth: { user: a, password: b } }',
      'Unknown key `user` in `auth`. Did you mean `basic`? Write `auth: { basic: "${USER}:${PASSWORD}" }`.',
    ],
    [
      'http: { url: /, auth: { token: a } }',
      'Unknown key `token` in `auth`. Did you mean `bearer`? Write `auth: { bearer: "${TOKEN}" }`.',
    ],
    [
      'http: { url: /, tls: { insecure: true } }',
      'Unknown key `insecure` in `tls` of a request. Did you mean `verify`? Write `verify: false`.',
    ],
    [
      'http: get /',
      '`http` must be a request such as "GET /health", or a mapping, not "get /". Write the method in capitals: `GET /`.',
    ],
    ['http: { url: /, method: post }', '`method` must be a method in capitals, such as POST, not "post".'],
    [
      'grpc: { address: "a.example:443" }',
      'Unknown key `address` in `grpc`. Write `host` and `port`, or the address alone: `grpc: a.example:443`.',
    ],
    ['dns: { host: a.example }', 'Unknown key `host` in `dns`. Did you mean `name`?'],
    [
      'dns: { name: a.example, resolver: 1.1.1.1 }',
      'Unknown key `resolver` in `dns`. Did you mean `server`?',
    ],
    ['postgres: { url: "${DB}", sql: select 1 }', 'Unknown key `sql` in `postgres`. Did you mean `query`?'],
  ])('%s', async (type, hint) => {
    const [said] = await told(`- { name: a, ${type}, expect: { duration: { lt: 1s } } }`);
    expect(said).toBe(hint);
  });

  it('a filter where a predicate was meant', async () => {
    expect(await told('- { name: a, http: /, expect: { body: { regex: "v1" } } }')).toEqual([
      '`body` asserts nothing: `regex` takes out what is compared then. Did you mean `matches`?',
    ]);
  });
});

describe('a file with nothing but checks under another name', () => {
  it.each([
    ['tests', 'Did you mean `checks`? It is a list.'],
    ['requests', 'Did you mean `checks`? It is a list.'],
    ['flows', 'Did you mean `scenarios`? It is a list.'],
  ])('%s', async (word, hint) => {
    const root = await mkdtemp(join(tmpdir(), 'belay-places-'));
    await writeFile(join(root, 'c.yml'), `${word}:\n  - { name: a }\n`);
    await expect(loadChecks('c.yml', { root })).rejects.toMatchObject({
      details: [
        `c.yml:1:1: Unknown key \`${word}\` in the check file. ${hint}`,
        'c.yml:1:1: The file needs `version: 1` at its top.',
      ],
    });
  });
});

describe('a text ordered against a variable', () => {
  it.each<[string, unknown, string, string]>([
    ['a number', 5, '{ lt: "${v}" }', 'a number, which cannot be ordered against a string'],
    ['a number between', 5, '{ between: [1, "${v}"] }', 'a number, which cannot be ordered against a string'],
  ])('%s', async (_, answered, predicate, actual) => {
    const url = await serve((__, response) => response.end(JSON.stringify({ a: answered })));
    const report = await check(page(url, `{ jsonpath: { $.a: ${predicate} } }`), { variables: { v: 'abc' } });
    expect(report.results[0]?.attempts[0]?.failures.map((one) => one.actual)).toEqual([
      expect.stringContaining(actual),
    ]);
  });
});
