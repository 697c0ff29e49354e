import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { shopTree } from '#local-cloud';
import {
  environmentId,
  projectId,
  RailwayApi,
  serviceId,
  shopProject,
  tarOf,
  tokens,
} from '../../support/railway-api.ts';

const api = new RailwayApi(shopProject({ settings: { healthcheckPath: '/healthz' } }));
afterAll(() => api.close());

const run = promisify(execFile);
const path = `/project/${projectId}/environment/${environmentId}/up`;
const send = (query: string, body: Buffer, headers: Readonly<Record<string, string>> = tokens.project) =>
  api.send(`${path}?${query}`, body, headers);

describe('an upload', () => {
  it('is answered with its deployment, which then really serves', async () => {
    const { status, body } = await api.upload(shopTree({ version: 'v2' }), 'abc1234 Fix cart');
    const page = `https://railway.com/project/${projectId}/service/${serviceId}?id=${body.deploymentId}`;
    expect({ status, body }).toEqual({
      status: 200,
      body: { deploymentId: expect.any(String), url: page, logsUrl: `${page}&`, deploymentDomain: '' },
    });
    expect(await api.status(body.deploymentId)).toBe('INITIALIZING');
    expect((await api.serves()).body).toMatchObject({ version: 'v1' });
    await api.reaches(body.deploymentId, 'SUCCESS');
    expect(await api.serves()).toMatchObject({
      status: 200,
      body: { version: 'v2', deployment: body.deploymentId, region: 'us-west2' },
    });
  });

  it('has a message and no commit: what is uploaded belongs to no repository', async () => {
    const id = await api.deploy(shopTree({ version: 'v3' }), 'abc1234 Fix cart');
    const { deployment } = await api.data('query($id: String!) { deployment(id: $id) { meta } }', { id });
    expect(deployment.meta).toMatchObject({ reason: 'deploy', commitMessage: 'abc1234 Fix cart' });
    expect(deployment.meta).not.toHaveProperty('commitHash');
  });

  it('may be of several gzip members', async () => {
    const whole = await tarOf(shopTree({ version: 'v4' }));
    const tar = gunzipSync(whole);
    const half = tar.length >> 1;
    const members = Buffer.concat([gzipSync(tar.subarray(0, half)), gzipSync(tar.subarray(half))]);
    expect(await send(`serviceId=${serviceId}`, members)).toMatchObject({ status: 200 });
  });

  it.each([
    [
      'is no archive',
      `serviceId=${serviceId}`,
      Buffer.from('not a tar'),
      'Failed to read the uploaded archive',
    ],
    ['is for no service', 'serviceId=nope', Buffer.alloc(0), 'Service not found'],
    ['names none where there is one', 'serviceId=', Buffer.alloc(0), 'Service not found'],
  ])('that %s is refused with 400', async (_, query, body, message) => {
    expect(await send(query, body)).toMatchObject({ status: 400, body: { message } });
  });

  it('with a name that climbs out is refused', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'belay-test-'));
    await writeFile(join(dir, 'climber'), 'out');
    await mkdir(join(dir, 'inside'));
    const { stdout } = await run('tar', ['-czPf', '-', '-C', join(dir, 'inside'), '../climber'], {
      encoding: 'buffer',
    });
    await rm(dir, { recursive: true });
    expect(await send(`serviceId=${serviceId}`, stdout)).toMatchObject({ status: 400 });
  });

  it('above the limit is refused in plain text', async () => {
    api.railway.switches.uploadBytes = 10;
    const refused = await send(`serviceId=${serviceId}`, Buffer.alloc(11));
    api.railway.switches.uploadBytes = 1_000_000;
    expect(refused).toMatchObject({ status: 413, body: 'Payload Too Large' });
  });

  it.each([
    ['no token', {}],
    ['a project token as a bearer', { authorization: tokens.project['project-access-token'] }],
  ])('with %s is not authorized', async (_, headers) => {
    expect(await send(`serviceId=${serviceId}`, Buffer.alloc(0), headers)).toMatchObject({ status: 401 });
  });

  it('makes the first service of a project that has none', async () => {
    const empty = new RailwayApi({ name: 'shop', services: {} });
    const headers = tokens.project;
    const { body } = await empty.send(
      `${path}?serviceId=`,
      await tarOf(shopTree({ version: 'v1' })),
      headers,
    );
    await empty.reaches(body.deploymentId, 'SUCCESS');
    const { project } = await empty.data(
      'query($id: String!) { project(id: $id) { services { edges { node { name } } } } }',
      { id: projectId },
    );
    expect(project.services.edges).toEqual([{ node: { name: 'shop' } }]);
    await empty.close();
  });

  it('is refused while too many were made of its service', async () => {
    api.railway.switches.deploysPerMinute = 0;
    const refused = await api.upload(shopTree({ version: 'v5' }));
    api.railway.switches.deploysPerMinute = Number.POSITIVE_INFINITY;
    expect(refused).toMatchObject({
      status: 400,
      body: { message: 'Service deployment rate limit exceeded' },
    });
  });

  it('is refused where the workspace allows only some sources', async () => {
    const guarded = new RailwayApi(
      shopProject({}, { workspace: { name: 'Acme', onlyAllowedSources: true } }),
    );
    expect(await guarded.upload({})).toMatchObject({
      status: 400,
      body: { message: 'Deploys in this workspace are restricted to allowed sources' },
    });
    await guarded.close();
  });
});
