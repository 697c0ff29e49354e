import { describe, expect, it } from 'vitest';
import {
  count,
  decoded,
  decodedJson,
  dictionary,
  flag,
  list,
  nullable,
  number,
  object,
  oneOf,
  optional,
  sparse,
  text,
} from '../../../packages/core/src/text/decode.ts';

const release = object({
  id: text,
  version: number,
  stable: optional(flag),
  labels: optional(dictionary(text)),
});
const page = object({ releases: list(release) });

describe('reading what came over the wire', () => {
  it('keeps what was asked for and ignores the rest', () => {
    expect(
      page({ releases: [{ id: 'a', version: 1, stable: null, labels: { k: 'v' }, more: 1 }], next: 2 }, ''),
    ).toEqual({
      releases: [{ id: 'a', version: 1, stable: undefined, labels: { k: 'v' } }],
    });
  });

  it.each([
    ['a missing key', { releases: [{ id: 'a' }] }, 'releases[0].version: expected a number, got nothing'],
    ['null', { releases: null }, 'releases: expected a list, got null'],
    [
      'another type deep inside',
      { releases: [{ id: 'a', version: 1, labels: { k: 1 } }] },
      'releases[0].labels.k: expected text, got a number',
    ],
    ['a list for an object', [], 'answer: expected an object, got a list'],
    [
      'infinity',
      { releases: [{ id: 'a', version: Number.POSITIVE_INFINITY }] },
      'releases[0].version: expected a number, got a number',
    ],
  ])('names the place of %s', (_name, value, message) => {
    expect(() => page(value, '')).toThrow(message);
  });
});

describe('reading what another process saved', () => {
  const saved = sparse(
    { kind: oneOf('deploy', 'rollback'), parts: count, back: nullable(text) },
    { note: text },
  );
  const whole = { kind: 'deploy', parts: 2, back: null };

  it('lacks what was left out', () => {
    expect(Object.keys(saved(whole, ''))).toEqual(['kind', 'parts', 'back']);
    expect(saved({ ...whole, note: 'again', more: 1 }, '')).toEqual({ ...whole, note: 'again' });
  });

  it.each([
    ['another word', { kind: 'deplo' }, 'kind: expected deploy, rollback, got text'],
    ['fewer than none', { parts: -1 }, 'parts: expected a whole number from 0, got a number'],
    ['half of one', { parts: 0.5 }, 'parts: expected a whole number from 0, got a number'],
    ['nothing where null is due', { back: undefined }, 'back: expected text, got nothing'],
    ['null for what may be left out', { note: null }, 'note: expected text, got null'],
  ])('names the place of %s', (_name, damage, message) => {
    expect(() => saved({ ...whole, ...damage }, '')).toThrow(message);
  });

  it('answers undefined for what is damaged, where it is asked to', () => {
    expect(decoded(saved, whole)).toEqual(whole);
    expect(decoded(saved, { ...whole, parts: '2' })).toBeUndefined();
    expect(decodedJson(list(text), '["a"]')).toEqual(['a']);
    expect(decodedJson(list(text), '["a"')).toBeUndefined();
  });

  it('does not hide a mistake of its own', () => {
    const broken = () => {
      throw new TypeError('ours');
    };
    expect(() => decoded(broken, 1)).toThrow('ours');
  });
});
