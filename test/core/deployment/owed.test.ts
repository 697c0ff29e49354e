import { describe, expect, it } from 'vitest';
import { owedByRollback } from '../../../packages/core/src/deployment/owed.ts';
import { aPart } from '../../support/a-part.ts';
import { aRelease } from '../../support/a-release.ts';
import { anIntent, aRecord } from '../../support/ledger-builders.ts';

const web = aPart({ name: 'web/iad', running: 2, wakes: true });
const took = (previous: string, fleet: Readonly<Record<string, number>>) =>
  aRecord({ intent: anIntent({ previous, fleet }) });

describe('a rollback owes', () => {
  it.each([
    ['what runs now', [web], [], { 'web/iad': 2 }],
    ['what ended by itself', [aPart({ running: 1, ended: 1 })], [], { 'web/iad': 1 }],
    [
      'what is gone altogether, as its record says',
      [web],
      [took('v1', { 'worker/iad': 3 })],
      { 'web/iad': 2, 'worker/iad': 3 },
    ],
    ['no more of what was scaled since', [web], [took('v1', { 'web/iad': 5 })], { 'web/iad': 2 }],
    ['nothing that had not run then', [web], [took('v1', { 'worker/iad': 0 })], { 'web/iad': 2 }],
    ['nothing of what another release ran with', [web], [took('v0', { 'worker/iad': 3 })], { 'web/iad': 2 }],
    [
      'what ran when it was taken away last, not the time before',
      [web],
      [took('v1', { 'worker/iad': 0 }), took('v1', { 'worker/iad': 3 })],
      { 'web/iad': 2 },
    ],
    [
      'what ran when its copy was taken away last',
      [web],
      [
        took('v3', { 'worker/iad': 2 }),
        aRecord(
          { kind: 'rollback', intent: anIntent({ restores: 'v1' }) },
          { kind: 'activated', release: 'v3' },
        ),
      ],
      { 'web/iad': 2, 'worker/iad': 2 },
    ],
  ])('%s', (_, now, records, owed) => {
    const parts = owedByRollback(now, aRelease({ id: 'v1' }), records);
    expect(Object.fromEntries(parts.map(({ name, running }) => [name, running]))).toEqual(owed);
  });
});
