// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { describe, expect, it } from 'vitest';
import { parserProblems } from '../../support/checks-schema.ts';

const file = (expectation: string, type = 'http: /') => `- name: a\n  ${type}\n  expect: ${expectation}`;

describe('what holds of every answer is refused when it is read', () => {
  it.each<[string, string]>([
    ['{ between: [0, 1000] }', '3:21'],
    ['{ between: [100, 599] }', '3:21'],
    ['100-599', '3:21'],
    ['{ in: [100-599] }', '3:21'],
    ['{ in: [100-299, 300-599] }', '3:21'],
    ['{ in: [100-598, 599] }', '3:21'],
    ['{ gte: 100 }', '3:21'],
    ['{ gt: 99 }', '3:21'],
    ['{ lt: 600 }', '3:21'],
    ['{ lte: 599 }', '3:21'],
    ['{ gte: 100, lt: 600 }', '3:21'],
    ['{ not-gte: 600 }', '3:21'],
    ['{ not-between: [600, 700] }', '3:21'],
    ['{ type: number }', '3:21'],
    ['{ type: integer }', '3:21'],
    ['{ not-type: string }', '3:21'],
    ['{ exists: true }', '3:21'],
    ['{ not-exists: false }', '3:21'],
  ])('of a status that is all of what is asked: %s', async (status, place) => {
    expect(await parserProblems(file(`{ status: ${status} }`))).toEqual([
      `checks:${place}: \`status\` asks here what holds of every answer, so it proves nothing. Write which are good; where any will do, write what else is asked.`,
    ]);
  });

  it('in the list form too', async () => {
    expect(await parserProblems(file('{ all: [{ status: true, gte: 100 }] }'))).toEqual([
      expect.stringMatching(/^checks:3:\d+: `status` asks here what holds of every answer/),
    ]);
  });

  it.each([
    '{ gte: 200, lt: 600 }',
    '{ lt: 500 }',
    '{ in: [200, 503] }',
    '{ not-in: [500-599] }',
    '{ gte: "${least}" }',
    '"${status}"',
    '{ in: [100-598] }',
    '{ toString: true, matches: "^[1-5]" }',
  ])('but not %s', async (status) => {
    expect(await parserProblems(file(`{ status: ${status} }`))).toEqual([]);
  });

  it.each(['100-599', '{ gte: 100 }', '{ lt: 600 }', '{ between: [0, 600] }', '{ exists: true }'])(
    'nor %s beside something else, where it says that the status need not be 2xx',
    async (status) => {
      expect(await parserProblems(file(`{ status: ${status}, body: { contains: up } }`))).toEqual([]);
    },
  );

  it.each<[string, string]>([
    ['bytes', '{ count: { gte: 0 } }'],
    ['bytes', '{ count: { not-lt: 0 } }'],
    ['bytes', '{ not-count: { lt: 0 } }'],
    ['bytes', '{ filters: [count], gte: 0 }'],
    ['redirects', '{ count: { gte: 0 } }'],
    ['duration', '{ gte: 0ms }'],
    ['duration', '{ not-lt: 0s }'],
    ['duration', '{ exists: true }'],
    ['bytes', '{ not-exists: false }'],
    ['redirects', '{ exists: true }'],
  ])('of %s: %s', async (source, expectation) => {
    expect(await parserProblems(file(`{ status: 200, ${source}: ${expectation} }`))).toEqual([
      expect.stringMatching(
        new RegExp(
          `^checks:3:\\d+: \`${source}\` asks here what holds of every answer, so it proves nothing\\. Write what a good one is\\.$`,
        ),
      ),
    ]);
  });

  it.each<[string, string, string]>([
    ['a query of one', '"$.zzz"', '{ count: { gte: 0 } }'],
    ['a query of several', '"$..zzz"', '{ count: { gte: 0 } }'],
    ['its negation', '"$.zzz"', '{ not-count: { lt: 0 } }'],
    ['by a filter', '"$.zzz"', '{ filters: [count], gte: 0 }'],
  ])('of %s, for which none will do', async (_, query, expectation) => {
    expect(await parserProblems(file(`{ jsonpath: { ${query}: ${expectation} } }`))).toEqual([
      expect.stringMatching(
        /^checks:3:\d+: `\$\.+zzz` asks here for any number of them, and none will do, so it proves nothing\. Write how many there must be, or `each` beside it\.$/,
      ),
    ]);
  });

  it('of the raw bytes', async () => {
    expect(await parserProblems(file('{ bytes: { raw: { count: { gte: 0 } } } }'))).toEqual([
      expect.stringMatching(/^checks:3:\d+: `raw` asks here what holds of every answer/),
    ]);
  });

  it.each(['count', 'scripts', 'size', 'largest'])('of the %s of assets', async (source) => {
    expect(await parserProblems(file(`{ ${source}: { gte: 0 } }`, 'assets: /'))).toEqual([
      expect.stringMatching(new RegExp(`^checks:3:\\d+: \`${source}\` asks here what holds of every answer`)),
    ]);
  });

  it.each<[string, string]>([
    ['a query that is there', '{ jsonpath: { $.a: { exists: true } } }'],
    ['it beside each', '{ jsonpath: { "$..a": { each: { gt: 0 }, count: { gte: 0 } } } }'],
    ['a list of redirects beside each', '{ redirects: { each: { has-key: status }, count: { gte: 0 } } }'],
    ['a count of at least one', '{ bytes: { count: { gte: 1 } } }'],
    ['a count of none', '{ bytes: { count: 0 } }'],
    ['a count between', '{ bytes: { count: { gte: 0, lt: 100 } } }'],
    ['a phase, which may be lacking', '{ tls: { gte: 0ms }, download: { gte: 0ms } }'],
    ['a duration with a bound', '{ duration: { gte: 0ms, lt: 2s } }'],
    ['bars of a duration', '{ duration: { degraded: 300ms, max: 800ms } }'],
  ])('and legal is %s', async (_, expectation) => {
    expect(await parserProblems(file(expectation))).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['rows, where none may be', 'postgres: "postgres://me@127.0.0.1/db"', '{ rows: { gte: 0 } }'],
    ['answers, where none may be', 'dns: a.example', '{ answers: { count: { gte: 0 } } }'],
    ['an exit code', 'exec: [true]', '{ exit-code: { gte: 0 } }'],
  ])('and legal are %s', async (_, type, expectation) => {
    expect(await parserProblems(file(expectation, type))).toEqual([]);
  });
});
