import { describe, expect, it } from 'vitest';
import { RailwayApi } from '../../../../../packages/core/src/platforms/railway/api/api.ts';
import { AskingSender } from '../../../../../packages/core/src/platforms/railway/deploy/asking-sender.ts';
import { ofCommit } from '../../../../../packages/core/src/platforms/railway/deploy/commit-source.ts';
import { OwnDeployments } from '../../../../../packages/core/src/platforms/railway/deploy/own-deployments.ts';
import { type RailwayAnswer, railwayHttp, refusal } from '../../../../support/railway-answers.ts';
import { aDeployment, answeredDeployment, minute, shopIds } from '../../../../support/railway-deployments.ts';
import { VirtualClock } from '../../../../support/virtual-clock.ts';

const commit = '3f2a9c1'.padEnd(40, '0');
const before = { id: 'before', createdAt: minute(0) };
const d2 = { id: 'd2', createdAt: minute(2), meta: { commitHash: commit } };

/** Asks for a deployment of the commit; `made`: what Railway makes of it. */
async function asked(answer: RailwayAnswer, made: readonly object[] = []) {
  const clock = new VirtualClock();
  const there: object[] = [before];
  const http = railwayHttp({
    Deployments: () => {
      const edges = there.map((one) => ({ node: answeredDeployment(one) }));
      return { data: { deployments: { edges, pageInfo: { hasNextPage: false, endCursor: null } } } };
    },
    ServiceInstanceDeploy: () => {
      there.push(...made);
      return answer;
    },
  });
  const api = new RailwayApi({ http, clock }, { value: 't', kind: 'workspace', workspaces: [] });
  const own = new OwnDeployments('7-1-a');
  const sender = new AskingSender({ api, ids: shopIds, own, log: () => {} });
  const remembered: string[] = [];
  const remember = () => {
    const { asked: waiting, made: known } = JSON.parse(own.memory());
    const ids = known.map(({ id }: { id: string }) => id);
    remembered.push(waiting === undefined ? `made ${ids}` : `asked for ${waiting.commit.slice(0, 7)}`);
  };
  const { signal } = new AbortController();
  const sent = await sender.send(ofCommit(shopIds, commit), { budgetMs: 60_000, signal, remember });
  const came = 'reason' in sent ? sent.reason : sent.id;
  return { came, remembered, own, calls: http.answers.count('ServiceInstanceDeploy') };
}

const taken = { data: { serviceInstanceDeployV2: 'd2' } };
const lost = refusal('Problem processing request');

describe('a deployment that is asked for', () => {
  it.each<readonly [string, RailwayAnswer, readonly object[], object]>([
    [
      'is the one that Railway answers',
      taken,
      [d2],
      { came: 'd2', remembered: ['asked for 3f2a9c1', 'made d2'] },
    ],
    [
      'is the one that has come of the commit, where the answer was lost',
      lost,
      [d2],
      { came: 'd2', remembered: ['asked for 3f2a9c1', 'made d2'] },
    ],
    [
      'is not seen where the answer was lost and none has come',
      lost,
      [],
      { came: 'deployment-not-seen', remembered: ['asked for 3f2a9c1'] },
    ],
    [
      'is none where Railway refuses it, whatever comes beside it',
      refusal('Not Authorized'),
      [d2],
      { came: 'not-authorized', remembered: ['asked for 3f2a9c1'] },
    ],
  ])('%s, and it is asked for once', async (_, answer, made, expected) => {
    const { came, remembered, calls } = await asked(answer, made);
    expect({ came, remembered, calls }).toEqual({ ...expected, calls: 1 });
  });

  it.each([
    ['is somebody else’s where this step was refused', refusal('Not Authorized'), { made: 'no' }],
    ['may be this step’s where its answer was lost', lost, { made: 'maybe' }],
  ] as const)('of the same commit, and that comes later, %s', async (_, answer, relation) => {
    const { own } = await asked(answer);
    own.see([aDeployment('before'), aDeployment('d9', { createdAt: minute(9), meta: d2.meta })]);
    expect(own.relation('d9')).toEqual(relation);
  });
});
