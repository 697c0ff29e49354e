import { describe, expect, it } from 'vitest';
import {
  artifactOf,
  hasMade,
  originOf,
  restoredAs,
  shipmentOf,
} from '../../../packages/core/src/ledger/origin.ts';
import type { LedgerRecord } from '../../../packages/core/src/ledger/record.ts';
import { anIntent, aRecord } from '../../support/ledger-builders.ts';

const shipped = (release: string) =>
  ({ kind: 'shipped', release, label: release, artifact: release }) as const;
const activated = (release: string) => ({ kind: 'activated', release }) as const;

/** On a platform where making a release live gives it an id of its own. Newest first. */
const back = aRecord(
  { id: '2', kind: 'rollback', intent: anIntent({ restores: 'live' }) },
  activated('again'),
);
const staged = aRecord({ id: '1' }, shipped('staged'), activated('live'));
const records: readonly LedgerRecord[] = [back, staged];

/** Where the image of an older one was gone. */
const rebuild = aRecord(
  { id: '3', kind: 'rollback', intent: anIntent({ restores: 'live', rebuild: true }) },
  activated('rebuilt'),
);

/** On one where a release keeps its id; the client had named another one first. */
const own = aRecord({ id: '1' }, shipped('v5'), shipped('v6'), activated('v6'));

describe('what a release was made of, by the records', () => {
  it.each([
    ['what was brought back, under the id it has then', records, 'again', 'staged'],
    ['what was staged, under the id it has with traffic', records, 'live', 'staged'],
    ['what was staged', records, 'staged', 'staged'],
    ['what was built again, which is no copy', [rebuild, staged], 'rebuilt', 'rebuilt'],
    ['what has kept its id', [own], 'v6', 'v6'],
    ['what nobody recorded', records, 'other', 'other'],
  ])('%s', (_, all, release, origin) => {
    expect(originOf(all, release)).toBe(origin);
  });

  it('is another artifact where it was built again, of what the same deploy had shipped', () => {
    const all = [rebuild, staged];
    expect([restoredAs(all, 'rebuilt'), artifactOf(all, 'rebuilt'), shipmentOf(all, 'rebuilt')?.id]).toEqual([
      undefined,
      undefined,
      '1',
    ]);
  });

  it('knows who has made it, what it is a copy of, and what it was shipped as', () => {
    const told = ['again', 'live', 'staged'].map((release) => [
      release,
      records.filter((record) => hasMade(record, release)).map(({ id }) => id),
      restoredAs(records, release),
      shipmentOf(records, release)?.id,
      artifactOf(records, release),
    ]);
    expect(told).toEqual([
      ['again', ['2'], 'live', '1', 'staged'],
      ['live', ['1'], 'staged', '1', 'staged'],
      ['staged', ['1'], undefined, '1', 'staged'],
    ]);
  });
});
