import { describe, expect, it } from 'vitest';
import type { DeployAsk } from './actions.ts';
import { commit, Play, type Played, source } from './played.ts';
import type { ModelHow } from './world.ts';

/** The project's own address, and that of a deployment. */
const [shop, own] = ['https://shop.model.test', (number: number) => `https://dpl-${number}.model.test`];

/** Each begins where the first commit serves as dpl_1, proved. */
const deploys: readonly (readonly [string, DeployAsk, Played, { asked: string[]; record: string }])[] = [
  [
    'goes live, proved before and after',
    { ship: source(1) },
    {
      says: 'live/verified, serving new',
      release: 'dpl_2',
      previous: 'dpl_1',
      before: 'dpl_1',
      serves: 'dpl_2',
      claims: 'dpl_2',
      changes: ['deploy dpl_2', 'promote dpl_2'],
    },
    { asked: [shop, own(2), shop], record: 'deploy: shipped dpl_2, activated dpl_2, verdict pass' },
  ],
  [
    'goes live by the platform’s word alone',
    { ship: source(1), isChecked: false },
    {
      says: 'live/platform-only, serving new',
      release: 'dpl_2',
      previous: 'dpl_1',
      before: 'dpl_1',
      serves: 'dpl_2',
      claims: 'dpl_2',
      changes: ['deploy dpl_2', 'promote dpl_2'],
    },
    { asked: [], record: 'deploy: shipped dpl_2, activated dpl_2, verdict settled' },
  ],
  [
    'is staged, and takes no traffic',
    { ship: source(1), until: 'staged' },
    {
      says: 'staged/staged, serving old',
      release: 'dpl_2',
      previous: 'dpl_1',
      before: 'dpl_1',
      serves: 'dpl_1',
      claims: 'dpl_1',
      changes: ['deploy dpl_2'],
    },
    { asked: [shop, own(2)], record: 'deploy: shipped dpl_2, staged dpl_2' },
  ],
  [
    'is not built',
    { ship: source(1, 'does not build') },
    {
      says: 'rejected/build-failed, serving old',
      release: 'dpl_2',
      previous: 'dpl_1',
      before: 'dpl_1',
      serves: 'dpl_1',
      claims: 'dpl_1',
      changes: ['deploy dpl_2'],
    },
    { asked: [shop], record: 'deploy: shipped dpl_2, verdict fail' },
  ],
  [
    'fails at its own address: the old release never stops serving',
    { ship: source(1, 'bad at its own address') },
    {
      says: 'rejected/checks-failed, serving old',
      release: 'dpl_2',
      previous: 'dpl_1',
      before: 'dpl_1',
      serves: 'dpl_1',
      claims: 'dpl_1',
      changes: ['deploy dpl_2'],
    },
    { asked: [shop, own(2)], record: 'deploy: shipped dpl_2, verdict fail' },
  ],
  [
    'fails under traffic, and is left',
    { ship: source(1, 'bad under traffic'), onFailure: 'none' },
    {
      says: 'stranded/on-failure-none, serving new',
      release: 'dpl_2',
      previous: 'dpl_1',
      before: 'dpl_1',
      serves: 'dpl_2',
      claims: 'dpl_2',
      changes: ['deploy dpl_2', 'promote dpl_2'],
    },
    { asked: [shop, own(2), shop], record: 'deploy: shipped dpl_2, activated dpl_2, verdict fail' },
  ],
  [
    'fails under traffic, and is taken back',
    { ship: source(1, 'bad under traffic') },
    {
      says: 'restored/checks-failed, serving old',
      release: 'dpl_2',
      previous: 'dpl_1',
      before: 'dpl_1',
      serves: 'dpl_1',
      claims: 'dpl_1',
      changes: ['deploy dpl_2', 'promote dpl_2', 'promote dpl_1'],
    },
    {
      asked: [shop, own(2), shop, own(1), shop],
      record: 'rollback: activated dpl_1, verdict pass, restored dpl_1',
    },
  ],
];

async function begun(how: ModelHow = {}): Promise<Play> {
  const play = new Play(how);
  const { says } = await play.deploy({ ship: source(0) });
  expect(says).toBe('live/verified, serving new');
  return play;
}

describe('a deploy on a platform that stages', () => {
  it.each(deploys)('%s', async (_, ask, played, { asked, record }) => {
    const play = await begun();
    expect(await play.deploy(ask)).toEqual(played);
    expect(play.last?.asked).toEqual(asked);
    expect((await play.stage.records()).at(-1)).toBe(record);
  });

  it('makes a staged release live later, and is the record of it', async () => {
    const play = await begun();
    await play.deploy({ ship: source(1), until: 'staged' });
    expect(await play.deploy({ find: { id: 'dpl_2' } })).toEqual({
      says: 'live/verified, serving new',
      release: 'dpl_2',
      previous: 'dpl_1',
      before: 'dpl_1',
      serves: 'dpl_2',
      claims: 'dpl_2',
      changes: ['promote dpl_2'],
    });
    expect(await play.stage.records()).toEqual([
      'deploy: shipped dpl_1, activated dpl_1, verdict pass',
      'deploy: shipped dpl_2, staged dpl_2',
      'deploy: shipped dpl_2, activated dpl_2, verdict pass',
    ]);
  });

  it.each([true, false])('goes on under the id that making it live has given it', async (namesArtifacts) => {
    const play = await begun({ makesCopies: true, namesArtifacts });
    expect(await play.deploy({ ship: source(1, 'bad under traffic') })).toEqual({
      says: 'restored/checks-failed, serving old',
      release: 'dpl_4',
      previous: 'dpl_2',
      before: 'dpl_2',
      serves: 'dpl_5',
      claims: 'dpl_5',
      changes: ['deploy dpl_3', 'promote dpl_3 as dpl_4', 'promote dpl_2 as dpl_5'],
    });
    expect(await play.stage.records()).toEqual([
      'deploy: shipped dpl_1, activated dpl_2, verdict pass',
      'deploy: shipped dpl_3, activated dpl_4, restoring dpl_2',
      'rollback: activated dpl_5, verdict pass, restored dpl_5',
    ]);
  });
});

describe('a deploy that the platform has made by itself', () => {
  const ask = { find: { commit: commit(1) }, activation: 'with-obtain' } as const;

  it.each([
    ['is found while it is built', 0],
    ['is found once it serves', 120_000],
  ])('%s, and proved', async (_, laterMs) => {
    const play = await begun();
    const run = await play.stage.run();
    play.stage.world.deploy({ ...source(1), promotesItself: true });
    await play.stage.clock.sleep(laterMs);
    const before = laterMs === 0 ? 'dpl_1' : 'dpl_2';
    expect(await play.deploy(ask, run)).toEqual({
      says: 'live/verified, serving new',
      release: 'dpl_2',
      // What served at the first look was the change itself: it is not told to have been there before it.
      previous: laterMs === 0 ? 'dpl_1' : undefined,
      before,
      serves: 'dpl_2',
      claims: 'dpl_2',
      changes: [],
    });
    expect((await play.stage.records()).at(-1)).toBe('deploy: shipped dpl_2, activated dpl_2, verdict pass');
  });

  it.each([
    ['while it is built', 0],
    ['once it serves', 120_000],
  ])('is taken back where it fails, found %s', async (_, laterMs) => {
    const play = await begun();
    const run = await play.stage.run();
    play.stage.world.deploy({ ...source(1, 'bad under traffic'), promotesItself: true });
    await play.stage.clock.sleep(laterMs);
    const before = laterMs === 0 ? 'dpl_1' : 'dpl_2';
    expect(await play.deploy(ask, run)).toEqual({
      says: 'restored/checks-failed, serving old',
      release: 'dpl_2',
      previous: laterMs === 0 ? 'dpl_1' : undefined,
      before,
      serves: 'dpl_1',
      claims: 'dpl_1',
      changes: ['promote dpl_1'],
    });
  });

  it('is left to the platform where who waits for it is cancelled', async () => {
    const play = await begun();
    const run = await play.stage.run();
    play.stage.world.deploy({ ...source(1), promotesItself: true });
    const playing = play.deploy(ask, run);
    await play.stage.clock.sleep(10_000);
    run.cancel();
    const { says, changes } = await playing;
    await play.stage.clock.sleep(60_000);
    expect([says, changes, play.stage.world.serving]).toEqual([
      'cancelled/cancelled, serving old',
      [],
      'dpl_2',
    ]);
  });

  it('is waited for in vain where the platform makes none', async () => {
    const play = await begun();
    expect(await play.deploy(ask)).toEqual({
      says: 'rejected/release-not-created, serving old',
      release: undefined,
      previous: 'dpl_1',
      before: 'dpl_1',
      serves: 'dpl_1',
      claims: 'dpl_1',
      changes: [],
    });
  });
});
