import { describe, expect, it } from 'vitest';
import { RailwayPlatform } from '../../../../packages/core/src/platforms/railway/adapter.ts';
import { RailwayApi } from '../../../../packages/core/src/platforms/railway/api/api.ts';
import { OwnDeployments } from '../../../../packages/core/src/platforms/railway/deploy/own-deployments.ts';
import { type RailwayAnswer, railwayHttp, refusal } from '../../../support/railway-answers.ts';
import {
  answeredDeployment,
  answeredInstance,
  minute,
  railwayDigests,
  shopIds,
} from '../../../support/railway-deployments.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

const target = { platform: 'railway', id: 'railway:p1/e1/s1', name: 'web' } as const;
const image = `ghcr.io/acme/shop@${railwayDigests.v2}`;
const other = `ghcr.io/acme/shop@${railwayDigests.v1}`;
const lost = refusal('Problem processing request');
const down: RailwayAnswer = { status: 503, text: 'unavailable' };

interface Given {
  readonly id: string;
  readonly status?: string;
  readonly createdAt: string;
  readonly meta?: object;
}

const old: Given = { id: 'old', createdAt: minute(0), meta: { imageDigest: railwayDigests.v1 } };
const d2 = (meta: object, status = 'SUCCESS'): Given => ({ id: 'd2', createdAt: minute(2), status, meta });

/** What Railway makes when it is asked to deploy, and how it answers. */
interface Ways {
  readonly answer?: RailwayAnswer;
  readonly makes?: readonly Given[];
  /** What it tells of a deployment that is followed. Default: what it lists. */
  readonly tells?: Given;
  /** What becomes of looking at the list before it is asked. */
  readonly lists?: () => RailwayAnswer | undefined;
}

/** The adapter over a service whose source is `shop:1`, on which `old` serves. */
function railway({ answer, makes = [], tells, lists = () => undefined }: Ways = {}) {
  const clock = new VirtualClock();
  const there: Given[] = [old];
  const world = { source: 'shop:1' };
  const told = ({ deploymentId }: Readonly<Record<string, unknown>>) => {
    const one = tells?.id === deploymentId ? tells : there.find(({ id }) => id === deploymentId);
    return { data: { deployment: answeredDeployment(one) } };
  };
  const http = railwayHttp({
    ServiceInstance: () => {
      const active = there.filter(({ status = 'SUCCESS' }) => status === 'SUCCESS');
      const source = { repo: null, image: world.source };
      const activeDeployments = active.slice(-1).map(answeredDeployment);
      return { data: { serviceInstance: answeredInstance({ source, activeDeployments }) } };
    },
    ServiceInstanceUpdate: ({ input }) => {
      world.source = (input as { source: { image: string } }).source.image;
      return { data: { serviceInstanceUpdate: true } };
    },
    Deployments: () => {
      const edges = there.map((one) => ({ node: answeredDeployment(one) }));
      const page = { edges, pageInfo: { hasNextPage: false, endCursor: null } };
      return lists() ?? { data: { deployments: page } };
    },
    Deployment: told,
    DeploymentState: told,
    ServiceInstanceDeploy: () => {
      there.push(...makes);
      return answer ?? { data: { serviceInstanceDeployV2: 'd2' } };
    },
  });
  const own = new OwnDeployments('7-1-a');
  const platform = new RailwayPlatform({
    api: new RailwayApi({ http, clock }, { value: 't', kind: 'workspace', workspaces: [] }),
    http,
    clock,
    ids: shopIds,
    own,
    plan: undefined,
    stabilizeMs: 1_000,
    log: () => {},
    warn: () => {},
    tail: () => {},
    openSocket: () => Promise.reject(new Error('refused')),
    group: (_, work) => work(),
  });
  return { platform, own, world };
}

/** What came of shipping the image, of what then is the source, and of whose Railway’s deployment is taken to be. */
async function shipped(ways: Ways, controller = new AbortController()) {
  const { platform, own, world } = railway(ways);
  await platform.live(target);
  const { signal } = controller;
  const came = await platform.ship(target, { kind: 'image', image }, { budgetMs: 60_000 }, signal).then(
    ({ release, failure }) => failure?.reason ?? release?.id,
    (error) => error.kind ?? error.name,
  );
  return { came, source: world.source, made: own.relation('d2').made };
}

describe('an image that is deployed', () => {
  const named = { image };
  it.each<readonly [string, Ways, object]>([
    [
      'is the deployment that has its digest',
      { makes: [d2({ imageDigest: railwayDigests.v2 })] },
      { came: 'd2', source: image, made: 'yes' },
    ],
    [
      'is the deployment of which Railway tells no digest yet, and whose name has it',
      { makes: [d2(named)] },
      { came: 'd2', source: image, made: 'yes' },
    ],
    [
      'is the one that shows after an answer that was lost',
      { answer: lost, makes: [d2(named)], tells: d2({ ...named, imageDigest: railwayDigests.v2 }) },
      { came: 'd2', source: image, made: 'maybe' },
    ],
    [
      'is not the one that shows after an answer that was lost, and turns out to have another digest',
      { answer: lost, makes: [d2(named)], tells: d2({ ...named, imageDigest: railwayDigests.v1 }) },
      { came: 'superseded', source: 'shop:1', made: 'no' },
    ],
    [
      'is not the one that Railway answers, where that has another digest',
      { makes: [d2({ imageDigest: railwayDigests.v1 })] },
      { came: 'superseded', source: 'shop:1', made: 'no' },
    ],
    [
      'is not the one that Railway answers, where that is named otherwise and its digest is not told',
      { makes: [d2({ image: other })] },
      { came: 'superseded', source: 'shop:1', made: 'no' },
    ],
  ])('%s', async (_, ways, expected) => {
    expect(await shipped(ways)).toEqual(expected);
  });
});

describe('the source of the service is what it was', () => {
  it('where Railway refuses to deploy', async () => {
    expect(await shipped({ answer: refusal('Not Authorized') })).toEqual({
      came: 'not-authorized',
      source: 'shop:1',
      made: 'no',
    });
  });

  it('where Railway cannot be asked any more once it is changed', async () => {
    let looks = 0;
    const lists = () => {
      looks += 1;
      return looks === 1 ? undefined : down;
    };
    expect(await shipped({ lists })).toEqual({ came: 'status', source: 'shop:1', made: 'no' });
  });

  it('not yet where the job is cancelled: that has other things to do first', async () => {
    const controller = new AbortController();
    let looks = 0;
    const lists = () => {
      looks += 1;
      if (looks > 1) controller.abort();
      return undefined;
    };
    expect(await shipped({ lists }, controller)).toEqual({ came: 'AbortError', source: image, made: 'no' });
  });

  it.each([
    ['once what was there before is brought back', 'old', 'shop:1'],
    ['and not while what was shipped is proved', undefined, image],
  ])('%s', async (_, restores, source) => {
    const { platform, own, world } = railway({});
    own.changesSource({ was: 'shop:1', set: image });
    own.made({ id: 'old', restores });
    world.source = image;
    const { signal } = new AbortController();
    const options = { budgetMs: 60_000, owes: [], onProgress: () => {} };
    expect(await platform.settle(target, { id: 'old' }, options, signal)).toMatchObject({ kind: 'settled' });
    expect(world.source).toBe(source);
  });
});

describe('a deployment that was removed on its way', () => {
  const removed = d2({ imageDigest: railwayDigests.v2 }, 'REMOVED');
  const theirs: Given = {
    ...{ id: 'd3', createdAt: minute(3), status: 'BUILDING' },
    meta: { imageDigest: `sha256:${'3'.repeat(64)}` },
  };

  it.each([
    ['is superseded where somebody else’s has come', [removed, theirs], 'superseded'],
    ['is removed where none has', [removed], 'deployment-removed'],
  ])('%s', async (_, makes, came) => {
    expect(await shipped({ makes })).toEqual({ came, source: 'shop:1', made: 'yes' });
  });
});
