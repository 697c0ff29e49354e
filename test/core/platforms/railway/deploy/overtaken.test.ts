import { describe, expect, it } from 'vitest';
import { RailwayApi } from '../../../../../packages/core/src/platforms/railway/api/api.ts';
import { overtaken } from '../../../../../packages/core/src/platforms/railway/deploy/overtaken.ts';
import { OwnDeployments } from '../../../../../packages/core/src/platforms/railway/deploy/own-deployments.ts';
import { railwayHttp } from '../../../../support/railway-answers.ts';
import {
  aDeployment,
  answeredDeployment,
  minute,
  railwayDigests,
  shopIds,
} from '../../../../support/railway-deployments.ts';
import { VirtualClock } from '../../../../support/virtual-clock.ts';

const removed = { reason: 'deployment-removed', what: 'The deployment ours was removed', next: 'Look.' };

/** `before` served, `ours` was shipped over it and was removed; then there is `later`. */
async function told(later: object, { reason = 'deployment-removed', answers = true } = {}) {
  const all = [
    { id: 'before', createdAt: minute(0), meta: { imageDigest: railwayDigests.v1 } },
    { id: 'ours', createdAt: minute(5), status: 'REMOVED' },
    { createdAt: minute(6), ...later },
  ];
  const edges = all.map((one) => ({ node: answeredDeployment(one) }));
  const page = { data: { deployments: { edges, pageInfo: { hasNextPage: false, endCursor: null } } } };
  const http = railwayHttp({ Deployments: answers ? page : { errors: [{ message: 'Not Authorized' }] } });
  const own = new OwnDeployments('7-1-a');
  own.made({ id: 'ours' });
  const shipped = await overtaken(
    { failure: { ...removed, reason } },
    {
      api: new RailwayApi(
        { http, clock: new VirtualClock() },
        { value: 't', kind: 'workspace', workspaces: [] },
      ),
      ids: shopIds,
      own,
      before: {
        known: new Set(['before']),
        serving: [aDeployment('before', { digest: railwayDigests.v1 })],
      },
    },
  );
  return shipped.failure;
}

const other = { id: '7e1c0de5-0000-4000-8000-000000000009', meta: { imageDigest: railwayDigests.v2 } };

describe('a deployment that was removed on its way', () => {
  it('is told by whose took its place', async () => {
    expect(await told({ ...other, status: 'BUILDING' })).toEqual({
      ...removed,
      reason: 'superseded',
      why: 'somebody else deployed 7e1c0de5 meanwhile (BUILDING), and Railway gave this one up for it',
      next: 'Look at 7e1c0de5 in Railway’s dashboard; run the job again where this commit is still wanted.',
    });
  });

  it.each([
    ['superseded', 'is still being built', { ...other, status: 'BUILDING' }, {}],
    ['superseded', 'serves already', { ...other, status: 'SUCCESS' }, {}],
    ['deployment-removed', 'was removed as well', { ...other, status: 'REMOVED' }, {}],
    ['deployment-removed', 'failed', { ...other, status: 'FAILED' }, {}],
    [
      'deployment-removed',
      'is what served before, which Railway made again by itself',
      { id: 'moved', meta: { imageDigest: railwayDigests.v1 } },
      {},
    ],
    ['deployment-removed', 'cannot be asked for', { ...other, status: 'SUCCESS' }, { answers: false }],
    [
      'build-failed',
      'has nothing to do with it',
      { ...other, status: 'SUCCESS' },
      { reason: 'build-failed' },
    ],
  ])('is %s where what came after it %s', async (reason, _, later, given) => {
    expect((await told(later, given))?.reason).toBe(reason);
  });
});
