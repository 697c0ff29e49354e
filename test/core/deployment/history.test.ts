import { describe, expect, it } from 'vitest';
import { History } from '../../../packages/core/src/deployment/history.ts';
import type { LedgerRecord } from '../../../packages/core/src/ledger/record.ts';
import type { Release } from '../../../packages/core/src/platforms/platform.ts';
import { aRelease } from '../../support/a-release.ts';
import { anIntent, aRecord } from '../../support/ledger-builders.ts';
import { MemoryLedger } from '../../support/model-platforms/memory-ledger.ts';

const commit = (digit: number) => String(digit).repeat(40);
const release = (id: string): Release => aRelease({ id });
const shipped = (id: string) => ({ kind: 'shipped', release: id, label: id, artifact: null }) as const;
const passed = { kind: 'verdict', verdict: 'pass' } as const;

/** Newest first: v4 brought v2's image back after v3 failed. */
const records: readonly LedgerRecord[] = [
  aRecord(
    { id: '4', kind: 'rollback', intent: anIntent({ restores: 'v2', replaces: 'v3' }) },
    { kind: 'activated', release: 'v4' },
    passed,
  ),
  aRecord({ id: '3', intent: anIntent({ commit: commit(3) }) }, shipped('v3'), {
    kind: 'verdict',
    verdict: 'fail',
  }),
  aRecord({ id: 'other', intent: anIntent({ target: 'fly:other' }) }, shipped('v2')),
  aRecord({ id: '2', intent: anIntent({ commit: commit(2) }) }, shipped('v2'), passed),
  aRecord({ id: '1', intent: anIntent({ commit: commit(1) }) }, shipped('v1'), passed),
];

function openHistory(written = records, since?: string) {
  const read: string[] = [];
  const ledger = new MemoryLedger();
  ledger.records = async function* () {
    for (const record of written) {
      read.push(record.id);
      yield record;
    }
  };
  const key = { environment: 'production', service: 'shop', target: 'fly:shop' };
  const history = new History(ledger, since === undefined ? key : { ...key, since });
  return { history, read };
}

describe('what the ledger remembers of a release', () => {
  it.each([
    { id: 'v4', verdict: 'pass', commit: commit(2) },
    { id: 'v3', verdict: 'fail', commit: commit(3) },
    { id: 'v2', verdict: 'pass', commit: commit(2) },
    { id: 'v9', verdict: 'none', commit: undefined },
  ])('$id: its newest verdict, and the commit it was built from', async (expected) => {
    const { history } = openHistory();
    const asked = release(expected.id);
    expect({
      id: expected.id,
      verdict: await history.verdict(asked),
      commit: await history.commit(asked),
    }).toEqual(expected);
  });

  it('is not the commit of the deploy whose restore made it, when the restore’s own record was never written', async () => {
    const { history } = openHistory([
      aRecord({ id: '3', intent: anIntent({ commit: commit(3) }) }, shipped('v3'), {
        kind: 'restored',
        release: 'v4',
      }),
      aRecord({ id: '2', intent: anIntent({ commit: commit(2) }) }, shipped('v2'), passed),
    ]);
    expect(await history.commit(release('v4'))).toBe(undefined);
  });

  it('is the platform’s word where the platform knows the commit', async () => {
    const { history, read } = openHistory();
    expect(await history.commit(aRelease({ id: 'v3', commit: commit(9) }))).toBe(commit(9));
    expect(read).toEqual([]);
  });
});

describe('a word that is no commit', () => {
  it.each(['main', 'abcdef1', '../../eve'])('is not believed, and the record asked: %s', async (word) => {
    const { history } = openHistory();
    expect(await history.commit(aRelease({ id: 'v3', commit: word }))).toBe(commit(3));
  });
});

describe('the records', () => {
  it.each([
    ['the release that a rollback made', 'v4', ['4']],
    ['a release that a deploy shipped', 'v3', ['4', '3']],
    ['a release that a newer rollback brought back', 'v2', ['4', '3', 'other', '2']],
    ['a release that no record names', 'v9', ['4', '3', 'other', '2', '1']],
  ])('are read no further back than %s', async (_, id, expected) => {
    const { history, read } = openHistory();
    await history.verdict(release(id));
    expect(read).toEqual(expected);
  });

  it('are read once, whoever asks at the same time', async () => {
    const { history, read } = openHistory();
    const asked = [history.verdict(release('v3')), history.commit(release('v4')), history.records()];
    await Promise.all(asked);
    expect(read).toEqual(['4', '3', 'other', '2', '1']);
  });

  it('of another target of the same service are left out', async () => {
    const { history } = openHistory();
    expect((await history.records()).map(({ id }) => id)).toEqual(['4', '3', '2', '1']);
  });
});

describe('the records that GitHub shows as active', () => {
  const many = (count: number) => Array.from({ length: count }, (_, at) => aRecord({ id: `${99 - at}` }));
  const active = (id: string) => aRecord({ id, isActive: true });

  it.each<[string, readonly LedgerRecord[], readonly string[], number]>([
    ['is as a rule the newest', [active('9'), ...many(20)], ['9'], 1],
    ['may stand further down', [...many(3), active('9'), active('8'), ...many(20)], ['9'], 4],
    ['is not looked for beyond the newest ten', [...many(20), active('9')], [], 10],
    ['is none where none is', [...many(2)], [], 2],
  ])('%s', async (_, written, expected, reads) => {
    const { history, read } = openHistory(written);
    expect([await history.activeRecords(), read.length]).toEqual([expected, reads]);
  });

  it('are all that have been read for another reason', async () => {
    const { history } = openHistory([...many(3), active('9'), ...many(12), active('8')]);
    await history.records();
    expect(await history.activeRecords()).toEqual(['9', '8']);
  });
});

describe('a target that was made anew under its old name', () => {
  const created = (id: string, at: string, digit: number) =>
    aRecord({ id, created: at, intent: anIntent({ commit: commit(digit) }) }, shipped('v1'), passed);
  const ofBoth = [
    created('2', '2026-11-21T08:00:05Z', 2),
    created('1', '2026-11-21T08:00:04Z', 1),
    aRecord({ id: '0', created: '2026-11-21T07:00:00Z' }, shipped('v2'), passed),
  ];

  it('knows nothing of the releases of the one before, whose ids were the same', async () => {
    const { history } = openHistory(ofBoth, '2026-11-21T08:00:05.900Z');
    expect(await history.commit(release('v1'))).toBe(commit(2));
    expect(await history.verdict(release('v2'))).toBe('none');
    expect((await history.records()).map(({ id }) => id)).toEqual(['2']);
  });

  it('knows all of them when nobody says when it was made', async () => {
    expect((await openHistory(ofBoth).history.records()).map(({ id }) => id)).toEqual(['2', '1', '0']);
  });
});

describe('the record that shipped a release', () => {
  const back = (id: string, restores: string) =>
    aRecord(
      { id: `back-${id}`, kind: 'rollback', intent: anIntent({ restores }) },
      { kind: 'activated', release: `v${id}` },
    );
  const chain = [back('6', 'v5'), back('5', 'v2'), ...records];

  it.each<[string, string, readonly LedgerRecord[], string | undefined]>([
    ['is that of the deploy', 'v3', records, '3'],
    ['is that of what a rollback brought back', 'v4', records, '2'],
    ['is found through rollbacks of rollbacks', 'v6', chain, '2'],
    ['is that of a deploy whose own machines a rollback put back', 'v2', [back('2', 'v2'), ...records], '2'],
    ['is none of another target', 'v2', records.filter(({ id }) => id !== '2'), undefined],
    ['is none of what nobody recorded', 'v9', records, undefined],
    ['is none where the way back leads nowhere', 'v7', [back('7', 'v9')], undefined],
    ['is none where rollbacks name each other', 'v7', [back('7', 'v8'), back('8', 'v7')], undefined],
  ])('%s', async (_what, id, written, expected) => {
    expect((await openHistory(written).history.shipment(release(id)))?.id).toBe(expected);
  });

  it('is read no further back than it stands', async () => {
    const { history, read } = openHistory();
    await history.shipment(release('v4'));
    expect(read).toEqual(['4', '3', 'other', '2']);
  });
});
