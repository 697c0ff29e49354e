import { describe, expect, it } from 'vitest';
import type { Release } from '../../../../packages/core/src/platforms/platform.ts';
import { RailwayPlatform } from '../../../../packages/core/src/platforms/railway/adapter.ts';
import { RailwayApi } from '../../../../packages/core/src/platforms/railway/api/api.ts';
import type { AskedOf } from '../../../../packages/core/src/platforms/railway/deploy/asked.ts';
import { OwnDeployments } from '../../../../packages/core/src/platforms/railway/deploy/own-deployments.ts';
import type { RailwayToken } from '../../../../packages/core/src/platforms/railway/token/token.ts';
import { type RailwayAnswer, railwayHttp, refusal } from '../../../support/railway-answers.ts';
import {
  answeredDeployment,
  answeredInstance,
  railwayDigests,
  shopIds,
} from '../../../support/railway-deployments.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

const token: RailwayToken = { value: 't', kind: 'workspace', workspaces: [] };
const target = { platform: 'railway', id: 'railway:p1/e1/s1', name: 'web' } as const;
const { signal } = new AbortController();

interface Given {
  readonly id: string;
  readonly status?: string;
  readonly digest?: string;
  readonly minute: number;
  readonly message?: string;
  readonly commit?: string;
  readonly canRollback?: boolean;
}

function answered({ id, status = 'SUCCESS', digest, minute, message, commit, canRollback = true }: Given) {
  const meta = { imageDigest: digest, commitMessage: message, commitHash: commit };
  return answeredDeployment({ id, status, meta, canRollback, createdAt: `2026-12-01T10:${minute}:00.000Z` });
}

/** `old` was replaced by `new`, which serves. */
const old = { id: 'old', status: 'REMOVED', digest: railwayDigests.v1, minute: 10 };
const serving = { id: 'new', digest: railwayDigests.v2, minute: 11 };

/** How that Railway answers. */
interface Ways {
  readonly afterLook?: () => void;
  /** What a rollback is answered. */
  readonly says?: boolean;
  readonly rolledBack?: RailwayAnswer;
  readonly redeployed?: RailwayAnswer;
}

/** The adapter of a step with the mark `7-1-a`, over a Railway that has these deployments; a rollback makes `made`. */
function railway(all: readonly Given[], made?: Given, ways: Ways = {}) {
  const { afterLook = () => {}, says = true } = ways;
  const { redeployed = { data: { deploymentRedeploy: { id: made?.id } } } } = ways;
  const clock = new VirtualClock();
  const there = [...all];
  const http = railwayHttp({
    ServiceInstance: () => {
      const active = there.filter(({ status = 'SUCCESS' }) => status === 'SUCCESS').map(answered);
      afterLook();
      return { data: { serviceInstance: answeredInstance({ activeDeployments: active }) } };
    },
    Deployments: () => {
      const edges = there.map((one) => ({ node: answered(one) }));
      return { data: { deployments: { edges, pageInfo: { hasNextPage: false, endCursor: null } } } };
    },
    DeploymentState: ({ deploymentId }) => {
      const one = there.find(({ id }) => id === deploymentId) ?? old;
      return { data: { deployment: answered(one) } };
    },
    DeploymentRollback: () => {
      if (made !== undefined) there.push(made);
      return ways.rolledBack ?? { data: { deploymentRollback: says } };
    },
    DeploymentRedeploy: () => {
      if (made !== undefined) there.push(made);
      return redeployed;
    },
    DeploymentCancel: { data: { deploymentCancel: true } },
  });
  const own = new OwnDeployments('7-1-a');
  const warned: string[] = [];
  const platform = new RailwayPlatform({
    api: new RailwayApi({ http, clock }, token),
    http,
    clock,
    ids: shopIds,
    own,
    plan: undefined,
    stabilizeMs: 10_000,
    log: () => {},
    warn: (line) => warned.push(line),
    tail: () => {},
    openSocket: () => Promise.reject(new Error('refused')),
    group: (_, work) => work(),
  });
  const mutations = () =>
    http.answers.calls
      .filter(({ operation }) => /^Deployment(?:Rollback|Redeploy|Cancel)$/.test(operation))
      .map(({ operation, variables }) => `${operation} ${variables.deploymentId}`);
  /** What `post` would know at each moment that was remembered, and what Railway had been asked for by then. */
  const remembered: (readonly string[])[] = [];
  const remember = () => {
    const { back, made: known } = JSON.parse(own.memory());
    const copies = known.map(
      ({ id, restores }: Given & { restores?: string }) => `${id} restores ${restores}`,
    );
    remembered.push([back === undefined ? copies.join() : `asks for ${back.id}`, ...mutations()]);
  };
  const rollBack = (release: Release = oldRelease) =>
    platform.activate(target, release, { budgetMs: 60_000, reason: 'Belay', remember }, signal).then(
      ({ id, restores }) => `${id} restores ${restores}`,
      (error) => error.code,
    );
  const appears = (one: Given) => there.push(one);
  const replaces = (removed: string) => {
    const at = there.findIndex(({ id }) => id === removed);
    there.splice(at, 1, { ...(there[at] ?? old), status: 'REMOVED' });
  };
  return { platform, own, warned, mutations, rollBack, remembered, appears, replaces };
}

const oldRelease = {
  id: 'old',
  label: 'old',
  state: 'superseded',
  created: '2026-12-01T10:10:00.000Z',
  restorable: 'yes',
} as const;

describe('what serves', () => {
  it.each([
    ['the same image', railwayDigests.v2, 'new'],
    ['another image', railwayDigests.v1, undefined],
  ])('is, of %s under a new id, the same or not', async (_, digest, restores) => {
    const { platform, appears, replaces } = railway([old, serving]);
    await platform.live(target);
    replaces('new');
    appears({ id: 'moved', digest, minute: 12 });
    const live = await platform.live(target);
    expect(live).toMatchObject({ kind: 'one', release: { id: 'moved' } });
    expect(live.kind === 'one' && live.release.restores).toBe(restores);
  });
});

describe('a look that finds nothing', () => {
  it('is taken once more: the answer may be a stale one', async () => {
    const { platform, appears } = railway([old], undefined, { afterLook: () => appears(serving) });
    expect(await platform.live(target)).toMatchObject({ kind: 'one', release: { id: 'new' } });
  });
});

describe('stopping what this step has started', () => {
  it('cancels its upload, known by the mark alone', async () => {
    const upload = { id: 'up', status: 'BUILDING', minute: 12, message: 'Fix the cart (belay 7-1-a)' };
    const { platform, mutations } = railway([old, serving, upload]);
    await platform.cancelOwn(target, signal);
    expect(mutations()).toEqual(['DeploymentCancel up']);
  });

  it('cancels nothing of another step, nothing that is final, and nothing that may be somebody else’s', async () => {
    const others = { id: 'up', status: 'BUILDING', minute: 12, message: 'Fix the cart (belay 7-1-b)' };
    const maybe = { id: 'copy', status: 'DEPLOYING', digest: railwayDigests.v1, minute: 13 };
    const { platform, own, mutations } = railway([old, serving, others, maybe]);
    own.made({ id: 'new' });
    own.made({ id: 'copy', restores: 'old', isMaybe: true });
    await platform.cancelOwn(target, signal);
    expect(mutations()).toEqual([]);
  });
});

describe('a deployment that was asked for and not answered when the step ends', () => {
  const asked = (of: AskedOf) => (own: OwnDeployments) => own.asks(of);

  it.each([
    ['of a commit', asked({ commit: 'a'.repeat(40) }), 'the commit aaaaaaa'],
    ['of an image', asked({ image: 'shop@sha256:1' }), 'shop@sha256:1'],
    ['of what serves', asked({ again: 'e5c1e66b-1' }), 'what e5c1e66b was made of'],
  ])('%s may still come: that is told, once', async (_, asks, what) => {
    const { platform, own, warned } = railway([old, serving]);
    asks(own);
    await platform.cancelOwn(target, signal);
    await platform.cancelOwn(target, signal);
    expect(warned).toEqual([
      `A deployment of ${what} was asked for, and Railway has not answered: it may still come, and go live unproved. Look for it among the deployments of the service in Railway’s dashboard.`,
    ]);
  });

  it.each<[string, (own: OwnDeployments) => void]>([
    ['was answered', (own) => own.made({ id: 'new' })],
    ['was refused', (own) => own.asks(undefined)],
    ['was told of already', (own) => own.tellsAsked()],
  ])('is not told of where it %s', async (_, then) => {
    const { platform, own, warned } = railway([old, serving]);
    asked({ again: 'old' })(own);
    then(own);
    await platform.cancelOwn(target, signal);
    expect(warned).toEqual([]);
  });
});

describe('a rollback', () => {
  const copy = { id: 'copy', digest: railwayDigests.v1, minute: 12 };

  it('is the new deployment with the image of the old one', async () => {
    const { rollBack, platform, mutations } = railway([old, serving], copy);
    await platform.live(target);
    expect([await rollBack(), mutations()]).toEqual(['copy restores old', ['DeploymentRollback old']]);
  });

  it('is remembered before Railway is asked for it, and once its deployment is known', async () => {
    const { rollBack, platform, remembered } = railway([old, serving], copy);
    await platform.live(target);
    await rollBack();
    expect(remembered).toEqual([['asks for old'], ['copy restores old', 'DeploymentRollback old']]);
  });

  it('is looked for where Railway answers false, which gives no reason and proves nothing', async () => {
    const done = railway([old, serving], copy, { says: false });
    const refused = railway([old, serving], undefined, { says: false });
    expect([await done.rollBack(), await refused.rollBack()]).toEqual([
      'copy restores old',
      'request-refused',
    ]);
    expect([done.mutations(), refused.mutations()]).toEqual([
      ['DeploymentRollback old'],
      ['DeploymentRollback old'],
    ]);
  });

  it('is not begun where somebody has deployed since the look that decided', async () => {
    const { rollBack, platform, appears, mutations } = railway([old, serving], copy);
    await platform.live(target);
    appears({ id: 'push', status: 'BUILDING', minute: 12 });
    expect([await rollBack(), mutations()]).toEqual(['superseded', []]);
  });

  it('is not asked for twice: one that an earlier process of the step had asked for is gone on with', async () => {
    const before = railway([old, serving]);
    await before.platform.live(target);
    const underWay = { ...copy, status: 'DEPLOYING' };
    const { rollBack, own, mutations } = railway([old, serving, underWay]);
    own.recall(before.own.memory(), { back: { id: 'old' } });
    expect([await rollBack(), mutations()]).toEqual(['deploy-timeout', []]);
  });

  it('that comes to no end in time goes on: the old version is wanted whenever it comes', async () => {
    const late = railway([old, serving], { ...copy, status: 'DEPLOYING' });
    expect([await late.rollBack(), late.mutations()]).toEqual(['deploy-timeout', ['DeploymentRollback old']]);
  });
});

describe('a rollback that Railway refuses', () => {
  const refused = { errors: [{ message: 'Not Authorized', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] };

  it('is none of this step’s, when somebody makes one by hand', async () => {
    const { rollBack, own, platform, appears } = railway([old, serving], undefined, { rolledBack: refused });
    await platform.live(target);
    expect(await rollBack()).toBe('not-authorized');
    appears({ id: 'by-hand', digest: old.digest, minute: 13 });
    await platform.live(target);
    expect(own.relation('by-hand')).toEqual({ made: 'no' });
  });
});

describe('what served before the deployment that Railway made by itself', () => {
  const commit = '3f2a9c1'.padEnd(40, '0');
  const ours = { id: 'ours', digest: railwayDigests.v2, minute: 13, commit };

  it('is the newest older one that has served: no build that failed has, whatever Railway keeps of it', async () => {
    const broken = { id: 'broken', status: 'FAILED', digest: `sha256:${'3'.repeat(64)}`, minute: 12 };
    const { platform } = railway([old, broken, ours]);
    platform.watch(commit);
    const live = await platform.live(target);
    const release = live.kind === 'one' ? live.release : oldRelease;
    expect(platform.servesWatched(release)).toBe(true);
    expect(await platform.predecessor(target, release)).toMatchObject({
      release: { id: 'old' },
      unsure: false,
    });
  });
});

describe('a rollback to what has no image any more', () => {
  const gone = { ...old, canRollback: false, message: 'Fix the cart (belay 7-0-z)' };
  const rebuilt = { id: 'rebuilt', digest: `sha256:${'3'.repeat(64)}`, minute: 12, message: gone.message };
  const toRebuild: Release = { ...oldRelease, rebuild: 'allowed' };
  const lost = refusal('Problem processing request');

  it('is refused, and nobody is asked, where building it again is not allowed', async () => {
    const { rollBack, platform, mutations } = railway([gone, serving], rebuilt);
    await platform.live(target);
    expect([await rollBack(), mutations()]).toEqual(['image-expired', []]);
  });

  it('builds it again where that is allowed, and has the id of it from Railway', async () => {
    const { rollBack, own, platform, mutations } = railway([gone, serving], rebuilt);
    await platform.live(target);
    expect([await rollBack(toRebuild), mutations(), own.isSure('rebuilt')]).toEqual([
      'rebuilt restores old',
      ['DeploymentRedeploy old'],
      true,
    ]);
  });

  it('finds what Railway builds by its source where its answer was lost, and asks once', async () => {
    const { rollBack, own, platform, mutations } = railway([gone, serving], rebuilt, { redeployed: lost });
    await platform.live(target);
    expect([await rollBack(toRebuild), mutations(), own.isSure('rebuilt')]).toEqual([
      'rebuilt restores old',
      ['DeploymentRedeploy old'],
      true,
    ]);
  });

  it('is a failure of Railway’s where its answer was lost and nothing came of it', async () => {
    const { rollBack, platform, mutations } = railway([gone, serving], undefined, { redeployed: lost });
    await platform.live(target);
    expect([await rollBack(toRebuild), mutations()]).toEqual(['platform-error', ['DeploymentRedeploy old']]);
  });

  it.each(['BUILDING', 'SUCCESS'])(
    'is known again by its source in another process, once it is %s',
    async (status) => {
      const before = railway([gone, serving]);
      await before.platform.live(target);
      const { own, platform } = railway([gone, serving, { ...rebuilt, status }]);
      own.recall(before.own.memory(), { back: { id: 'old' } });
      await platform.live(target);
      expect(own.relation('rebuilt')).toEqual({ made: 'maybe', restores: 'old' });
    },
  );

  it('is not asked for twice: one that an earlier process had asked for is gone on with', async () => {
    const before = railway([gone, serving]);
    await before.platform.live(target);
    const { rollBack, own, mutations } = railway([gone, serving, { ...rebuilt, status: 'BUILDING' }]);
    own.recall(before.own.memory(), { back: { id: 'old' } });
    expect([await rollBack(toRebuild), mutations()]).toEqual(['deploy-timeout', []]);
  });
});
