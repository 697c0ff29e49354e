import { expect, it } from 'vitest';
import { compareUrl } from '../../../packages/core/src/deployment/compare.ts';
import { aRunnerContext } from '../../support/ledger-builders.ts';

const [one, other] = ['a'.repeat(40), 'b'.repeat(40)];

it('names two commits of the run’s repository', () => {
  expect(compareUrl(aRunnerContext(), one, other)).toBe(
    'https://github.com/acme/shop/compare/aaaaaaaaaaaa...bbbbbbbbbbbb',
  );
});

it.each([
  ['the first is not known', undefined, other],
  ['the second is not known', one, undefined],
  ['they are the same', one, one],
  ['one is a branch', 'main', other],
  ['one is a way to another place', one, '../../../eve/shop'],
  ['one is a commit of another fork', `eve:${one}`, other],
])('is none where %s', (_, from, to) => {
  expect(compareUrl(aRunnerContext(), from, to)).toBeUndefined();
});
