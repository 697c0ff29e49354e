import { describe, expect, it } from 'vitest';
import type { ActionFailure } from '#core';
import { RailwayApi } from '../../../../../packages/core/src/platforms/railway/api/api.ts';
import type { FoundService } from '../../../../../packages/core/src/platforms/railway/api/find-target.ts';
import { serviceInForce } from '../../../../../packages/core/src/platforms/railway/api/service-in-force.ts';
import type { RailwayToken } from '../../../../../packages/core/src/platforms/railway/token/token.ts';
import { manualClock } from '../../../../support/manual-clock.ts';
import { type RailwayAnswer, railwayHttp, refusal } from '../../../../support/railway-answers.ts';
import { answeredInstance, shopIds } from '../../../../support/railway-deployments.ts';

const token: RailwayToken = { value: 't', kind: 'workspace', workspaces: [] };

const found: FoundService = {
  project: { id: 'p1', name: 'shop' },
  environment: { id: 'e1', name: 'staging', isEphemeral: false },
  service: { id: 's1', name: 'web' },
  workspaceId: 'w1',
  ids: shopIds,
};

/** An environment with these services in it. */
function environment(...services: readonly (readonly [string, string])[]): RailwayAnswer {
  const edges = services.map(([serviceId, serviceName]) => ({ node: { serviceId, serviceName } }));
  return { data: { environment: { id: 'e1', name: 'staging', serviceInstances: { edges } } } };
}

async function asked(instance: RailwayAnswer, there: RailwayAnswer) {
  const http = railwayHttp({ ServiceInstance: instance, Environment: there });
  const answer = await serviceInForce(new RailwayApi({ http, clock: manualClock() }, token), found).then(
    ({ serviceName }) => serviceName,
    ({ code, what, why, next }: ActionFailure) => ({ code, what, why, next }),
  );
  return { answer, asked: http.answers.calls.map(({ operation }) => operation) };
}

const notThere = refusal('ServiceInstance not found');

describe('a service in an environment', () => {
  it('is answered by one question where it is there', async () => {
    const there = { data: { serviceInstance: answeredInstance() } };
    expect(await asked(there, environment())).toEqual({ answer: 'web', asked: ['ServiceInstance'] });
  });

  it.each([
    ['is not in it', notThere],
    ['is refused as if it were another’s', refusal('Not Authorized')],
  ])('that %s is told with those that are', async (_, instance) => {
    const answered = await asked(instance, environment(['s2', 'api'], ['s3', 'worker']));
    expect(answered).toEqual({
      answer: {
        code: 'target-not-found',
        what: 'The service web of shop is not in the environment staging',
        why: 'in it are: api (s2), worker (s3)',
        next: 'Correct `railway-service` or `railway-environment`, or add web to staging in Railway’s dashboard.',
      },
      asked: ['ServiceInstance', 'Environment'],
    });
  });

  it('that is missing in an empty one is told so', async () => {
    const { answer } = await asked(notThere, environment());
    expect(answer).toMatchObject({ code: 'target-not-found', why: 'there is no service in it' });
  });

  it.each([
    ['the environment has it all the same', refusal('Not Authorized'), environment(['s1', 'web'])],
    ['the environment does not tell', refusal('Not Authorized'), refusal('Not Authorized')],
  ])('is refused in Railway’s words where %s', async (_, instance, there) => {
    expect((await asked(instance, there)).answer).toMatchObject({ code: 'not-authorized' });
  });

  it('is not asked for once more after trouble of another kind', async () => {
    const limited = refusal('Service deployment rate limit exceeded');
    const { answer, asked: operations } = await asked(limited, environment());
    expect([answer, operations]).toEqual([
      expect.objectContaining({ code: 'rate-limited' }),
      ['ServiceInstance'],
    ]);
  });
});
