import { describe, expect, it } from 'vitest';
import { madeSince, mayServe } from '../../../../../packages/core/src/platforms/railway/deploy/decided.ts';
import { aDeployment, minute } from '../../../../support/railway-deployments.ts';

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const serving = [aDeployment('d1', { digest: digest('a') })];
const decided = { known: new Set(['d1', 'd0']), serving };
const since = (...deployments: ReturnType<typeof aDeployment>[]) =>
  madeSince(deployments, decided, (id) => id === 'own').map(({ id }) => id);

describe('what others have made since the last look', () => {
  it.each<[string, ReturnType<typeof aDeployment>, boolean]>([
    ['a deployment that serves', aDeployment('d2', { digest: digest('b') }), true],
    ['one that is on its way', aDeployment('d2', { status: 'BUILDING' }), true],
    ['one that was removed meanwhile, and may have served', aDeployment('d2', { status: 'REMOVED' }), true],
    ['one that crashed', aDeployment('d2', { status: 'CRASHED' }), true],
    ['one that failed before it served', aDeployment('d2', { status: 'FAILED' }), false],
    ['one that was skipped', aDeployment('d2', { status: 'SKIPPED' }), false],
    ['one that waits for a person', aDeployment('d2', { status: 'NEEDS_APPROVAL' }), false],
    ['one that was there', aDeployment('d0'), false],
    ['one of this run’s', aDeployment('own'), false],
    ['one that Railway made of the image that served', aDeployment('d2', { digest: digest('a') }), false],
  ])('%s: counts, or not', (_, deployment, counts) => {
    expect(since(deployment)).toEqual(counts ? ['d2'] : []);
  });

  it('one of the commit that served, made again by Railway, does not count while neither has an image', () => {
    const meta = { commitHash: 'c'.repeat(40) };
    const seen = { known: new Set(['d1']), serving: [aDeployment('d1', { meta })] };
    expect(madeSince([aDeployment('d2', { meta })], seen, () => false)).toEqual([]);
  });

  it('stands newest first', () => {
    const two = aDeployment('d2', { createdAt: minute(2) });
    expect(since(two, aDeployment('d3', { createdAt: minute(3) }))).toEqual(['d3', 'd2']);
  });
});

describe('whether a deployment has, or may still take, the traffic', () => {
  it.each([
    ['SUCCESS', true],
    ['SLEEPING', true],
    ['QUEUED', true],
    ['WAITING', true],
    ['REMOVED', false],
    ['CRASHED', false],
    ['FAILED', false],
  ])('%s: %s', (status, may) => {
    expect(mayServe(aDeployment('d', { status }))).toBe(may);
  });
});
