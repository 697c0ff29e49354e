import { describe, expect, it } from 'vitest';
import { type Http, type HttpAnswer, HttpError } from '../../../../../packages/core/src/io/http.ts';
import { RailwayApi } from '../../../../../packages/core/src/platforms/railway/api/api.ts';
import { RailwayDeployer } from '../../../../../packages/core/src/platforms/railway/deploy/deployer.ts';
import { Follower } from '../../../../../packages/core/src/platforms/railway/deploy/follower.ts';
import { OwnDeployments } from '../../../../../packages/core/src/platforms/railway/deploy/own-deployments.ts';
import { SourceKeeper } from '../../../../../packages/core/src/platforms/railway/deploy/source-keeper.ts';
import { railwayHttp } from '../../../../support/railway-answers.ts';
import { answeredDeployment, shopIds } from '../../../../support/railway-deployments.ts';
import { VirtualClock } from '../../../../support/virtual-clock.ts';

const answer = (status: number, text: string): HttpAnswer => {
  return { method: 'POST', url: 'https://backboard.railway.com/up', status, headers: {}, text, attempts: 1 };
};

/** The connection broke; whether Railway has taken it is not known, or it is known that it has not. */
function broken(maybeEffective: boolean): HttpError {
  const { method, url } = answer(0, '');
  const told = { method, url, attempts: 1, bodyExcerpt: '' };
  return new HttpError({ ...told, kind: 'connect', reason: 'ECONNRESET', maybeEffective });
}

/** Ships with the mark `7-1-a` to a service that has these deployments, id by message, each live. */
async function shipped(upload: () => HttpAnswer, deployments: Readonly<Record<string, string>> = {}) {
  const clock = new VirtualClock();
  const of = (id: string) => answeredDeployment({ id, meta: { commitMessage: deployments[id] } });
  const pageInfo = { hasNextPage: false, endCursor: null };
  const edges = Object.keys(deployments).map((id) => ({ node: of(id) }));
  const asked = railwayHttp({
    Deployments: { data: { deployments: { edges, pageInfo } } },
    DeploymentState: ({ deploymentId }) => ({ data: { deployment: of(String(deploymentId)) } }),
  });
  let uploads = 0;
  const http: Http = {
    ...asked,
    upload: async () => {
      uploads += 1;
      return upload();
    },
  };
  const api = new RailwayApi({ http, clock }, { value: 't', kind: 'workspace', workspaces: [] });
  const telling = { log: () => {}, tail: () => {}, group: <T>(_: string, work: () => Promise<T>) => work() };
  const openSocket = () => Promise.reject(new Error('refused'));
  const follower = new Follower({ api, openSocket, facts: () => ({ now: 0 }), ...telling });
  const own = new OwnDeployments('7-1-a');
  const keeper = new SourceKeeper({ api, ids: shopIds, own, warn: () => {}, ...telling });
  const deployer = new RailwayDeployer({ api, http, clock, ids: shopIds, own, follower, keeper, ...telling });
  const listing = { root: '/', entries: [], files: 0, bytes: 0, largest: [], warnings: [] };
  const { signal } = new AbortController();
  const end = await deployer
    .ship({ kind: 'upload', listing, message: 'Fix the cart (belay 7-1-a)' }, { budgetMs: 60_000, signal })
    .then(
      ({ release, failure }) => failure?.reason ?? release?.id,
      (error) => error.kind,
    );
  return [end, uploads];
}

const lost = () => {
  throw broken(true);
};

describe('an upload', () => {
  it('is the deployment that Railway answers', async () => {
    const taken = () => answer(200, '{"deploymentId":"d2","logsUrl":""}');
    expect(await shipped(taken, { d2: 'whatever' })).toEqual(['d2', 1]);
  });

  it.each([
    ['was lost', lost],
    ['cannot be read', () => answer(200, '<html>')],
    ['names no deployment', () => answer(200, '{}')],
  ])('of which the answer %s is looked for by its mark, and not sent again', async (_, upload) => {
    expect(await shipped(upload, { d2: 'Fix the cart (belay 7-1-a)' })).toEqual(['d2', 1]);
  });

  it('is not the deployment of another step of the run, whose message is the same but for the mark', async () => {
    expect(await shipped(lost, { d2: 'Fix the cart (belay 7-1-b)' })).toEqual(['upload-failed', 1]);
  });

  const restricted = '{"message":"Deploys in this workspace are restricted to allowed sources"}';

  it.each<[string, () => HttpAnswer, string]>([
    ['too large', () => answer(413, 'File too large'), 'upload-too-large'],
    ['no gzip', () => answer(400, '{"message":"bad archive"}'), 'upload-refused'],
    ['of no allowed source', () => answer(400, restricted), 'policy-refused'],
    ['of a token that may not', () => answer(403, 'Forbidden'), 'token-rejected'],
  ])('that is %s is refused, and nothing is looked for', async (_, upload, reason) => {
    expect(await shipped(upload, { d2: 'Fix the cart (belay 7-1-a)' })).toEqual([reason, 1]);
  });

  it('that never left ends with what kept it', async () => {
    const refused = () => {
      throw broken(false);
    };
    expect(await shipped(refused)).toEqual(['connect', 1]);
  });
});
