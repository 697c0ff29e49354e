import { expect, it } from 'vitest';
import { openRecords } from '../../../packages/core/src/ledger/open-records.ts';
import type { Fact, LedgerRecord, TimedFact } from '../../../packages/core/src/ledger/record.ts';
import { anIntent } from '../../support/ledger-builders.ts';

const start = Date.UTC(2026, 10, 21, 8);
const minute = 60_000;
const time = (minutes: number) => new Date(start + minutes * minute).toISOString();

type Said = readonly [Fact, number];
const verdict = (word: 'pass' | 'fail', minutes: number): Said => [
  { kind: 'verdict', verdict: word },
  minutes,
];
const restoring = (minutes: number): Said => [{ kind: 'restoring', release: 'v1' }, minutes];
const turn = (minutes: number): Said => [{ kind: 'turn', previous: 'v1', barrier: false }, minutes];
const staged = (minutes: number): Said => [{ kind: 'staged', release: 'v2' }, minutes];
const abandoned = (minutes: number): Said => [{ kind: 'abandoned', by: 'post' }, minutes];

/** With a budget of ten minutes, created at a minute. */
function record(id: number, from: number, said: readonly Said[] = [], kind: LedgerRecord['kind'] = 'deploy') {
  const facts: TimedFact[] = said.map(([fact, minutes]) => ({ fact, at: time(minutes) }));
  return { id: String(id), kind, created: time(from), intent: anIntent({ budgetMs: 10 * minute }), facts };
}

const unbounded = (id: number, from: number): LedgerRecord => ({ ...record(id, from), intent: anIntent() });

it.each<[string, readonly LedgerRecord[], number, readonly string[]]>([
  ['one that has only begun', [record(1, 0)], 5, ['1']],
  ['one whose budget is over, and a little more', [record(1, 0)], 19.9, ['1']],
  ['not one whose budget has been over for long', [record(1, 0)], 20, []],
  ['one that does not say how long it may take', [unbounded(1, 0)], 39.9, ['1']],
  ['one that waits for another: its own budget comes then', [record(2, 1), record(1, 0)], 29.9, ['2']],
  ['one whose turn came late', [record(1, 0, [turn(30)])], 49.9, ['1']],
  ['not one that has passed', [record(1, 0, [verdict('pass', 3)])], 2, []],
  ['not one that has given up', [record(1, 0, [abandoned(3)])], 3, []],
  ['not one that stopped before traffic', [record(1, 0, [staged(3)])], 3, []],
  ['one that has failed, and may be taking it back', [record(1, 0, [verdict('fail', 3)])], 22.9, ['1']],
  ['one that takes it back', [record(1, 0, [verdict('fail', 3), restoring(4)])], 23.9, ['1']],
  ['not one that failed long ago', [record(1, 0, [verdict('fail', 3)])], 23, []],
  [
    'not a rollback that has failed: it takes nothing back',
    [record(1, 0, [verdict('fail', 3)], 'rollback')],
    4,
    [],
  ],
  [
    'not one that is older than any ticket',
    [{ ...record(1, 0), intent: anIntent({ budgetMs: 24 * 60 * minute }) }],
    1440.1,
    [],
  ],
])('a record whose run may still write is %s', (_, records, now, expected) => {
  expect(openRecords(records, start + now * minute).map(({ id }) => id)).toEqual(expected);
});
