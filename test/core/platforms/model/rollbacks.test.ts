import { describe, expect, it } from 'vitest';
import type { RollbackAsk } from './actions.ts';
import { commit, Play, type Played, source } from './played.ts';
import type { ModelHow } from './world.ts';

/** Three commits, each proved: dpl_1, dpl_2, dpl_3. */
async function begun(how: ModelHow = {}): Promise<Play> {
  const play = new Play(how);
  for (const number of [0, 1, 2]) await play.deploy({ ship: source(number) });
  return play;
}

const back = (id: string): Played => ({
  says: 'restored/verified, serving old',
  release: id,
  previous: 'dpl_3',
  before: 'dpl_3',
  serves: id,
  claims: id,
  changes: [`promote ${id}`],
});

const stays = (id: string): Played => ({
  says: 'unchanged/already-live, serving old',
  release: id,
  previous: id,
  before: id,
  serves: id,
  claims: id,
  changes: [],
});

const targets: readonly (readonly [string, RollbackAsk, Played])[] = [
  ['the last verified release', {}, back('dpl_2')],
  [
    'the last verified release, by the platform’s word',
    { isChecked: false },
    { ...back('dpl_2'), says: 'restored/platform-only, serving old' },
  ],
  ['the release before', { to: 'previous' }, back('dpl_2')],
  ['a deployment by its id', { to: 'dpl_1' }, back('dpl_1')],
  ['a deployment by its address', { to: 'https://dpl-1.model.test' }, back('dpl_1')],
  ['a commit', { to: commit(0) }, back('dpl_1')],
  ['a shortened commit', { to: commit(1).slice(0, 9) }, back('dpl_2')],
  ['what serves', { to: 'dpl_3' }, stays('dpl_3')],
  [
    'what is not there',
    { to: 'dpl_9' },
    { ...stays('dpl_3'), says: 'stranded/no-target, serving new', release: undefined },
  ],
];

describe('a rollback on a platform that stages', () => {
  it.each(targets)('brings back %s', async (_, ask, played) => {
    const play = await begun();
    expect(await play.rollback(ask)).toEqual(played);
  });

  it('goes by the records the second time as well', async () => {
    const play = await begun();
    const played = [await play.rollback(), await play.rollback(), await play.rollback({ to: 'previous' })];
    expect(played).toEqual([back('dpl_2'), stays('dpl_2'), stays('dpl_2')]);
    // What comes next is taken back for what was brought back then: dpl_3 was taken back itself.
    await play.deploy({ ship: source(3) });
    expect(await play.rollback()).toEqual({ ...back('dpl_2'), before: 'dpl_4', previous: 'dpl_4' });
    expect(await play.rollback({ to: 'dpl_1' })).toEqual({
      ...back('dpl_1'),
      before: 'dpl_2',
      previous: 'dpl_2',
    });
    expect((await play.stage.records()).slice(3)).toEqual([
      'rollback: activated dpl_2, verdict pass, restored dpl_2',
      'deploy: shipped dpl_4, activated dpl_4, verdict pass',
      'rollback: activated dpl_2, verdict pass, restored dpl_2',
      'rollback: activated dpl_1, verdict pass, restored dpl_1',
    ]);
  });

  it.each([
    ['where the platform names what it cannot move', true],
    ['where it names nothing', false],
  ])('knows what it has brought back under another id, %s', async (_, namesArtifacts) => {
    const play = await begun({ makesCopies: true, namesArtifacts });
    const first = {
      says: 'restored/verified, serving old',
      release: 'dpl_7',
      previous: 'dpl_6',
      before: 'dpl_6',
      serves: 'dpl_7',
      claims: 'dpl_7',
      changes: ['promote dpl_4 as dpl_7'],
    };
    expect(await play.rollback()).toEqual(first);
    expect(await play.rollback()).toEqual(stays('dpl_7'));
    expect(await play.rollback({ to: 'dpl_4' })).toEqual(stays('dpl_7'));
    expect(await play.rollback({ to: commit(0) })).toEqual({
      ...first,
      release: 'dpl_8',
      previous: 'dpl_7',
      before: 'dpl_7',
      serves: 'dpl_8',
      claims: 'dpl_8',
      changes: ['promote dpl_2 as dpl_8'],
    });
  });

  it('passes over what was only staged', async () => {
    const play = await begun();
    await play.deploy({ ship: source(3), until: 'staged' });
    await play.deploy({ ship: source(4) });
    for (const to of ['last-verified', 'previous']) {
      const other = await play.rollback({ to, dryRun: true });
      expect([
        to,
        play.told
          .at(-3)
          ?.split('\n')
          .find((line) => line.includes('would go to')),
      ]).toEqual([to, expect.stringContaining('would go to dpl_3')]);
      expect(other.changes).toEqual([]);
    }
  });

  it('changes nothing where it only looks', async () => {
    const play = await begun();
    const records = await play.stage.records();
    expect(await play.rollback({ dryRun: true })).toEqual({
      says: 'rehearsed/dry-run, serving new',
      release: undefined,
      previous: undefined,
      before: 'dpl_3',
      serves: 'dpl_3',
      claims: 'unknown',
      changes: [],
    });
    expect(await play.stage.records()).toEqual(records);
    expect(play.told.slice(-3).join('\n')).toContain(
      'Not undone: environment variables: the values of the project stay',
    );
  });
});
