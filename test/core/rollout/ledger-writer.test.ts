import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../../packages/core/src/ledger/fingerprint.ts';
import type { LatencyMeasurement } from '../../../packages/core/src/ledger/record.ts';
import { LedgerWriter } from '../../../packages/core/src/rollout/ledger-writer.ts';
import { aRelease } from '../../support/a-release.ts';
import { anIntent } from '../../support/ledger-builders.ts';
import { MemoryLedger } from '../../support/model-platforms/memory-ledger.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const mark = (check: string): LatencyMeasurement => ({ check, metric: 'p95', ms: 120, samples: 50 });

async function factsAfter(verdict: 'pass' | 'settled' | 'fail', marks: readonly LatencyMeasurement[]) {
  const ledger = new MemoryLedger();
  const writer = new LedgerWriter({
    ledger,
    log: () => {},
    clock: new VirtualClock(),
    target: { platform: 'fly', id: 'fly:shop', name: 'shop' },
    latencies: () => marks,
  });
  await writer.open('deploy', anIntent());
  await writer.note({ do: 'note', record: 'change', fact: { kind: 'verdict', verdict }, state: 'success' });
  return ledger.kept[0]?.record.facts.map(({ fact }) => fact);
}

it('what was measured follows the verdict of a release that passed', async () => {
  expect(await factsAfter('pass', [mark('home'), mark('cart')])).toEqual([
    { kind: 'verdict', verdict: 'pass' },
    { kind: 'latency', of: [mark('home'), mark('cart')] },
  ]);
});

it.each(['settled', 'fail'] as const)('nothing measured follows the verdict %s', async (verdict) => {
  expect(await factsAfter(verdict, [mark('home')])).toEqual([{ kind: 'verdict', verdict }]);
});

it('what was measured of many checks costs two calls and no more', async () => {
  const many = Array.from({ length: 40 }, (_, index) => mark(`check ${index}`));
  expect(await factsAfter('pass', many)).toHaveLength(3);
});

it('one record is active once a release is live, whatever others GitHub showed as active', async () => {
  const ledger = new MemoryLedger();
  for (const state of ['success', 'failure', 'success'] as const)
    await (await ledger.open('deploy', anIntent())).add({ kind: 'verdict', verdict: 'settled' }, state);
  const ports = {
    ledger,
    log: () => {},
    clock: new VirtualClock(),
    activeRecords: async () => ledger.active,
  };
  const writer = new LedgerWriter(ports);
  await writer.open('deploy', anIntent());
  const fact = { kind: 'verdict', verdict: 'pass' } as const;
  await writer.note({ do: 'note', record: 'change', fact, state: 'success' });
  await writer.retire();
  expect(ledger.kept.map(({ state }) => state)).toEqual(['inactive', 'failure', 'inactive', 'success']);
});

it('where many are active it sets the newest two of them inactive, and leaves the others to later rollouts', async () => {
  const ledger = new MemoryLedger();
  const retired: string[] = [];
  ledger.deactivate = async (id) => {
    retired.push(id);
  };
  const activeRecords = async () => ['9', '8', '7', '6'];
  const writer = new LedgerWriter({ ledger, log: () => {}, clock: new VirtualClock(), activeRecords });
  await writer.retire();
  expect(retired).toEqual(['9', '8']);
});

it('a record counts as opened from the moment its id was known, however long what it is owed took', async () => {
  const clock = new VirtualClock();
  const ledger = new MemoryLedger();
  const reopen = ledger.reopen.bind(ledger);
  ledger.reopen = (id) => ({
    id,
    add: async (...fact) => {
      await clock.sleep(5_000);
      return reopen(id).add(...fact);
    },
  });
  const writer = new LedgerWriter({ ledger, log: () => {}, clock });
  await clock.sleep(1_000);
  const opened = writer.open('deploy', anIntent());
  const fact = { kind: 'turn', previous: null, barrier: false } as const;
  void writer.note({ do: 'note', record: 'change', fact, state: 'in_progress' });
  await opened;
  expect([writer.ticket, clock.monotonic()]).toEqual([{ id: '1', openedAt: 1_000 }, 6_000]);
});

describe('the intent of a restore', () => {
  const own = {
    commit: 'b'.repeat(40),
    fingerprint: fingerprintOf({ image: 'a' }, 'key'),
    fleet: { 'web/iad': 2 },
    budgetMs: 1_200_000,
    nonce: 'AAAAaaaa',
    signature: 'x',
    barrier: true,
  };

  async function intents() {
    const ledger = new MemoryLedger();
    const writer = new LedgerWriter({ ledger, log: () => {}, clock: new VirtualClock() });
    await writer.open('deploy', anIntent(own));
    await writer.openRestore(aRelease({ id: 'v1' }), aRelease({ id: 'v2' }));
    return ledger.kept.map(({ record }) => record.intent);
  }

  it('names the record of the change, and claims nothing that is true of the change alone', async () => {
    const [change, restore] = await intents();
    expect(change).toEqual(anIntent(own));
    expect(restore).toEqual(
      anIntent({
        commit: null,
        previous: 'v2',
        restores: 'v1',
        replaces: 'v2',
        fleet: { 'web/iad': 2 },
        change: '1',
        nonce: expect.stringMatching(/^[\w-]{8}$/),
      }),
    );
  });

  it('has a nonce of its own, as every record has', async () => {
    const ledger = new MemoryLedger();
    const writer = new LedgerWriter({ ledger, log: () => {}, clock: new VirtualClock() });
    await writer.open('deploy', anIntent());
    await writer.openRestore(aRelease({ id: 'v1' }), undefined);
    const nonces = new Set(ledger.kept.map(({ record }) => record.intent.nonce ?? ''));
    expect([...nonces].filter((nonce) => /^[\w-]{8}$/.test(nonce))).toHaveLength(2);
  });
});
