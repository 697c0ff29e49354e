import { describe, expect, it } from 'vitest';
import {
  type Contents,
  differingParts,
  fingerprintOf,
  readFingerprint,
} from '../../../packages/core/src/ledger/fingerprint.ts';

const print = (contents: Contents, secret = 'secret') => fingerprintOf(contents, secret);
const base: Contents = { image: 'sha256:a', 'env.A': '1', 'config.vm': [{ memory: '1gb', cpus: 1 }] };

describe('the parts that differ', () => {
  it.each<[string, Contents, readonly string[]]>([
    ['nothing changed', {}, []],
    ['the keys of a part came in another order', { 'config.vm': [{ cpus: 1, memory: '1gb' }] }, []],
    ['a part changed', { image: 'sha256:b' }, ['image']],
    ['a part deep below changed', { 'config.vm': [{ memory: '1gb', cpus: 2 }] }, ['config.vm']],
    ['a list got another item', { 'config.vm': [{ memory: '1gb', cpus: 1 }, {}] }, ['config.vm']],
    ['a part was added', { 'env.B': '' }, ['env.B']],
    ['text became a number', { 'env.A': 1 }, ['env.A']],
    ['several changed', { image: 'c', 'env.A': '2', 'env.Z': '1' }, ['env.A', 'env.Z', 'image']],
  ])('when %s', (_what, changes, expected) => {
    expect(differingParts(print(base), print({ ...base, ...changes }))).toEqual(expected);
  });

  it('name a part that was removed', () => {
    const { image: _, ...rest } = base;
    expect(differingParts(print(base), print(rest))).toEqual(['image']);
  });

  it('cannot be told of marks made with another key', () => {
    expect(differingParts(print(base), print(base, 'other'))).toBe('another-key');
  });

  it('tell a part of a name that every object has from none', () => {
    expect(differingParts(print({}), print({ constructor: '1' }))).toEqual(['constructor']);
  });
});

describe('a fingerprint', () => {
  it('shows of a value neither what it is nor where else it is', () => {
    const { parts } = print({ 'env.A': 'true', 'env.B': 'true' });
    expect(parts['env.A']).not.toBe(parts['env.B']);
    expect(print({ 'env.A': 'true' }, 'other').parts['env.A']).not.toBe(parts['env.A']);
  });

  it('holds so many variables by name, and beyond that one mark for all of them', () => {
    const variables = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`env.VARIABLE_${index}`, 'x']));
    expect(Object.keys(print(variables(100)).parts)).toHaveLength(100);
    const many = print({ image: 'a', ...variables(1_000) });
    expect(Object.keys(many.parts)).toEqual(['env', 'image']);
    expect(differingParts(many, print({ image: 'a', ...variables(1_001) }))).toEqual(['env']);
    expect(readFingerprint(many)).toEqual(many);
  });

  it('never names what is no plain name: its group becomes one mark', () => {
    const odd = print({ 'env.A': '1', 'env.::error::B': '1', image: 'a' });
    expect(Object.keys(odd.parts)).toEqual(['env', 'image']);
  });
});

describe('what a record holds as a fingerprint', () => {
  const whole = print(base);

  it('is read as it was written, in whatever order GitHub gives it back', () => {
    const turned = { parts: Object.fromEntries(Object.entries(whole.parts).reverse()), key: whole.key };
    expect(readFingerprint(JSON.parse(JSON.stringify(turned)))).toEqual(whole);
  });

  it.each<[string, unknown]>([
    ['it is absent', undefined],
    ['it is null', null],
    ['it is text', whole.key],
    ['it is a list', [whole]],
    ['its key is missing', { parts: whole.parts }],
    ['its key is no mark', { ...whole, key: 'x'.repeat(5_000) }],
    ['its parts are missing', { key: whole.key }],
    ['its parts are a list', { ...whole, parts: [whole.key] }],
    ['a mark is a number', { ...whole, parts: { ...whole.parts, image: 7 } }],
    ['a mark is longer', { ...whole, parts: { ...whole.parts, image: `${whole.key}x` } }],
    ['a name would be a command in the log', { ...whole, parts: { 'a\n::error::b': whole.key } }],
    ['a name is endless', { ...whole, parts: { ['a'.repeat(101)]: whole.key } }],
    [
      'it has more parts than are ever written',
      { ...whole, parts: Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`p${at}`, whole.key])) },
    ],
  ])('says nothing when %s', (_what, value) => {
    expect(readFingerprint(value)).toBeUndefined();
  });
});
