import { expect, it } from 'vitest';
import { fingerprintOf } from '../../../packages/core/src/ledger/fingerprint.ts';
import type { LatencyMark } from '../../../packages/core/src/ledger/record.ts';
import { LedgerWriter } from '../../../packages/core/src/rollout/ledger-writer.ts';
import { aRelease } from '../../support/a-release.ts';
import { anIntent } from '../../support/ledger-builders.ts';
import { MemoryLedger } from '../../support/model-platforms/memory-ledger.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const mark = (check: string): LatencyMark => ({ check, metric: 'p95', ms: 120, samples: 50 });

async function factsAfter(verdict: 'pass' | 'settled' | 'fail', marks: readonly LatencyMark[]) {
  const ledger = new MemoryLedger();
  const writer = new LedgerWriter({
    ledger,
    recordOf: async () => undefined,
    clock: new VirtualClock(),
    log: () => {},
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

it('a restore does not claim what the failed release was made of', async () => {
  const ledger = new MemoryLedger();
  const writer = new LedgerWriter({
    ledger,
    recordOf: async () => undefined,
    clock: new VirtualClock(),
    log: () => {},
    target: { platform: 'fly', id: 'fly:shop', name: 'shop' },
  });
  const fingerprint = fingerprintOf({ image: 'a' }, 'key');
  await writer.open('deploy', anIntent({ fingerprint }));
  await writer.openRestore(aRelease({ id: 'v1' }), aRelease({ id: 'v2' }));
  expect(ledger.kept.map(({ record }) => record.intent.fingerprint)).toEqual([fingerprint, undefined]);
});
