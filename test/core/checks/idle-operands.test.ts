import { describe, expect, it } from 'vitest';
import { parserProblems } from '../../support/checks-schema.ts';

const file = (expectation: string) => `- name: a\n  http: /\n  expect: ${expectation}`;

describe('an operand that holds whatever is answered is refused when it is read', () => {
  it.each<[string, string]>([
    ['contains nothing', '{ body: { contains: "" } }'],
    ['contains no key', '{ json: { contains: {} } }'],
    ['does not contain nothing', '{ body: { not-contains: "" } }'],
    ['no digits of hex', '{ bytes: { contains: "hex," } }'],
    ['no digits of base64', '{ bytes: { contains: "base64," } }'],
    ['a pattern of anything', '{ body: { matches: .* } }'],
    ['a pattern of nothing', '{ body: { matches: // } }'],
    ['a pattern that may be left out', '{ body: { matches: "(welcome)?" } }'],
    ['one end of a text', '{ body: { matches: "^" } }'],
    ['the other end', '{ body: { matches: "$" } }'],
    ['the beginning of anything', '{ body: { matches: "/^.*/i" } }'],
    ['an alternative of nothing', '{ body: { matches: "welcome|" } }'],
    ['a look at nothing ahead', '{ body: { matches: "(?=)" } }'],
    ['a look at nothing behind', '{ body: { matches: "^(?<=)" } }'],
    ['what is not ahead at the end of any text', '{ body: { matches: "(?!x)" } }'],
    ['the same or it', '{ body: { matches: "(?!x)|x" } }'],
    ['what is not behind at the beginning of any text', '{ body: { matches: "(?<!x)" } }'],
    ['everything from end to end', "{ body: { matches: '^[\\s\\S]*$' } }"],
    ['every line from end to end', '{ body: { matches: "/^.*$/s" } }'],
    ['within each', '{ jsonpath: { $.names: { each: { contains: "" } } } }'],
    ['within any', '{ jsonpath: { $.names: { any: { matches: .* } } } }'],
    ['after a filter', '{ body: { replace: [a, b], contains: "" } }'],
    ['in the list form', '{ all: [{ header: server, contains: "" }] }'],
    ['in a header', '{ header: { server: { contains: "" } } }'],
  ])('%s', async (_, expectation) => {
    const problems = await parserProblems(file(expectation));
    expect(problems).toEqual([
      expect.stringMatching(
        /^checks:3:\d+: `(contains|matches): .+` holds whatever is answered, so it proves nothing\. Write what must be there\.$/,
      ),
    ]);
  });

  it.each<[string, string, string]>([
    ['starts-with', '{ body: { starts-with: "" } }', 'checks:3:34: `starts-with` takes text, not "".'],
    ['ends-with', '{ body: { not-ends-with: "" } }', 'checks:3:36: `not-ends-with` takes text, not "".'],
    ['matches', '{ body: { matches: "" } }', 'checks:3:30: `matches` takes a regular expression, not "".'],
    ['in', '{ status: { in: [] } }', 'checks:3:27: `in` takes a list, not [].'],
    [
      'what is no hex',
      '{ bytes: { contains: "hex,xyz" } }',
      'checks:3:32: `hex,` is followed by pairs of hex digits, such as hex,cafe, not "hex,xyz".',
    ],
    [
      'half a byte',
      '{ bytes: "hex,caf" }',
      'checks:3:20: `hex,` is followed by pairs of hex digits, such as hex,cafe, not "hex,caf".',
    ],
    [
      'what is no base64',
      '{ bytes: { raw: { contains: "base64,*" } } }',
      'checks:3:39: `base64,` is followed by base64, such as base64,yv4=, not "base64,*".',
    ],
  ])('%s', async (_, expectation, message) => {
    expect(await parserProblems(file(expectation))).toEqual([message]);
  });

  it('a limit that looks at nothing', async () => {
    expect(await parserProblems('- { name: a, assets: { url: /, limit: 0 } }')).toEqual([
      'checks:1:39: `limit` must be a whole number of at least 1, not 0.',
    ]);
  });

  it.each<[string, string]>([
    ['a pattern of an empty text', '{ body: { matches: ^$ } }'],
    ['a pattern of one line', '{ body: { matches: ^.*$ } }'],
    ['a pattern with a word boundary', "{ body: { matches: '\\b' } }"],
    ['a pattern that looks ahead from the beginning', '{ body: { matches: "^(?!x)" } }'],
    ['a pattern that looks back from the end', '{ body: { matches: "(?<!x)$" } }'],
    ['a pattern without a word from end to end', '{ body: { matches: "^(?![\\\\s\\\\S]*Fatal)" } }'],
    ['a pattern without a character from end to end', '{ body: { matches: "^[^<]*$" } }'],
    ['a pattern of at most so many', "{ body: { matches: '^[\\s\\S]{0,500}$' } }"],
    ['a pattern of one character that is named', "{ body: { matches: '^[^\\u20ac]*$' } }"],
    ['a negated pattern of a word', '{ body: { not-matches: "(?!x)y" } }'],
    ['a pattern of one or nothing', '{ body: { matches: "a|(?!)" } }'],
    ['a schema that asks something', '{ schema: { title: a, type: object } }'],
    ['an empty schema within another', '{ schema: { properties: { a: {} }, required: [a] } }'],
    [
      'an empty schema in what only a reference asks',
      '{ schema: { $ref: "#/$defs/a", $defs: { a: true } } }',
    ],
    ['a literal caret', '{ body: { matches: "\\\\^" } }'],
    ['an empty text as a whole', '{ body: "" }'],
    ['an empty object as a whole', '{ json: { equals: {} } }'],
    ['empty bytes as a whole', '{ bytes: "hex," }'],
    ['an empty list as an element', '{ json: { contains: [] } }'],
    ['text that begins as hex does', '{ body: { contains: "hex,zz" } }'],
    ['a count that allows none', '{ jsonpath: { $.a: { each: { gt: 0 }, count: { gte: 0 } } } }'],
  ])('and legal is %s', async (_, expectation) => {
    expect(await parserProblems(file(expectation))).toEqual([]);
  });
});

describe('a schema that asks nothing is refused when it is read', () => {
  it.each<[string, string]>([
    ['an empty one', '{ schema: {} }'],
    ['true', '{ schema: true }'],
    [
      'remarks alone',
      '{ schema: { $schema: "https://json-schema.org/draft/2020-12/schema", title: order } }',
    ],
    ['of each', '{ jsonpath: { $.names: { each: { schema: {} } } } }'],
    ['in the list form', '{ all: [{ jsonpath: $.a, schema: true }] }'],
  ])('%s', async (_, expectation) => {
    expect(await parserProblems(file(expectation))).toEqual([
      expect.stringMatching(
        /^checks:3:\d+: `schema: .+` holds of every JSON document, so it proves nothing\. Write what must be there\.$/,
      ),
    ]);
  });
});

describe('an operand that no text fulfils is refused when it is read', () => {
  it.each<[string, string, string]>([
    [
      'negated',
      '{ body: { not-matches: "(?!)" } }',
      '`not-matches: "(?!)"` holds whatever is answered, so it proves nothing. Write what must not be there.',
    ],
    [
      'negated, an empty set',
      '{ body: { not-matches: "a[]" } }',
      '`not-matches: "a[]"` holds whatever is answered, so it proves nothing. Write what must not be there.',
    ],
    [
      'as it is',
      '{ body: { matches: "(?!)" } }',
      '`matches: "(?!)"` holds of no answer. Write what must be there.',
    ],
    ['a schema', '{ schema: false }', '`schema: false` holds of no answer. Write what must be there.'],
    [
      'a schema, negated',
      '{ json: { not-schema: false } }',
      '`not-schema: false` holds whatever is answered, so it proves nothing. Write what must not be there.',
    ],
  ])('%s', async (_, expectation, message) => {
    expect(await parserProblems(file(expectation))).toEqual([expect.stringMatching(/^checks:3:\d+: /)]);
    expect((await parserProblems(file(expectation)))[0]).toContain(message);
  });
});

describe('an operand that nothing could ever fulfil is refused when it is read', () => {
  const ofText =
    'asks of text, and this is a number. Use `in`, `between`, `gte` or `lt`, or the filter `toString` before it.';

  it.each<[string, string, string]>([
    ['a status by a pattern', '{ status: { matches: 2.. } }', `checks:3:23: \`matches\` ${ofText}`],
    [
      'a status that begins',
      '{ status: { not-starts-with: "5" } }',
      `checks:3:23: \`not-starts-with\` ${ofText}`,
    ],
    ['a status that is empty', '{ status: { empty: false } }', `checks:3:23: \`empty\` ${ofText}`],
    ['a duration by a part', '{ duration: { contains: "1" } }', `checks:3:25: \`contains\` ${ofText}`],
    [
      'a number in a body',
      '{ body: { contains: 5 } }',
      'checks:3:31: `contains` is text: compare it with text, not 5. Quote the value, or use `jsonpath`.',
    ],
    [
      'a list in a body',
      '{ body: { contains: [a, b] } }',
      'checks:3:31: `contains` is text: compare it with text, not ["a","b"]. Quote the value, or use `jsonpath`.',
    ],
  ])('%s', async (_, expectation, message) => {
    expect(await parserProblems(file(expectation))).toEqual([message]);
  });

  it.each([
    ['a status as text', '{ status: { toString: true, matches: 2.. } }'],
    ['a number in a document', '{ jsonpath: { $.a: { contains: 5 } } }'],
  ])('and legal is %s', async (_, expectation) => {
    expect(await parserProblems(file(expectation))).toEqual([]);
  });
});
