import { describe, expect, it } from 'vitest';
import type { DeployAsk } from './actions.ts';
import { Play, source } from './played.ts';

/** What main and `post` said of a deploy that was cut, and what is true. */
interface Cut {
  readonly main: string;
  readonly post: string | undefined;
  readonly serves: string | undefined;
  readonly changes: readonly string[];
}

/** Cuts a deploy so many milliseconds after it began, where dpl_1 serves; `post` follows at once. */
async function cut(play: Play, how: 'cancelled' | 'killed', afterMs: number): Promise<Cut> {
  const { stage } = play;
  await play.deploy({ ship: source(0) });
  const ask: DeployAsk = { ship: source(1, 'bad under traffic') };
  const run = await stage.run();
  const from = stage.world.journal.length;
  const main = play.deploy(ask, run);
  await stage.clock.sleep(afterMs);
  if (how === 'cancelled') run.cancel();
  else run.kill();
  const says = how === 'cancelled' ? (await main).says : 'nothing';
  const post = await stage.run({ states: run.runner.states });
  const report = await play.actions.post(post.ports, how, ask);
  play.told.push(report?.message ?? '', report?.summary ?? '');
  // What went on would show by then.
  await stage.clock.sleep(600_000);
  const { serving, journal } = stage.world;
  return { main: says, post: report?.message, serves: serving, changes: journal.slice(from) };
}

const killed = 'The step was killed before it could say how it ended.';
const oldServes = 'model:acme/shop serves dpl_1. Next:';
const summary = 'Do what the step’s own summary says; run the job again when it is wanted.';
const again = 'Run the job again when it is wanted.';
const [built, live, back] = [
  ['deploy dpl_2'],
  ['deploy dpl_2', 'promote dpl_2'],
  ['deploy dpl_2', 'promote dpl_2', 'promote dpl_1'],
];

/** When, after it began, milliseconds; what its records say then. */
const cuts: readonly (readonly [string, 'cancelled' | 'killed', number, Cut, readonly string[]])[] = [
  [
    'while it is built: nothing of it goes on',
    'cancelled',
    10_000,
    {
      main: 'cancelled/cancelled, serving old',
      serves: 'dpl_1',
      post: `The job was cancelled. ${oldServes} ${summary}`,
      changes: [...built, 'cancel dpl_2'],
    },
    ['deploy: abandoned dpl_1'],
  ],
  [
    'while it is built: `post` stops it',
    'killed',
    10_000,
    {
      main: 'nothing',
      serves: 'dpl_1',
      changes: [...built, 'cancel dpl_2'],
      post: `${killed} Its records are ended. ${oldServes} ${again}`,
    },
    ['deploy: abandoned dpl_1'],
  ],
  [
    'while it is proved at its own address: it takes no traffic',
    'cancelled',
    34_000,
    {
      main: 'cancelled/cancelled, serving old',
      serves: 'dpl_1',
      changes: built,
      post: `The job was cancelled. ${oldServes} ${summary}`,
    },
    ['deploy: shipped dpl_2, verdict inconclusive'],
  ],
  [
    'while it is proved at its own address: it takes no traffic',
    'killed',
    34_000,
    {
      main: 'nothing',
      serves: 'dpl_1',
      changes: built,
      post: `${killed} Its records are ended. ${oldServes} ${again}`,
    },
    ['deploy: shipped dpl_2, verdict inconclusive'],
  ],
  [
    'once it has traffic: it is left serving',
    'cancelled',
    35_500,
    {
      main: 'cancelled/cancelled, serving new',
      serves: 'dpl_2',
      changes: live,
      post: `The job was cancelled. model:acme/shop serves dpl_2. Next: ${summary}`,
    },
    ['deploy: shipped dpl_2, activated dpl_2, verdict inconclusive'],
  ],
  [
    'once it has traffic: it is left serving, and called unproved',
    'killed',
    35_500,
    {
      main: 'nothing',
      serves: 'dpl_2',
      changes: live,
      post:
        `${killed} Its records are ended. dpl_2, which this step has shipped, was not proved. ` +
        'model:acme/shop serves dpl_2. Next: Run the job again, or the rollback action.',
    },
    ['deploy: shipped dpl_2, activated dpl_2, verdict inconclusive'],
  ],
  [
    'while it is taken back: `post` brings the old release back',
    'cancelled',
    37_500,
    {
      main: 'cancelled/cancelled, serving new',
      serves: 'dpl_1',
      changes: back,
      post: `The job was cancelled. The restore of dpl_1, which was cut, is finished. Its records are ended. ${oldServes} ${again}`,
    },
    [
      'deploy: shipped dpl_2, activated dpl_2, restoring dpl_1',
      'rollback: activated dpl_1, verdict pass, restored dpl_1',
    ],
  ],
  [
    'while it is taken back: `post` brings the old release back',
    'killed',
    37_500,
    {
      main: 'nothing',
      serves: 'dpl_1',
      changes: back,
      post: `${killed} The restore of dpl_1, which was cut, is finished. Its records are ended. ${oldServes} ${again}`,
    },
    [
      'deploy: shipped dpl_2, activated dpl_2, restoring dpl_1',
      'rollback: activated dpl_1, verdict pass, restored dpl_1',
    ],
  ],
];

describe('a deploy that is cut on a platform that stages', () => {
  it.each(cuts)('%s (%s)', async (_, how, afterMs, told, records) => {
    const play = new Play();
    expect(await cut(play, how, afterMs)).toEqual(told);
    expect((await play.stage.records()).slice(1)).toEqual(records);
  });
});

describe('a rollback that is cut on a platform that stages', () => {
  it.each([
    [
      'before it has switched is told by `post` as it is',
      1_500,
      { serves: 'dpl_2', changes: [], post: `model:acme/shop serves dpl_2. Next: ${again}` },
      'rollback: abandoned dpl_2',
    ],
    [
      'once it has switched is told by `post` as it is, and called unproved',
      2_800,
      {
        serves: 'dpl_1',
        changes: ['promote dpl_1'],
        post:
          'dpl_1, which this step has brought back, was not proved. model:acme/shop serves dpl_1. ' +
          'Next: Run the job again, or the rollback action.',
      },
      'rollback: activated dpl_1, abandoned dpl_1',
    ],
  ] as const)('%s', async (_, afterMs, { post: says, ...came }, record) => {
    const play = new Play();
    for (const number of [0, 1]) await play.deploy({ ship: source(number) });
    const { stage } = play;
    const run = await stage.run();
    const from = stage.world.journal.length;
    void play.rollback({}, run);
    await stage.clock.sleep(afterMs);
    run.kill();
    const post = await stage.run({ states: run.runner.states });
    const report = await play.actions.postRollback(post.ports, 'killed', {});
    const told = {
      post: report?.message,
      serves: stage.world.serving,
      changes: stage.world.journal.slice(from),
    };
    expect(told).toEqual({
      ...came,
      post: `${killed} Its records are ended. ${says}`,
    });
    expect((await stage.records()).at(-1)).toBe(record);
  });
});
