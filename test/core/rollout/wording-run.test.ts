import { expect, it } from 'vitest';
import { describeRun } from '../../../packages/core/src/rollout/wording.ts';
import { anIntent, aRecord } from '../../support/ledger-builders.ts';

it.each([
  ['the first attempt', { run: '5' }, 'run 5 of ada'],
  ['a later attempt', { run: '5', attempt: 2 }, 'run 5 (attempt 2) of ada'],
  [
    'an actor of several lines',
    { run: '5', actor: 'eve\n::error::gone\u001b[2K' },
    'run 5 of eve ::error::gone [2K',
  ],
  ['letters that turn the line around', { run: '5', actor: 'ev\u202ee' }, 'run 5 of ev e'],
  ['a name longer than any', { run: '5', actor: 'e'.repeat(500) }, `run 5 of ${'e'.repeat(60)}…`],
] as const)('a run is named in one short line: %s', (_, intent, line) => {
  expect(describeRun(aRecord({ intent: anIntent(intent) }))).toBe(line);
});
