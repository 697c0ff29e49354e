// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { afterEach, describe, expect, it } from 'vitest';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import { assertBindable } from '../../../packages/core/src/checks/run/bind.ts';
import { check, closeServers, page, serve } from './loopback.ts';

afterEach(closeServers);

type Given = Readonly<Record<string, string>>;

/** How a check of that schema ends, of an answer with a number, the same as text, a flag and a list. */
async function outcome(schema: string, variables: Given, top = ''): Promise<string> {
  const url = await serve((_, response) =>
    response.end('{"n":500,"t":"500","yes":true,"list":[1,1],"o":{"n":5,"t":"5"},"const":"x"}'),
  );
  return (await check(`${top}\n${page(url, `{ schema: ${schema} }`)}`, { variables })).outcome;
}

const of = (name: string, schema: string) => `{ properties: { ${name}: ${schema} } }`;

describe('a whole `${name}` in a schema, from the command line', () => {
  it.each<[string, string, Given, string]>([
    ['a constant that is a number', of('n', '{ const: "${v}" }'), { v: '500' }, 'pass'],
    ['a constant that is another', of('n', '{ const: "${v}" }'), { v: '501' }, 'fail'],
    ['a constant that is text', of('t', '{ const: "${v}" }'), { v: '500' }, 'pass'],
    ['a constant that is a flag', of('yes', '{ const: "${v}" }'), { v: 'true' }, 'pass'],
    ['no such number', of('n', '{ not: { const: "${v}" } }'), { v: '500' }, 'fail'],
    ['no such text', of('t', '{ not: { const: "${v}" } }'), { v: '500' }, 'fail'],
    ['no such number, and it is another', of('n', '{ not: { const: "${v}" } }'), { v: '501' }, 'pass'],
    ['one of several', of('n', '{ enum: [1, "${v}"] }'), { v: '500' }, 'pass'],
    ['none of several', of('n', '{ not: { enum: [1, "${v}"] } }'), { v: '500' }, 'fail'],
    ['within a constant', of('o', '{ const: { n: "${v}", t: "${v}" } }'), { v: '5' }, 'pass'],
    ['not within a constant', of('o', '{ not: { const: { n: "${v}", t: "${v}" } } }'), { v: '5' }, 'fail'],
    ['within a list', of('list', '{ const: ["${v}", 1] }'), { v: '1' }, 'pass'],
    ['a constant beside an enum', of('n', '{ const: "${v}", enum: [500] }'), { v: '500' }, 'pass'],
    ['another constant beside an enum', of('n', '{ const: "${v}", enum: [500] }'), { v: '501' }, 'fail'],
    ['a bound that holds', of('n', '{ maximum: "${v}" }'), { v: '500' }, 'pass'],
    ['a bound that does not', of('n', '{ maximum: "${v}" }'), { v: '499' }, 'fail'],
    ['a bound of digits with a fraction', of('n', '{ exclusiveMinimum: "${v}" }'), { v: '499.5' }, 'pass'],
    ['a length', of('t', '{ minLength: "${v}" }'), { v: '4' }, 'fail'],
    ['a number of items', of('list', '{ maxItems: "${v}" }'), { v: '1' }, 'fail'],
    ['a flag', of('list', '{ uniqueItems: "${v}" }'), { v: 'true' }, 'fail'],
    ['whether more is allowed', '{ additionalProperties: "${v}" }', { v: 'false' }, 'fail'],
    ['a pattern stays text', of('t', '{ pattern: "${v}" }'), { v: '500' }, 'pass'],
    ['a name stays text', '{ required: ["${v}"] }', { v: 'n' }, 'pass'],
    ['a property with the name of a keyword', of('const', '{ const: "${v}" }'), { v: 'x' }, 'pass'],
    [
      'behind a reference',
      '{ $ref: "#/$defs/a", $defs: { a: { properties: { n: { const: "${v}" } } } } }',
      { v: '501' },
      'fail',
    ],
    [
      'behind a reference, as it is',
      '{ $ref: "#/$defs/a", $defs: { a: { properties: { n: { const: "${v}" } } } } }',
      { v: '500' },
      'pass',
    ],
    ['text with more in it', of('t', '{ const: "${v}0" }'), { v: '50' }, 'pass'],
    ['text with more in it is no number', of('n', '{ const: "${v}0" }'), { v: '50' }, 'fail'],
  ])('%s', async (_, schema, variables, expected) => {
    expect(await outcome(schema, variables)).toBe(expected);
  });

  it('that is no number where one belongs is an error before anything is sent', async () => {
    const text = 'checks: [{ name: a, http: /, expect: { schema: { maximum: "${v}" } } }]';
    const file = await loadChecks(text, { root: '.' });
    expect(() =>
      assertBindable(file, { variables: { url: 'http://shop.example', v: 'many' }, secrets: {} }),
    ).toThrow('The schema is wrong: /maximum must be a number.');
  });
});

describe('a whole `${name}` in a schema, from `variables`', () => {
  it.each<[string, string, string, string]>([
    ['a number is one', 'variables: { v: 500 }', of('n', '{ const: "${v}" }'), 'pass'],
    ['a number is no text', 'variables: { v: 500 }', of('t', '{ const: "${v}" }'), 'fail'],
    ['text is no number', 'variables: { v: "500" }', of('n', '{ const: "${v}" }'), 'fail'],
    ['text is text', 'variables: { v: "500" }', of('t', '{ const: "${v}" }'), 'pass'],
    ['a bound', 'variables: { v: 499 }', of('n', '{ maximum: "${v}" }'), 'fail'],
  ])('%s', async (_, top, schema, expected) => {
    expect(await outcome(schema, {}, top)).toBe(expected);
  });
});
