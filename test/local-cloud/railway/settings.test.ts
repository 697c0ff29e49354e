import { afterEach, describe, expect, it } from 'vitest';
import { images, shopTree } from '#local-cloud';
import type { ProjectSeed } from '../../../packages/local-cloud/src/railway/index.ts';
import { eventually } from '../../support/eventually.ts';
import { environmentId, projectId, RailwayApi, serviceId, shopProject } from '../../support/railway-api.ts';

let api: RailwayApi;
afterEach(() => api.close());
const start = (web: object = {}, project: Partial<ProjectSeed> = {}) => {
  api = new RailwayApi(shopProject(web, project));
};

const of = { s: serviceId, e: environmentId };
const update =
  'mutation($s: String!, $e: String!, $input: ServiceInstanceUpdateInput!) { serviceInstanceUpdate(serviceId: $s, environmentId: $e, input: $input) }';
const deploy =
  'mutation($s: String!, $e: String!) { serviceInstanceDeployV2(serviceId: $s, environmentId: $e) }';
const fields = `serviceName healthcheckPath healthcheckTimeout overlapSeconds drainingSeconds restartPolicyType
  restartPolicyMaxRetries sleepApplication rootDirectory watchPatterns railwayConfigFile builder numReplicas
  startCommand preDeployCommand source { repo image } domains { serviceDomains { domain targetPort syncStatus }
  customDomains { domain } } latestDeployment { status } activeDeployments { status deploymentStopped }`;
const read = async () =>
  (
    await api.data(
      `query($s: String!, $e: String!) { serviceInstance(serviceId: $s, environmentId: $e) { ${fields} } }`,
      of,
    )
  ).serviceInstance;

describe('a service in an environment', () => {
  it('has Railway’s defaults until somebody sets them', async () => {
    start({ hosts: ['web-production.up.railway.app', 'shop.example.com'] });
    expect(await read()).toEqual({
      serviceName: 'web',
      healthcheckPath: null,
      healthcheckTimeout: null,
      overlapSeconds: null,
      drainingSeconds: null,
      restartPolicyType: 'ON_FAILURE',
      restartPolicyMaxRetries: 10,
      sleepApplication: false,
      rootDirectory: null,
      watchPatterns: [],
      railwayConfigFile: null,
      builder: 'RAILPACK',
      numReplicas: null,
      startCommand: null,
      preDeployCommand: null,
      source: null,
      domains: {
        serviceDomains: [{ domain: 'web-production.up.railway.app', targetPort: null, syncStatus: 'ACTIVE' }],
        customDomains: [{ domain: 'shop.example.com' }],
      },
      latestDeployment: { status: 'SUCCESS' },
      activeDeployments: [{ status: 'SUCCESS', deploymentStopped: false }],
    });
  });

  it('keeps what is set for its next deployment, and deploys nothing', async () => {
    start();
    await api.data(update, { ...of, input: { healthcheckPath: '/healthz', drainingSeconds: 30 } });
    expect(await read()).toMatchObject({ healthcheckPath: '/healthz', drainingSeconds: 30 });
    expect(api.railway.world.instances()[0]?.deployments).toHaveLength(1);
    await api.data(update, { ...of, input: { healthcheckPath: null } });
    expect(await read()).toMatchObject({ healthcheckPath: null, drainingSeconds: 30 });
  });

  it('tells what its owner has put before it', async () => {
    start({ edge: { purgeOnDeploy: 'HTML', underAttackModeUntil: 1_800_000_000 } });
    const query = `query($s: String!, $e: String!) { serviceInstance(serviceId: $s, environmentId: $e) {
      edgeConfig { enabled caching { purgeOnDeploy } underAttackModeUntil edgeRules } } }`;
    expect((await api.data(query, of)).serviceInstance.edgeConfig).toEqual({
      enabled: true,
      caching: { purgeOnDeploy: 'HTML' },
      underAttackModeUntil: 1_800_000_000,
      edgeRules: null,
    });
  });

  it('serves a custom domain as its own', async () => {
    start({ hosts: ['shop.example.com'] });
    expect(await api.serves('/version.json', 'shop.example.com')).toMatchObject({ status: 200 });
    expect(api.railway.hosts).toContain('shop.example.com');
  });

  it('gets a domain of Railway’s own, and another one the next time', async () => {
    start({ hosts: [] });
    const mutation =
      'mutation($input: ServiceDomainCreateInput!) { serviceDomainCreate(input: $input) { domain } }';
    const make = async () =>
      (await api.data(mutation, { input: { serviceId, environmentId } })).serviceDomainCreate.domain;
    expect([await make(), await make()]).toEqual([
      'web-production.up.railway.app',
      expect.stringMatching(/^web-production-[0-9a-f]{4}\.up\.railway\.app$/),
    ]);
  });
});

describe('a service of an image', () => {
  const digest = () => api.images.resolve(images.v3)?.digest;

  it('is deployed by digest: set it, deploy, and it serves with that digest in its meta', async () => {
    start({
      deployed: [],
      settings: { source: { repo: 'acme/shop', image: null }, healthcheckPath: '/healthz' },
    });
    const image = `registry.fly.io/shop@${digest()}`;
    await api.data(update, { ...of, input: { source: { image } } });
    expect((await read()).source).toEqual({ repo: null, image });
    const { serviceInstanceDeployV2: id } = await api.data(deploy, of);
    await api.reaches(id, 'SUCCESS');
    expect((await api.serves()).body).toMatchObject({ version: 'v3' });
    expect(api.railway.world.deployments.get(id)?.meta).toMatchObject({ image, imageDigest: digest() });
  });

  it('tells its digest late where that is its fate, and serves meanwhile', async () => {
    start({ deployed: [], settings: { source: { repo: null, image: images.v3 } } });
    api.railway.next({ service: 'web' }, { kind: 'tells-digest-late', ms: 300 });
    const { serviceInstanceDeployV2: id } = await api.data(deploy, of);
    await api.reaches(id, 'SUCCESS');
    const told = () => api.railway.world.deployments.get(id)?.meta.imageDigest;
    const first = told();
    expect([first, await eventually(told)]).toEqual([undefined, digest()]);
  });

  it('is refused where the workspace allows only some sources', async () => {
    const source = { repo: null, image: images.v1 };
    start({ settings: { source } }, { workspace: { name: 'Acme', onlyAllowedSources: true } });
    expect(await api.refusal(deploy, of)).toBe('Deploys in this workspace are restricted to allowed sources');
    const query =
      'query($id: String!) { workspacePolicy(workspaceId: $id) { restrictDeploysToAllowedSources } }';
    const [id] = api.railway.world.workspaces.keys();
    expect(await api.data(query, { id })).toEqual({
      workspacePolicy: { restrictDeploysToAllowedSources: true },
    });
  });

  it('is shipped again as it was, whatever its source says meanwhile', async () => {
    const source = { repo: null, image: images.v1 };
    start({ deployed: [{ image: images.v1 }], settings: { source, healthcheckPath: '/healthz' } });
    await api.serves();
    await api.data(update, { ...of, input: { source: { image: images.v3 } } });
    const mutation =
      'mutation($s: String!, $e: String!) { serviceInstanceRedeploy(serviceId: $s, environmentId: $e) }';
    await api.data(mutation, of);
    const made = api.railway.world.instances()[0]?.deployments.at(-1);
    await api.reaches(made?.id ?? '', 'SUCCESS');
    expect((await api.serves()).body).toMatchObject({ version: 'v1' });
  });
});

describe('a start command', () => {
  const file = `process.stdout.write('I am ' + process.argv[2] + '\\n'); setInterval(() => {}, 1000);`;
  const said = async (files: Readonly<Record<string, string>>, settings: object = {}) => {
    start({ deployed: [], settings });
    const id = await api.deploy({ 'say.js': file, ...files });
    await api.reaches(id, 'SUCCESS');
    const [environment] = api.railway.world.environments();
    return eventually(() => {
      const lines = environment === undefined ? [] : api.railway.world.logsOf(environment).lines();
      return lines.find(({ kind }) => kind === 'deploy')?.message;
    });
  };
  const scripts = JSON.stringify({ scripts: { start: 'node say.js npm' } });

  it.each([
    ['npm start', { 'package.json': scripts }, {}, 'npm'],
    [
      'a Procfile before that',
      { 'package.json': scripts, Procfile: 'web: node say.js procfile\n' },
      {},
      'procfile',
    ],
    [
      'a Dockerfile before that',
      { Procfile: 'web: node say.js procfile', Dockerfile: 'CMD ["node", "say.js", "dockerfile"]' },
      {},
      'dockerfile',
    ],
    [
      'the service’s own before all',
      { 'package.json': scripts },
      { startCommand: 'node say.js setting' },
      'setting',
    ],
    ['a line for a shell', {}, { startCommand: 'WHO=shell; exec node say.js "$WHO"' }, 'shell'],
    [
      'in its root directory',
      { 'web/say.js': file, 'web/package.json': scripts },
      { rootDirectory: '/web' },
      'npm',
    ],
  ])('is %s', async (_, files, settings, name) => {
    expect(await said(files, settings)).toBe(`I am ${name}`);
  });
});

describe('railway.json', () => {
  const files = {
    ...shopTree({ version: 'v2' }),
    'railway.json': JSON.stringify({ deploy: { healthcheckPath: '/nowhere', healthcheckTimeout: 1 } }),
  };

  it('is not read: what stood in it alone is in force no longer', async () => {
    start();
    await api.reaches(await api.deploy(files), 'SUCCESS');
  });

  it('was read before 2026-12-01', async () => {
    start();
    api.railway.switches.configFile = 'read';
    const id = await api.deploy(files);
    await api.reaches(id, 'FAILED');
    expect(api.railway.world.deployments.get(id)?.meta).toMatchObject({
      configFile: 'railway.json',
      serviceManifest: { deploy: { healthcheckPath: '/nowhere' } },
    });
    expect(await read()).toMatchObject({ healthcheckPath: null });
  });
});

describe('variables', () => {
  const query =
    'query($p: String!, $e: String!, $s: String!) { variablesForServiceDeployment(projectId: $p, environmentId: $e, serviceId: $s) }';
  const upsert =
    'mutation($input: VariableCollectionUpsertInput!) { variableCollectionUpsert(input: $input) }';
  const all = { p: projectId, e: environmentId, s: serviceId };

  it('are a flat map, Railway’s own among them', async () => {
    start({ variables: { A: '1' } });
    expect((await api.data(query, all)).variablesForServiceDeployment).toEqual({
      A: '1',
      RAILWAY_PROJECT_ID: projectId,
      RAILWAY_PROJECT_NAME: 'shop',
      RAILWAY_ENVIRONMENT_ID: environmentId,
      RAILWAY_ENVIRONMENT_NAME: 'production',
      RAILWAY_SERVICE_ID: serviceId,
      RAILWAY_SERVICE_NAME: 'web',
      RAILWAY_PRIVATE_DOMAIN: 'web.railway.internal',
      RAILWAY_PUBLIC_DOMAIN: 'web-production.up.railway.app',
      RAILWAY_STATIC_URL: 'web-production.up.railway.app',
    });
  });

  it.each([
    [false, 2],
    [true, 1],
  ])('that are changed, skipping deploys: %s, leave %i deployments', async (skipDeploys, count) => {
    start({ variables: { A: '1' } });
    await api.serves();
    const input = { projectId, environmentId, serviceId, variables: { B: '2' }, skipDeploys };
    await api.data(upsert, { input });
    const instance = api.railway.world.instances()[0];
    expect([instance?.variables, instance?.deployments.length]).toEqual([{ A: '1', B: '2' }, count]);
  });
});

describe('an environment', () => {
  const create = 'mutation($input: EnvironmentCreateInput!) { environmentCreate(input: $input) { id name } }';

  it('made from another has its services deployed, under domains of their own, until it is deleted', async () => {
    start({ settings: { healthcheckPath: '/healthz' } });
    await api.serves();
    const input = { projectId, name: 'pr-7', sourceEnvironmentId: environmentId };
    const { environmentCreate: made } = await api.data(create, { input }, 'workspace');
    const deployment = api.railway.world.environment(made.id)?.instances.get(serviceId)?.deployments[0];
    await expect.poll(() => deployment?.status, { timeout: 20_000 }).toBe('SUCCESS');
    expect(await api.serves('/version.json', 'web-pr-7.up.railway.app')).toMatchObject({ status: 200 });
    expect(await api.refusal(create, { input }, 'workspace')).toBe(
      'An environment named "pr-7" already exists in this project',
    );
    await api.data('mutation($id: String!) { environmentDelete(id: $id) }', { id: made.id }, 'workspace');
    expect(await api.serves('/version.json', 'web-pr-7.up.railway.app')).toMatchObject({ status: 404 });
  });

  it('made in the background has its services a moment later, and no deployments where none are wanted', async () => {
    start();
    await api.serves();
    const { switches } = api.railway;
    switches.pace = { ...switches.pace, copyMs: 300 };
    const from = { projectId, name: 'pr-7', sourceEnvironmentId: environmentId };
    const input = { ...from, skipInitialDeploys: true, applyChangesInBackground: true };
    const { environmentCreate: made } = await api.data(create, { input }, 'workspace');
    const inside = () => [...(api.railway.world.environment(made.id)?.instances.values() ?? [])];
    expect(inside()).toEqual([]);
    await expect.poll(() => inside().map(({ service }) => service.name)).toEqual(['web']);
    expect(inside()[0]?.deployments).toEqual([]);
  });

  it('is neither made nor deleted with a project token', async () => {
    start();
    expect(await api.refusal(create, { input: { projectId, name: 'pr-7' } })).toBe('Not Authorized');
    const mutation = 'mutation($id: String!) { environmentDelete(id: $id) }';
    expect(await api.refusal(mutation, { id: environmentId })).toBe('Not Authorized');
  });
});
