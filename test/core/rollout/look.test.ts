import { describe, expect, it } from 'vitest';
import type {
  Live,
  Platform,
  Release,
  ReleaseState,
  Running,
} from '../../../packages/core/src/platforms/platform.ts';
import { Looker } from '../../../packages/core/src/rollout/look.ts';
import { aPart } from '../../support/a-part.ts';
import { aRelease } from '../../support/a-release.ts';
import { mixed, nothing, one, v2, v3, v4 } from '../../support/rollout-events.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const never = () => Promise.reject(new Error('a look changes nothing'));
const signal = new AbortController().signal;
const newer = aRelease({ id: 'v5', created: '2026-11-20T11:00:00Z' });
const newest = aRelease({ id: 'v6', created: '2026-11-20T12:00:00Z' });
const machines = (count: number): Live => ({ ...one(v2), parts: [aPart({ running: count })] });

/** Each look sees the next of `looks`, and the last one for ever. */
function looker(
  looks: readonly (Live | 'no answer' | 'refused')[],
  { listed = ['superseded'], last }: { readonly listed?: readonly ReleaseState[]; readonly last?: Live } = {},
) {
  let looked = 0;
  const platform: Platform = {
    inspect: never,
    settle: never,
    activate: never,
    live: async () => {
      looked += 1;
      const seen = looks[looked - 1] ?? looks.at(-1) ?? nothing;
      if (seen === 'no answer') return new Promise<Live>(() => {});
      if (seen === 'refused') throw new Error('Fly refuses');
      return seen;
    },
    async *releases() {
      for (const state of listed) yield aRelease({ id: 'v1', state });
    },
  };
  const target = { platform: 'fly', id: 'fly:shop', name: 'shop' } as const;
  const relation = async ({ id }: { id: string }) => ({
    mine: id === 'v3',
    ...(id === 'v4' && { restores: 'v2' }),
  });
  const looker = new Looker({ platform, target, clock: new VirtualClock(), relation }, last);
  return {
    look: (by = signal) => looker.look(by),
    still: (budgetMs: number) => looker.still(signal, budgetMs),
    saw: (release: Release, running?: Pick<Running, 'parts'>) => looker.saw(release, running),
    activated: (release: Release) => looker.activated(release),
    looked: () => looked,
  };
}

describe('what a change that was cut has come to', () => {
  it.each([
    ['is told where two looks are alike', [one(v2)], 3_000, one(v2), 2],
    ['is looked at until it stands still', [one(v2), mixed(v2, v3), one(v3)], 3_000, one(v3), 4],
    ['is told as it was seen last where it moves on', [one(v2), mixed(v2, v3), one(v3)], 1_800, one(v3), 3],
    ['is told after one look where there is no time for another', [one(v2), one(v3)], 500, one(v2), 1],
    ['is looked at twice within a second', [one(v2), mixed(v2, v3)], 1_000, mixed(v2, v3), 2],
    ['is told as it was seen where the second look has no answer', [one(v2), 'no answer'], 3_000, one(v2), 2],
    ['is told as it was seen where the second look is refused', [one(v2), 'refused'], 3_000, one(v2), 2],
  ] as const)('%s', async (_, looks, budgetMs, expected, times) => {
    const { still, looked } = looker(looks);
    expect([(await still(budgetMs)).live, looked()]).toEqual([expected, times]);
  });

  it('is not known where the first look has no answer', async () => {
    await expect(looker(['refused']).still(3_000)).rejects.toThrow('Fly refuses');
  });
});

describe('a look', () => {
  it.each([
    ['is taken once where it surprises nobody', [one(v2)], {}, one(v2), 1],
    ['does not believe one empty list', [nothing, one(v2)], { last: one(v2) }, one(v2), 2],
    ['does not believe two', [nothing, nothing, one(v2)], { last: one(v2) }, one(v2), 3],
    ['believes the third', [nothing], { last: one(v2) }, nothing, 3],
    [
      'does not believe at once that a machine is gone',
      [machines(1), machines(2)],
      { last: machines(2) },
      machines(2),
      2,
    ],
    [
      'believes only what comes three times alike',
      [machines(2), machines(1), machines(1), machines(2)],
      { last: machines(3) },
      machines(2),
      6,
    ],
    [
      'does not go back to an older release once it has met a newer one',
      [{ ...one(newer), parts: [] }, machines(2), { ...one(newer), parts: [] }],
      { last: machines(2) },
      { ...one(newer), parts: [] },
      5,
    ],
    ['asks again at the first look where there have been releases', [nothing, one(v2)], {}, one(v2), 2],
    [
      'asks again though the newest release failed, where an older one has served',
      [nothing, one(v2)],
      { listed: ['failed', 'superseded'] },
      one(v2),
      2,
    ],
    ['takes nothing for nothing where all there were failed', [nothing], { listed: ['failed'] }, nothing, 1],
    ['takes nothing for nothing in an app that never had a release', [nothing], { listed: [] }, nothing, 1],
  ] as const)('%s', async (_, looks, given, seen, times) => {
    const { look, looked } = looker(looks, given);
    expect(await look()).toEqual({ live: seen });
    expect(looked()).toBe(times);
  });

  it.each([
    ['does not believe at once that an older release is back', [one(v2), one(newer)], one(newer), 2],
    ['does not believe it twice', [one(v2), one(v2), one(newer)], one(newer), 3],
    ['believes it when it has come three times', [one(v2)], one(v2), 3],
    ['believes a newer one at once', [one(newest)], one(newest), 1],
    ['believes a mix that has the newest one in it', [mixed(v2, newer)], mixed(v2, newer), 1],
  ])('%s', async (_, looks, seen, times) => {
    const { look, saw, looked } = looker(looks, { last: one(v2) });
    saw(newer);
    expect(await look()).toEqual({ live: seen });
    expect(looked()).toBe(times);
  });

  it.each([
    [
      'does not believe at once that less runs than had settled',
      3,
      [machines(2), machines(3)],
      machines(3),
      2,
    ],
    ['believes at once what had settled, though it is less than before', 1, [machines(1)], machines(1), 1],
  ] as const)('%s', async (_, running, looks, seen, times) => {
    const { look, saw, looked } = looker(looks, { last: machines(2) });
    saw(v2, { parts: [aPart({ running })] });
    expect(await look()).toEqual({ live: seen });
    expect(looked()).toBe(times);
  });

  it('believes an older one that this run made live itself', async () => {
    const { look, activated, looked } = looker([one(v2)], { last: one(newer) });
    activated(v2);
    expect(await look()).toEqual({ live: one(v2) });
    expect(looked()).toBe(1);
  });

  it('does not forget a newer one of somebody else’s for one of its own', async () => {
    const { look, saw } = looker([mixed(newer, newest), one(newer), one(newest)], { last: one(newer) });
    await look();
    saw(newer);
    expect(await look()).toEqual({ live: one(newest) });
  });

  it('names what is of this run, and what each release is a copy of', async () => {
    const copy = aRelease({ id: 'v4', artifact: 'sha256:v2' });
    expect(await looker([mixed(v3, copy)]).look()).toEqual({ live: mixed(v3, v4), mine: v3 });
  });

  it('says what it saw where there is no time to ask again', async () => {
    const { look, looked } = looker([nothing], { last: one(v2) });
    const cut = new AbortController();
    cut.abort(new Error('The job was cancelled.'));
    expect(await look(cut.signal)).toEqual({ live: nothing });
    expect(looked()).toBe(1);
  });
});
