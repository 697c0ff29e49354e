import { expect, it } from 'vitest';
import type { Fact } from '../../../packages/core/src/ledger/record.ts';
import { servingRecords } from '../../../packages/core/src/ledger/serving-records.ts';
import { anIntent, aRecord } from '../../support/ledger-builders.ts';

const shipped: Fact = { kind: 'shipped', release: 'v2', label: 'v2', artifact: null };
const activated: Fact = { kind: 'activated', release: 'v2' };
const verdict = (one: 'pass' | 'settled' | 'fail'): Fact => ({ kind: 'verdict', verdict: one });
const old = aRecord({ id: 'old' }, { kind: 'activated', release: 'v1' }, verdict('pass'));

it.each<[string, readonly Fact[], string]>([
  ['what is live and good', [shipped, activated, verdict('pass')], 'new'],
  ['what is live and not judged yet', [shipped, activated], 'new'],
  ['what failed and was left serving', [shipped, activated, verdict('fail')], 'new'],
  ['what is called good, though its activation was not written', [shipped, verdict('settled')], 'new'],
  ['what served before, where the new one was rejected', [shipped, verdict('fail')], 'old'],
  ['what served before, where the new one is only staged', [shipped], 'old'],
  [
    'what served before, where the new one was taken back',
    [shipped, activated, verdict('fail'), { kind: 'restoring', release: 'v1' }],
    'old',
  ],
  [
    'what served before, where another took the new one’s place',
    [activated, { kind: 'abandoned', by: 'v3' }],
    'old',
  ],
])('the record that serves is that of %s', (_, facts, expected) => {
  expect(servingRecords([aRecord({ id: 'new' }, ...facts), old]).map(({ id }) => id)).toEqual([expected]);
});

it('each target of a service has one that serves', () => {
  const other = aRecord({ id: 'other', intent: anIntent({ target: 'fly:shop-eu' }) }, activated);
  expect(servingRecords([aRecord({ id: 'new' }, activated), other, old]).map(({ id }) => id)).toEqual([
    'new',
    'other',
  ]);
});
