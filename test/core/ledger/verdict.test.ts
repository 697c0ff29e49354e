import { describe, expect, it } from 'vitest';
import type { Fact, LedgerRecord } from '../../../packages/core/src/ledger/record.ts';
import { releaseOf, verdictOf } from '../../../packages/core/src/ledger/verdict.ts';
import { anIntent, aRecord } from '../../support/ledger-builders.ts';

const shipped = (release: string): Fact => ({ kind: 'shipped', release, label: release, artifact: null });
const activated = (release: string): Fact => ({ kind: 'activated', release });
const verdict = (value: 'pass' | 'settled' | 'fail' | 'inconclusive'): Fact => ({
  kind: 'verdict',
  verdict: value,
});
const at = (hour: number) => ({ created: `2026-11-21T0${hour}:00:00Z` });
const rollback = (hour: number, restores: string, replaces: string) => ({
  ...at(hour),
  kind: 'rollback' as const,
  intent: anIntent({ restores, replaces }),
});

const rebuild = (hour: number, restores: string, replaces: string) => ({
  ...rollback(hour, restores, replaces),
  intent: anIntent({ restores, replaces, rebuild: true }),
});

const passed = aRecord(at(1), shipped('a'), verdict('pass'));

const cases: [string, LedgerRecord[], string][] = [
  ['nothing is known of it', [], 'none'],
  ['another release has one', [aRecord(at(1), shipped('b'), verdict('pass'))], 'none'],
  ['it was shipped and never judged', [aRecord(at(1), shipped('a'))], 'none'],
  ['it passed', [passed], 'pass'],
  ['nothing checked it', [aRecord(at(1), shipped('a'), verdict('settled'))], 'settled'],
  [
    'a soak failed it after it had passed',
    [aRecord(at(1), shipped('a'), verdict('pass'), verdict('fail'))],
    'fail',
  ],
  [
    'a later run of the checks passed it',
    [aRecord(at(1), shipped('a'), verdict('fail'), verdict('pass'))],
    'pass',
  ],
  ['it was promoted later', [aRecord(at(2), activated('a'), verdict('fail')), passed], 'fail'],
  ['a rollback took it back', [aRecord(rollback(2, 'z', 'a'), activated('z')), passed], 'fail'],
  [
    'a rollback set out to take it back and never got so far',
    [aRecord(rollback(2, 'z', 'a')), passed],
    'pass',
  ],
  [
    'a copy of it that another rollback made failed later',
    [
      aRecord(rollback(3, 'a', 'c'), activated('a3'), verdict('fail')),
      aRecord(rollback(2, 'a', 'b'), activated('a2'), verdict('pass')),
      passed,
    ],
    'fail',
  ],
  [
    'a rollback to it was given up before it served',
    [aRecord(rollback(2, 'a', 'b'), { kind: 'abandoned', by: 'b' }), passed],
    'pass',
  ],
  ['a rollback brought it back and it passed', [aRecord(rollback(2, 'a', 'b'), verdict('pass'))], 'pass'],
  [
    'a rollback brought it back and it failed',
    [aRecord(rollback(2, 'a', 'b'), activated('a2'), verdict('fail')), passed],
    'fail',
  ],
  [
    'it was built again, which judges another artifact',
    [aRecord(rebuild(2, 'a', 'b'), activated('a2'), verdict('fail')), passed],
    'pass',
  ],
  [
    'another was built again in its place',
    [aRecord(rebuild(2, 'z', 'a'), activated('z2'), verdict('pass')), passed],
    'fail',
  ],
  [
    'it was taken back, then brought back and passed',
    [aRecord(rollback(3, 'a', 'b'), verdict('pass')), aRecord(rollback(2, 'z', 'a'), activated('z')), passed],
    'pass',
  ],
  [
    'an older record was judged last',
    [
      aRecord(at(1), activated('a'), verdict('pass')),
      {
        ...aRecord(at(0), shipped('a')),
        facts: [
          { fact: shipped('a'), at: '2026-11-21T00:00:00Z' },
          { fact: verdict('fail'), at: '2026-11-21T05:00:00Z' },
        ],
      },
    ],
    'fail',
  ],
  [
    'two records judged it in the same second',
    [
      {
        ...aRecord(at(1)),
        facts: [
          { fact: activated('a'), at: '2026-11-21T02:00:00Z' },
          { fact: verdict('fail'), at: '2026-11-21T02:00:00Z' },
        ],
      },
      {
        ...aRecord(at(0)),
        facts: [
          { fact: activated('a'), at: '2026-11-21T02:00:00Z' },
          { fact: verdict('pass'), at: '2026-11-21T02:00:00Z' },
        ],
      },
    ],
    'fail',
  ],
];

describe('the verdict on a release', () => {
  it.each(cases)('when %s', (_, records, expected) => {
    expect(verdictOf(records, 'a')).toBe(expected);
  });

  it('of a rollback counts for the release it made as well', () => {
    const records = [aRecord(rollback(2, 'a', 'b'), activated('a2'), verdict('pass'))];
    expect(verdictOf(records, 'a2')).toBe('pass');
  });
});

describe('the release that a record made live', () => {
  it.each([
    ['is the one that was shipped', aRecord(at(1), shipped('a')), 'a'],
    ['is the number under which an old one came back', aRecord(rollback(1, 'a', 'b'), activated('c')), 'c'],
    ['is the old one where it came back as itself', aRecord(rollback(1, 'a', 'b'), verdict('pass')), 'a'],
    ['is none where nothing was shipped', aRecord(at(1)), undefined],
    [
      'is none where a rollback was given up before anything served',
      aRecord(rollback(1, 'a', 'b'), { kind: 'abandoned', by: 'd' }),
      undefined,
    ],
  ])('%s', (_, record, expected) => {
    expect(releaseOf(record)).toBe(expected);
  });
});
