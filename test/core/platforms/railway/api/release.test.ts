import { describe, expect, it } from 'vitest';
import { toRelease } from '../../../../../packages/core/src/platforms/railway/api/release.ts';
import { aWireDeployment, railwayDigests } from '../../../../support/railway-deployments.ts';

const now = Date.parse('2026-12-10T00:00:00Z');
const commit = '3f2a9c1'.padEnd(40, '0');
const release = (more: object, facts = {}) => toRelease(aWireDeployment(more), { now, ...facts });

describe('a deployment as a release', () => {
  it('is known by its image where there is one, and told by the first group of its id', () => {
    expect(release({})).toEqual({
      id: 'd1000000-0000-4000-8000-000000000001',
      label: 'd1000000',
      state: 'live',
      created: '2026-12-01T10:00:00.000Z',
      artifact: railwayDigests.v1,
      url: 'https://shop.up.railway.app',
      restorable: 'yes',
    });
  });

  it('is known by its own id where it has no image, or one that is named by a tag', () => {
    const ids = [{}, null, { imageDigest: 'shop:latest' }].map((meta) => release({ meta }).artifact);
    expect(ids).toEqual(Array(3).fill('d1000000-0000-4000-8000-000000000001'));
  });

  it('has no artifact yet while it is on its way: it may get an image', () => {
    expect(release({ status: 'BUILDING', meta: {}, staticUrl: null })).toEqual({
      id: 'd1000000-0000-4000-8000-000000000001',
      label: 'd1000000',
      state: 'building',
      created: '2026-12-01T10:00:00.000Z',
      restorable: 'no',
      restorableWhy: 'it is not live yet',
    });
  });

  it.each([
    ['Git', { commitHash: commit }, commit],
    ['our own mark', { commitMessage: `3f2a9c1 Fix it (belay ${commit} 7-1)` }, commit],
    ['Git before our mark', { commitHash: commit, commitMessage: `(belay ${'a'.repeat(40)} 7)` }, commit],
    ['no seven digits, which are no commit', { commitMessage: '3f2a9c1 Fix it' }, undefined],
    ['nothing of another type', { commitHash: 42, commitMessage: ['x'] }, undefined],
  ])('has its commit from %s', (_, meta, expected) => {
    expect(release({ meta }).commit).toBe(expected);
  });

  it.each([
    ['SUCCESS', {}, 'live'],
    ['SUCCESS', { isActive: false }, 'superseded'],
    ['SLEEPING', {}, 'live'],
    ['REMOVED', {}, 'superseded'],
    ['REMOVING', {}, 'superseded'],
    ['FAILED', {}, 'failed'],
    ['CRASHED', {}, 'failed'],
    ['SKIPPED', {}, 'failed'],
    ['WAITING', {}, 'building'],
    ['NEEDS_APPROVAL', {}, 'building'],
    ['SOMETHING_NEW', {}, 'building'],
  ])('that is %s with %j has the state %s', (status, facts, state) => {
    expect(release({ status }, facts).state).toBe(state);
  });
});

describe('whether it can be gone back to', () => {
  const restorable = (more: object, facts = {}) => {
    const { restorable, restorableWhy } = release({ status: 'REMOVED', ...more }, facts);
    return [restorable, restorableWhy];
  };

  it('is Railway’s to say', () => {
    expect([restorable({}), restorable({ canRollback: null })]).toEqual([
      ['yes', undefined],
      ['unknown', 'Railway does not tell whether it can be rolled back to'],
    ]);
  });

  it('is not when its image is past its time on the plan, and it may be built again', () => {
    expect([
      restorable({ canRollback: false }, { plan: 'hobby' }),
      restorable({ canRollback: false, canRedeploy: false }, { plan: 'pro' }),
      restorable({ canRollback: false, canRedeploy: false }),
    ]).toEqual([
      [
        'no',
        'Railway keeps the image of a removed deployment for 72 hours on the plan hobby; the rollback action with `allow-rebuild: true` builds it again from its source',
      ],
      ['no', 'Railway keeps the image of a removed deployment for 120 hours on the plan pro'],
      ['no', 'Railway keeps the image of a removed deployment for 24 to 360 hours, by the plan'],
    ]);
  });

  it.each<[string, object, object, object]>([
    ['could be, by who allows it', {}, {}, { restorable: 'no', rebuild: 'not-allowed' }],
    ['is, where that is allowed', {}, { mayRebuild: true }, { restorable: 'yes', rebuild: 'allowed' }],
    ['cannot be', { canRedeploy: false }, { mayRebuild: true }, { restorable: 'no' }],
    ['need not be: its image is there', { canRollback: true }, { mayRebuild: true }, { restorable: 'yes' }],
    ['cannot be, since it never served', { status: 'FAILED' }, { mayRebuild: true }, { restorable: 'no' }],
  ])('is told with whether it can be built again: it %s', (_, more, facts, expected) => {
    const { restorableWhy: __, ...told } = release({ status: 'REMOVED', canRollback: false, ...more }, facts);
    const { restorable: is, rebuild } = told;
    expect({ restorable: is, ...(rebuild !== undefined && { rebuild }) }).toEqual(expected);
  });

  it('is not for a cause that nobody tells when its image should still be there', () => {
    const fresh = { canRollback: false, canRedeploy: false, statusUpdatedAt: '2026-12-09T23:00:00Z' };
    expect(restorable(fresh, { plan: 'hobby' })).toEqual([
      'no',
      'Railway says that it cannot be rolled back to',
    ]);
  });

  it.each([
    ['FAILED', 'it failed before it served'],
    ['CRASHED', 'its process kept exiting'],
    ['SKIPPED', 'it was skipped, and never built'],
  ])('is not when it is %s, whatever Railway says', (status, why) => {
    expect(restorable({ status })).toEqual(['no', why]);
  });
});
