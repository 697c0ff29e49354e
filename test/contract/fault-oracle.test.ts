import { describe, expect, it } from 'vitest';
import { judge, type Law, servingOf, type Testimony, type Truth } from '../faults/oracle.ts';

const roles = { old: 'v1', new: 'v2' };

const law: Law = {
  action: 'fly-deploy',
  roles,
  allowedMs: 27_000,
  endings: [
    { outcome: 'live', reason: 'verified' },
    { outcome: 'restored', reason: 'checks-failed' },
    { outcome: 'inconclusive', reason: 'platform-unreachable' },
  ],
  secrets: ['hunter2'],
};

const green: Testimony = {
  ...{ outcome: 'live', reason: 'verified', serving: 'new', exitCode: 0, durationMs: 2_000 },
  annotations: [{ level: 'warning', message: 'GitHub was slow.' }],
  texts: [{ where: 'the log', text: 'at the shop: v2 serves' }],
  orphans: [],
};
const failure = { level: 'error', message: 'checks-failed: It failed. Next: Read the summary.' };
const red: Testimony = {
  ...green,
  ...{ outcome: 'restored', reason: 'checks-failed', serving: 'old', exitCode: 1, annotations: [failure] },
};

const newServes: Truth = {
  answers: ['v2', 'v2'],
  releases: ['shop@v2'],
  records: [{ task: 'belay:deploy', descriptions: ['belay/1 shipped v2', 'belay/1 verdict pass'] }],
  strikes: 1,
  blind: false,
};
const oldServes: Truth = { ...newServes, answers: ['v1', 'v1'], releases: ['shop@v2', 'shop@v1'] };
const mixed: Truth = { ...newServes, answers: ['v1', 'v2'] };

describe('the oracle of the fault suite', () => {
  it.each([
    ['a green deploy', green, newServes],
    ['a deploy that was taken back', red, oldServes],
    [
      'one that could not look at the end, and says so',
      { ...red, outcome: 'inconclusive', reason: 'platform-unreachable', serving: 'unknown' },
      { ...oldServes, blind: true },
    ],
  ])('has nothing against %s', (_, said, truth) => {
    expect(judge(said, truth, law)).toEqual([]);
  });

  it.each<[string, Testimony, Truth, string[]]>([
    ['a fault that proved nothing', green, { ...newServes, strikes: 0 }, ['the fault never struck']],
    [
      'a success over the old release',
      green,
      oldServes,
      ['says new serves, but old does (v1 v1)', 'green (live), but old serves'],
    ],
    [
      'a success over a mixed fleet',
      green,
      mixed,
      ['says new serves, but mixed does (v1 v2)', 'green (live), but mixed serves'],
    ],
    ['a restore that brought nothing back', red, newServes, ['says old serves, but new does (v2 v2)']],
    [
      'ignorance without need',
      { ...red, serving: 'unknown' },
      oldServes,
      ['says unknown serves, but old does (v1 v1)'],
    ],
    [
      'an honest output under a dishonest exit code',
      { ...green, serving: 'old' },
      oldServes,
      ['green (live), but old serves'],
    ],
    [
      'a release made twice',
      green,
      { ...newServes, releases: ['shop@v2', 'shop@v2'] },
      ['released twice: shop@v2'],
    ],
    [
      'a record made twice',
      green,
      { ...newServes, records: [...newServes.records, { task: 'belay:deploy', descriptions: [] }] },
      ['recorded twice: belay:deploy'],
    ],
    [
      'a fact noted twice',
      green,
      { ...newServes, records: [{ task: 'belay:deploy', descriptions: ['belay/1 x', 'belay/1 x'] }] },
      ['noted in belay:deploy twice: belay/1 x'],
    ],
    [
      'a secret in clear',
      { ...green, texts: [{ where: 'output url', text: 'https://me:hunter2@shop' }] },
      newServes,
      ['hunter2 stands in output url'],
    ],
    [
      'a secret in base64',
      { ...green, texts: [{ where: 'report.json', text: 'Basic aHVudGVyMg==' }] },
      newServes,
      ['hunter2 stands in report.json'],
    ],
    ['a run that outstays its limits', { ...green, durationMs: 37_001 }, newServes, ['took 37001 ms']],
    [
      'an ending nobody announced',
      { ...red, reason: 'bad-luck' },
      oldServes,
      ['restored/bad-luck is not among its endings'],
    ],
    ['a bug, whatever it is called', { ...red, reason: 'bug' }, oldServes, ['calls itself a bug']],
    [
      'a failure in silence',
      { ...red, annotations: [] },
      oldServes,
      ['red with 0 failure annotations, 0 with a next step'],
    ],
    [
      'a failure said twice',
      { ...red, annotations: [failure, failure] },
      oldServes,
      ['red with 2 failure annotations, 2 with a next step'],
    ],
    [
      'a failure without advice',
      { ...red, annotations: [{ level: 'error', message: 'It failed.' }] },
      oldServes,
      ['red with 1 failure annotations, 0 with a next step'],
    ],
    [
      'a failure of a green run',
      { ...green, annotations: [failure] },
      newServes,
      ['green, with a failure annotation'],
    ],
    [
      'a stack trace',
      { ...red, texts: [{ where: 'the log', text: 'Error: no\n    at run (file:///dist/index.js:12:34)' }] },
      oldServes,
      ['a stack trace in the log'],
    ],
    [
      'a child left behind',
      { ...green, orphans: ['flyctl deploy'] },
      newServes,
      ['left running: flyctl deploy'],
    ],
  ])('sees %s', (_, said, truth, wrongs) => {
    expect(judge(said, truth, law)).toEqual(wrongs);
  });

  it('lets trouble with the ledger change no outcome', () => {
    expect(judge(red, oldServes, { ...law, mustEnd: 'live/verified' })).toEqual([
      'the ledger changed the outcome',
    ]);
  });

  it('wants the old release behind a green rollback', () => {
    const back: Testimony = { ...green, outcome: 'restored', reason: 'checks-failed', serving: 'new' };
    const rollback = { ...law, action: 'rollback' } as const;
    expect(judge(back, newServes, rollback)).toEqual(['green (restored), but new serves']);
    expect(judge({ ...back, serving: 'old' }, oldServes, rollback)).toEqual([]);
  });

  it.each([
    [['v1', 'v1'], 'old'],
    [['v2'], 'new'],
    [['v1', 'v2'], 'mixed'],
    [['v2', 'nothing'], 'mixed'],
    [['nothing'], 'nothing'],
    [['v9'], 'something else'],
  ])('calls the answers %j %s', (answers, serving) => {
    expect(servingOf(answers, roles)).toBe(serving);
  });
});
