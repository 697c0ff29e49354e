import { describe, expect, it } from 'vitest';
import { isLate } from '../faults/late.ts';
import type { Report } from '../faults/observed.ts';

const failure = (message: string) => [
  { level: 'error', message: `${message} Next: Look at what serves now.` },
];

const quick: Report = {
  outcome: 'stranded',
  reason: 'restore-failed',
  serving: 'old',
  needsPerson: 'true',
  exitCode: 1,
  durationMs: 8_742,
  annotations: failure('restore-failed: flyctl exited with 1.'),
  texts: [],
  orphans: [],
};
const outOfTime = failure('restore-failed: Not rolled back. The deploy did not end within `timeout`.');
const neverStruck = 'the fault never struck';
const otherwise = 'ended otherwise than restored/verified';

describe('what the fault suite plays again alone', () => {
  it.each<[string, readonly string[], Partial<Report>, boolean]>([
    ['a run with nothing wrong', [], { annotations: outOfTime }, false],
    ['one that took too long', ['took 40000 ms'], {}, true],
    ['a fault that never struck, in time', [neverStruck], {}, false],
    [
      'a fault that never struck, `timeout` used up',
      [neverStruck, otherwise],
      { annotations: outOfTime },
      true,
    ],
    [
      'another end, flyctl’s own limit used up',
      [otherwise],
      { annotations: failure('It did not start within `wait-timeout`.') },
      true,
    ],
    [
      'another end, the way back out of time',
      [otherwise],
      { annotations: failure('It did not end within `restore-timeout`.') },
      true,
    ],
    ['another end, by its reason', [otherwise], { reason: 'deploy-timeout' }, true],
    ['another end, without a limit', [otherwise], {}, false],
    [
      'another end, a limit only warned of',
      [otherwise],
      { annotations: [{ level: 'warning', message: 'within `timeout`' }] },
      false,
    ],
    [
      'nothing known when time was up',
      ['says unknown serves, but new does (v2)'],
      { reason: 'out-of-time' },
      true,
    ],
    [
      'a green that is false, however late',
      ['green (live), but old serves', 'took 40000 ms'],
      { durationMs: 40_000 },
      false,
    ],
    [
      'another claim than what serves',
      ['says old serves, but new does (v2)'],
      { reason: 'out-of-time' },
      false,
    ],
    [
      'a secret that stands somewhere',
      ['hunter2 stands in the log', otherwise],
      { annotations: outOfTime },
      false,
    ],
  ])('%s', (_, wrongs, said, expected) => {
    expect(isLate({ wrongs, played: { said: { ...quick, ...said } } })).toBe(expected);
  });
});
