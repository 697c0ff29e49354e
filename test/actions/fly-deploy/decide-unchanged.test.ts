import { describe, expect, it } from 'vitest';
import {
  type Compared,
  type Comparison,
  compare,
  describeComparison,
} from '../../../actions/fly-deploy/src/decide-unchanged.ts';
import { fingerprintOf } from '../../../packages/core/src/ledger/fingerprint.ts';
import { aRelease } from '../../support/a-release.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const other = `sha256:${'b'.repeat(64)}`;
const commit = 'c'.repeat(40);
const print = (contents = {}, token = 'token') => fingerprintOf({ image: digest, ...contents }, token);

const there: Compared = {
  live: aRelease({ id: 'v4', label: 'v4', artifact: digest }),
  made: print(),
  hasRecord: true,
  liveCommit: commit,
  wanted: print(),
  digest,
  commit,
};

const differs = (...parts: string[]): Comparison => ({ kind: 'differs', parts });
const builds = (...parts: string[]): Comparison => ({ kind: 'builds', parts });
const unrecorded = { made: undefined, hasRecord: false, liveCommit: undefined };
const built = { digest: undefined, wanted: fingerprintOf({}, 'token') };

describe('what serves is', () => {
  it.each<[string, Partial<Compared>, Comparison]>([
    ['the same in every part', {}, { kind: 'same' }],
    [
      'shipped with a part of another content',
      { wanted: print({ args: 1 }), made: print({ args: 2 }) },
      differs('args'),
    ],
    ['shipped without a part', { wanted: print({ 'env.A': '1' }) }, differs('env.A')],
    ['shipped with a part that is gone', { made: print({ 'vm-memory': 512 }) }, differs('vm-memory')],
    ['another image', { digest: other, wanted: print({ image: other }) }, differs('image')],
    [
      'another image than its record asked for',
      { live: aRelease({ id: 'v4', artifact: other }) },
      differs('image'),
    ],
    ['of no known image', { live: aRelease({ id: 'v4' }) }, differs('image')],
    ['of another commit', { liveCommit: 'd'.repeat(40) }, differs('commit')],
    ['of a commit, and this run has none', { commit: undefined }, differs('commit')],
    [
      'different in several ways',
      { wanted: print({ b: 1, a: 1 }), liveCommit: undefined },
      differs('a', 'b', 'commit'),
    ],
    [
      'built from source, of the very image',
      { made: fingerprintOf({ build: 1, 'build-args': 1 }, 'token') },
      { kind: 'same' },
    ],
    ['in no record', unrecorded, { kind: 'unknown', because: 'no-record' }],
    ['in no record, and another image', { ...unrecorded, digest: other }, differs('image')],
    ['in a record that does not say', { made: undefined }, { kind: 'unknown', because: 'silent-record' }],
    ['in a silent record, of another commit', { made: undefined, commit: 'e' }, differs('commit')],
    ['marked with another key', { made: print({}, 'other') }, { kind: 'unknown', because: 'another-key' }],
    ['before a build', built, builds()],
    [
      'before a build with other arguments',
      { ...built, made: fingerprintOf({ 'build-args': 1 }, 'token') },
      builds('build-args'),
    ],
  ])('%s', (_what, changes, expected) => {
    expect(compare({ ...there, ...changes })).toEqual(expected);
  });
});

describe('it is told', () => {
  const many = Array.from({ length: 14 }, (_, index) => `env.V${index + 10}`);
  it.each<[string, Comparison, string]>([
    ['that nothing differs', { kind: 'same' }, 'v4 already is everything that would be shipped.'],
    [
      'what differs',
      differs('env.A', 'image'),
      'v4, which serves, differs from what is to be shipped in `env.A`, `image`.',
    ],
    [
      'how many more differ',
      differs(...many),
      `v4, which serves, differs from what is to be shipped in ${many
        .slice(0, 12)
        .map((one) => `\`${one}\``)
        .join(', ')} and 2 more.`,
    ],
    ['that an image is built', builds(), 'The image is yet to be built, so a release is made of it.'],
    [
      'that an image is built, and more differs',
      builds('ha'),
      'The image is yet to be built, so a release is made of it. v4, which serves, differs in `ha`.',
    ],
    [
      'that there is no record',
      { kind: 'unknown', because: 'no-record' },
      'No record says what v4 was made of, so it ships again. A run that has the permission `deployments: write` leaves such a record.',
    ],
    [
      'that the record is silent',
      { kind: 'unknown', because: 'silent-record' },
      'The record of v4 does not say what it was made of, so it ships again. That of this deploy will.',
    ],
    [
      'that the record cannot be compared',
      { kind: 'unknown', because: 'another-key' },
      'The record of v4 was marked with another `fly-token`, so what differs cannot be told, and it ships again.',
    ],
  ])('%s', (_what, comparison, sentence) => {
    expect(describeComparison(comparison, there.live)).toBe(sentence);
  });
});
