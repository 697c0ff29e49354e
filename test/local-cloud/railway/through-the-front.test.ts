import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cloud, demo, railway, shopTree, startCloud } from '#local-cloud';
import { proxied } from '../../support/proxied.ts';
import { tarOf } from '../../support/railway-api.ts';

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud({ services: [railway] });
});
afterAll(() => cloud.close());

const ask = (query: string, headers: Record<string, string> = {}) =>
  proxied(cloud, 'https://backboard.railway.com/graphql/v2', {
    method: 'POST',
    headers: { 'user-agent': 'test', 'project-access-token': demo.railway.token, ...headers },
    body: JSON.stringify({ query }),
  });

describe('the demo’s project, by its production host names', () => {
  it('serves what it was deployed with', async () => {
    const { status, text } = await proxied(cloud, `https://${demo.railway.host}/version.json`);
    expect([status, JSON.parse(text)]).toEqual([200, expect.objectContaining({ version: 'v1' })]);
  });

  it('says which environment its token is of', async () => {
    const { text } = await ask('{ projectToken { project { id name } environment { id name } } }');
    expect(JSON.parse(text)).toEqual({
      data: {
        projectToken: {
          project: { id: demo.railway.projectId, name: 'shop' },
          environment: { id: demo.railway.environmentId, name: 'production' },
        },
      },
    });
  });

  it('keeps no token in its journal', async () => {
    await ask('{ projectToken { id } }');
    expect(JSON.stringify(cloud.journal.entries())).not.toContain(demo.railway.token);
    const { route, headers } = cloud.journal.entries().at(-1) ?? {};
    expect([route, headers?.['project-access-token']]).toEqual([
      'graphql.projectToken',
      expect.stringMatching(/^sha256:[0-9a-f]{12}$/),
    ]);
  });

  it('has the deployment of an upload whose answer is lost', async () => {
    cloud.faults.add({ route: 'upload', kind: 'reset-after' });
    const { projectId, environmentId, serviceId } = demo.railway;
    const url = `https://backboard.railway.com/project/${projectId}/environment/${environmentId}/up?serviceId=${serviceId}&message=lost`;
    const body = await tarOf(shopTree({ version: 'v2' }));
    const headers = { 'user-agent': 'test', 'project-access-token': demo.railway.token };
    const answer = proxied(cloud, url, { method: 'POST', headers, body });
    await expect(answer).rejects.toThrow('ECONNRESET');
    const input = `{ projectId: "${projectId}", environmentId: "${environmentId}" }`;
    const { text } = await ask(`{ deployments(input: ${input}, first: 1) { edges { node { meta } } } }`);
    expect(JSON.parse(text).data.deployments.edges[0].node.meta.commitMessage).toBe('lost');
  });

  it('answers a host nobody has as Railway’s edge does', async () => {
    const { status, headers, text } = await proxied(cloud, 'https://nobody.up.railway.app/');
    expect([status, headers['x-railway-fallback'], JSON.parse(text).message]).toEqual([
      404,
      'true',
      'Application not found',
    ]);
  });
});
