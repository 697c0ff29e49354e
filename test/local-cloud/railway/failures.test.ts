import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shopTree } from '#local-cloud';
import { initialPace } from '../../../packages/local-cloud/src/railway/index.ts';
import { RailwayApi, shopProject } from '../../support/railway-api.ts';

let api: RailwayApi;
const start = (settings: object = {}) => {
  api = new RailwayApi(shopProject({ settings }));
};
beforeEach(() => start());
afterEach(() => api.close());

const tree = (settings: Readonly<Record<string, string>> = {}) => shopTree({ version: 'v2', settings });

/** The step that failed, and what it said. */
async function failedStep(id: string) {
  const query = `query($id: String!) { deploymentEvents(id: $id) { edges { node { step payload { error } } } } }`;
  const { deploymentEvents } = await api.data(query, { id });
  return deploymentEvents.edges
    .map(({ node }: { node: object }) => node)
    .findLast(({ payload }: { payload: { error: string | null } }) => payload.error !== null);
}

async function lines(id: string, log: 'buildLogs' | 'deploymentLogs') {
  const { [log]: all } = await api.data(`query($id: String!) { ${log}(deploymentId: $id) { message } }`, {
    id,
  });
  return all.map(({ message }: { message: string }) => message);
}

const stillServes = async () => expect((await api.serves()).body).toMatchObject({ version: 'v1' });

describe('a build', () => {
  it('without a start command fails, and what served goes on', async () => {
    const id = await api.deploy({ 'README.md': 'nothing to start' });
    await api.reaches(id, 'FAILED');
    expect(await failedStep(id)).toEqual({
      step: 'BUILD_IMAGE',
      payload: { error: 'Failed to build an image. Please check the build logs for more details.' },
    });
    expect(await lines(id, 'buildLogs')).toEqual([
      'Using build driver railpack-v0.15.1',
      '✖ No start command was found.',
    ]);
    await stillServes();
  });

  it('whose own command fails says so in its log', async () => {
    const scripts = { start: 'node server.js', build: 'node build.js' };
    const id = await api.deploy({
      ...tree(),
      'package.json': JSON.stringify({ type: 'module', scripts }),
      'build.js': 'process.stderr.write("no room\\n"); process.exitCode = 3;',
    });
    await api.reaches(id, 'FAILED');
    expect(await lines(id, 'buildLogs')).toEqual([
      'Using build driver railpack-v0.15.1',
      'Build       $ npm run build',
      'no room',
      'ERROR: failed to build: process "npm run build" did not complete successfully: exit code: 3',
    ]);
  });

  it('fails with the line a test has given it', async () => {
    api.railway.next({ service: 'web' }, { kind: 'build-fails', says: 'ERROR: registry is down' });
    const id = await api.deploy(tree());
    await api.reaches(id, 'FAILED');
    expect((await lines(id, 'buildLogs')).at(-1)).toBe('ERROR: registry is down');
  });

  it('of a Dockerfile fails at a step of it', async () => {
    const id = await api.deploy({
      ...tree(),
      Dockerfile: 'FROM node:24\nRUN exit 7\nCMD ["node", "server.js"]\n',
    });
    await api.reaches(id, 'FAILED');
    expect((await lines(id, 'buildLogs')).at(-1)).toBe(
      'ERROR: failed to build: process "/bin/sh -c exit 7" did not complete successfully: exit code: 7',
    );
  });
});

describe('a health check', () => {
  beforeEach(() => start({ healthcheckPath: '/healthz', healthcheckTimeout: 2 }));

  it('that never answers 200 fails the deployment, and what served goes on', async () => {
    const id = await api.deploy(tree({ SHOP_HEALTH: 'failing' }));
    await api.reaches(id, 'FAILED');
    expect(await failedStep(id)).toEqual({ step: 'HEALTHCHECK', payload: { error: 'Healthcheck failed' } });
    const said = (await lines(id, 'buildLogs')).slice(3);
    expect(said).toEqual([
      ...['====================', 'Starting Healthcheck', '====================', ''],
      ...['Path: /healthz', 'Retry window: 2s', ''],
      ...said.slice(7, -2),
      '1/1 replicas never became healthy!',
      'Healthcheck failed!',
    ]);
    expect(said[7]).toMatch(/^Attempt #1 failed with service unavailable\. Continuing to retry for \ds$/);
    await stillServes();
  });

  it('knows nothing else than 200: a redirect is none', async () => {
    const server = `import { createServer } from 'node:http';
      createServer((_, response) => response.writeHead(302, { location: '/' }).end()).listen(process.env.PORT);`;
    const id = await api.deploy({ ...tree(), 'server.js': server });
    await api.reaches(id, 'FAILED');
  });

  it('comes with a host of its own, which an application has to admit', async () => {
    const server = `import { createServer } from 'node:http';
      createServer((request, response) => {
        response.writeHead(request.headers.host === 'healthcheck.railway.app' ? 200 : 400).end();
      }).listen(process.env.PORT);`;
    const id = await api.deploy({ ...tree(), 'server.js': server });
    await api.reaches(id, 'SUCCESS');
  });

  it.each([
    ['another port', 'listen(3000)'],
    ['its own loopback alone', "listen(process.env.PORT, '127.0.0.1')"],
  ])('reaches nobody who listens on %s', async (_, listen) => {
    const server = `import { createServer } from 'node:http';
      createServer((_, response) => response.end('ok')).${listen};`;
    const id = await api.deploy({ ...tree(), 'server.js': server });
    await api.reaches(id, 'FAILED');
  });
});

describe('a process that ends', () => {
  it('after SUCCESS is started again, and at last its deployment is CRASHED and its host answers 502', async () => {
    start({ restartPolicyMaxRetries: 1 });
    const id = await api.deploy(tree({ SHOP_CRASH_AFTER_MS: '900' }));
    await api.reaches(id, 'SUCCESS');
    await api.reaches(id, 'CRASHED');
    const query = 'query($id: String!) { deployment(id: $id) { deploymentStopped instances { status } } }';
    expect((await api.data(query, { id })).deployment).toEqual({
      deploymentStopped: true,
      instances: [{ status: 'CRASHED' }],
    });
    expect(await api.serves()).toMatchObject({
      status: 502,
      body: { message: 'Application failed to respond' },
    });
    expect(
      (await lines(id, 'deploymentLogs')).filter((line: string) => line.startsWith('shop v2')),
    ).toHaveLength(2);
  });

  it('for good before SUCCESS makes it CRASHED at once, and what served goes on', async () => {
    start({ restartPolicyType: 'NEVER' });
    api.railway.switches.pace = { ...initialPace, settleMs: 60_000 };
    const id = await api.deploy(tree({ SHOP_CRASH_AFTER_MS: '0' }));
    await api.reaches(id, 'CRASHED');
    await stillServes();
  });

  it('with code 0 stays a success that is stopped', async () => {
    const id = await api.deploy(tree({ SHOP_CRASH_AFTER_MS: '0', SHOP_EXIT_CODE: '0' }));
    await api.reaches(id, 'SUCCESS');
    const query =
      'query($id: String!) { deployment(id: $id) { status deploymentStopped instances { status } } }';
    await expect
      .poll(async () => (await api.data(query, { id })).deployment, { timeout: 20_000 })
      .toEqual({ status: 'SUCCESS', deploymentStopped: true, instances: [{ status: 'EXITED' }] });
  });
});

describe('a deployment that never gets a container', () => {
  it('for want of its image has no digest and no line of build log', async () => {
    start({ source: { repo: null, image: 'registry.fly.io/shop:gone' } });
    const mutation =
      'mutation($s: String!, $e: String!) { serviceInstanceDeployV2(serviceId: $s, environmentId: $e) }';
    const [instance] = api.railway.world.instances();
    const of = { s: instance?.service.id, e: instance?.environment.id };
    const { serviceInstanceDeployV2: id } = await api.data(mutation, of);
    await api.reaches(id, 'FAILED');
    const { deployment } = await api.data(
      'query($id: String!) { deployment(id: $id) { meta instances { id } } }',
      { id },
    );
    expect([deployment.meta.imageDigest, deployment.instances, await lines(id, 'buildLogs')]).toEqual([
      undefined,
      [],
      [],
    ]);
  });

  it('for a configuration that is not allowed says why', async () => {
    const errors = ['Multi-region is not available on your plan'];
    api.railway.next({ service: 'web' }, { kind: 'misconfigured', errors });
    const id = await api.deploy(tree());
    await api.reaches(id, 'FAILED');
    const { deployment } = await api.data('query($id: String!) { deployment(id: $id) { meta } }', { id });
    expect(deployment.meta.configErrors).toEqual(errors);
  });

  it('for a pre-deploy command that failed', async () => {
    start({ preDeployCommand: ['node migrate.js'] });
    const id = await api.deploy({ ...tree(), 'migrate.js': 'console.log("locked"); process.exitCode = 4;' });
    await api.reaches(id, 'FAILED');
    expect(await failedStep(id)).toEqual({
      step: 'PRE_DEPLOY_COMMAND',
      payload: { error: 'Pre-deploy command failed with exit code 4' },
    });
    expect(await lines(id, 'deploymentLogs')).toEqual(['locked']);
    await stillServes();
  });
});
