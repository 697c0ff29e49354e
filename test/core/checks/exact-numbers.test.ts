import { describe, expect, it } from 'vitest';
import {
  ExactNumber,
  numberOf,
  numeralOf,
  orderOfNumbers,
} from '../../../packages/core/src/checks/judge/exact-number.ts';
import {
  digitsAt,
  inDoubles,
  jsonOf,
  parsedJson,
} from '../../../packages/core/src/checks/judge/json-text.ts';
import { parseText } from '../../../packages/core/src/checks/parse/document.ts';

const big = 'exact';

/** A number by its kind and its digits. */
function kindAndDigits(value: number | ExactNumber): [string, string] {
  return [value instanceof ExactNumber ? big : 'double', String(value)];
}

describe('a number as it is written', () => {
  it.each<[string, string, [string, string]]>([
    ['a small whole number', '42', ['double', '42']],
    ['a decimal', '1.10', ['double', '1.1']],
    ['2^53', '9007199254740992', ['double', '9007199254740992']],
    ['2^53 + 1', '9007199254740993', [big, '9007199254740993']],
    ['-(2^53) - 1', '-9007199254740993', [big, '-9007199254740993']],
    ['twenty digits', '12345678901234567890', [big, '12345678901234567890']],
    ['sixteen digits that a double holds', '1234567890123456', ['double', '1234567890123456']],
    ['a decimal of twenty digits', '0.10000000000000000001', [big, '0.10000000000000000001']],
    ['a large power of ten', '1e300', ['double', '1e+300']],
    ['what a double has no room for', '1e400', [big, '1e400']],
    ['what is next to nothing', '1e-400', [big, `0.${'0'.repeat(399)}1`]],
    ['an exponent without end', '1e99999', [big, '1e99999']],
    ['zero in many digits', '0.00000000000000000000', ['double', '0']],
  ])('%s', (_, written, expected) => {
    expect(kindAndDigits(numberOf(written))).toEqual(expected);
  });

  it.each<[string, string, number]>([
    ['9007199254740993', '9007199254740992', 1],
    ['9007199254740992', '9007199254740993', -1],
    ['9007199254740993', '9007199254740993.0', 0],
    ['-9007199254740993', '-9007199254740992', -1],
    ['1e400', '1e399', 1],
    ['-1e400', '1', -1],
    ['0.1', '0.10000000000000000001', -1],
    ['12345678901234567890', '12345678901234567890.5', -1],
    ['12345678901234567890', '0', 1],
    ['3', '12345678901234567890', -1],
  ])('%s beside %s', (one, other, sign) => {
    expect(Math.sign(orderOfNumbers(numberOf(one), numberOf(other)))).toBe(sign);
  });

  it.each([
    [1e21, '1000000000000000000000'],
    [1.5e-7, '0.00000015'],
    [-2e22, '-20000000000000000000000'],
    [0.1, '0.1'],
  ])('%d has no exponent in a text', (value, text) => {
    expect(numeralOf(value)).toBe(text);
  });
});

describe('a document', () => {
  const written = '{"id":12345678901234567890,"small":1,"list":[{"n":9007199254740993}],"price":1.10}';

  it('keeps every digit, and is written as it was read', () => {
    expect(JSON.stringify(jsonOf(written))).toBe(written.replace('1.10', '1.1'));
  });

  it('is in doubles for who knows no others, and itself where it has no others', () => {
    expect(inDoubles(jsonOf(written))).toEqual(JSON.parse(written));
    const plain = jsonOf('{"a":[1,{"b":null}]}');
    expect(inDoubles(plain)).toBe(plain);
  });

  it('tells how a number was written', () => {
    const document = jsonOf(written);
    expect(
      [['price'], ['list', 0, 'n'], ['list'], ['none']].map((place) => digitsAt(document, place)),
    ).toEqual(['1.10', '9007199254740993', undefined, undefined]);
  });

  it('that is nested without end is too deep, also with such a number in it', () => {
    const deep = `${'['.repeat(20_000)}12345678901234567890${']'.repeat(20_000)}`;
    expect(parsedJson(deep)).toEqual({ kind: 'broken', why: 'nested too deep: more than 512 levels' });
  });

  it('as a check file, in YAML and JSON', async () => {
    const yaml = await import('js-yaml');
    const read = (text: string) => JSON.stringify(parseText(yaml, text, undefined));
    expect([
      read(
        'a: 9007199254740993\nb: [0x1fffffffffffffffff, +12345678901234567890, .inf, 1_0]\n9007199254740993: key',
      ),
      read('{"a": 9007199254740993}'),
    ]).toEqual([
      '{"kind":"value","value":{"a":9007199254740993,"b":[590295810358705651711,12345678901234567890,null,"1_0"],"9007199254740993":"key"}}',
      '{"kind":"value","value":{"a":9007199254740993}}',
    ]);
  });
});
