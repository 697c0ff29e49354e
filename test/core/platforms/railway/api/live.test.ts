import { describe, expect, it } from 'vitest';
import type { Live } from '../../../../../packages/core/src/platforms/platform.ts';
import { liveOf } from '../../../../../packages/core/src/platforms/railway/api/live.ts';
import { answeredDeployment, aServiceInstance } from '../../../../support/railway-deployments.ts';

const now = Date.parse('2026-12-10T00:00:00Z');
const at = (minute: number) => `2026-12-01T10:${String(minute).padStart(2, '0')}:00.000Z`;
const running = (...ids: readonly string[]) => ids.map((id) => ({ id, status: 'RUNNING' }));
const old = (more: object = {}) => answeredDeployment({ id: 'old', createdAt: at(0), ...more });
const fresh = (more: object = {}) => answeredDeployment({ id: 'new', createdAt: at(9), ...more });
const part = (more: object) => ({
  name: 'web/us-west2',
  running: 0,
  resting: 0,
  ended: 0,
  unknown: 0,
  wakes: false,
  ...more,
});

function look(activeDeployments: readonly object[], more: object = {}): Live {
  return liveOf(aServiceInstance({ activeDeployments, ...more }), { now });
}

/** Without what is tested of releases elsewhere. */
function told(live: Live) {
  const { kind } = live;
  const releases =
    live.kind === 'one'
      ? [[live.release.id, 1]]
      : live.kind === 'mixed'
        ? live.shares.map(({ release, share }) => [release.id, share])
        : [];
  return { kind, releases, parts: live.parts, exits: live.exits, switchedOff: live.switchedOff };
}

describe('what a service serves', () => {
  it('is the one deployment that is a success, with its replicas in their region', () => {
    expect(told(look([fresh({ instances: running('a', 'b') })], { numReplicas: 2 }))).toEqual({
      kind: 'one',
      releases: [['new', 1]],
      parts: [part({ running: 2 })],
      exits: [],
    });
  });

  it('is nothing where no deployment is active, or the only one is on its way still', () => {
    const onItsWay = fresh({ status: 'DEPLOYING', instances: running('a') });
    expect([look([]), look([onItsWay])]).toEqual(Array(2).fill({ kind: 'nothing', parts: [], exits: [] }));
  });

  it('is the old one as long as the new one is on its way: its address answers 404 until then', () => {
    const building = fresh({ status: 'DEPLOYING', instances: running('b') });
    expect(told(look([building, old()]))).toMatchObject({ kind: 'one', releases: [['old', 1]] });
  });

  it('is a mix by the instances that run while both overlap, or the old one is being removed', () => {
    const removing = old({ status: 'REMOVING', instances: running('a') });
    expect(told(look([fresh({ instances: running('b', 'c', 'd') }), removing]))).toEqual({
      kind: 'mixed',
      releases: [
        ['new', 0.75],
        ['old', 0.25],
      ],
      parts: [part({ running: 4 })],
      exits: [],
    });
  });

  it('is the new one alone once no instance of the removed one runs', () => {
    const gone = old({ status: 'REMOVING', instances: [{ id: 'a', status: 'REMOVING' }] });
    expect(told(look([fresh(), gone]))).toMatchObject({ kind: 'one', releases: [['new', 1]] });
  });

  it('sleeps, and the next request wakes it', () => {
    const asleep = fresh({ status: 'SLEEPING', instances: [{ id: 'a', status: 'EXITED' }] });
    const without = fresh({ status: 'SLEEPING', instances: [] });
    const one = {
      kind: 'one',
      releases: [['new', 1]],
      parts: [part({ resting: 1, wakes: true })],
      exits: [],
    };
    expect([told(look([asleep])), told(look([without]))]).toEqual([one, one]);
  });

  it('is switched off where all of it was stopped and nothing starts it', () => {
    const stopped = fresh({ deploymentStopped: true, instances: [{ id: 'a', status: 'EXITED' }] });
    expect([told(look([stopped])), told(look([stopped], { cronSchedule: '0 * * * *' }))]).toEqual([
      {
        kind: 'one',
        releases: [['new', 1]],
        parts: [part({ resting: 1 })],
        exits: [],
        switchedOff: true,
      },
      { kind: 'one', releases: [['new', 1]], parts: [part({ resting: 1, wakes: true })], exits: [] },
    ]);
  });

  it('is what was not stopped, where something else was', () => {
    const stopped = old({ deploymentStopped: true, instances: [{ id: 'a', status: 'EXITED' }] });
    expect(told(look([fresh(), stopped]))).toEqual({
      kind: 'one',
      releases: [['new', 1]],
      parts: [part({ running: 1 })],
      exits: [],
    });
  });

  it('has what crashed as long as nothing else has the target, and tells of its end', () => {
    const crashed = fresh({ status: 'CRASHED', instances: [{ id: 'a', status: 'CRASHED' }] });
    expect([told(look([crashed])), told(look([crashed, old()]))]).toEqual([
      { kind: 'one', releases: [['new', 1]], parts: [part({ ended: 1 })], exits: ['a CRASHED'] },
      { kind: 'one', releases: [['old', 1]], parts: [part({ running: 1 })], exits: [] },
    ]);
  });

  it('tells no parts where Railway tells of no instances, and counts the deployment', () => {
    expect(told(look([fresh({ instances: null })]))).toEqual({
      kind: 'one',
      releases: [['new', 1]],
      exits: [],
    });
  });

  it('tells a restored one of what it restored', () => {
    const live = liveOf(aServiceInstance({ activeDeployments: [fresh()] }), {
      now,
      restores: (id) => (id === 'new' ? 'old' : undefined),
    });
    expect(live).toMatchObject({ kind: 'one', release: { id: 'new', restores: 'old' } });
  });
});

describe('what runs of it', () => {
  const inRegions = (instances: readonly object[]) => {
    const multiRegionConfig = { 'us-west2': { numReplicas: 2 }, 'europe-west4': { numReplicas: 1 } };
    const meta = { serviceManifest: { deploy: { multiRegionConfig } } };
    return look([fresh({ meta, instances })]).parts?.map(({ name, running, resting, ended }) => {
      return [name, running, resting, ended];
    });
  };

  it('is in each region what it is configured for, where all of it runs', () => {
    expect(inRegions(running('a', 'b', 'c'))).toEqual([
      ['web/us-west2', 2, 0, 0],
      ['web/europe-west4', 1, 0, 0],
    ]);
  });

  it('is no more than each region surely has, where some is missing: Railway does not tell where', () => {
    expect(inRegions([...running('a', 'b'), { id: 'c', status: 'INITIALIZING' }])).toEqual([
      ['web/us-west2', 1, 0, 0],
      ['web/europe-west4', 0, 0, 0],
    ]);
    expect(inRegions([...running('a', 'b'), { id: 'c', status: 'CRASHED' }])).toEqual([
      ['web/us-west2', 1, 0, 1],
      ['web/europe-west4', 0, 0, 1],
    ]);
  });

  it.each([
    ['RUNNING', { running: 1 }],
    ['CREATED', { resting: 1 }],
    ['INITIALIZING', { resting: 1 }],
    ['STOPPED', { resting: 1 }],
    ['RESTARTING', { ended: 1 }],
    ['EXITED', { ended: 1 }],
    ['CRASHED', { ended: 1 }],
    ['PAUSED_FOR_NOW', { unknown: 1 }],
  ])('counts an instance that is %s as %j', (status, counted) => {
    expect(look([fresh({ instances: [{ id: 'a', status }] })]).parts).toEqual([part(counted)]);
  });
});
