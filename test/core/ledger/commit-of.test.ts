import { describe, expect, it } from 'vitest';
import { commitOf } from '../../../packages/core/src/ledger/commit-of.ts';
import type { Fact } from '../../../packages/core/src/ledger/record.ts';
import { anIntent, aRecord } from '../../support/ledger-builders.ts';

const shipped = (release: string): Fact => ({ kind: 'shipped', release, label: release, artifact: null });
const old = aRecord({ intent: anIntent({ commit: 'old' }) }, shipped('v1'));
const bad = aRecord({ intent: anIntent({ commit: 'bad' }) }, shipped('v2'), {
  kind: 'restored',
  release: 'v3',
});
const back = aRecord(
  { kind: 'rollback', intent: anIntent({ restores: 'v1', replaces: 'v2' }) },
  { kind: 'activated', release: 'v3' },
);

describe('the commit of a release, as the ledger knows it,', () => {
  it.each([
    ['is that of the deploy that shipped it', 'v2', 'bad'],
    ['is that of what a rollback brought back', 'v3', 'old'],
    ['is unknown for a release nobody recorded', 'v9', undefined],
  ])('%s', (_, release, commit) => {
    expect(commitOf([back, bad, old], release)).toBe(commit);
  });

  it('is not that of the deploy which was taken back for it', () => {
    expect(commitOf([bad, old], 'v3')).toBeUndefined();
  });
});
