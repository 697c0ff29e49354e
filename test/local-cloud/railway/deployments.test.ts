import { afterAll, describe, expect, it } from 'vitest';
import { shopTree } from '#local-cloud';
import { environmentId, projectId, RailwayApi, serviceId, shopProject } from '../../support/railway-api.ts';

const api = new RailwayApi(shopProject({ settings: { healthcheckPath: '/healthz' } }));
afterAll(() => api.close());

const seen = `query($id: String!) { deployment(id: $id) {
  status statusUpdatedAt deploymentStopped instances { status } canRollback canRedeploy staticUrl url snapshotId
  projectId environmentId serviceId diagnosis } }`;
const look = async (id: string) => (await api.data(seen, { id })).deployment;

const listed = `query($input: DeploymentListInput!, $first: Int, $after: String) {
  deployments(input: $input, first: $first, after: $after) {
    edges { cursor node { id status } } pageInfo { hasNextPage endCursor } } }`;
const list = async (input: object, page: object = {}) =>
  (await api.data(listed, { input: { projectId, environmentId, serviceId, ...input }, ...page })).deployments;

describe('a deployment', () => {
  it('begins stopped, without instances, and without the time of a change of status', async () => {
    const id = await api.deploy(shopTree({ version: 'v2' }));
    expect(await look(id)).toEqual({
      status: 'INITIALIZING',
      statusUpdatedAt: null,
      deploymentStopped: true,
      instances: [],
      canRollback: false,
      canRedeploy: false,
      staticUrl: 'web-production.up.railway.app',
      url: 'web-production.up.railway.app',
      snapshotId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      projectId,
      environmentId,
      serviceId,
      diagnosis: null,
    });
  });

  it('is built, deployed, and then a success that serves', async () => {
    const id = await api.deploy(shopTree({ version: 'v3' }));
    const statuses: string[] = [];
    api.railway.world.deployments.get(id)?.watch(() => {
      const status = api.railway.world.deployments.get(id)?.status ?? '';
      if (statuses.at(-1) !== status) statuses.push(status);
    });
    await api.reaches(id, 'SUCCESS');
    expect(statuses).toEqual(['INITIALIZING', 'BUILDING', 'DEPLOYING', 'SUCCESS']);
    expect(await look(id)).toMatchObject({
      statusUpdatedAt: expect.any(String),
      deploymentStopped: false,
      instances: [{ status: 'RUNNING' }],
      canRollback: true,
      canRedeploy: true,
    });
  });

  it('tells its steps, each with its time and what became of it', async () => {
    const id = await api.deploy(shopTree({ version: 'v4' }));
    await api.reaches(id, 'SUCCESS');
    const query = `query($id: String!) { deploymentEvents(id: $id) { edges { node {
      step completedAt payload { error durationMs } } } } }`;
    const { deploymentEvents } = await api.data(query, { id });
    const done = {
      completedAt: expect.any(String),
      payload: { error: null, durationMs: expect.any(Number) },
    };
    expect(deploymentEvents.edges.map(({ node }: { node: object }) => node)).toEqual(
      ['SNAPSHOT_CODE', 'BUILD_IMAGE', 'PUBLISH_IMAGE', 'CREATE_CONTAINER', 'HEALTHCHECK'].map((step) => ({
        step,
        ...done,
      })),
    );
  });

  it('keeps what was in force for it', async () => {
    const id = await api.deploy(shopTree({ version: 'v5' }));
    await api.reaches(id, 'SUCCESS');
    const { deployment } = await api.data('query($id: String!) { deployment(id: $id) { meta } }', { id });
    expect(deployment.meta).toEqual({
      reason: 'deploy',
      commitMessage: 'next',
      imageDigest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      logsV2: true,
      serviceManifest: {
        build: { builder: 'RAILPACK', buildCommand: null, dockerfilePath: null, watchPatterns: [] },
        deploy: {
          startCommand: null,
          preDeployCommand: null,
          healthcheckPath: '/healthz',
          healthcheckTimeout: null,
          restartPolicyType: 'ON_FAILURE',
          restartPolicyMaxRetries: 10,
          overlapSeconds: null,
          drainingSeconds: null,
          sleepApplication: false,
          cronSchedule: null,
          multiRegionConfig: null,
          numReplicas: 1,
        },
      },
    });
  });

  it('that overtakes another on its way leaves that one REMOVED', async () => {
    const overtaken = await api.deploy(shopTree({ version: 'v6' }));
    const newer = await api.deploy(shopTree({ version: 'v7' }));
    expect(await api.status(overtaken)).toBe('REMOVED');
    await api.reaches(newer, 'SUCCESS');
  });
});

describe('the latest deployment of a service', () => {
  it('is the one before, for a moment after another was begun', async () => {
    const query =
      'query($s: String!, $e: String!) { serviceInstance(serviceId: $s, environmentId: $e) { latestDeployment { id } } }';
    const latest = async () =>
      (await api.data(query, { s: serviceId, e: environmentId })).serviceInstance.latestDeployment.id;
    const before = await latest();
    const id = await api.deploy(shopTree({ version: 'v8' }));
    expect(await latest()).toBe(before);
    api.clock.advance(1_000);
    expect(await latest()).toBe(id);
    await api.reaches(id, 'SUCCESS');
  });
});

describe('the list of deployments', () => {
  it('is newest first, and paged by cursors that stay', async () => {
    const all = await list({});
    const ids = all.edges.map(({ node }: { node: { id: string } }) => node.id);
    const first = await list({}, { first: 2 });
    const next = await list({}, { first: 2, after: first.pageInfo.endCursor });
    expect(
      [first, next].map(({ edges }) => edges.map(({ node }: { node: { id: string } }) => node.id)),
    ).toEqual([ids.slice(0, 2), ids.slice(2, 4)]);
    expect(first.pageInfo).toEqual({ hasNextPage: true, endCursor: ids[1] });
  });

  it('takes nulls where the CLI leaves something out', async () => {
    const { edges } = await list({ status: null, includeDeleted: null }, { first: null, after: null });
    expect(edges.length).toBeGreaterThan(5);
  });

  it.each([
    ['in', { in: ['SUCCESS'] }, (status: string) => status === 'SUCCESS'],
    ['notIn', { notIn: ['SUCCESS'] }, (status: string) => status !== 'SUCCESS'],
  ])('is narrowed by the statuses that are %s it', async (_, status, fits) => {
    const { edges } = await list({ status });
    expect(edges.length).toBeGreaterThan(0);
    expect(edges.filter(({ node }: { node: { status: string } }) => !fits(node.status))).toEqual([]);
  });

  it('wants to know of which project or environment', async () => {
    expect(await api.refusal(listed, { input: {} })).toBe('Problem processing request');
  });
});
