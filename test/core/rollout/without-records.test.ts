import { describe, expect, it } from 'vitest';
import type { Release } from '../../../packages/core/src/platforms/platform.ts';
import type { WantedTarget } from '../../../packages/core/src/platforms/wanted-target.ts';
import {
  type ChosenTarget,
  chooseTarget,
  type TargetQuestion,
} from '../../../packages/core/src/rollout/choose-target.ts';
import { day, now, release } from '../../support/target-builders.ts';

/** A release of a build: `a`, or one that nothing tells (`?`), which did not finish where it ends in `!`. */
function built(n: number, text: string): Release {
  const { artifact: _, commit: __, ...known } = release(n);
  const [build] = text;
  return {
    ...known,
    ...(build !== '?' && { artifact: `sha256:${build}` }),
    ...(text.endsWith('!') && { state: 'failed' as const }),
  };
}

/** What is chosen over a history without records, oldest first: `a b a`. The machines tell what serves: the last one. */
function choose(
  history: string,
  serves = history.at(-1) ?? '',
  changes: Partial<TargetQuestion> = {},
): ChosenTarget {
  const releases = history
    .split(' ')
    .map((text, at) => built(at + 1, text))
    .toReversed();
  const live: Release = { ...built(releases.length, serves), state: 'live' };
  return chooseTarget({
    wanted: { kind: 'previous' },
    live: { kind: 'one', release: live },
    records: [],
    recordsRead: false,
    releases,
    allowUnverified: false,
    maxSteps: 5,
    maxAgeMs: 30 * day,
    now,
    ...changes,
  });
}

function told(choice: ChosenTarget): string {
  if (choice.kind === 'no-target') return choice.doubtful === undefined ? 'none' : 'in doubt';
  return choice.release.label;
}

describe('the release before the one that serves, where the records cannot be read', () => {
  it.each([
    ['is taken where no image comes twice', 'a b c', 'c', 'v2'],
    ['is in doubt where what serves may be an older one brought back', 'a b a', 'a', 'in doubt'],
    ['is in doubt where it may have been brought back twice', 'a b a c a', 'a', 'in doubt'],
    [
      'is in doubt where it was deployed once more after it may have been brought back',
      'a b a a',
      'a',
      'in doubt',
    ],
    ['is in doubt where what was taken back never finished', 'c a b! a', 'a', 'in doubt'],
    ['is not what was deployed several times in a row, which nobody brought back', 'b a a', 'a', 'v1'],
    ['is taken where only others were brought back', 'a b a c', 'c', 'v3'],
    ['is in doubt where an image was named, and an older build is not known', '? b a', 'a', 'in doubt'],
    ['is taken where what serves was built, and not named', '? ? ?', 'c', 'v2'],
    ['is taken where there is but one', 'a b', 'b', 'v1'],
  ])('%s', (_, history, serves, expected) => {
    expect(told(choose(history, serves))).toBe(expected);
  });

  it('is not named by the other walk where it is in doubt', () => {
    const wanted: WantedTarget = { kind: 'last-verified' };
    expect(choose('a b a', 'a', { wanted })).not.toHaveProperty('otherCandidate');
    expect(choose('a b c', 'c', { wanted })).toHaveProperty('otherCandidate.label', 'v2');
  });

  it('may be named all the same', () => {
    expect(told(choose('a b a', 'a', { wanted: { kind: 'version', label: 'v2' } }))).toBe('v2');
  });

  it.each([
    ['both have the same image', 'a b a'],
    ['it was made of an image, and nothing tells which one v1 has', '? b a'],
  ])('is refused in words that say what may have happened: %s', (how, history) => {
    expect(choose(history)).toEqual({
      kind: 'no-target',
      why:
        `What serves, v3, may be v1 brought back: ${how}, and the deployment records, which would tell, cannot be read. ` +
        'What served before it may be what was taken back.',
      candidates: [],
      doubtful: built(2, 'b'),
    });
  });
});

it('with the records, what serves is taken for what they say', () => {
  expect(told(choose('a b a', 'a', { recordsRead: true }))).toBe('v2');
});
