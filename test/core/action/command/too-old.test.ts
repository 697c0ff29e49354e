import { expect, it } from 'vitest';
import { isTooOld } from '../../../../packages/core/src/action/command/run-command.ts';

it.each([
  ['v20.20.2', true],
  ['v22.0.0', false],
  ['v24.19.0', false],
  ['v100.1.0', false],
])('Node %s is too old for the command: %s', (version, tooOld) => {
  expect(isTooOld(version)).toBe(tooOld);
});
