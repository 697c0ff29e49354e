import { describe, expect, it } from 'vitest';
import { gates, rulesOfRuns } from '../../../packages/core/src/gates/gates.ts';
import { forceInputs } from '../../../packages/core/src/inputs/common-inputs.ts';
import { gateNames } from '../../../packages/core/src/inputs/gate-names.ts';
import { recordingRunner } from '../../support/recording-runner.ts';

const legal = 'These may be passed, by commas or lines: freeze, lock.';
const input = gateNames('force', {
  gates: [
    { name: 'freeze', forcible: true },
    { name: 'lock', forcible: true },
    { name: 'strangers', forcible: false },
  ],
  rules: ['fork'],
});
const read = (given: string) => input.read(recordingRunner({ inputs: { force: given } }));

describe('the gates that force names', () => {
  it.each<[string, string, readonly string[]]>([
    ['nothing', '', []],
    ['one', 'freeze', ['freeze']],
    ['several, by commas', 'freeze, lock', ['freeze', 'lock']],
    ['several, one a line', 'lock\r\n\n  freeze\n', ['lock', 'freeze']],
    ['one twice', 'lock,lock', ['lock']],
    ['a box that nobody ticked', 'false', []],
    ['commas alone', ' , ', []],
  ])('are read: %s', (_, given, named) => {
    expect(read(given)).toEqual({ kind: 'value', value: named });
  });

  it.each<[string, string, string]>([
    ['every gate at once', 'true', `is "true", which names no gate. ${legal}`],
    ['a slip', 'freze', `names "freze", which is no gate. ${legal} Did you mean freeze?`],
    ['what is no gate', 'everything', `names "everything", which is no gate. ${legal}`],
    ['true beside a gate', 'lock, true', `names "true", which is no gate. ${legal}`],
    [
      'a gate that may not be passed',
      'freeze, strangers',
      `names strangers, which nobody may pass. ${legal}`,
    ],
    ['the fork rule', 'fork', `names fork, which nobody may pass. ${legal}`],
    [
      'several mistakes',
      'all,freezes,fork',
      `names "all", "freezes", which are no gates, and fork, which nobody may pass. ${legal} Did you mean freeze?`,
    ],
  ])('are refused: %s', (_, given, problem) => {
    expect(read(given)).toEqual({ kind: 'problem', problem });
  });

  it('are those of a rollout that may be passed', () => {
    const given = (force: string) => forceInputs.force.read(recordingRunner({ inputs: { force } })).kind;
    const all = [...gates.map(({ name }) => name), ...rulesOfRuns];
    expect(Object.fromEntries(all.map((name) => [name, given(name)]))).toEqual({
      'older-than-live': 'value',
      'unmanaged-machines': 'problem',
      fork: 'problem',
      outdated: 'problem',
      'not-our-app': 'problem',
    });
  });
});
