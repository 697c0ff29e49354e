import { describe, expect, it } from 'vitest';
import type { HttpError } from '../../../../../packages/core/src/io/http.ts';
import { RailwayApi } from '../../../../../packages/core/src/platforms/railway/api/api.ts';
import type { RailwayFailure } from '../../../../../packages/core/src/platforms/railway/api/failures.ts';
import type { RailwayToken } from '../../../../../packages/core/src/platforms/railway/token/token.ts';
import { collected } from '../../../../support/collected.ts';
import { manualClock } from '../../../../support/manual-clock.ts';
import { type RailwayScript, railwayHttp, refusal } from '../../../../support/railway-answers.ts';
import { answeredDeployment, answeredInstance, shopIds } from '../../../../support/railway-deployments.ts';

const project: RailwayToken = {
  value: 'secret-token',
  kind: 'project',
  project: { id: 'p1', name: 'shop' },
  environment: { id: 'e1', name: 'production' },
};
const workspace: RailwayToken = { value: 'other-token', kind: 'workspace', workspaces: [] };

function railway(script: RailwayScript, token = project) {
  const http = railwayHttp(script);
  const clock = manualClock();
  return { api: new RailwayApi({ http, clock }, token), answers: http.answers, clock };
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: RailwayFailure & HttpError) => error,
  );
const status = { data: { platformStatus: { isStable: true, incident: null } } };
const trouble = refusal('Problem processing request');

describe('a question to Railway', () => {
  it('carries the token in the header of its kind, and the name of its operation', async () => {
    const script = { Deployment: { data: { deployment: answeredDeployment() } } };
    const [own, others] = [railway(script), railway(script, workspace)];
    await own.api.deployment('d1');
    await others.api.deployment('d1');
    expect([...own.answers.calls, ...others.answers.calls]).toEqual([
      {
        operation: 'Deployment',
        variables: { deploymentId: 'd1' },
        headers: { 'project-access-token': 'secret-token' },
      },
      {
        operation: 'Deployment',
        variables: { deploymentId: 'd1' },
        headers: { authorization: 'Bearer other-token' },
      },
    ]);
  });

  it('is asked again three times where Railway has trouble, and then tells what Railway says of itself', async () => {
    const incident = {
      message: 'Builds are delayed',
      status: 'IDENTIFIED',
      url: 'https://status.railway.com/x',
    };
    const { api, answers, clock } = railway({
      DeploymentState: trouble,
      PlatformStatus: { data: { platformStatus: { isStable: false, incident } } },
    });
    const failure = await failureOf(api.deploymentState('d1'));
    expect([failure?.code, failure?.details, answers.count('DeploymentState')]).toEqual([
      'platform-error',
      [
        'Railway’s traceId: 4212',
        'Railway has an incident (identified): Builds are delayed https://status.railway.com/x',
      ],
      4,
    ]);
    expect(clock.pauses).toHaveLength(3);
    await failureOf(api.within(500).deploymentState('d1'));
    expect(answers.count('PlatformStatus')).toBe(1);
  });

  it('is answered where the trouble passes', async () => {
    const { api, answers } = railway({
      DeploymentState: (_, call) =>
        call < 3 ? trouble : { data: { deployment: answeredDeployment({ status: 'BUILDING' }) } },
    });
    await expect(api.deploymentState('d1')).resolves.toMatchObject({ status: 'BUILDING' });
    expect(answers.count('DeploymentState')).toBe(3);
  });

  it.each(['Not Authorized', 'Deployment not found', 'Cannot query field "x" on type "Deployment".'])(
    'is asked once where the answer is %s',
    async (message) => {
      const { api, answers } = railway({ DeploymentState: refusal(message) });
      await failureOf(api.deploymentState('d1'));
      expect(answers.calls).toHaveLength(1);
    },
  );

  it.each([
    ['an empty body', { status: 200 }],
    ['a page of the edge', { status: 200, text: '<html>Just a moment…</html>' }],
    ['neither data nor errors', { data: undefined }],
    ['what is asked for, without its id', { data: { deployment: { status: 'SUCCESS' } } }],
  ])('is not answered by %s', async (_, answer) => {
    const { api } = railway({ Deployment: answer as { data: unknown } });
    expect(await failureOf(api.deployment('d1'))).toMatchObject({ name: 'HttpError', kind: 'body' });
  });

  it('is told by its status where the edge refuses it with a page', async () => {
    const { api } = railway({ Deployment: { status: 403, text: '<html>error code: 1010</html>' } });
    expect(await failureOf(api.deployment('d1'))).toMatchObject({
      name: 'HttpError',
      kind: 'status',
      status: 403,
      bodyExcerpt: '<html>error code: 1010</html>',
    });
  });

  it('is refused by its errors, whatever the status', async () => {
    const text = JSON.stringify({ errors: [{ message: 'Cannot query field "x" on type "Y".' }] });
    const { api } = railway({ Deployment: { status: 400, text } });
    expect((await failureOf(api.deployment('d1')))?.code).toBe('api-changed');
  });

  it.each([
    ['with', { 'retry-after': '7' }, 7_000],
    ['without', {}, undefined],
  ])('that comes too often is an HttpError %s a pause to keep', async (_, headers, retryAfterMs) => {
    const { api } = railway({ Deployment: { status: 429, headers } });
    const failure = await failureOf(api.deployment('d1'));
    expect([failure?.status, failure?.retryAfterMs, api.rate.retryAfterMs]).toEqual([
      429,
      retryAfterMs,
      retryAfterMs,
    ]);
  });

  it('survives what has become of a detail, and a status that nobody knows', async () => {
    const drifted = { status: 'MIGRATING', canRollback: 'perhaps', instances: 7, meta: 'none', staticUrl: 4 };
    const { api } = railway({ Deployment: { data: { deployment: answeredDeployment(drifted) } } });
    await expect(api.deployment('d1')).resolves.toMatchObject({
      status: 'MIGRATING',
      canRollback: undefined,
      instances: undefined,
      staticUrl: undefined,
      meta: { imageDigest: undefined, configErrors: [] },
    });
  });
});

describe('the deployments of a service', () => {
  const page = (ids: readonly [string, string][], endCursor: string | null) => ({
    data: {
      deployments: {
        edges: ids.map(([id, createdAt]) => ({ node: answeredDeployment({ id, createdAt }) })),
        pageInfo: { hasNextPage: endCursor !== null, endCursor },
      },
    },
  });

  it('come newest first, those of one moment by their ids, page after page', async () => {
    const { api, answers } = railway({
      Deployments: ({ after }) =>
        after === undefined
          ? page(
              [
                ['b', '2026-12-01T10:00:00Z'],
                ['a', '2026-12-01T10:00:00.000Z'],
                ['c', '2026-12-01T11:00:00Z'],
              ],
              'x',
            )
          : page([['z', '2026-12-01T09:00:00Z']], null),
    });
    expect((await collected(api.deployments(shopIds))).map(({ id }) => id)).toEqual(['c', 'b', 'a', 'z']);
    expect(answers.calls.map(({ variables }) => variables)).toEqual([
      { input: shopIds, first: 50 },
      { input: shopIds, first: 50, after: 'x' },
    ]);
  });

  it('end where a page leads back to one that was read', async () => {
    const { api, answers } = railway({ Deployments: page([['a', '2026-12-01T10:00:00Z']], 'x') });
    expect(await collected(api.deployments(shopIds))).toHaveLength(2);
    expect(answers.calls).toHaveLength(2);
  });
});

describe('the settings in force', () => {
  it('are read with what runs', async () => {
    const { api } = railway({
      ServiceInstance: {
        data: { serviceInstance: answeredInstance({ healthcheckPath: '/up', drainingSeconds: 30 }) },
      },
    });
    await expect(api.serviceInstance(shopIds)).resolves.toMatchObject({
      healthcheckPath: '/up',
      drainingSeconds: 30,
      overlapSeconds: undefined,
      source: { repo: undefined, image: undefined },
      activeDeployments: [{ status: 'SUCCESS' }],
    });
  });
});

describe('a change', () => {
  it.each([
    ['DeploymentRollback', 'deploymentRollback', (api: RailwayApi) => api.deploymentRollback('d1')],
    ['DeploymentCancel', 'deploymentCancel', (api: RailwayApi) => api.deploymentCancel('d1')],
    ['DeploymentRemove', 'deploymentRemove', (api: RailwayApi) => api.deploymentRemove('d1')],
    [
      'ServiceInstanceUpdate',
      'serviceInstanceUpdate',
      (api: RailwayApi) => api.serviceInstanceUpdate(shopIds, { source: { image: 'shop@sha256:1' } }),
    ],
    ['EnvironmentDelete', 'environmentDelete', (api: RailwayApi) => api.environmentDelete('e1')],
  ])(
    'by %s is made when Railway answers true, and not when it answers false',
    async (operation, field, change) => {
      await change(railway({ [operation]: { data: { [field]: true } } }).api);
      const failure = await failureOf(change(railway({ [operation]: { data: { [field]: false } } }).api));
      expect([failure?.code, failure?.what]).toEqual([
        'request-refused',
        expect.stringMatching(new RegExp(`^Railway answered false to ${field} \\(`)),
      ]);
    },
  );

  it('is never sent again where it may have been made', async () => {
    const { api, answers } = railway({ DeploymentRollback: trouble, PlatformStatus: status });
    const failure = await failureOf(api.deploymentRollback('d1'));
    expect([failure?.code, failure?.maybeEffective, answers.count('DeploymentRollback')]).toEqual([
      'platform-error',
      true,
      1,
    ]);
  });

  it('waits where the service was deployed too often, which proves that nothing was done', async () => {
    const { api, answers, clock } = railway({
      ServiceInstanceDeploy: (_, call) =>
        call === 1
          ? refusal('Service deployment rate limit exceeded')
          : { data: { serviceInstanceDeployV2: 'd2' } },
    });
    await expect(api.serviceInstanceDeployV2(shopIds, { commitSha: 'abc' })).resolves.toBe('d2');
    expect(answers.calls.at(-1)?.variables).toEqual({
      serviceId: 's1',
      environmentId: 'e1',
      commitSha: 'abc',
    });
    expect(clock.pauses).toHaveLength(1);
  });

  it('waits where Railway turns it away unheard, without saying for how long', async () => {
    const { api, answers, clock } = railway({
      DeploymentRollback: (_, call) =>
        call === 1 ? { status: 429, text: 'Too Many Requests' } : { data: { deploymentRollback: true } },
    });
    await expect(api.deploymentRollback('d1')).resolves.toBeUndefined();
    expect([answers.count('DeploymentRollback'), clock.pauses]).toEqual([2, [3_000]]);
  });

  it('answers what it made', async () => {
    const { api, answers } = railway(
      {
        DeploymentRedeploy: { data: { deploymentRedeploy: { id: 'd2' } } },
        EnvironmentCreate: { data: { environmentCreate: { id: 'e2', name: 'pr-7' } } },
        ServiceDomainCreate: { data: { serviceDomainCreate: { id: 'x', domain: 'a.up.railway.app' } } },
      },
      workspace,
    );
    expect([
      await api.deploymentRedeploy('d1', { usePreviousImageTag: true }),
      await api.environmentCreate({ projectId: 'p1', name: 'pr-7', sourceEnvironmentId: 'e1' }),
      await api.serviceDomainCreate(shopIds),
    ]).toEqual(['d2', { id: 'e2', name: 'pr-7' }, 'a.up.railway.app']);
    expect(answers.calls[1]?.variables).toEqual({
      input: {
        projectId: 'p1',
        name: 'pr-7',
        sourceEnvironmentId: 'e1',
        ephemeral: true,
        applyChangesInBackground: true,
      },
    });
  });
});
