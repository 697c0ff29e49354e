import { describe, expect, it } from 'vitest';
import { rollbackMeanwhile } from '../../../packages/core/src/rollout/rollback-meanwhile.ts';
import { anIntent, aRecord } from '../../support/ledger-builders.ts';

const turn = (rollback: () => Promise<ReturnType<typeof aRecord> | undefined>) => ({
  ask: async () => ({ kind: 'own' }) as const,
  isOver: async () => false,
  now: () => 0,
  rollback,
});

describe('a rollback that began meanwhile', () => {
  it('is told as what superseded the deploy', async () => {
    const by = aRecord({ kind: 'rollback', intent: anIntent({ run: '78', attempt: 2 }) });
    expect(await rollbackMeanwhile({ turn: turn(async () => by) })).toMatchObject({
      reason: 'superseded',
      what: 'A rollback, run 78 (attempt 2) of ada, takes the target back.',
    });
  });

  it.each([
    ['there is none', { turn: turn(async () => undefined) }],
    ['the records cannot be read', { turn: turn(() => Promise.reject(new Error('502'))) }],
    ['nobody’s turn is asked', {}],
  ])('stops nothing where %s', async (_, ports) => {
    expect(await rollbackMeanwhile(ports)).toBeUndefined();
  });
});
