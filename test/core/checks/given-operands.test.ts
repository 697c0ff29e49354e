// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { afterEach, describe, expect, it } from 'vitest';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import { assertBindable } from '../../../packages/core/src/checks/run/bind.ts';
import type { ActionFailure } from '../../../packages/core/src/outcome/failure.ts';
import { check, closeServers, page, serve } from './loopback.ts';

afterEach(closeServers);

type Given = Readonly<Record<string, string>>;

/** What binding complains of; nothing is sent. */
async function complaints(text: string, variables: Given, secrets: Given = {}): Promise<readonly string[]> {
  const file = await loadChecks(text, { root: '.' });
  try {
    assertBindable(file, { variables: { url: 'http://shop.example', ...variables }, secrets });
    return [];
  } catch (error) {
    return (error as ActionFailure).details ?? [];
  }
}

const one = (expectation: string) => `checks: [{ name: a, http: /, expect: ${expectation} }]`;
const empty = (what: string, name = 'v') =>
  `Check "a": \`${what}\` is given \${${name}}, which is empty: that would prove nothing. Give it a value.`;

describe('an operand that its variables leave empty is an error before anything is sent', () => {
  it.each<[string, string, string]>([
    ['contains', '{ body: { contains: "${v}" } }', 'contains'],
    ['equals', '{ body: "${v}" }', 'body'],
    ['equals, negated', '{ header: { server: { not-equals: "${v}" } } }', 'not-equals'],
    ['matches', '{ body: { matches: "${v}" } }', 'matches'],
    ['starts-with', '{ body: { starts-with: "${v}" } }', 'starts-with'],
    ['in', '{ jsonpath: { $.a: { in: [b, "${v}"] } } }', '1'],
    ['has-key', '{ json: { has-key: "${v}" } }', 'has-key'],
    ['a part of an object', '{ json: { contains: { commit: "${v}" } } }', 'contains'],
    ['each', '{ jsonpath: { $.a: { each: { contains: "${v}" } } } }', 'contains'],
    ['any', '{ jsonpath: { $.a: { any: { equals: "${v}" } } } }', 'equals'],
    ['what is read', '{ all: [{ header: "${v}", exists: true }] }', 'header'],
    ['a filter', '{ body: { split: "${v}", count: 2 } }', 'split'],
    ['a status', '{ status: "${v}" }', 'status'],
    ['a duration', '{ duration: { lt: "${v}" } }', 'lt'],
    ['a schema', '{ schema: "${v}" }', 'schema'],
  ])('%s', async (_, expectation, what) => {
    expect(await complaints(one(expectation), { v: '' })).toEqual([
      expect.stringMatching(new RegExp(`^checks:1:\\d+: ${escaped(empty(what))}$`)),
    ]);
  });

  it.each<[string, string]>([
    ['a variable of the file', 'variables: { v: "" }'],
    ['one that is made of empty ones', 'variables: { w: "", v: "${w}${w}" }'],
    ['a secret', 'secrets: [v]'],
  ])('%s', async (_, top) => {
    const text = `${top}\n${one('{ body: { contains: "${v}" } }')}`;
    expect(await complaints(text, {}, { v: '' })).toEqual([`checks:2:10: ${empty('contains')}`]);
  });

  it.each<[string, string]>([
    ['a tcp dialogue', 'tcp: { host: a.example, port: 25, expect: "${v}" }'],
    ['a step of a dialogue', 'websocket: { url: /, steps: [{ send: a, expect: { contains: "${v}" } }] }'],
    ['a fact of tls', 'tls: { host: a.example, subject: { contains: "${v}" } }'],
    ['the output of a program', 'exec: [echo, a], expect: { stdout: { contains: "${v}" } }'],
    ['a value of postgres', 'postgres: "postgres://me@127.0.0.1/db", expect: { value: "${v}" }'],
  ])('%s', async (_, type) => {
    const [said = '', ...more] = await complaints(`checks: [{ name: a, ${type} }]`, { v: '' });
    expect([said.includes('which is empty: that would prove nothing'), more]).toEqual([true, []]);
  });

  it('all of them at once, each at its check', async () => {
    const text = `checks:
  - { name: a, http: /, expect: { body: { contains: "\${v}" } } }
  - { name: b, http: /, expect: { status: "\${s}" } }`;
    expect(await complaints(text, { v: '', s: 'fine' })).toEqual([
      `checks:2:5: ${empty('contains')}`,
      'checks:3:5: Check "b": `status` is given ${s}. A status is a number such as 200, or a range such as 200-299 in `in`, not "fine".',
    ]);
  });

  it.each<[string, string]>([
    ['a text with more in it', '{ body: { contains: "v${v}" } }'],
    ['one that has a value', '{ body: { contains: "${w}" } }'],
    ['a literal', '{ header: { server: "" } }'],
  ])('and legal is %s', async (_, expectation) => {
    expect(
      await complaints(`checks: [{ name: a, http: "/\${v}", expect: ${expectation} }]`, { v: '', w: 'x' }),
    ).toEqual([]);
  });
});

describe('an operand that its variables make unfit is an error before anything is sent', () => {
  it.each<[string, string, string, string]>([
    [
      'a duration without a unit',
      '{ duration: { lt: "${v}" } }',
      '800',
      '`lt` is given ${v}. A duration needs a unit, such as 800ms or 2s, not "800".',
    ],
    [
      'a broken pattern',
      '{ body: { matches: "${v}" } }',
      '(',
      '`matches` takes a regular expression (Invalid regular expression: /(/: Unterminated group), and ${v} is not.',
    ],
    [
      'a pattern of anything',
      '{ body: { matches: "${v}" } }',
      '.*',
      '`matches: ".*"` holds whatever is answered, so it proves nothing. Write what must be there.',
    ],
    [
      'bytes that are none',
      '{ bytes: { contains: "${v}" } }',
      'hex,zz',
      '`contains` is given ${v}. `hex,` is followed by pairs of hex digits, such as hex,cafe, not "hex,zz".',
    ],
    [
      'a hash of another length',
      '{ sha256: "${v}" }',
      'abc',
      '`sha256` is given ${v}. `sha256` takes 64 hex digits, not "abc".',
    ],
    [
      'a count that is none',
      '{ jsonpath: { $.a: { count: "${v}" } } }',
      'many',
      '`count` is given ${v}. A count is a whole number, not "many".',
    ],
  ])('%s', async (_, expectation, v, message) => {
    expect(await complaints(one(expectation), { v })).toEqual([`checks:1:10: Check "a": ${message}`]);
  });

  it('a secret is not shown', async () => {
    const text = `secrets: [v]\n${one('{ status: "${v}" }')}`;
    expect(await complaints(text, {}, { v: 'hunter2-and-more' })).toEqual([
      'checks:2:10: Check "a": `status` is given ${v}. It is of another kind.',
    ]);
  });
});

describe('a whole `${name}` takes the type of what it is compared with', () => {
  const body = '{"n":2,"t":"2","yes":true,"no":"true","list":[1,2],"o":{"n":2},"v":"1.10"}';

  it.each<[string, string, string, Given, string]>([
    ['a status from the command line', '', '{ status: "${v}" }', { v: '200' }, 'pass'],
    ['another status', '', '{ status: "${v}" }', { v: '201' }, 'fail'],
    ['not a status', '', '{ status: { not-equals: "${v}" } }', { v: '200' }, 'fail'],
    ['a range of statuses', '', '{ status: "${v}" }', { v: '200-299' }, 'pass'],
    ['a status in a list', '', '{ status: { in: [204, "${v}"] } }', { v: '200' }, 'pass'],
    ['a status of a typed variable', 'variables: { v: 200 }', '{ status: "${v}" }', {}, 'pass'],
    ['a status of text in the file', 'variables: { v: "200" }', '{ status: "${v}" }', {}, 'pass'],
    ['a status made of two', '', '{ status: "${a}${b}" }', { a: '2', b: '00' }, 'pass'],
    ['a header of a typed variable', 'variables: { v: 7 }', '{ header: { x-n: "${v}" } }', {}, 'pass'],
    ['a body of a typed variable', 'variables: { v: 2 }', '{ body: { contains: "${v}" } }', {}, 'pass'],
    ['a duration', '', '{ duration: { lt: "${v}" } }', { v: '20s' }, 'pass'],
    ['a version of HTTP', 'variables: { v: 1.1 }', '{ http-version: "${v}" }', {}, 'pass'],
    ['a count', '', '{ jsonpath: { $.list: { count: "${v}" } } }', { v: '2' }, 'pass'],
    [
      'a bound of a count',
      'variables: { v: 3 }',
      '{ jsonpath: { $.list: { count: { gte: "${v}" } } } }',
      {},
      'fail',
    ],
    ['a number, from the command line', '', '{ jsonpath: { $.n: "${v}" } }', { v: '2' }, 'pass'],
    ['the same in another form', '', '{ jsonpath: { $.n: "${v}" } }', { v: '2.0' }, 'pass'],
    ['not that number', '', '{ jsonpath: { $.n: { not-equals: "${v}" } } }', { v: '2' }, 'fail'],
    ['a number, typed', 'variables: { v: 2 }', '{ jsonpath: { $.n: "${v}" } }', {}, 'pass'],
    ['a number is no text of the file', 'variables: { v: "2" }', '{ jsonpath: { $.n: "${v}" } }', {}, 'fail'],
    ['a text, from the command line', '', '{ jsonpath: { $.t: "${v}" } }', { v: '2' }, 'pass'],
    ['a text, typed', 'variables: { v: 2 }', '{ jsonpath: { $.t: "${v}" } }', {}, 'pass'],
    ['a text with a zero at its end', '', '{ jsonpath: { $.v: "${v}" } }', { v: '1.10' }, 'pass'],
    ['a flag, from the command line', '', '{ jsonpath: { $.yes: "${v}" } }', { v: 'true' }, 'pass'],
    ['a flag, typed', 'variables: { v: true }', '{ jsonpath: { $.yes: "${v}" } }', {}, 'pass'],
    ['a text that reads as a flag', 'variables: { v: true }', '{ jsonpath: { $.no: "${v}" } }', {}, 'pass'],
    [
      'a variable that is all of another',
      'variables: { w: 2, v: "${w}" }',
      '{ jsonpath: { $.n: "${v}" } }',
      {},
      'pass',
    ],
    [
      'what the caller says outranks the file',
      'variables: { v: 3 }',
      '{ jsonpath: { $.n: "${v}" } }',
      { v: '2' },
      'pass',
    ],
    ['greater, from the command line', '', '{ jsonpath: { $.n: { gt: "${v}" } } }', { v: '10' }, 'fail'],
    ['greater, typed', 'variables: { v: 1 }', '{ jsonpath: { $.n: { gt: "${v}" } } }', {}, 'pass'],
    [
      'between two of them',
      '',
      '{ jsonpath: { $.n: { between: ["${z}", "${a}"] } } }',
      { z: '1', a: '10' },
      'pass',
    ],
    ['in a list', '', '{ jsonpath: { $.n: { in: ["${v}", 5] } } }', { v: '2' }, 'pass'],
    ['an element of a list', '', '{ jsonpath: { $.list: { contains: "${v}" } } }', { v: '2' }, 'pass'],
    ['no element of a list', '', '{ jsonpath: { $.list: { not-contains: "${v}" } } }', { v: '3' }, 'pass'],
    ['each of a list', '', '{ jsonpath: { $.list: { each: { lte: "${v}" } } } }', { v: '2' }, 'pass'],
    ['within an object', '', '{ jsonpath: { $.o: { equals: { n: "${v}" } } } }', { v: '2' }, 'pass'],
    [
      'within a part of the document',
      '',
      '{ json: { contains: { o: { n: "${v}" }, t: "${v}" } } }',
      { v: '2' },
      'pass',
    ],
    ['within another part', '', '{ json: { contains: { o: { n: "${v}" } } } }', { v: '3' }, 'fail'],
    [
      'a constant of a schema',
      'variables: { v: 2 }',
      '{ schema: { properties: { n: { const: "${v}" } } } }',
      {},
      'pass',
    ],
    ['after a filter', '', '{ jsonpath: { $.t: { toInt: true, equals: "${v}" } } }', { v: '2' }, 'pass'],
    ['with an escape and no variable', '', '{ body: { not-contains: "$${v}" } }', {}, 'pass'],
  ])('%s', async (_, top, expectation, variables, expected) => {
    const url = await serve((__, response) => response.writeHead(200, { 'x-n': '7' }).end(body));
    expect((await check(`${top}\n${page(url, expectation)}`, { variables })).outcome).toBe(expected);
  });

  it('shows in the report what it was compared with', async () => {
    const url = await serve((_, response) => response.end(body));
    const report = await check(
      page(url, '{ status: "${s}", jsonpath: { $.n: "${n}", $.o: { equals: { n: "${n}" } } } }'),
      {
        variables: { s: '404', n: '3' },
      },
    );
    expect(report.results[0]?.attempts[0]?.failures.map(({ expected }) => expected)).toEqual([
      'equals 404',
      'equals "3"',
      'equals {"n":"3"}',
    ]);
  });

  it('an escaped template is the characters themselves, with or without a variable beside it', async () => {
    const url = await serve((_, response) => response.end('Hello ${name}'));
    expect((await check(page(url, '{ body: { contains: "Hello $${name}" } }'))).outcome).toBe('pass');
  });
});

function escaped(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}
