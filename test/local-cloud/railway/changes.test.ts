import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shopTree } from '#local-cloud';
import { eventually } from '../../support/eventually.ts';
import { RailwayApi, shopProject, type TokenKind } from '../../support/railway-api.ts';

let api: RailwayApi;
beforeEach(() => {
  const deployed = ['v0', 'v1'].map((version) => ({ files: shopTree({ version }), message: version }));
  api = new RailwayApi(
    shopProject({ settings: { healthcheckPath: '/healthz' }, deployed, variables: { A: '1' } }),
  );
});
afterEach(() => api.close());

const change = (field: string, id: string, token?: TokenKind) =>
  api.data(`mutation($id: String!) { ${field}(id: $id) }`, { id }, token);
const refusal = (field: string, id: string, token?: TokenKind) =>
  api.refusal(`mutation($id: String!) { ${field}(id: $id) }`, { id }, token);
const instance = () => {
  const [found] = api.railway.world.instances();
  if (found === undefined) throw new Error('no service');
  return found;
};
const ids = (): readonly string[] => instance().deployments.map(({ id }) => id);
const served = async () => (await api.serves()).body?.version;

/** The ids of the two deployments of the seed, v0 removed and v1 live. */
async function seeded(): Promise<readonly [string, string]> {
  await api.serves();
  const [removed = '', live = ''] = ids();
  return [removed, live];
}

describe('a rollback', () => {
  it('answers true, and has its deployment a little later: the image, settings and variables of that time', async () => {
    const [removed, live] = await seeded();
    instance().settings = { ...instance().settings, healthcheckPath: '/gone' };
    instance().variables = { A: '2' };
    expect(await change('deploymentRollback', removed)).toEqual({ deploymentRollback: true });
    expect(ids()).toEqual([removed, live]);
    const made = (await eventually(() => ids()[2])) ?? '';
    await api.reaches(made, 'SUCCESS');
    const query =
      'query($id: String!) { deployment(id: $id) { meta } buildLogs(deploymentId: $id) { message } }';
    const { deployment, buildLogs } = await api.data(query, { id: made });
    expect([await served(), deployment.meta.reason, deployment.meta.commitMessage]).toEqual([
      'v0',
      'rollback',
      'v0',
    ]);
    expect(deployment.meta.serviceManifest.deploy.healthcheckPath).toBe('/healthz');
    expect(api.railway.world.deployments.get(made)?.variables).toEqual({ A: '1' });
    // Nothing was built: all the build log has is the health check.
    expect(buildLogs[0].message).toBe('====================');
  });

  it.each([
    ['five days on Pro', 'pro', 120],
    ['three on Hobby', 'hobby', 72],
    ['one on Free', 'free', 24],
  ] as const)('is possible for %s after the deployment was removed', async (_, plan, hours) => {
    const own = new RailwayApi(
      shopProject(
        { deployed: ['v0', 'v1'].map((version) => ({ files: shopTree({ version }) })) },
        { workspace: { name: 'Acme', plan } },
      ),
    );
    await own.serves();
    const id = own.railway.world.instances()[0]?.deployments[0]?.id ?? '';
    const query = 'query($id: String!) { deployment(id: $id) { canRollback canRedeploy } }';
    const look = async () => (await own.data(query, { id })).deployment;
    own.clock.advance(hours * 3_600_000 - 60_000);
    expect(await look()).toEqual({ canRollback: true, canRedeploy: true });
    own.clock.advance(120_000);
    expect(await look()).toEqual({ canRollback: false, canRedeploy: true });
    const mutation = 'mutation($id: String!) { deploymentRollback(id: $id) }';
    expect(await own.refusal(mutation, { id })).toBe('Deployment cannot be rolled back to');
    await own.close();
  });

  it('is impossible to what never served, and to what was not kept', async () => {
    api.railway.next({ service: 'web' }, { kind: 'build-fails' }, { kind: 'is-not-kept' });
    await seeded();
    const failed = await api.deploy(shopTree({ version: 'v2' }));
    await api.reaches(failed, 'FAILED');
    const unkept = await api.deploy(shopTree({ version: 'v3' }));
    await api.reaches(unkept, 'SUCCESS');
    for (const id of [failed, unkept])
      expect(await refusal('deploymentRollback', id)).toBe('Deployment cannot be rolled back to');
  });

  it('may be refused to a project token, and never is to the others', async () => {
    const [removed] = await seeded();
    api.railway.switches.projectTokenRollback = 'refused';
    expect(await refusal('deploymentRollback', removed, 'project')).toBe('Not Authorized');
    expect(await change('deploymentRollback', removed, 'workspace')).toEqual({ deploymentRollback: true });
  });
});

describe('a redeploy', () => {
  const redeploy =
    'mutation($id: String!, $same: Boolean) { deploymentRedeploy(id: $id, usePreviousImageTag: $same) { id status } }';

  it('answers a new deployment of the same source, built again with its own variables', async () => {
    const [, live] = await seeded();
    instance().variables = { A: '2' };
    const { deploymentRedeploy: made } = await api.data(redeploy, { id: live });
    expect(made.status).toBe('INITIALIZING');
    await api.reaches(made.id, 'SUCCESS');
    const deployment = api.railway.world.deployments.get(made.id);
    expect([
      deployment?.variables,
      deployment?.meta.reason,
      deployment?.events.map(({ step }) => step),
    ]).toEqual([
      { A: '1' },
      'redeploy',
      ['SNAPSHOT_CODE', 'BUILD_IMAGE', 'PUBLISH_IMAGE', 'CREATE_CONTAINER', 'HEALTHCHECK'],
    ]);
  });

  it('has the variables of now, where that is how it is played', async () => {
    const [, live] = await seeded();
    instance().variables = { A: '2' };
    api.railway.switches.redeploySettings = 'of-now';
    const { deploymentRedeploy: made } = await api.data(redeploy, { id: live });
    expect(api.railway.world.deployments.get(made.id)?.variables).toEqual({ A: '2' });
  });

  it('of the previous image builds nothing', async () => {
    const [, live] = await seeded();
    const { deploymentRedeploy: made } = await api.data(redeploy, { id: live, same: true });
    await api.reaches(made.id, 'SUCCESS');
    expect(api.railway.world.deployments.get(made.id)?.events.map(({ step }) => step)).not.toContain(
      'BUILD_IMAGE',
    );
  });

  it('waits until the deployment is no longer on its way', async () => {
    await seeded();
    const id = await api.deploy(shopTree({ version: 'v2' }));
    expect(await api.refusal(redeploy, { id })).toBe('Deployment is not redeployable');
  });
});

describe('a cancel', () => {
  it('ends REMOVED what was on its way, and what served goes on', async () => {
    await seeded();
    const id = await api.deploy(shopTree({ version: 'v2' }));
    await api.reaches(id, 'BUILDING');
    expect(await change('deploymentCancel', id)).toEqual({ deploymentCancel: true });
    expect([await api.status(id), await served()]).toEqual(['REMOVED', 'v1']);
    api.clock.advance(60_000);
    expect(await api.status(id)).toBe('REMOVED');
  });

  it('ends a health check that never comes good', async () => {
    await seeded();
    const id = await api.deploy(shopTree({ version: 'v2', settings: { SHOP_HEALTH: 'failing' } }));
    await api.reaches(id, 'DEPLOYING');
    await eventually(() =>
      api.railway.world.deployments.get(id)?.events.some(({ step }) => step === 'HEALTHCHECK'),
    );
    await change('deploymentCancel', id);
    await eventually(() => api.railway.world.deployments.get(id)?.events.at(-1)?.completedAt !== undefined);
    expect([await api.status(id), await served()]).toEqual(['REMOVED', 'v1']);
  });

  it('comes too late for what serves', async () => {
    const [, live] = await seeded();
    expect(await refusal('deploymentCancel', live)).toBe('Deployment is not cancellable');
  });
});

describe('a deployment that serves', () => {
  it('is stopped: still a success, with nothing that runs', async () => {
    const [, live] = await seeded();
    await change('deploymentStop', live);
    const query =
      'query($id: String!) { deployment(id: $id) { status deploymentStopped instances { status } } }';
    expect((await api.data(query, { id: live })).deployment).toEqual({
      status: 'SUCCESS',
      deploymentStopped: true,
      instances: [{ status: 'EXITED' }],
    });
    expect((await api.serves()).status).toBe(502);
  });

  it('is restarted, and serves on', async () => {
    const [, live] = await seeded();
    await change('deploymentRestart', live);
    await eventually(async () => (await served()) === 'v1');
  });

  it('is taken down, and its host answers 404', async () => {
    const [, live] = await seeded();
    await change('deploymentRemove', live);
    expect([await api.status(live), (await api.serves()).status]).toEqual(['REMOVING', 404]);
  });

  it.each([
    ['deploymentStop', 'Deployment is not stoppable'],
    ['deploymentRestart', 'Deployment is not restartable'],
    ['deploymentApprove', 'Deployment does not need approval'],
  ])('%s is refused to one that was removed', async (field, message) => {
    const [removed] = await seeded();
    expect(await refusal(field, removed)).toBe(message);
  });
});

describe('a deployment that may not begin', () => {
  it('NEEDS_APPROVAL, and goes on with it', async () => {
    await seeded();
    api.railway.next({ service: 'web' }, { kind: 'needs-approval' });
    const id = await api.deploy(shopTree({ version: 'v2' }));
    await api.reaches(id, 'NEEDS_APPROVAL');
    api.clock.advance(86_400_000);
    expect(await api.status(id)).toBe('NEEDS_APPROVAL');
    await change('deploymentApprove', id);
    await api.reaches(id, 'SUCCESS');
  });

  it('is WAITING for CI, and SKIPPED when that fails', async () => {
    await seeded();
    api.railway.next({ service: 'web' }, { kind: 'waits-for-ci' });
    const id = await api.deploy(shopTree({ version: 'v2' }));
    expect(await api.status(id)).toBe('WAITING');
    api.clock.advance(7_200_000);
    await api.reaches(id, 'SKIPPED');
    const query = 'query($id: String!) { deployment(id: $id) { meta canRollback canRedeploy } }';
    const { meta, ...may } = (await api.data(query, { id })).deployment;
    expect([meta.skippedReason, may]).toEqual([
      'CI check suite failed',
      { canRollback: false, canRedeploy: false },
    ]);
  });

  it('is QUEUED for its time', async () => {
    await seeded();
    api.railway.next({ service: 'web' }, { kind: 'queued', ms: 60_000 });
    const id = await api.deploy(shopTree({ version: 'v2' }));
    expect(await api.status(id)).toBe('QUEUED');
    api.clock.advance(61_000);
    await api.reaches(id, 'SUCCESS');
  });

  it('is SKIPPED with its reason', async () => {
    await seeded();
    api.railway.next({ service: 'web' }, { kind: 'skipped', reason: 'no changes detected in watch paths' });
    const id = await api.deploy(shopTree({ version: 'v2' }));
    await api.reaches(id, 'SKIPPED');
    expect([await served(), api.railway.world.deployments.get(id)?.meta.skippedReason]).toEqual([
      'v1',
      'no changes detected in watch paths',
    ]);
  });

  it('ends REMOVED where somebody else deploys meanwhile', async () => {
    await seeded();
    api.railway.next({ service: 'web' }, { kind: 'overtaken', afterMs: 200 });
    const id = await api.deploy(shopTree({ version: 'v2' }));
    await api.reaches(id, 'REMOVED');
    const other = instance().deployments.at(-1);
    expect([other?.id === id, other?.creator, other?.meta.commitMessage]).toEqual([
      false,
      'somebody-else',
      'by somebody else',
    ]);
  });

  it('SLEEPS after it was a success', async () => {
    await seeded();
    api.railway.next({ service: 'web' }, { kind: 'sleeps' });
    const id = await api.deploy(shopTree({ version: 'v2' }));
    await api.reaches(id, 'SLEEPING');
  });
});

it('names an id that nobody has', async () => {
  expect(await refusal('deploymentRollback', 'nope')).toBe('Deployment not found');
});
