import { describe, expect, it } from 'vitest';
import type { ActionFailure } from '#core';
import { RailwayApi } from '../../../../../packages/core/src/platforms/railway/api/api.ts';
import {
  findService,
  type WantedService,
} from '../../../../../packages/core/src/platforms/railway/api/find-target.ts';
import { railwayTarget } from '../../../../../packages/core/src/platforms/railway/api/target.ts';
import type { Named, RailwayToken } from '../../../../../packages/core/src/platforms/railway/token/token.ts';
import { manualClock } from '../../../../support/manual-clock.ts';
import { type RailwayScript, railwayHttp } from '../../../../support/railway-answers.ts';

const named = (id: string, name: string, more: object = {}) => ({ id, name, ...more });
const edges = (nodes: readonly object[]) => ({ edges: nodes.map((node) => ({ node })) });

const projectToken: RailwayToken = {
  value: 't',
  kind: 'project',
  project: named('p1', 'shop'),
  environment: named('e1', 'production'),
};
const workspaceToken: RailwayToken = { value: 't', kind: 'workspace', workspaces: [named('w1', 'Acme')] };

interface Shop {
  readonly services?: readonly Named[];
  readonly environments?: readonly object[];
  /** The services in the environment. */
  readonly here?: readonly Named[];
  readonly deletedAt?: string;
}

function shop({
  services = [named('s1', 'web')],
  environments = [named('e1', 'production'), named('e2', 'shop-pr-7', { isEphemeral: true })],
  here = services,
  deletedAt,
}: Shop = {}): RailwayScript {
  return {
    Projects: {
      data: {
        projects: {
          ...edges([named('p1', 'shop'), named('p2', 'Shop'), named('p3', 'blog')]),
          pageInfo: { hasNextPage: false, endCursor: null },
        },
      },
    },
    Project: {
      data: {
        project: {
          ...named('p1', 'shop'),
          workspaceId: 'w1',
          deletedAt,
          environments: edges(environments),
          services: edges(services),
        },
      },
    },
    Environment: {
      data: {
        environment: {
          ...named('e1', 'production'),
          serviceInstances: edges(here.map(({ id, name }) => ({ serviceId: id, serviceName: name }))),
        },
      },
    },
  };
}

async function found(wanted: WantedService, { script = shop(), token = projectToken } = {}) {
  const http = railwayHttp(script);
  const target = await findService(new RailwayApi({ http, clock: manualClock() }, token), wanted);
  return { ...target, asked: http.answers.calls.map(({ operation }) => operation) };
}

const refusal = (wanted: WantedService, options = {}) =>
  found(wanted, options).then(
    () => undefined,
    ({ code, what, why }: ActionFailure) => ({ code, what, why }),
  );

describe('the service that is meant', () => {
  it('is told by the project token and chosen by itself where it is the only one', async () => {
    const target = await found({});
    expect(target).toEqual({
      project: named('p1', 'shop'),
      environment: named('e1', 'production', { isEphemeral: false }),
      service: named('s1', 'web'),
      workspaceId: 'w1',
      ids: { projectId: 'p1', environmentId: 'e1', serviceId: 's1' },
      asked: ['Project'],
    });
    expect(railwayTarget(target, 'shop.up.railway.app')).toEqual({
      platform: 'railway',
      id: 'railway:p1/e1/s1',
      name: 'web',
      shown: 'railway:shop/production/web',
      url: 'https://shop.up.railway.app',
      dashboardUrl: 'https://railway.com/project/p1/service/s1?environmentId=e1',
      byHand: {
        status: 'railway deployment list --service s1 --environment e1',
        logs: 'railway logs --service s1 --environment e1',
      },
    });
  });

  it.each([
    ['its name', 'worker'],
    ['its name in another case', 'WORKER'],
    ['its id', 's2'],
  ])('is known by %s', async (_, service) => {
    const script = shop({ services: [named('s1', 'web'), named('s2', 'worker')] });
    expect((await found({ service }, { script })).service).toEqual(named('s2', 'worker'));
  });

  it('is the one in the environment, where the project has more', async () => {
    const services = [named('s1', 'web'), named('s2', 'worker')];
    const { service, asked } = await found({}, { script: shop({ services, here: [named('s2', 'worker')] }) });
    expect([service, asked]).toEqual([named('s2', 'worker'), ['Project', 'Environment']]);
  });

  it('is not chosen among several, which are listed', async () => {
    const script = shop({ services: [named('s1', 'web'), named('s2', 'worker')] });
    expect(await refusal({}, { script })).toEqual({
      code: 'target-ambiguous',
      what: '`railway-service` is not set, and there are 2: web (s1), worker (s2)',
      why: 'only a single service is chosen by itself',
    });
  });

  it('is not there, and those that are are listed, with the one that was probably meant', async () => {
    const script = shop({ services: [named('s1', 'web'), named('s2', 'worker')] });
    expect(await refusal({ service: 'wokrer' }, { script })).toEqual({
      code: 'target-not-found',
      what: 'There is no service `wokrer` that this token sees; did you mean worker?',
      why: 'there are: web (s1), worker (s2)',
    });
  });

  it('is one a line, where a name with a comma probably means several', async () => {
    const script = shop({ services: [named('s1', 'web'), named('s2', 'api')] });
    await expect(found({ service: 'web, api' }, { script })).rejects.toMatchObject({
      code: 'target-not-found',
      what: 'There is no service `web, api` that this token sees',
      why: 'there are: web (s1), api (s2)',
      next: 'Set `railway-service` to one that there is, or, where the step takes several (`mode: watch`, a rollback), write them one a line.',
    });
  });

  it('is asked for by id where several have its name', async () => {
    const script = shop({ services: [named('s1', 'Web'), named('s2', 'wEb')] });
    expect(await refusal({ service: 'web' }, { script })).toEqual({
      code: 'target-ambiguous',
      what: '`railway-service: web` fits 2: Web (s1), wEb (s2)',
      why: 'they have the same name',
    });
  });
});

describe('the environment that is meant', () => {
  const token = workspaceToken;

  it('is the only lasting one, where none is named', async () => {
    expect((await found({ project: 'shop' }, { token })).environment).toEqual(
      named('e1', 'production', { isEphemeral: false }),
    );
  });

  it('may be one of a pull request, by its name', async () => {
    const { environment } = await found({ project: 'shop', environment: 'shop-pr-7' }, { token });
    expect(environment).toEqual(named('e2', 'shop-pr-7', { isEphemeral: true }));
  });

  it('is named where there are several', async () => {
    const script = shop({ environments: [named('e1', 'production'), named('e3', 'staging')] });
    expect((await refusal({ project: 'shop' }, { token, script }))?.code).toBe('target-ambiguous');
  });

  it('is none that is deleted, and none that the token is kept out of', async () => {
    const environments = [
      named('e1', 'production', { canAccess: false }),
      named('e3', 'staging', { deletedAt: '2026-11-01' }),
    ];
    const script = shop({ environments });
    expect([
      (await refusal({ project: 'shop', environment: 'production' }, { token, script }))?.code,
      (await refusal({ project: 'shop', environment: 'staging' }, { token, script }))?.code,
    ]).toEqual(['token-kind', 'target-not-found']);
  });

  it('is the token’s own: a project token has no other', async () => {
    expect(await refusal({ environment: 'staging' })).toEqual({
      code: 'token-kind',
      what: '`railway-token` is a project token for the environment production (e1), and `railway-environment` is staging',
      why: 'a project token reaches one environment of one project and no other',
    });
    expect((await found({ project: 'SHOP', environment: 'e1' })).environment.id).toBe('e1');
  });
});

describe('the project that is meant', () => {
  const token = workspaceToken;

  it('is known by its name as it is written before others in another case', async () => {
    const { project, asked } = await found({ project: 'shop' }, { token });
    expect([project, asked]).toEqual([named('p1', 'shop'), ['Projects', 'Project']]);
  });

  it('is asked for by id where the case leaves two', async () => {
    expect((await refusal({ project: 'SHOP' }, { token }))?.what).toBe(
      '`railway-project: SHOP` fits 2: shop (p1), Shop (p2)',
    );
  });

  it('is not looked for where an id is given', async () => {
    const id = '7f3a0000-0000-4000-8000-000000000001';
    expect((await found({ project: id }, { token })).asked).toEqual(['Project']);
  });

  it('is none that is deleted', async () => {
    expect((await refusal({}, { script: shop({ deletedAt: '2026-11-01' }) }))?.what).toBe(
      'The project shop (p1) is deleted',
    );
  });
});
