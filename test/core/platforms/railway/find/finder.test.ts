import { describe, expect, it } from 'vitest';
import type { Shipped } from '../../../../../packages/core/src/platforms/platform.ts';
import { RailwayApi } from '../../../../../packages/core/src/platforms/railway/api/api.ts';
import type { Follower } from '../../../../../packages/core/src/platforms/railway/deploy/follower.ts';
import { OwnDeployments } from '../../../../../packages/core/src/platforms/railway/deploy/own-deployments.ts';
import { Finder } from '../../../../../packages/core/src/platforms/railway/find/finder.ts';
import { railwayHttp, refusal } from '../../../../support/railway-answers.ts';
import {
  answeredDeployment,
  answeredInstance,
  minute,
  shopIds,
} from '../../../../support/railway-deployments.ts';
import { VirtualClock } from '../../../../support/virtual-clock.ts';

const commit = 'a'.repeat(40);
const of = (id: string, at: number, more: object = {}) =>
  answeredDeployment({ id, createdAt: minute(at), meta: { commitHash: commit }, ...more });
const other = answeredDeployment({ id: 'other', createdAt: minute(9), meta: { commitHash: 'b'.repeat(40) } });

type Look = readonly object[] | 'trouble' | 503 | 429;

/** Each look at the list sees the next of these, and the last for ever; what is followed ends as `ends` says. */
function find(looks: readonly Look[], ends: Readonly<Record<string, Shipped>> = {}) {
  const clock = new VirtualClock();
  const answers = (look: Look) => {
    if (look === 'trouble') return refusal('Problem processing request');
    if (typeof look === 'number') return { status: look };
    const edges = look.map((node) => ({ node }));
    return { data: { deployments: { edges, pageInfo: { hasNextPage: false, endCursor: null } } } };
  };
  const http = railwayHttp({
    Deployments: (_, call) => answers(looks[call - 1] ?? looks.at(-1) ?? []),
    ServiceInstance: {
      data: { serviceInstance: answeredInstance({ source: { repo: 'acme/shop', image: null } }) },
    },
    AutoDeploy: {
      data: { serviceInstanceAutoDeployStatus: { enabled: true, canEnable: true, reason: null } },
    },
    Triggers: { data: { deploymentTriggers: { edges: [] } } },
  });
  const api = new RailwayApi({ http, clock }, { value: 't', kind: 'workspace', workspaces: [] });
  const followed: string[] = [];
  const remembered: (string | undefined)[] = [];
  const own = new OwnDeployments('7-1-a');
  const follower = {
    follow: async (id: string) => {
      followed.push(id);
      return ends[id] ?? {};
    },
  } as unknown as Follower;
  const finder = new Finder({ api, clock, ids: shopIds, own, follower, log: () => {} });
  const match = { commit, isCheck: false, repository: 'acme/shop', branch: 'main' };
  const { signal } = new AbortController();
  const remember = () => void remembered.push(own.followed);
  const found = finder.find(match, { budgetMs: 600_000, signal, remember });
  return found.then(
    ({ failure }) => ({ ended: failure?.reason ?? 'well', followed, remembered, ms: clock.monotonic() }),
    (error: Error) => ({ ended: `threw ${error.message}`, followed, remembered, ms: clock.monotonic() }),
  );
}

const removed = { failure: { reason: 'deployment-removed', what: 'it was removed', next: 'Look.' } };

describe('the deployment that Railway makes of a push', () => {
  it('is followed once it shows, and remembered before it is', async () => {
    const { ended, followed, remembered } = await find([[other], [other], [other, of('d1', 10)]]);
    expect([ended, followed, remembered]).toEqual(['well', ['d1'], ['d1']]);
  });

  it.each([
    ['an error in the answer', 'trouble'],
    ['a 503', 503],
    ['a 429', 429],
  ] as const)('is found after %s', async (_, look) => {
    const { ended, followed } = await find([look, look, [of('d1', 10)]]);
    expect([ended, followed]).toEqual(['well', ['d1']]);
  });

  it('is not told to be missing where its list could not be read: that is the platform’s fault', async () => {
    const { ended, followed } = await find([503]);
    expect([ended.startsWith('threw '), ended.includes('503'), followed]).toEqual([true, true, []]);
  });

  it('is told to be missing after three minutes in which it did not show, asked less than once a second', async () => {
    const { ended, followed, ms } = await find([[other]]);
    expect([ended, followed]).toEqual(['deployment-not-made', []]);
    expect([ms >= 180_000, ms < 200_000]).toEqual([true, true]);
  });

  it('is followed on as the one that a second webhook made', async () => {
    const looks = [
      [of('d1', 10)],
      [of('d1', 10, { status: 'REMOVED' }), of('d2', 11, { status: 'BUILDING' })],
    ];
    const { ended, followed, remembered } = await find(looks, { d1: removed });
    expect([ended, followed, remembered]).toEqual(['well', ['d1', 'd2'], ['d1', 'd2']]);
  });

  it('is superseded where another commit’s took its place', async () => {
    const later = answeredDeployment({
      id: 'd3',
      createdAt: minute(12),
      meta: { commitHash: 'c'.repeat(40) },
    });
    const { ended, followed } = await find([[of('d1', 10)], [of('d1', 10, { status: 'REMOVED' }), later]], {
      d1: removed,
    });
    expect([ended, followed]).toEqual(['superseded', ['d1']]);
  });

  it('is removed where nothing took its place', async () => {
    const { ended, followed } = await find([[of('d1', 10)], [of('d1', 10, { status: 'REMOVED' })]], {
      d1: removed,
    });
    expect([ended, followed]).toEqual(['deployment-removed', ['d1']]);
  });
});
