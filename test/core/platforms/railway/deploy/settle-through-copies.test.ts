import { describe, expect, it } from 'vitest';
import { RailwayApi } from '../../../../../packages/core/src/platforms/railway/api/api.ts';
import { OwnDeployments } from '../../../../../packages/core/src/platforms/railway/deploy/own-deployments.ts';
import { settleThroughCopies } from '../../../../../packages/core/src/platforms/railway/deploy/settle-through-copies.ts';
import { railwayHttp } from '../../../../support/railway-answers.ts';
import {
  aDeployment,
  answeredDeployment,
  answeredInstance,
  minute,
  shopIds,
} from '../../../../support/railway-deployments.ts';
import { VirtualClock } from '../../../../support/virtual-clock.ts';

const commit = 'a'.repeat(40);

/** Settles `d2`, which Railway has removed for `d3`, and which this step has found or asked for. */
async function settled(its: 'found' | 'made', commitHash: string) {
  const clock = new VirtualClock();
  const d2 = answeredDeployment({
    id: 'd2',
    status: 'REMOVED',
    createdAt: minute(2),
    meta: { commitHash: commit },
  });
  const d3 = answeredDeployment({ id: 'd3', createdAt: minute(3), meta: { commitHash } });
  const edges = [{ node: d3 }, { node: d2 }];
  const http = railwayHttp({
    ServiceInstance: { data: { serviceInstance: answeredInstance({ activeDeployments: [d3] }) } },
    DeploymentState: { data: { deployment: d2 } },
    Deployments: { data: { deployments: { edges, pageInfo: { hasNextPage: false, endCursor: null } } } },
  });
  const api = new RailwayApi({ http, clock }, { value: 't', kind: 'workspace', workspaces: [] });
  const own = new OwnDeployments('7-1-a');
  if (its === 'found') {
    own.watches(commit);
    own.follows(aDeployment('d2', { createdAt: minute(2) }));
  } else own.made({ id: 'd2' });
  const { signal } = new AbortController();
  const options = { budgetMs: 60_000, owes: [], onProgress: () => {} };
  const subject = {
    api,
    ids: shopIds,
    own,
    release: { id: 'd2' },
    stabilizeMs: 10_000,
    options,
    signal,
    saw: () => {},
  };
  const result = await settleThroughCopies(subject);
  return result.kind === 'failed' ? result.failure.reason : result.kind;
}

describe('a deployment that is removed while it settles', () => {
  it.each([
    [
      'that Railway made by itself, for one of the same commit, is settled in that',
      'found',
      commit,
      'settled',
    ],
    [
      'that Railway made by itself, for one of another commit, has failed',
      'found',
      'b'.repeat(40),
      'deployment-removed',
    ],
    ['that this run asked for has failed, whatever came', 'made', commit, 'deployment-removed'],
  ] as const)('%s', async (_, its, of, end) => {
    expect(await settled(its, of)).toBe(end);
  });
});
