import { describe, expect, it } from 'vitest';
import { StableWindow } from '../../../../../packages/core/src/platforms/railway/deploy/settling.ts';
import { aDeployment, serviceWith } from '../../../../support/railway-deployments.ts';

const running = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `i${at}`, status: 'RUNNING' }));
const own = (status: string, instances: readonly object[] = running(2)) =>
  serviceWith([aDeployment('d2', { status, instances })], { region: 'eu', numReplicas: 2 });
const owes = [{ name: 'web/eu', running: 2, resting: 0, ended: 0, unknown: 0, wakes: false }];

type Look = readonly [number, ReturnType<typeof own>];

const optionsOwing = (owed: typeof owes) => ({ owes: owed, budgetMs: 60_000, onProgress: () => {} });

/** What each look tells, at the seconds at which it is taken. */
function looks(...seen: readonly Look[]) {
  return looksOwing(owes, ...seen);
}

function looksOwing(owed: typeof owes, ...seen: readonly Look[]) {
  const window = new StableWindow({
    release: { id: 'd2' },
    stabilizeMs: 10_000,
    options: optionsOwing(owed),
  });
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
      'failed: The process of the deployment d2 kept exiting, and Railway starts it no more',
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
    expect(looks([0, serviceWith([aDeployment('d1')])], [1, own('DEPLOYING')])).toEqual([
      'pending: Railway does not call d2 active',
      'pending: d2 is DEPLOYING',
    ]);
  });

  it('has failed when its process ends again and again, though nothing ran before it', () => {
    const up = own('SUCCESS');
    const down = own('SUCCESS', [{ id: 'i0', status: 'RESTARTING' }, ...running(1)]);
    const told = looksOwing([], [0, up], [2, down], [3, up], [5, down]);
    expect(told.slice(1)).toEqual([
      'pending: d2 lacks 1 of its instances, whose process has exited',
      'pending: d2 is SUCCESS; it has to go on for 10 s',
      'failed: d2 does not stay up: its process exited again and again after it had been live',
    ]);
  });

  it('misses no instance that has ended and was replaced, nor one of a schedule', () => {
    const replaced = own('SUCCESS', [{ id: 'gone', status: 'CRASHED' }, ...running(2)]);
    const scheduled = serviceWith([aDeployment('d2', { instances: [{ id: 'i0', status: 'EXITED' }] })], {
      region: 'eu',
      numReplicas: 1,
      cronSchedule: '0 3 * * *',
    });
    expect([
      looksOwing([], [0, replaced], [10, replaced])[1],
      looksOwing([], [0, scheduled], [10, scheduled])[1],
    ]).toEqual(['settled: d2 is SUCCESS', 'settled: d2 is SUCCESS']);
  });

  it('has failed when it was removed, whether Railway still calls it active or not', () => {
    const window = new StableWindow({
      release: { id: 'd2' },
      stabilizeMs: 10_000,
      options: optionsOwing(owes),
    });
    const removed = aDeployment('d2', { status: 'REMOVED' });
    expect([
      looks([0, own('REMOVING')]),
      window.look(serviceWith([aDeployment('d1')]), 0, removed),
    ]).toMatchObject([
      ['failed: The deployment d2 was removed (REMOVING)'],
      { kind: 'failed', failure: { reason: 'deployment-removed' } },
    ]);
  });

  it('is waited for while the one before still answers beside it, as they overlap', () => {
    const both = own('SUCCESS');
    const overlap = { ...both, activeDeployments: [...both.activeDeployments, aDeployment('d1')] };
    expect(looks([0, overlap], [20, overlap], [21, own('SUCCESS')])).toEqual([
      'pending: d2 is SUCCESS, and d1 still answers beside it',
      'pending: d2 is SUCCESS, and d1 still answers beside it',
      'settled: d2 is SUCCESS',
    ]);
  });

  it('may sleep', () => {
    expect(looks([0, own('SLEEPING', [])], [10, own('SLEEPING', [])])[1]).toBe('settled: d2 is SLEEPING');
  });
});
