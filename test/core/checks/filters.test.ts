import { afterAll, describe, expect, it } from 'vitest';
import { extract } from '../../../packages/core/src/checks/judge/extract.ts';
import { PatternThread } from '../../../packages/core/src/checks/judge/patterns.ts';
import { ResourceLimit } from '../../../packages/core/src/checks/judge/resource-limit.ts';
import type { Reading } from '../../../packages/core/src/checks/judge/values.ts';
import type { Problem } from '../../../packages/core/src/checks/parse/cursor.ts';
import { Cursor } from '../../../packages/core/src/checks/parse/cursor.ts';
import { readExtraction } from '../../../packages/core/src/checks/parse/extractions.ts';
import { readExpect } from '../../../packages/core/src/checks/parse/sources.ts';
import { httpSources } from '../../../packages/core/src/checks/types/http-sources.ts';

const patterns = new PatternThread();
afterAll(() => patterns.close());

const now = () => Date.UTC(2026, 10, 21, 12);

function written(filters: object) {
  const problems: Problem[] = [];
  const extraction = readExtraction(new Cursor({ body: true, ...filters }, problems), {
    sources: httpSources,
  });
  return { extraction, problems: problems.map(({ message }) => message) };
}

async function through(filters: object, reading: Reading): Promise<unknown> {
  const { extraction, problems } = written(filters);
  expect(problems).toEqual([]);
  if (extraction === undefined) throw new Error('there is no extraction');
  const read = await extract(extraction, () => reading, { patterns, deadlineMs: 300, now });
  if (read.kind === 'found') return read.value;
  return read.kind === 'missing'
    ? (read.note ?? 'not found')
    : read.kind === 'invalid'
      ? read.why
      : read.actual;
}

const bytes = (text: string) => Buffer.from(text);

it('a replacement that fits into no memory is refused, and the next filter still works', async () => {
  const own = new PatternThread();
  const filtering = { patterns: own, deadlineMs: 15_000, now };
  const extraction = {
    source: { name: 'body', argument: undefined },
    filters: [{ name: 'replaceRegex', argument: ['a', 'b'.repeat(1000)] }],
  };
  const value = 'a'.repeat(1_000_000);
  await expect(extract(extraction, () => ({ kind: 'found', value }), filtering)).rejects.toThrow(
    new ResourceLimit('what the pattern makes of the text does not fit into memory'),
  );
  const next = { ...extraction, filters: [{ name: 'regex', argument: 'b+' }] };
  expect(await extract(next, () => ({ kind: 'found', value: 'abb' }), filtering)).toEqual({
    kind: 'found',
    value: 'bb',
  });
  own.close();
});

describe('a filter', () => {
  it.each<[string, object, unknown, unknown]>([
    ['count of a list', { count: true }, ['a', 'b'], 2],
    ['count of an object', { count: true }, { a: 1 }, 1],
    ['first', { first: true }, ['a', 'b'], 'a'],
    ['last', { last: true }, ['a', 'b'], 'b'],
    ['nth from the front', { nth: 1 }, ['a', 'b'], 'b'],
    ['nth from the back', { nth: -2 }, ['a', 'b'], 'a'],
    ['split', { split: ', ' }, 'a, b', ['a', 'b']],
    ['regex with a group', { regex: 'v(\\d+)' }, 'is v12', '12'],
    ['regex without a group', { regex: '/V\\d/i' }, 'is v12', 'v1'],
    ['replace, every time and literally', { replace: ['a', '$&'] }, 'a.a', '$&.$&'],
    ['replaceRegex, every time', { replaceRegex: ['(\\d)', '<$1>'] }, '1-2', '<1>-<2>'],
    ['jsonpath of text', { jsonpath: '$.a[0]' }, '{"a":[7]}', 7],
    ['jsonpath of a document', { jsonpath: '$.a[*]' }, { a: [1, 2] }, [1, 2]],
    ['urlDecode', { urlDecode: true }, 'a%20%C3%BC+b', 'a ü+b'],
    ['urlQueryParam', { urlQueryParam: 'q' }, 'https://a.example/?q=x%20y', 'x y'],
    ['base64Decode', { base64Decode: true }, 'aGk/', bytes('hi?')],
    ['base64UrlSafeDecode', { base64UrlSafeDecode: true }, 'aGk_', bytes('hi?')],
    [
      'htmlUnescape',
      { htmlUnescape: true },
      '&lt;b&gt; &amp;copy; &copy;&#x41;&nbsp;<i>',
      '<b> &copy; ©A\u00a0<i>',
    ],
    [
      'htmlUnescape',
      { htmlUnescape: true },
      'a </textarea> &lt;/b> < &am & </',
      'a </textarea> </b> < &am & </',
    ],
    ['utf8Decode', { utf8Decode: true }, bytes('ü'), 'ü'],
    ['toInt', { toInt: true }, ' 42 ', 42],
    ['toInt of a number', { toInt: true }, 4.7, 4],
    ['toFloat', { toFloat: true }, '1.5e2', 150],
    ['toString', { toString: true }, 12, '12'],
    ['toString of an object', { toString: true }, { a: 1 }, '{"a":1}'],
    ['toDate of ISO 8601', { toDate: true }, '2026-11-21T10:00:00+02:00', new Date('2026-11-21T08:00:00Z')],
    ['toDate of HTTP', { toDate: true }, 'Sat, 21 Nov 2026 08:00:00 GMT', new Date('2026-11-21T08:00:00Z')],
    [
      'toDate with a format',
      { toDate: '%d.%m.%Y %I:%M %p %z' },
      '21.11.2026 01:30 PM +0100',
      new Date('2026-11-21T12:30:00Z'),
    ],
    ['toDate of seconds', { toDate: '%s' }, '1700000000', new Date(1_700_000_000_000)],
    [
      'dateFormat',
      { toDate: true, dateFormat: '%A %-x %F %T 100%%' },
      '2026-11-21',
      'Saturday %-x 2026-11-21 00:00:00 100%',
    ],
    ['daysAfterNow', { toDate: true, daysAfterNow: true }, '2026-11-24T13:00:00Z', 3],
    ['daysAfterNow of half a day ago', { toDate: true, daysAfterNow: true }, '2026-11-21T00:00:00Z', -1],
    ['daysBeforeNow', { toDate: true, daysBeforeNow: true }, '2026-11-20T00:00:00Z', 1],
    ['toHex', { base64Decode: true, toHex: true }, 'yv4=', 'cafe'],
    ['the same twice', { filters: [{ split: ';' }, 'first', { split: '=' }, 'last'] }, 'a=1;b=2', '1'],
  ])('%s', async (_, filters, value, result) => {
    expect(await through(filters, { kind: 'found', value })).toEqual(result);
  });

  it.each<[string, object, string]>([
    ['count', { count: true }, '2'],
    ['first', { first: true }, '["a","b"]'],
  ])('%s goes over the nodes of a query', async (_, filters, result) => {
    const nodes = [['a', 'b'], ['c']];
    expect(JSON.stringify(await through(filters, { kind: 'found', value: nodes, nodes }))).toBe(result);
  });

  it.each<[string, object, unknown, string]>([
    ['nth beyond the end', { nth: 5 }, ['a'], 'not found by `nth 5`: the list has 1'],
    ['first of nothing', { first: true }, [], 'not found by `first`: the list has 0'],
    ['regex', { regex: 'b(c)' }, 'a', 'not found by `regex "b(c)"`: the pattern is not in the text'],
    ['jsonpath', { jsonpath: '$.b' }, '{}', 'not found by `jsonpath "$.b"`: the query matches nothing'],
    [
      'jsonpath of other text',
      { jsonpath: '$.b' },
      '<p>',
      'not readable by `jsonpath "$.b"`: the text is not JSON',
    ],
    [
      'urlQueryParam',
      { urlQueryParam: 'q' },
      'https://a.example/',
      'not found by `urlQueryParam "q"`: the URL has no such parameter',
    ],
    [
      'urlQueryParam of other text',
      { urlQueryParam: 'q' },
      '/path',
      'not readable by `urlQueryParam "q"`: the text is not a URL',
    ],
    [
      'urlDecode',
      { urlDecode: true },
      '%zz',
      'not readable by `urlDecode`: the text is not percent-encoded UTF-8',
    ],
    ['base64Decode', { base64Decode: true }, 'a-b', 'not readable by `base64Decode`: the text is not base64'],
    [
      'base64UrlSafeDecode',
      { base64UrlSafeDecode: true },
      'a+b',
      'not readable by `base64UrlSafeDecode`: the text is not base64url',
    ],
    [
      'utf8Decode',
      { utf8Decode: true },
      Buffer.from([0xff]),
      'not readable by `utf8Decode`: the bytes are not UTF-8',
    ],
    ['toInt', { toInt: true }, '1.5', 'not readable by `toInt`: "1.5" is not a whole number'],
    ['toFloat', { toFloat: true }, 'many', 'not readable by `toFloat`: "many" is not a number'],
    ['toDate', { toDate: true }, 'shop 1', 'not readable by `toDate`: "shop 1" is not such a date'],
    [
      'toDate of a day that is not',
      { toDate: '%F' },
      '2026-02-30',
      'not readable by `toDate "%F"`: "2026-02-30" is not such a date',
    ],
    [
      'daysAfterNow of text',
      { daysAfterNow: true },
      '2026-01-01',
      'not readable by `daysAfterNow`: it needs a date (`toDate` makes one), and this is a string',
    ],
    [
      'split of a number',
      { split: ',' },
      5,
      'not readable by `split ","`: it needs text, and this is a number',
    ],
    ['nth of null', { nth: 0 }, null, 'not readable by `nth 0`: it needs a list, and this is null'],
    ['toHex of text', { toHex: true }, 'a', 'not readable by `toHex`: it needs bytes, and this is a string'],
    [
      'a step in the middle',
      { split: ',', nth: 3, toInt: true },
      'a,b',
      'not found by `nth 3`: the list has 2',
    ],
  ])('that cannot says which it is and why: %s', async (_, filters, value, said) => {
    expect(await through(filters, { kind: 'found', value })).toBe(said);
  });

  it.each<[string, object]>([
    ['a pattern', { regex: '(a+)+b' }],
    ['a replacement', { replaceRegex: ['(a+)+b', ''] }],
  ])('goes beyond what judging may take when %s backtracks', async (_, filters) => {
    const why = 'the pattern found no end within 300 ms; it backtracks';
    await expect(through(filters, { kind: 'found', value: 'a'.repeat(40) })).rejects.toThrow(
      new ResourceLimit(why),
    );
  });

  it('leaves what is missing missing, and counts none of it', async () => {
    const missing: Reading = { kind: 'missing' };
    expect([await through({ first: true }, missing), await through({ count: true }, missing)]).toEqual([
      'not found',
      0,
    ]);
  });
});

describe('the list form', () => {
  function problemsOf(expected: unknown): string[] {
    const problems: Problem[] = [];
    readExpect(new Cursor(expected, problems), httpSources);
    return problems.map(({ message }) => message);
  }

  it('reads a source, then filters, then predicates', () => {
    const item = { header: 'X-Servers', split: ',', count: 2, 'not-contains': 'old' };
    const read = readExpect(new Cursor({ all: [item] }, []), httpSources);
    const filters = [{ name: 'split', argument: ',' }];
    const source = { name: 'header', argument: 'x-servers' };
    const two = { name: 'equals', negated: false, expected: 2, nested: [] };
    expect(read?.map(({ origin: _, ...rest }) => rest)).toEqual([
      { source, filters, predicate: { name: 'count', negated: false, expected: undefined, nested: [two] } },
      { source, filters, predicate: { name: 'contains', negated: true, expected: 'old', nested: [] } },
    ]);
  });

  it('has its filters in the map form too', () => {
    const read = readExpect(new Cursor({ body: { toInt: true, gt: 5 } }, []), httpSources);
    expect(read?.map(({ filters, predicate }) => [filters, predicate.name])).toEqual([
      [[{ name: 'toInt', argument: true }], 'gt'],
    ]);
  });

  it('takes as many filters in a list as there are keys', () => {
    expect(problemsOf({ body: { filters: ['first', 'toInt'], gt: 1 } })).toEqual([]);
    expect(problemsOf({ all: [{ body: true, filters: ['first', 'toInt'], gt: 1 }] })).toEqual([]);
  });

  it.each<[string, unknown, string[]]>([
    [
      'a filter after a predicate',
      { body: { contains: 'a', split: ',' } },
      ['The filter `split` comes after the predicate `contains`. Write filters first.'],
    ],
    [
      'filters without a predicate',
      { body: { split: ',' } },
      ['`body` asserts nothing: name a predicate, such as equals.'],
    ],
    [
      'an item that does not begin with a source',
      { all: [{ split: ',', header: 'a' }] },
      [
        '`split` is not a source, and a source comes first here. Legal: status, http-version, url, redirects, header, cookie, body, bytes, jsonpath, json, schema, sha256, md5, duration, dns, connect, tls, first-byte, download, total, ip, certificate.',
      ],
    ],
    [
      'an item that asserts nothing',
      { all: [{ header: 'a', split: ',' }] },
      ['`header` asserts nothing: name a predicate, such as equals.'],
    ],
    [
      'filters in a list without a predicate',
      { body: { filters: ['first', 'toInt'] }, all: [{ body: true, filters: ['first', 'toInt'] }] },
      Array(2).fill('`body` asserts nothing: name a predicate, such as equals.'),
    ],
    [
      'no filter and no predicate',
      { body: { filters: [] }, all: [{ body: true, filters: [] }] },
      Array(2).fill('`body` asserts nothing: name a predicate, such as equals.'),
    ],
    ['an empty list', { all: [] }, ['`all` asserts nothing: it is empty.']],
    [
      'an empty mapping of what is read by name',
      { header: {}, jsonpath: {} },
      ['`header` asserts nothing: it is empty.', '`jsonpath` asserts nothing: it is empty.'],
    ],
    [
      'the map form inside it',
      { all: [{ header: { a: 'b' } }, { status: 200 }] },
      [
        '`header` must name what it reads here, as text, not {"a":"b"}.',
        '`status` must be true here, and what is done with it stands beside it. This is 200.',
      ],
    ],
    [
      'a filter spelled another way',
      { body: { 'url-decode': true, equals: 'a' } },
      ['Unknown predicate `url-decode`. Did you mean `urlDecode`? To compare with an object, use `equals`.'],
    ],
    [
      'an argument of the wrong kind',
      { body: { nth: 'one', first: 1, regex: '(', replace: 'a', exists: true } },
      [
        'The filter `nth` takes a whole number: 0 is the first, -1 the last, not "one".',
        'The filter `first` takes only true, not 1.',
        'The filter `regex` takes a regular expression (Invalid regular expression: /(/: Unterminated group), not "(".',
        'The filter `replace` takes a list of two texts, [old, new], not "a".',
      ],
    ],
    [
      'an unknown filter in `filters`',
      { body: { filters: ['firs'], exists: true } },
      ['Unknown filter `firs`. Did you mean `first`?'],
    ],
    [
      'a variable in a key',
      { jsonpath: { '$.${name}': 1 } },
      ['A variable cannot stand in a key. Write the list form: all: [{ jsonpath: "…", equals: … }].'],
    ],
  ])('refuses %s', (_, expected, messages) => {
    expect(problemsOf(expected)).toEqual(messages);
  });
});
