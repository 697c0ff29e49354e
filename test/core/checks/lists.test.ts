import { afterEach, describe, expect, it } from 'vitest';
import { headerReading, listReading } from '../../../packages/core/src/checks/judge/several.ts';
import { lastAttempt } from './last-attempt.ts';
import { closeServers, page, serve } from './loopback.ts';

afterEach(closeServers);

const answering = () =>
  serve((_request, response) => {
    response.writeHead(200, {
      'x-powered-by': ['PHP/7.1', 'Express 4'],
      'x-one': 'PHP/7.1',
      'set-cookie': ['sid=1; Secure; HttpOnly', 'lang=en; Secure'],
    });
    response.end();
  });

describe('several lines of a header', () => {
  it.each<[string, string]>([
    ['are one value, joined by commas', '{ x-powered-by: "PHP/7.1, Express 4" }'],
    ['are searched as a whole', '{ x-powered-by: { contains: "7.1, Exp", matches: "^PHP.*4$" } }'],
    ['are split as one that was sent so', '{ x-powered-by: { split: ", ", count: 2 } }'],
    ['are a list to what asks for one', '{ x-powered-by: { equals: [PHP/7.1, Express 4], count: 2 } }'],
    [
      'are a list to `each` and `any`',
      '{ x-powered-by: { each: { type: string }, any: { contains: PHP } } }',
    ],
    ['are picked by a filter', '{ x-powered-by: { nth: 1, equals: Express 4 } }'],
    [
      'are no less a list when there is one',
      '{ x-one: { count: 1, equals: [PHP/7.1], each: { contains: P } } }',
    ],
    ['of set-cookie are a list', '{ set-cookie: { count: 2, any: { starts-with: lang= } } }'],
    ['of set-cookie are searched one by one', '{ set-cookie: { contains: HttpOnly, not-contains: Domain } }'],
    ['of set-cookie are asked each where each is meant', '{ set-cookie: { each: { contains: Secure } } }'],
    ['of set-cookie are looked for whole', '{ set-cookie: { contains: lang=en; Secure } }'],
  ])('%s', async (_, expected) => {
    expect((await lastAttempt(page(await answering(), `{ header: ${expected} }`))).failures).toEqual([]);
  });

  it.each<[string, string, string]>([
    [
      'what must not be in any of them',
      '{ x-powered-by: { not-contains: PHP } }',
      'header x-powered-by: not contains "PHP": "PHP/7.1, Express 4"',
    ],
    [
      'what must not match any of them',
      '{ x-powered-by: { not-matches: /php/i } }',
      'header x-powered-by: not matches /php/i: "PHP/7.1, Express 4"',
    ],
    [
      'a flag that no cookie has',
      '{ set-cookie: { contains: SameSite } }',
      'header set-cookie: contains "SameSite": [a credential, not shown]',
    ],
    [
      'a cookie with a flag',
      '{ set-cookie: { not-contains: HttpOnly } }',
      'header set-cookie: not contains "HttpOnly": [a credential, not shown]',
    ],
    [
      'a cookie without a flag that each must have',
      '{ set-cookie: { each: { contains: HttpOnly } } }',
      'header set-cookie: each item contains "HttpOnly": 1 of 2 hold, the first that does not: [a credential, not shown]',
    ],
  ])('fail for %s', async (_, expected, failure) => {
    expect((await lastAttempt(page(await answering(), `{ header: ${expected} }`))).failures).toEqual([
      failure,
    ]);
  });
});

it.each<[string, unknown, unknown]>([
  [
    'a header of one line',
    headerReading('a', 'x'),
    { kind: 'found', value: 'a', nodes: ['a'], nodesAre: 'lines' },
  ],
  [
    'a header of two lines',
    headerReading(['a', 'b'], 'x'),
    { kind: 'found', value: 'a, b', nodes: ['a', 'b'], nodesAre: 'lines' },
  ],
  [
    'one cookie',
    headerReading('a=1', 'Set-Cookie'),
    { kind: 'found', value: ['a=1'], nodes: ['a=1'], nodesAre: 'texts' },
  ],
  ['no header', headerReading(undefined, 'x'), { kind: 'missing' }],
  ['no record', listReading([], 'records'), { kind: 'missing', nodes: [] }],
  [
    'one record',
    listReading(['a'], 'records'),
    { kind: 'found', value: ['a'], nodes: ['a'], nodesAre: 'records' },
  ],
])('reads %s', (_, reading, expected) => {
  expect(reading).toEqual(expected);
});
