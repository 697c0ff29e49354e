import { describe, expect, it } from 'vitest';
import type { Fleet } from '../faults/fleet.ts';
import type { Observed, Report } from '../faults/observed.ts';
import { type Invariants, judge, servingOf } from '../faults/oracle.ts';

const roles = { old: 'v1', new: 'v2' };

const law: Invariants = {
  action: 'fly-deploy',
  roles,
  allowedMs: 27_000,
  endings: [
    { outcome: 'live', reason: 'verified' },
    { outcome: 'restored', reason: 'checks-failed' },
    { outcome: 'blocked', reason: 'unmanaged-machines' },
    { outcome: 'stranded', reason: 'restore-failed' },
    { outcome: 'inconclusive', reason: 'platform-unreachable' },
  ],
  secrets: ['hunter2'],
};

const green: Report = {
  outcome: 'live',
  reason: 'verified',
  serving: 'new',
  exitCode: 0,
  durationMs: 2_000,
  needsPerson: 'false',
  annotations: [{ level: 'warning', message: 'GitHub was slow.' }],
  texts: [{ where: 'the log', text: 'at the shop: v2 serves' }],
  orphans: [],
};
const failure = { level: 'error', message: 'checks-failed: It failed. Next: Read the summary.' };
const red: Report = {
  ...green,
  outcome: 'restored',
  reason: 'checks-failed',
  serving: 'old',
  exitCode: 1,
  annotations: [failure],
};

const released = (version: string, isComplete = true) => ({ image: `shop@${version}`, version, isComplete });
/** Two machines of the web and one of the worker, all of one version. */
const both = (version: string, unasked = version): Fleet => ({
  owed: { 'web/iad': 2, 'worker/fra': 1 },
  running: { 'web/iad': [version, version], 'worker/fra': [version] },
  lost: {},
  unasked: [unasked],
  instances: ['m1', 'm2', 'm3'].map((id) => `${id} under ${version}`),
});

const newServes: Observed = {
  answers: ['v2', 'v2'],
  releases: [released('v2')],
  records: [{ task: 'belay:deploy', descriptions: ['belay/1 shipped v2', 'belay/1 verdict pass'] }],
  before: both('v1'),
  after: both('v2'),
  isStruck: true,
  blind: false,
};
const oldServes: Observed = {
  ...newServes,
  answers: ['v1', 'v1'],
  releases: [released('v2'), released('v1')],
  after: both('v1'),
};
const mixed: Observed = { ...newServes, answers: ['v1', 'v2'] };

describe('the oracle of the fault suite', () => {
  it.each([
    ['a green deploy', green, newServes],
    ['a deploy that was taken back', red, oldServes],
    [
      'one that could not look at the end, and says so',
      {
        ...red,
        outcome: 'inconclusive',
        reason: 'platform-unreachable',
        serving: 'unknown',
        needsPerson: 'true',
      },
      { ...oldServes, blind: true },
    ],
  ])('has nothing against %s', (_, said, truth) => {
    expect(judge(said, truth, law)).toEqual([]);
  });

  it.each<[string, Report, Observed, string[]]>([
    ['a fault that proved nothing', green, { ...newServes, isStruck: false }, ['the fault never struck']],
    [
      'a success over the old release',
      green,
      { ...oldServes, after: both('v2', 'v1') },
      ['says new serves, but old does (v1 v1)', 'green (live), but old serves'],
    ],
    [
      'a success over a mixed fleet',
      green,
      mixed,
      ['says new serves, but mixed does (v1 v2)', 'green (live), but mixed serves'],
    ],
    [
      'a restore that brought nothing back',
      red,
      { ...newServes, after: both('v1', 'v2') },
      ['says old serves, but new does (v2 v2)', 'needs no person (restored), though new serves'],
    ],
    [
      'a claim that forgets the workers',
      { ...red, outcome: 'stranded', reason: 'restore-failed', serving: 'old', needsPerson: 'true' },
      { ...oldServes, after: both('v2') },
      ['says old serves, but mixed does (v1 v1)'],
    ],
    [
      'a group that no longer runs in its number',
      red,
      { ...oldServes, after: { ...both('v1'), running: { 'web/iad': ['v1'], 'worker/fra': [] } } },
      ['restored, but web/iad runs 1 of 2 on v1', 'restored, but worker/fra runs 0 of 1 on v1'],
    ],
    [
      'a group that is gone altogether',
      green,
      { ...newServes, after: { ...both('v2'), running: { 'web/iad': ['v2', 'v2'] } } },
      ['live, but worker/fra runs 0 of 1 on v2'],
    ],
    [
      'a worker that stayed behind',
      red,
      {
        ...oldServes,
        after: { ...both('v1'), running: { ...both('v1').running, 'worker/fra': ['v1', 'v2'] } },
      },
      ['restored, but worker/fra runs v2 as well'],
    ],
    [
      'a refusal that changed something all the same',
      { ...red, outcome: 'blocked', reason: 'unmanaged-machines', serving: 'new' },
      newServes,
      ['blocked, but machines were changed', 'blocked, but released shop@v2'],
    ],
    [
      'a way back over another deploy that nobody had looked at',
      red,
      { ...oldServes, takeover: { by: 'a later one', standsOn: 'nothing' } },
      ['took over another deploy on nothing'],
    ],
    [
      'one over another deploy that was seen, and not chosen from',
      red,
      { ...oldServes, takeover: { by: 'a later one', standsOn: 'a look' } },
      ['took over another deploy on a look'],
    ],
    [
      'a person who is called to what went well',
      { ...green, needsPerson: 'true' },
      newServes,
      ['green (live), and a person must look'],
    ],
    ['a word that is left out', { ...green, needsPerson: '' }, newServes, ['needs-a-person is ""']],
    [
      'ignorance without need',
      { ...red, serving: 'unknown' },
      oldServes,
      ['says unknown serves, but old does (v1 v1)'],
    ],
    [
      'an honest output under a dishonest exit code',
      { ...green, serving: 'old' },
      { ...oldServes, after: both('v2', 'v1') },
      ['green (live), but old serves'],
    ],
    [
      'a release made twice',
      green,
      { ...newServes, releases: [released('v2', false), released('v2')] },
      ['released twice: shop@v2'],
    ],
    [
      'a release brought back twice',
      red,
      { ...oldServes, releases: [released('v2'), released('v1'), released('v1')] },
      ['released twice: shop@v1'],
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

  it.each<[string, Report, Observed]>([
    [
      'a way back that was tried again, where the first try was never complete',
      red,
      { ...oldServes, releases: [released('v2'), released('v1', false), released('v1')] },
    ],
    [
      'a group one of whose machines is on a host that was lost meanwhile',
      red,
      {
        ...oldServes,
        after: {
          ...both('v1'),
          running: { 'web/iad': ['v1'], 'worker/fra': ['v1'] },
          lost: { 'web/iad': 1 },
        },
      },
    ],
    [
      'a way back to the other deploy that this run had replaced',
      red,
      {
        ...oldServes,
        answers: ['v4', 'v4'],
        after: both('v4'),
        takeover: { by: 'the first', standsOn: 'a look' },
      },
    ],
    [
      'another deploy left alone, and not known',
      { ...red, outcome: 'inconclusive', reason: 'platform-unreachable', serving: 'unknown' },
      { ...oldServes, answers: ['v4', 'v4'], after: both('v4'), takeover: { by: 'nothing' } },
    ],
  ])('has nothing against %s', (_, said, truth) => {
    expect(judge(said, truth, law)).toEqual([]);
  });

  it('wants the ending of the story where nothing that happens decides anything', () => {
    expect(judge(red, oldServes, { ...law, mustEnd: 'live/verified' })).toEqual([
      'ended otherwise than live/verified',
    ]);
  });

  it('lets a rollback that chose again take another deploy back, to what served before it', () => {
    const back: Report = { ...green, outcome: 'restored', reason: 'checks-failed', serving: 'old' };
    const facts = { task: 'belay:deploy', descriptions: ['belay/1 abandoned another-look'] };
    const truth: Observed = {
      ...newServes,
      records: [facts, { ...facts, descriptions: [] }],
      takeover: { by: 'the first', standsOn: 'a choice' },
    };
    expect(judge(back, truth, { ...law, action: 'rollback' })).toEqual([]);
  });

  it('wants the old release behind a green rollback', () => {
    const back: Report = { ...green, outcome: 'restored', reason: 'checks-failed', serving: 'new' };
    const rollback = { ...law, action: 'rollback' } as const;
    expect(judge(back, { ...newServes, after: both('v1', 'v2') }, rollback)).toEqual([
      'green (restored), but new serves',
    ]);
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
