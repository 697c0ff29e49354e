import { describe, expect, it } from 'vitest';
import type { Recorded, Seen } from '../stories/false-greens/case.ts';
import { cases as flyCases } from '../stories/false-greens/fly/cases.ts';
import { judged } from '../stories/false-greens/judge.ts';
import { cases as railwayCases } from '../stories/false-greens/railway/cases.ts';
import { readRecording } from '../stories/false-greens/recording.ts';

// That docs/false-greens.md says what was recorded is shown by docs.test.ts; that it is so, by the story of the same name.

describe.each([
  ['fly', flyCases],
  ['railway', railwayCases],
] as const)('what was recorded on %s for the page of false greens', (platform, cases) => {
  const recorded = readRecording(platform).cases;

  it('is every case there is, as it is told', () => {
    const told = ({ name, happens }: { name: string; happens: string }) => ({ name, happens });
    expect(recorded.map(told)).toEqual(cases.map(told));
  });

  it('is nothing that an exit code was right about', () => {
    expect(recorded.filter((one) => judged(one).worth === 'true').map(({ name }) => name)).toEqual([]);
  });
});

const runs = { app: 2, worker: 1 };
const whole = (version: string): Seen => ({
  answers: [version],
  running: { app: [version, version], worker: [version] },
});
const v1 = whole('v1');
const v2 = whole('v2');
const withoutWorker: Seen = { answers: ['v2'], running: { app: ['v2', 'v2'], worker: [] } };
const oldWorker: Seen = { answers: ['v2'], running: { app: ['v2', 'v2'], worker: ['v1'] } };
const broken: Seen = { answers: ['v2: 500'], running: v2.running };
const mixed: Seen = { answers: ['v1', 'v2'], running: { app: ['v1', 'v2'], worker: ['v1'] } };
/** Behind a cache. */
const stale: Seen = { answers: ['v1'], running: v2.running };
const down: Seen = { answers: ['503'], running: { app: [], worker: [] } };

function recordedAs(of: {
  exit: number;
  seen: Seen;
  outcome?: string;
  serving?: string;
  action?: string;
}): Recorded {
  const { exit, seen, outcome = '', serving = '', action = 'fly-deploy' } = of;
  return {
    name: '',
    happens: '',
    by: 'flyctl',
    wanted: 'v2',
    before: 'v1',
    runs,
    client: { commands: [], exit, said: '', seen },
    belay: { action, inputs: {}, outcome, reason: '', serving, exit, seen },
  };
}

describe('an exit code', () => {
  it.each([
    ['0 is true where the new version serves, whole', 0, v2, 'true'],
    ['0 is false where a page is broken', 0, broken, 'false green'],
    ['0 is false where two versions answer', 0, mixed, 'false green'],
    ['0 is false where nothing answers', 0, down, 'false green'],
    ['0 is false where a worker does not run', 0, withoutWorker, 'false green'],
    ['0 is false where a worker is still the old one', 0, oldWorker, 'false green'],
    ['1 is true where the old version serves', 1, v1, 'true'],
    ['1 is true where two versions answer', 1, mixed, 'true'],
    ['1 is false where the new version serves, whole', 1, v2, 'false red'],
  ])('of %s', (_, exit, seen, worth) => {
    expect(judged(recordedAs({ exit, seen })).worth).toBe(worth);
  });
});

describe('a verdict', () => {
  it.each([
    ['green holds where the new version serves, whole', { exit: 0, serving: 'new', seen: v2 }, true],
    ['green does not where a worker is missing', { exit: 0, serving: 'new', seen: withoutWorker }, false],
    ['`old` holds where the old version serves, whole', { exit: 1, serving: 'old', seen: v1 }, true],
    ['`old` does not where two answer', { exit: 1, serving: 'old', seen: mixed }, false],
    ['`new` holds where the new version serves, and badly', { exit: 1, serving: 'new', seen: broken }, true],
    ['`new` does not where the old one serves', { exit: 1, serving: 'new', seen: v1 }, false],
    [
      '`new` that is inconclusive holds where all that runs is new, whatever is answered before it',
      { exit: 1, outcome: 'inconclusive', serving: 'new', seen: stale },
      true,
    ],
    [
      '`new` that is inconclusive does not where one of two is old',
      { exit: 1, outcome: 'inconclusive', serving: 'new', seen: oldWorker },
      false,
    ],
    ['`mixed` holds where two answer', { exit: 1, serving: 'mixed', seen: mixed }, true],
    ['`mixed` does not where one does', { exit: 1, serving: 'mixed', seen: v2 }, false],
    ['`nothing` holds where no page comes', { exit: 1, serving: 'nothing', seen: down }, true],
    ['`nothing` does not where one does', { exit: 1, serving: 'nothing', seen: v1 }, false],
    ['`unknown` claims nothing', { exit: 1, serving: 'unknown', seen: mixed }, true],
    [
      '`old` of a red rollback is the version it was to bring back',
      { exit: 1, serving: 'old', seen: v2, action: 'rollback' },
      true,
    ],
  ])('%s', (_, said, holds) => {
    expect(judged(recordedAs(said)).holds).toBe(holds);
  });
});
