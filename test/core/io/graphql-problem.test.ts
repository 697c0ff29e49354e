import { describe, expect, it } from 'vitest';
import { graphqlProblem } from '../../../packages/core/src/io/graphql-problem.ts';

describe('the errors of a GraphQL answer', () => {
  it.each([
    ['nothing at all', undefined],
    ['null', null],
    ['an empty list', []],
  ])('are none as %s', (_, errors) => {
    expect(graphqlProblem(errors)).toBeUndefined();
  });

  it.each([
    [
      'as they should be',
      [{ message: 'no', extensions: { code: 'NOT_FOUND' } }],
      { message: 'no', code: 'NOT_FOUND' },
    ],
    ['without a code', [{ message: 'no', extensions: null }], { message: 'no' }],
    ['a text', 'no', { message: 'no' }],
    ['an object', { message: 'no' }, { message: 'no' }],
    ['an object without a message', { reason: 1 }, { message: '{"reason":1}' }],
    ['a list of numbers', [1, 2], { message: '1' }],
    ['a list of texts', ['no'], { message: 'no' }],
    ['a list of null', [null], { message: 'null' }],
    ['a message that is none', [{ message: { a: 1 } }], { message: '{"message":{"a":1}}' }],
    ['a number', 7, { message: '7' }],
    ['true', true, { message: 'true' }],
  ])('are told %s', (_, errors, problem) => {
    expect(graphqlProblem(errors)).toEqual(problem);
  });
});
