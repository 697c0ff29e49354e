import { describe, expect, it } from 'vitest';
import { RailwayApi } from '../../../../../packages/core/src/platforms/railway/api/api.ts';
import { OwnDeployments } from '../../../../../packages/core/src/platforms/railway/deploy/own-deployments.ts';
import { SourceKeeper } from '../../../../../packages/core/src/platforms/railway/deploy/source-keeper.ts';
import { railwayHttp, refusal } from '../../../../support/railway-answers.ts';
import {
  answeredDeployment,
  answeredInstance,
  railwayDigests,
  shopIds,
} from '../../../../support/railway-deployments.ts';
import { VirtualClock } from '../../../../support/virtual-clock.ts';

const image = `ghcr.io/acme/shop@${railwayDigests.v2}`;
/** As Railway might write it. */
const written = `docker://ghcr.io/acme/shop:2@${railwayDigests.v2}`;

type Change = 'done' | 'refused' | 'done, and the answer lost';

/** The keeper over a service that is deployed from this; `becomes`: what becomes of a change. */
function keeperOf(source: string | null, becomes: Change | (() => Change) = 'done') {
  const clock = new VirtualClock();
  const world: { source: string | null; active: string } = { source, active: 'old' };
  const http = railwayHttp({
    ServiceInstance: () => {
      const activeDeployments = [answeredDeployment({ id: world.active })];
      const answer = answeredInstance({ source: { repo: null, image: world.source }, activeDeployments });
      return { data: { serviceInstance: answer } };
    },
    ServiceInstanceUpdate: ({ input }) => {
      const update = typeof becomes === 'function' ? becomes() : becomes;
      if (update !== 'refused') world.source = (input as { source: { image: string } }).source.image;
      return update === 'done'
        ? { data: { serviceInstanceUpdate: true } }
        : refusal('Problem processing request');
    },
  });
  const api = new RailwayApi({ http, clock }, {
    value: 't',
    kind: 'project',
    project: 'p1',
    environment: 'e1',
  } as never);
  const own = new OwnDeployments('7-1-a');
  const warned: string[] = [];
  const keeper = new SourceKeeper({
    api,
    ids: shopIds,
    own,
    log: () => {},
    warn: (line) => warned.push(line),
  });
  const remembered: string[] = [];
  const change = () =>
    keeper
      .change(image, () => remembered.push(`${world.source} ${own.source?.was}`))
      .then(
        (failure) => failure?.reason,
        (error) => error.code,
      );
  return { keeper, world, own, warned, change, remembered };
}

describe('the source of a service', () => {
  it('is remembered before it is changed', async () => {
    const { change, world, remembered } = keeperOf('shop:1');
    expect([await change(), world.source, remembered]).toEqual([undefined, image, ['shop:1 shop:1']]);
  });

  it.each([
    ['that names the image already is not changed, nor put back', image, undefined, image],
    ['that names its digest in other words is left', written, undefined, written],
    ['that is no image is left', null, 'wrong-source', null],
  ])('%s', async (_, source, reason, after) => {
    const { change, keeper, world, remembered } = keeperOf(source);
    expect(await change()).toBe(reason);
    await keeper.putBack({ takenBack: true });
    expect([world.source, remembered]).toEqual([after, []]);
  });

  it.each([
    ['was done', 'done, and the answer lost', undefined, image],
    ['was not done', 'refused', 'platform-error', 'shop:1'],
  ] as const)(
    'is looked up where Railway does not say whether the change %s',
    async (_, update, code, after) => {
      const { change, world } = keeperOf('shop:1', update);
      expect([await change(), world.source]).toEqual([code, after]);
    },
  );
});

describe('putting it back', () => {
  it.each([
    ['what served before serves', 'old', 'shop:1'],
    ['what this run has deployed serves', 'new', image],
  ])('depends on what serves: %s', async (_, active, source) => {
    const { change, keeper, world, own } = keeperOf('shop:1');
    await change();
    own.made({ id: 'new' });
    world.active = active;
    await keeper.putBack();
    expect(world.source).toBe(source);
  });

  it('happens once it is taken back, though what is leaving may be told of as serving', async () => {
    const { change, keeper, world, own } = keeperOf('shop:1');
    await change();
    own.made({ id: 'new' });
    world.active = 'new';
    await keeper.putBack({ takenBack: true });
    expect([world.source, own.source]).toEqual(['shop:1', undefined]);
  });

  it.each([
    [
      'leaves what somebody else has named since, and says so',
      'other:3',
      'other:3',
      ['Somebody else has changed the source of the service to other:3 meanwhile: it is left so.'],
    ],
    ['says nothing where it is as it was', 'shop:1', 'shop:1', []],
    ['knows its own image in Railway’s words', written, 'shop:1', []],
  ])('%s', async (_, meanwhile, after, warned) => {
    const keeping = keeperOf('shop:1');
    await keeping.change();
    keeping.world.source = meanwhile;
    await keeping.keeper.putBack();
    expect([keeping.world.source, keeping.warned]).toEqual([after, warned]);
  });

  it('is not over where the change may come yet: that is told once, and what has come is put back', async () => {
    const late: { update: 'done' | 'refused' } = { update: 'refused' };
    const { change, keeper, world, warned, own } = keeperOf('shop:1', () => late.update);
    await change();
    await keeper.putBack();
    await keeper.putBack();
    expect([warned, own.source]).toEqual([
      [
        `Railway has not said whether it named ${image} as the source of the service. It is shop:1 now, and may change yet: see that it is shop:1 before anybody deploys.`,
      ],
      { was: 'shop:1', set: image },
    ]);
    Object.assign(world, { source: image });
    late.update = 'done';
    await keeper.putBack();
    expect([world.source, own.source]).toEqual(['shop:1', undefined]);
  });

  it('that fails is told once, with what to do by hand, and may be tried again', async () => {
    const { own, keeper, warned } = keeperOf(image, 'refused');
    own.changesSource({ was: 'shop:1', set: image });
    await keeper.putBack();
    await keeper.putBack();
    expect(warned).toEqual([
      expect.stringMatching(
        /^The source of the service could not be put back: .* It may still be .*; set it to shop:1 in Railway’s dashboard before anybody deploys\.$/,
      ),
    ]);
    expect(own.source).toEqual({ was: 'shop:1', set: image });
  });
});
