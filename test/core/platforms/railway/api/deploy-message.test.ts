import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deployMessage,
  isOfCommit,
  messageMark,
} from '../../../../../packages/core/src/platforms/railway/api/deploy-message.ts';

const commit = '3f2a9c1'.padEnd(40, '0');

describe('a deployment’s message', () => {
  it('begins with what people read, and ends with our mark', () => {
    expect([
      deployMessage({ commit, subject: 'Fix the\ncart', mark: '7-1' }),
      deployMessage({ commit: undefined, subject: '', mark: '7-1' }),
    ]).toEqual([`3f2a9c1 Fix the cart (belay ${commit} 7-1)`, '(belay 7-1)']);
  });

  it('tells again what went into it, whatever the subject', () => {
    const hex = fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: 40, maxLength: 40 });
    const commits = fc.option(
      hex.map((digits) => digits.join('')),
      { nil: undefined },
    );
    const marks = fc.stringMatching(/^[\w.-]{1,20}$/);
    fc.assert(
      fc.property(commits, fc.string(), marks, (sha, subject, mark) => {
        const told = messageMark(deployMessage({ commit: sha, subject, mark }));
        expect([told.commit, told.mark]).toEqual([sha, mark]);
      }),
    );
  });

  it.each([
    [undefined, {}],
    ['', {}],
    ['Fix the cart', {}],
    ['3f2a9c1 Fix the cart (#12)', { short: '3f2a9c1' }],
    ['deadbeef', { short: 'deadbeef' }],
    ['3f2a9c Fix', {}],
  ])('%j of others says %j', (message, expected) => {
    expect(messageMark(message)).toEqual(expected);
  });
});

describe('whether a deployment is of a commit', () => {
  const isOf = (commitHash?: string, commitMessage?: string) =>
    isOfCommit({ commitHash, commitMessage }, commit);

  it('is sure by a whole id, and not by seven digits', () => {
    expect([
      isOf(commit),
      isOf('a'.repeat(40), `3f2a9c1 x (belay ${commit} 7)`),
      isOf(undefined, `x (belay ${commit} 7)`),
      isOf(undefined, '3f2a9c1 Fix it'),
      isOf(undefined, 'Fix it'),
      isOf(),
    ]).toEqual(['yes', 'no', 'yes', 'maybe', 'no', 'no']);
  });
});
