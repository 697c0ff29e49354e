import { expect, it } from 'vitest';
import { numberOf } from '../../../packages/core/src/checks/judge/exact-number.ts';
import { compareCommits } from '../../../packages/core/src/checks/types/commits.ts';

const wanted = 'abcdef1234567890abcdef1234567890abcdef12';

it.each<[string, unknown, string]>([
  ['the whole commit', wanted, 'same'],
  ['its first seven digits', 'abcdef1', 'same'],
  ['upper case', 'ABCDEF1234', 'same'],
  ['spaces around it', ' abcdef1\n', 'same'],
  ['a prefix of a tag', 'sha-abcdef1', 'same'],
  ['another commit', 'abcdef2', 'other'],
  ['too few digits to tell', 'abcdef', 'other'],
  ['digits only, as a number', 1234567, 'other'],
  ['a number that lost its digits', 12e45, 'none'],
  ['a number that kept its digits', numberOf('9007199254740993'), 'other'],
  ['a placeholder', 'unknown', 'none'],
  ['HEAD', 'HEAD', 'none'],
  ['nothing', '', 'none'],
  ['a version', 'v1.2.3', 'none'],
  ['null', null, 'none'],
  ['an object', {}, 'none'],
])('takes %s for what it is', (_, reported, kind) => {
  expect(compareCommits(reported, wanted, 'prefix').kind).toBe(kind);
});

it('compares whole names when the match is exact', () => {
  expect([compareCommits('v1.2', 'V1.2', 'exact').kind, compareCommits('v1', 'v1.2', 'exact').kind]).toEqual([
    'same',
    'other',
  ]);
});

it('compares a commit of digits that is answered as a number', () => {
  const commit = '1234567890123456789012345678901234567890';
  expect(compareCommits(numberOf(commit), commit, 'prefix')).toEqual({ kind: 'same', reported: commit });
});
