import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { PatternThread } from '../../../packages/core/src/checks/judge/patterns.ts';
import { judged } from './judged.ts';
import { lastAttempt } from './last-attempt.ts';
import { check, closeServers, page, serve } from './loopback.ts';

const patterns = new PatternThread();
afterAll(() => patterns.close());
afterEach(closeServers);

const of = (predicates: unknown, value: unknown) => judged(predicates, { kind: 'found', value }, patterns);

describe('what a service answers is never the fault of the check', () => {
  const kinds: [string, unknown][] = [
    ['null', null],
    ['text', 'many'],
    ['a list', [1]],
    ['an object', { a: 1 }],
    ['true', true],
  ];
  const orders: [string, unknown][] = [
    ['gt', 0],
    ['gte', 0],
    ['lt', 9],
    ['lte', 9],
    ['between', [0, 9]],
  ];

  it.each(kinds)('%s fails what orders numbers, plain, negated and in lists', async (_, value) => {
    const kept = await Promise.all(
      orders.flatMap(([name, operand]) => [
        of({ [name]: operand }, value),
        of({ [`not-${name}`]: operand }, value),
        of({ each: { [name]: operand } }, [5, value]),
        of({ any: { [name]: operand } }, [value]),
        of({ 'not-any': { [name]: operand } }, [value]),
        of({ 'not-each': { [name]: operand } }, [5, value]),
        of({ any: { each: { [name]: operand } } }, [[value]]),
        of({ 'not-any': { [`not-${name}`]: operand } }, [value]),
      ]),
    );
    expect(new Set(kept)).toEqual(new Set(['broken']));
  });

  it.each<[string, unknown, unknown]>([
    ['a number where text is ordered', { lt: 'b' }, 1],
    ['a number where text is between', { between: ['a', 'c'] }, 1],
    ['an element of text where numbers are ordered', { any: { gt: 1 } }, ['2']],
  ])('%s fails', async (_, predicates, value) => {
    expect(await of(predicates, value)).toBe('broken');
  });

  it.each<[string, string]>([
    ['a number is compared', '{ $.count: { gt: 0 } }'],
    ['nothing is compared', '{ $.gone: { gt: 0 } }'],
    ['text is compared', '{ $.state: { lte: 5 } }'],
    ['the elements of a list are compared', '{ $.counts: { each: { gt: 0 } } }'],
    ['one element of a list is compared', '{ $.counts: { any: { gt: 5 } } }'],
    ['several nodes are compared', '{ "$.counts[*]": { gt: 0 } }'],
    ['a length is compared', '{ $.count: { count: { gt: 0 } } }'],
  ])('is a failure where %s', async (_, expected) => {
    const url = await serve((_request, response) =>
      response.end('{"count":null,"state":"ok","counts":[3,null]}'),
    );
    expect(await lastAttempt(page(url, `{ jsonpath: ${expected} }`))).toMatchObject({
      outcome: 'fail',
      reason: 'checks-failed',
      class: 'assertion',
    });
  });

  it('says which kind came', async () => {
    const url = await serve((_request, response) => response.end('{"count":null}'));
    expect((await lastAttempt(page(url, '{ jsonpath: { $.count: { gt: 0 } } }'))).failures).toEqual([
      'jsonpath $.count: greater than 0: null, which cannot be ordered against a number',
    ]);
  });

  it('is refused before anything is sent where a variable is wrong whatever it answers', async () => {
    const text = page('http://127.0.0.1/', `{ body: { toDate: true, gt: "\${day}" } }`);
    await expect(check(text, { variables: { day: 'soon' } })).rejects.toMatchObject({
      details: [
        expect.stringContaining(
          '`gt` compares with "soon" here, and what is read is a date whatever the service says.',
        ),
      ],
    });
  });

  it.each<[string, string, string]>([
    [
      'text of a date that is ordered',
      '{ body: { toDate: true, gt: soon } }',
      '`gt` compares with "soon" here, and what is read is a date whatever the service says. Write a date such as 2026-11-21 or 2026-11-21T10:00:00Z.',
    ],
    [
      'text of a number that is ordered',
      '{ body: { toInt: true, ge: "5" } }',
      '`gte` compares with "5" here, and what is read is a number whatever the service says. Write a number.',
    ],
    [
      'a number of a header',
      '{ header: { x-count: { ">": 5 } } }',
      '`gt` compares with 5 here, and what is read is text whatever the service says. Put `toInt: true` or `toFloat: true` before it.',
    ],
    [
      'an order of a list',
      '{ body: { split: ",", lt: a } }',
      '`lt` compares with "a" here, and what is read is a list whatever the service says. It has no order.',
    ],
    [
      'the elements of text',
      '{ body: { any: { contains: a } } }',
      '`any` asks of the elements of a list, and what is read is text whatever the service says. Ask it without `any`.',
    ],
    [
      'bounds of two kinds',
      '{ jsonpath: { $.a: { between: [1, z] } } }',
      '`between` takes a list of two of the same kind, not [1,"z"].',
    ],
    [
      'bounds that have no order',
      '{ jsonpath: { $.a: { between: [null, 3] } } }',
      '`between` takes a list of two, [lowest, highest], not [null,3].',
    ],
  ])('%s is refused when the file is read', async (_, expected, message) => {
    await expect(check(page('http://127.0.0.1/', expected))).rejects.toMatchObject({
      details: [expect.stringContaining(message)],
    });
  });

  it.each<[string, string]>([
    ['a number of a header made one', '{ header: { x-count: { toInt: true, gt: 5 } } }'],
    ['text of a header', '{ header: { x-count: { lt: "9" } } }'],
    ['a bound that is a variable', `{ body: { toInt: true, between: [1, "\${most}"] } }`],
    ['the elements of a split text', '{ body: { split: ",", any: { gt: a } } }'],
    ['a date', '{ body: { toDate: true, between: ["2026-01-01", "2026-12-31T23:59:59Z"] } }'],
  ])('%s is not', async (_, expected) => {
    const { loadChecks } = await import('../../../packages/core/src/checks/load-checks.ts');
    await expect(loadChecks(page('http://127.0.0.1/', expected), { root: '.' })).resolves.toBeDefined();
  });
});

describe('negation is of the whole', () => {
  it.each<[string, unknown, unknown]>([
    ['not-contains of null in a list', { 'not-any': { contains: 'error' } }, [null]],
    ['not-contains within not-any', { 'not-any': { 'not-contains': 'ok' } }, [null]],
    ['not-any of null', { 'not-any': { equals: 'down' } }, null],
    ['not-any of text where a list was', { 'not-any': { equals: 'down' } }, 'maintenance'],
    ['not-each of null', { 'not-each': { equals: 'down' } }, null],
    ['each not-equals of null', { each: { 'not-equals': 'down' } }, null],
    ['not-each of a list with null', { 'not-each': { 'starts-with': 'a' } }, ['a', null]],
    ['not-each of an empty list', { 'not-each': { gt: 1 } }, []],
    ['not-has-key of null', { 'not-has-key': 'error' }, null],
    ['not-has-key of text', { 'not-has-key': 'error' }, 'boom'],
    ['not-has-key of a list', { 'not-has-key': 'error' }, [{ error: 1 }]],
    ['not-contains of numbers among texts', { 'not-contains': 5 }, ['5']],
    ['not-contains of text among objects', { 'not-contains': 'error' }, [{ error: 'x' }]],
    ['not-contains of a number', { 'not-contains': 'error' }, 5],
    ['not-matches in a list', { 'not-any': { matches: 'x' } }, [1]],
    ['not-starts-with of null', { 'not-starts-with': 'a' }, null],
    ['not-count of null', { 'not-count': 2 }, null],
    ['not-semver in a list', { 'not-any': { semver: '^1' } }, ['latest']],
    ['empty: false of null', { empty: false }, null],
    ['empty of null', { empty: true }, null],
    ['not-empty of null', { 'not-empty': true }, null],
    ['empty: false of null in a list', { each: { empty: false } }, ['a', null]],
    ...[0, 5, false, true].flatMap((value): [string, unknown, unknown][] => [
      [`empty: false of ${value}`, { empty: false }, value],
      [`empty of ${value}`, { empty: true }, value],
      [`not-empty of ${value}`, { 'not-empty': true }, value],
      [`not-empty: false of ${value}`, { 'not-empty': false }, value],
      [`empty: false of ${value} in a list`, { each: { empty: false } }, ['a', value]],
      [`not-any empty of ${value}`, { 'not-any': { empty: true } }, [value]],
    ]),
  ])('%s fails', async (_, predicates, value) => {
    expect(await of(predicates, value)).toBe('broken');
  });

  it.each<[string, unknown, unknown]>([
    ['not-any of other elements', { 'not-any': { equals: 'down' } }, ['up', null]],
    ['not-any of an empty list', { 'not-any': { contains: 'fatal' } }, []],
    ['not-each where one does not', { 'not-each': { gt: 1 } }, [1, 2]],
    ['not-contains of other elements', { 'not-contains': 'down' }, ['up', 5]],
    ['not-contains of null', { 'not-contains': null }, [1, 2]],
    ['not-contains of an empty list', { 'not-contains': 'down' }, []],
    ['not-equals of another kind', { 'not-equals': 'down' }, null],
    ['not-type of another kind', { 'not-type': 'string' }, null],
    ['any where one holds beside one unfit', { any: { gt: 1 } }, [null, 2]],
  ])('%s holds', async (_, predicates, value) => {
    expect(await of(predicates, value)).toBe('holds');
  });

  it.each<[string, unknown, unknown, string]>([
    ['alone', { each: { gt: 0 } }, [], 'broken'],
    ['beside a count that allows none', { each: { gt: 0 }, count: { gte: 0 } }, [], 'holds'],
    ['beside a count that does not', { each: { gt: 0 }, count: { gte: 1 } }, [], 'broken'],
    ['beside empty', { each: { gt: 0 }, empty: true }, [], 'holds'],
    ['beside empty: false', { each: { gt: 0 }, empty: false }, [], 'broken'],
    ['within any', { any: { each: { gt: 0 } } }, [[]], 'broken'],
    ['within any, beside a count', { any: { each: { gt: 0 }, count: { lt: 5 } } }, [[]], 'holds'],
  ])('each of an empty list, %s', async (_, predicates, value, kind) => {
    expect(await of(predicates, value)).toBe(kind);
  });
});
