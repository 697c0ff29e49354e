import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cloud, demo, railway, railwayRoutes, startCloud } from '#local-cloud';
import { railwayWrongStates } from '../../../packages/local-cloud/src/railway/index.ts';
import { proxied } from '../../support/proxied.ts';

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud({ services: [railway] });
});
afterAll(() => cloud.close());

const { projectId, environmentId, serviceId } = demo.railway;
const list = `{ deployments(input: { projectId: "${projectId}", environmentId: "${environmentId}", serviceId: "${serviceId}" }) {
  edges { node { status meta instances { status } } } } }`;

async function ask(query: string) {
  const { text } = await proxied(cloud, 'https://backboard.railway.com/graphql/v2', {
    method: 'POST',
    headers: { 'user-agent': 'test', 'project-access-token': demo.railway.token },
    body: JSON.stringify({ query }),
  });
  return JSON.parse(text);
}

describe('a lie', () => {
  it('named after a route is of one that only reads', () => {
    const reads = railwayRoutes.filter(({ mutation }) => !mutation).map(({ name }) => name);
    const named = Object.keys(railwayWrongStates).filter((name) => name.startsWith('graphql.'));
    expect(reads).toEqual(expect.arrayContaining(named));
  });

  it.each([
    ['graphql.deployments', []],
    ['no-deployments', []],
    ['oldest-first', [{ node: { status: 'SUCCESS' } }]],
    ['unknown-status', [{ node: { status: 'CANCELLED', instances: [{ status: 'RUNNING' }] } }]],
  ])('%s is told by the list of deployments, once', async (mutator, edges) => {
    cloud.faults.add({ route: 'graphql.deployments', kind: 'wrong', mutator, count: 1 });
    const lie = (await ask(list)).data.deployments.edges;
    const truth = (await ask(list)).data.deployments.edges;
    expect([lie, truth]).toMatchObject([edges, [{ node: { status: 'SUCCESS' } }]]);
  });
});

describe('an API of another day', () => {
  it('has not every field', async () => {
    cloud.service(railway).switches.missingFields = ['ServiceInstance.tracingEnabled'];
    const query = `{ serviceInstance(serviceId: "${serviceId}", environmentId: "${environmentId}") { tracingEnabled } }`;
    expect((await ask(query)).errors[0].message).toBe(
      'Cannot query field "tracingEnabled" on type "ServiceInstance".',
    );
  });
});

describe('the platform', () => {
  it('says whether there is an incident', async () => {
    const query = '{ platformStatus { isStable incident { message status url } } }';
    expect((await ask(query)).data.platformStatus).toEqual({ isStable: true, incident: null });
    cloud.service(railway).switches.incident = 'Builds are slow';
    expect((await ask(query)).data.platformStatus).toEqual({
      isStable: false,
      incident: { message: 'Builds are slow', status: 'INVESTIGATING', url: 'https://status.railway.com' },
    });
  });
});

it('is back to its seed after a reset, its switches too', async () => {
  cloud.service(railway).switches.incident = 'Builds are slow';
  await cloud.reset();
  const [{ data }, served] = [
    await ask('{ platformStatus { isStable } }'),
    await cloud.serves(demo.railway.host),
  ];
  expect([data.platformStatus, served.status]).toEqual([{ isStable: true }, 200]);
});
