import { describe, expect, it } from 'vitest';
import {
  dictionary,
  flag,
  list,
  number,
  object,
  optional,
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
