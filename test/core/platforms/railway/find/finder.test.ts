import { describe, expect, it } from 'vitest';
import { RailwayApi } from '../../../../../packages/core/src/platforms/railway/api/api.ts';
import { Follower } from '../../../../../packages/core/src/platforms/railway/deploy/follower.ts';
import { OwnDeployments } from '../../../../../packages/core/src/platforms/railway/deploy/own-deployments.ts';
import { Finder } from '../../../../../packages/core/src/platforms/railway/find/finder.ts';
import type { RailwayMatch } from '../../../../../packages/core/src/platforms/railway/find/match.ts';
import { type RailwayAnswer, railwayHttp } from '../../../../support/railway-answers.ts';
import { answeredDeployment, shopIds } from '../../../../support/railway-deployments.ts';
import { VirtualClock } from '../../../../support/virtual-clock.ts';

const commit = '3f2a9c1'.padEnd(40, '0');
const match: RailwayMatch = { commit, isCheck: false, repository: 'acme/shop', branch: 'main' };
const down: RailwayAnswer = { status: 503, text: 'unavailable' };

/** Waits for the commit’s deployment where the list of deployments is answered so. */
async function found(deployments: (call: number) => RailwayAnswer) {
  const clock = new VirtualClock();
  const http = railwayHttp({
    Deployments: (_, call) => deployments(call),
    DeploymentState: ({ deploymentId }) => ({
      data: { deployment: answeredDeployment({ id: String(deploymentId), meta: { commitHash: commit } }) },
    }),
  });
  const api = new RailwayApi({ http, clock }, { value: 't', kind: 'workspace', workspaces: [] });
  const telling = { log: () => {}, tail: () => {}, group: <T>(_: string, work: () => Promise<T>) => work() };
  const openSocket = () => Promise.reject(new Error('refused'));
  const follower = new Follower({ api, openSocket, facts: () => ({ now: 0 }), ...telling });
  const own = new OwnDeployments('7-1-a');
  const finder = new Finder({ api, clock, ids: shopIds, own, follower, ...telling });
  const { signal } = new AbortController();
  const { release, failure } = await finder.find(match, { budgetMs: 600_000, signal });
  return failure?.reason ?? release?.id;
}

function listed(...ids: readonly string[]): RailwayAnswer {
  const edges = ids.map((id) => ({ node: answeredDeployment({ id, meta: { commitHash: commit } }) }));
  return { data: { deployments: { edges, pageInfo: { hasNextPage: false, endCursor: null } } } };
}

describe('the deployment that Railway makes of a commit by itself', () => {
  it.each([
    ['shows at once', () => listed('d2'), 'd2'],
    [
      'shows later, and Railway does not answer now and then',
      (call: number) => (call < 4 ? down : listed('d2')),
      'd2',
    ],
    ['does not show', () => listed(), 'deployment-not-made'],
    ['cannot be asked for, since Railway never answers', () => down, 'platform-unreachable'],
    [
      'did not show while Railway answered, and Railway answers no more',
      (call: number) => (call < 3 ? listed() : down),
      'platform-unreachable',
    ],
  ])('%s', async (_, deployments, end) => {
    expect(await found(deployments)).toBe(end);
  });
});
