import { describe, expect, it } from 'vitest';
import type { Fact, LedgerRecord } from '../../../packages/core/src/ledger/record.ts';
import { servingRecords } from '../../../packages/core/src/ledger/serving-records.ts';
import { anIntent, aRecord } from '../../support/ledger-builders.ts';

const shipped: Fact = { kind: 'shipped', release: 'v2', label: 'v2', artifact: null };
const activated: Fact = { kind: 'activated', release: 'v2' };
const staged: Fact = { kind: 'staged', release: 'v2' };
const restoring: Fact = { kind: 'restoring', release: 'v1' };
const restored: Fact = { kind: 'restored', release: 'v1' };
const abandoned: Fact = { kind: 'abandoned', by: 'v1' };
const turn: Fact = { kind: 'turn', previous: 'v1', barrier: false };
const verdict = (one: 'pass' | 'settled' | 'fail' | 'inconclusive'): Fact => ({
  kind: 'verdict',
  verdict: one,
});

const old = aRecord({ id: '1' }, { kind: 'activated', release: 'v1' }, verdict('pass'));
const deploy = (...facts: Fact[]) => aRecord({ id: '2' }, ...facts);
const rollback = (...facts: Fact[]) =>
  aRecord({ id: '3', kind: 'rollback', intent: anIntent({ restores: 'v1', replaces: 'v2' }) }, ...facts);
const restore = (...facts: Fact[]) => {
  const intent = anIntent({ restores: 'v1', replaces: 'v2', change: '2' });
  return aRecord({ id: '3', kind: 'rollback', intent }, ...facts);
};

/** `record 2`, or `unknown: …`: one line for each target. */
function told(records: readonly LedgerRecord[]): readonly string[] {
  return servingRecords(records).map((one) =>
    one.kind === 'known' ? `record ${one.record.id}` : `unknown: ${one.why}`,
  );
}

const failedChange = [shipped, activated, verdict('fail'), restoring];
const unended = 'has not ended';
const untold = 'had shipped when it was cut, and does not say whether that took traffic';
const halfBack = 'was being taken back, and no record says that it was';
const givenUp = 'was given up after it had taken traffic';
const unclear = 'does not say whether what it brought back took traffic';

describe('the record of what serves is', () => {
  it.each<[string, readonly LedgerRecord[], string]>([
    ['that of what is live and good', [deploy(shipped, activated, verdict('pass'))], 'record 2'],
    ['that of what failed and was left serving', [deploy(shipped, activated, verdict('fail'))], 'record 2'],
    [
      'that of what is live and could not be judged',
      [deploy(activated, verdict('inconclusive'))],
      'record 2',
    ],
    [
      'that of what is called good, its activation unwritten',
      [deploy(shipped, verdict('settled'))],
      'record 2',
    ],
    ['the older one, where the new release was rejected', [deploy(shipped, verdict('fail'))], 'record 1'],
    ['the older one, where nothing was shipped', [deploy(verdict('inconclusive'))], 'record 1'],
    ['the older one, where the new one was given up before it served', [deploy(turn, abandoned)], 'record 1'],
    ['the older one, where the new one is only staged', [deploy(shipped, staged)], 'record 1'],
    [
      'the older one, where what is staged was called good',
      [deploy(shipped, staged, verdict('pass'))],
      'record 1',
    ],
    [
      'that of the restore, where the new release was taken back',
      [restore({ kind: 'activated', release: 'v3' }, verdict('pass'), restored), deploy(...failedChange)],
      'record 3',
    ],
    [
      'that of the restore, where what it brought back fails as well',
      [restore({ kind: 'activated', release: 'v3' }, verdict('fail')), deploy(...failedChange)],
      'record 3',
    ],
    [
      'that of a rollback that took over',
      [rollback(verdict('settled'), restored), deploy(shipped, activated, verdict('pass'))],
      'record 3',
    ],
    [
      'that of the newer deploy, where a rollback never got so far',
      [rollback(abandoned), deploy(shipped, activated, verdict('pass'))],
      'record 2',
    ],
    ['unknown, where a deploy is under way', [deploy()], `unknown: ${unended}`],
    ['unknown, where one has not said how it ended', [deploy(shipped, activated)], `unknown: ${unended}`],
    [
      'unknown, where a rollback is under way',
      [rollback(), deploy(activated, verdict('pass'))],
      `unknown: ${unended}`,
    ],
    [
      'unknown, where a deploy was cut after it had shipped',
      [deploy(shipped, verdict('inconclusive'))],
      `unknown: ${untold}`,
    ],
    ['unknown, where a restore has left no record', [deploy(...failedChange)], `unknown: ${halfBack}`],
    [
      'unknown, where a restore is under way',
      [restore({ kind: 'activated', release: 'v3' }), deploy(...failedChange)],
      `unknown: ${unended}`,
    ],
    [
      'unknown, where a restore was given up',
      [restore(abandoned), deploy(...failedChange)],
      `unknown: ${halfBack}`,
    ],
    [
      'unknown, where it was given up after it had taken traffic',
      [deploy(activated, abandoned)],
      `unknown: ${givenUp}`,
    ],
    [
      'unknown, where a rollback failed before it said that it took over',
      [rollback(verdict('fail'))],
      `unknown: ${unclear}`,
    ],
  ])('%s', (_, records, expected) => {
    expect(told([...records, old])).toEqual([expected]);
  });

  it('none, where nothing has served', () => {
    expect(told([deploy(shipped, verdict('fail'))])).toEqual([]);
  });

  it('one for each target of a service', () => {
    const other = aRecord({ id: '4', intent: anIntent({ target: 'fly:shop-eu' }) }, shipped);
    expect(told([other, deploy(activated, verdict('pass')), old])).toEqual([
      `unknown: ${unended}`,
      'record 2',
    ]);
  });
});
