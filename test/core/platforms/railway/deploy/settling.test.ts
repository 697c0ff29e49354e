import { describe, expect, it } from 'vitest';
import { StableWindow } from '../../../../../packages/core/src/platforms/railway/deploy/settling.ts';
import { aDeployment, aServiceInstance } from '../../../../support/a-deployment.ts';

const running = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `i${at}`, status: 'RUNNING' }));
const own = (status: string, instances: readonly object[] = running(2)) =>
  aServiceInstance([aDeployment('d2', { status, instances })], { region: 'eu', numReplicas: 2 });
const owes = [{ name: 'web/eu', running: 2, resting: 0, ended: 0, unknown: 0, wakes: false }];

/** What each look tells, at the seconds at which it is taken. */
function looks(...seen: readonly (readonly [number, ReturnType<typeof own>])[]) {
  const options = { owes, budgetMs: 60_000, onProgress: () => {} };
  const window = new StableWindow({ release: { id: 'd2' }, stabilizeMs: 10_000, options });
  return seen.map(([at, instance]) => {
    const verdict = window.look(instance, at * 1_000);
    return verdict.kind === 'failed' ? `failed: ${verdict.failure.what}` : `${verdict.kind}: ${verdict.note}`;
  });
}

describe('a deployment that Railway calls live', () => {
  it('is believed once it has gone on for its window', () => {
    expect(looks([0, own('SUCCESS')], [9.9, own('SUCCESS')], [10, own('SUCCESS')])).toEqual([
      'pending: d2 is SUCCESS; it has to go on for 10 s',
      'pending: d2 is SUCCESS; it has to go on for 10 s',
      'settled: d2 is SUCCESS',
    ]);
  });

  it('has failed when its process is not started any more within the window', () => {
    expect(looks([0, own('SUCCESS')], [5, own('CRASHED', [{ id: 'i0', status: 'CRASHED' }])])).toEqual([
      'pending: d2 is SUCCESS; it has to go on for 10 s',
      'failed: d2 is CRASHED: its process exited after it had been live',
    ]);
  });

  it('begins its window anew where a replica was down', () => {
    expect(
      looks([0, own('SUCCESS')], [8, own('SUCCESS', running(1))], [12, own('SUCCESS')], [22, own('SUCCESS')]),
    ).toEqual([
      'pending: d2 is SUCCESS; it has to go on for 10 s',
      'pending: d2 lacks web/eu: 1 of 2',
      'pending: d2 is SUCCESS; it has to go on for 10 s',
      'settled: d2 is SUCCESS',
    ]);
  });

  it('has failed when it falls again', () => {
    const down = own('SUCCESS', [...running(1), { id: 'i1', status: 'RESTARTING' }]);
    const told = looks([0, own('SUCCESS')], [2, down], [3, own('SUCCESS')], [5, down]);
    expect(told.at(-1)).toBe(
      'failed: d2 does not stay up: its process exited again and again after it had been live',
    );
  });

  it('is waited for while Railway calls another one active, or it is being deployed', () => {
    expect(looks([0, aServiceInstance([aDeployment('d1')])], [1, own('DEPLOYING')])).toEqual([
      'pending: Railway does not call d2 active',
      'pending: d2 is DEPLOYING',
    ]);
  });

  it('may sleep', () => {
    expect(looks([0, own('SLEEPING', [])], [10, own('SLEEPING', [])])[1]).toBe('settled: d2 is SLEEPING');
  });
});
