import { expect, it } from 'vitest';
import { defined } from '../../../packages/core/src/text/defined.ts';

it.each([
  ['every field', { a: 1, b: 'two' }, { a: 1, b: 'two' }],
  ['no field that is undefined', { a: undefined, b: 2 }, { b: 2 }],
  [
    'null, false, 0 and an empty text',
    { a: null, b: false, c: 0, d: '' },
    { a: null, b: false, c: 0, d: '' },
  ],
  ['nothing of nothing', {}, {}],
])('keeps %s', (_, fields, expected) => {
  expect(defined(fields)).toStrictEqual(expected);
});
