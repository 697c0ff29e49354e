import { describe, expect, it } from 'vitest';
import { deadEndsOf, forgottenEnds } from '../../../packages/core/src/deployment/dead-records.ts';
import type { Fact } from '../../../packages/core/src/ledger/record.ts';
import { isUnderWay } from '../../../packages/core/src/ledger/turn.ts';
import { anIntent, aRecord } from '../../support/ledger-builders.ts';

const shipped: Fact = { kind: 'shipped', release: 'v2', label: 'v2', artifact: null };
const activated: Fact = { kind: 'activated', release: 'v2' };
const restoring: Fact = { kind: 'restoring', release: 'v1' };
const abandoned: Fact = { kind: 'abandoned', by: 'unknown' };
const inconclusive: Fact = { kind: 'verdict', verdict: 'inconclusive' };
const deploy = (...facts: Fact[]) => aRecord({ id: '7' }, ...facts);
const restore = (...facts: Fact[]) =>
  aRecord({ id: '8', kind: 'rollback', intent: anIntent({ restores: 'v1', change: '7' }) }, ...facts);
const rollback = (...facts: Fact[]) =>
  aRecord({ id: '7', kind: 'rollback', intent: anIntent({ restores: 'v1' }) }, ...facts);

describe('a run that was lost leaves records that end', () => {
  it.each([
    ['as abandoned, before it had shipped', [deploy()], [['7', abandoned]]],
    ['as not judged, once it had', [deploy(shipped)], [['7', inconclusive]]],
    ['as not judged, where its release serves', [deploy(shipped, activated)], [['7', inconclusive]]],
    ['with its restore', [deploy(shipped, activated, restoring), restore(activated)], [['8', abandoned]]],
    ['as abandoned, where no restore was recorded', [deploy(shipped, restoring)], [['7', abandoned]]],
    ['as abandoned, a rollback whatever it had come to', [rollback(activated)], [['7', abandoned]]],
    ['as they had ended before', [deploy(shipped, activated, { kind: 'verdict', verdict: 'pass' })], []],
    [
      'as their restore had ended before',
      [deploy(shipped, restoring), restore(activated, { kind: 'restored', release: 'v3' })],
      [],
    ],
  ])('%s', (_, records, ends) => {
    const [record = deploy()] = records;
    const dead = deadEndsOf(record, records);
    expect(dead).toEqual(ends.map(([id, fact]) => ({ id, fact, state: 'error' })));
    const later = records.map((one) => {
      const facts = dead
        .filter(({ id }) => id === one.id)
        .map(({ fact }) => ({ fact, at: '2026-11-21T09:00:00Z' }));
      return { ...one, facts: [...one.facts, ...facts] };
    });
    expect(later.filter((one) => isUnderWay(one, later))).toEqual([]);
  });
});

describe('a record whose run had its time, and that nobody waited for', () => {
  const day = 86_400_000;
  const now = Date.parse(aRecord({}).created) + day;
  const pass: Fact = { kind: 'verdict', verdict: 'pass' };
  const fresh = (id: string) => aRecord({ id, created: new Date(now - 60_000).toISOString() });

  it.each([
    ['a deploy that had shipped: too late for a verdict on it', [deploy(shipped)], [['7', abandoned]]],
    ['a restore whose deploy had failed', [deploy(shipped, restoring), restore()], [['8', abandoned]]],
    ['a rollback', [rollback()], [['7', abandoned]]],
    ['not one that has ended', [deploy(shipped, pass)], []],
    ['not one whose run may still be at work', [fresh('9')], []],
    ['not one that is staged', [deploy({ kind: 'staged', release: 'v2' })], []],
    ['not one that another has replaced', [{ ...deploy(shipped), isRetired: true as const }], []],
    ['not one that is doubted', [{ ...deploy(), doubt: 'unsigned' as const }], []],
    [
      'three at once, the oldest first',
      ['4', '3', '1', '2'].map((id) => aRecord({ id })),
      ['1', '2', '3'].map((id) => [id, abandoned] as const),
    ],
  ])('%s', (_, records, ends) => {
    expect(forgottenEnds(records, now)).toEqual(ends.map(([id, fact]) => ({ id, fact, state: 'error' })));
  });
});
