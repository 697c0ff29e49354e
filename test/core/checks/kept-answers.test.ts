import { describe, expect, it } from 'vitest';
import { KeptAnswers } from '../../../packages/core/src/checks/run/kept-answers.ts';
import { Redactor } from '../../../packages/core/src/io/redactor.ts';

const mebibyte = 1024 * 1024;
const answer = (text: string, size = mebibyte) => ({ size, text: () => text });
const none = new Redactor([]);

function keeping(...given: (readonly [number, ReturnType<typeof answer> | undefined])[]) {
  const answers = new KeptAnswers();
  for (const [at, one] of given) answers.keep(at, one);
  return [0, 1, 2, 3, 4].map((at) => answers.text(at, none));
}

const four = [0, 1, 2, 3].map((at) => [at, answer(`of ${at}`)] as const);

describe('of answers that failed are kept', () => {
  it('4 MiB together, and no more', () => {
    expect(keeping(...four, [4, answer('one too many', 1)])).toEqual([
      'of 0',
      'of 1',
      'of 2',
      'of 3',
      undefined,
    ]);
  });

  it('the newest of each check, in the place of the one before', () => {
    expect(keeping(...four, [2, answer('again')])).toEqual(['of 0', 'of 1', 'again', 'of 3', undefined]);
  });

  it('none after an attempt that passed, which makes room', () => {
    expect(keeping(...four, [1, undefined], [4, answer('of 4')])).toEqual([
      'of 0',
      undefined,
      'of 2',
      'of 3',
      'of 4',
    ]);
  });

  it('none where the newest has no room, not even the one before', () => {
    expect(keeping(...four, [0, answer('large', 2 * mebibyte)])[0]).toBeUndefined();
  });
});
