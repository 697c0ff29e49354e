import { expect, it } from 'vitest';
import { findTarget } from '../../../packages/core/src/deployment/find-target.ts';
import { History } from '../../../packages/core/src/deployment/history.ts';
import type { Platform, Release } from '../../../packages/core/src/platforms/platform.ts';
import { aRelease } from '../../support/a-release.ts';
import { MemoryLedger } from '../../support/model-platforms/memory-ledger.ts';

const never = () => Promise.reject(new Error('a choice changes nothing'));
const older = (id: string) => aRelease({ id, state: 'superseded', restorable: 'unknown' });

/** v3 serves; the platform lists what it may or may not have, and knows when it is asked for one. */
async function found(...confirmed: readonly Release[]) {
  const live = aRelease({ id: 'v3' });
  const platform: Platform = {
    live: never,
    settle: never,
    activate: never,
    async *releases() {
      yield* [live, older('v2'), older('v1')];
    },
    inspect: async (_, { id }) => confirmed.find((release) => release.id === id) ?? live,
  };
  return findTarget({
    platform,
    target: { platform: 'fly', id: 'fly:shop', name: 'shop' },
    history: new History(new MemoryLedger(), {
      environment: 'production',
      service: 'shop',
      target: 'fly:shop',
    }),
    live: { kind: 'one', release: live },
    wanted: { kind: 'previous' },
    allowUnverified: true,
    now: Date.parse(live.created),
  });
}

it('warns of nothing that the platform has confirmed', async () => {
  expect(await found({ ...older('v2'), restorable: 'yes' })).toMatchObject({
    release: { id: 'v2', restorable: 'yes' },
    warnings: ['v2 was never verified.'],
  });
});

it('goes on from a release that the platform turns out not to have', async () => {
  const pruned = { ...older('v2'), restorable: 'no', restorableWhy: 'its image was pruned' } as const;
  expect(await found(pruned, { ...older('v1'), restorable: 'yes' })).toMatchObject({
    release: { id: 'v1' },
    candidates: [{ id: 'v2', passedOver: 'its image was pruned' }, { id: 'v1' }],
  });
});
