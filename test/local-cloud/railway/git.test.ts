import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shopTree } from '#local-cloud';
import { environmentId, projectId, RailwayApi, serviceId, shopProject } from '../../support/railway-api.ts';

const sha = (letter: string) => letter.repeat(40);
const commits = ['a', 'b', 'c'].map((letter, index) => ({
  sha: sha(letter),
  branch: 'main',
  message: `commit ${letter}`,
  author: 'ann',
  files: {
    ...shopTree({ version: `v${index}`, commit: sha(letter) }),
    'docs/index.md': letter,
    'src/index.md': letter === 'c' ? 'b' : letter,
  },
}));
const feature = {
  sha: sha('f'),
  branch: 'feature',
  message: 'a feature',
  author: 'bob',
  files: shopTree({ version: 'feature' }),
};

const api = new RailwayApi(
  shopProject({ settings: { healthcheckPath: '/healthz' }, trigger: { repository: 'acme/shop' } }),
);
beforeAll(() => api.railway.seedRepository({ name: 'acme/shop', commits: [...commits, feature] }));
afterAll(() => api.close());

const of = { p: projectId, e: environmentId, s: serviceId };
const instance = () => api.railway.world.instances().find((one) => one.environment.id === environmentId);
const meta = (id: string) => api.railway.world.deployments.get(id)?.meta;
const deploy =
  'mutation($s: String!, $e: String!, $sha: String) { serviceInstanceDeployV2(serviceId: $s, environmentId: $e, commitSha: $sha) }';

describe('a service with a repository', () => {
  it('is deployed at a commit, which its deployment and its process then name', async () => {
    const { serviceInstanceDeployV2: id } = await api.data(deploy, {
      s: serviceId,
      e: environmentId,
      sha: sha('b'),
    });
    await api.reaches(id, 'SUCCESS');
    expect(meta(id)).toMatchObject({
      repo: 'acme/shop',
      branch: 'main',
      commitHash: sha('b'),
      commitMessage: 'commit b',
      commitAuthor: 'ann',
    });
    expect((await api.serves()).body).toMatchObject({ version: 'v1', commit: sha('b') });
  });

  it('is deployed at its branch’s newest commit where none is named', async () => {
    const { serviceInstanceDeployV2: id } = await api.data(deploy, { s: serviceId, e: environmentId });
    expect(meta(id)?.commitHash).toBe(sha('c'));
  });

  it('knows no commit that was not pushed', async () => {
    const variables = { s: serviceId, e: environmentId, sha: sha('0') };
    expect(await api.refusal(deploy, variables)).toBe('Commit not found');
  });

  it('says which branch triggers it, and that it does', async () => {
    const query = `query($p: String!, $e: String!, $s: String!) {
      deploymentTriggers(projectId: $p, environmentId: $e, serviceId: $s) { edges { node {
        repository branch provider checkSuites validCheckSuites } } }
      serviceInstanceAutoDeployStatus(projectId: $p, environmentId: $e, serviceId: $s) { enabled canEnable reason } }`;
    const node = {
      repository: 'acme/shop',
      branch: 'main',
      provider: 'github',
      checkSuites: false,
      validCheckSuites: 0,
    };
    expect(await api.data(query, of)).toEqual({
      deploymentTriggers: { edges: [{ node }] },
      serviceInstanceAutoDeployStatus: { enabled: true, canEnable: true, reason: null },
    });
  });
});

describe('a push', () => {
  it('makes a deployment, and told twice makes two of one commit', async () => {
    const [first] = await api.railway.push('acme/shop', sha('c'));
    const [again] = await api.railway.push('acme/shop', sha('c'));
    expect([first?.meta.commitHash, again?.meta.commitHash, first?.status]).toEqual([
      sha('c'),
      sha('c'),
      'REMOVED',
    ]);
    expect(first?.id).not.toBe(again?.id);
  });

  it('to another branch makes none', async () => {
    expect(await api.railway.push('acme/shop', sha('f'))).toEqual([]);
  });

  it('that changes no watched file is SKIPPED', async () => {
    const web = instance();
    if (web === undefined) throw new Error('no service');
    web.settings = { ...web.settings, watchPatterns: ['/src/**'] };
    const [unwatched] = await api.railway.push('acme/shop', sha('c'));
    const [watched] = await api.railway.push('acme/shop', sha('b'));
    web.settings = { ...web.settings, watchPatterns: [] };
    expect([unwatched?.status, unwatched?.meta.skippedReason, watched?.status]).toEqual([
      'SKIPPED',
      'No changes to watched files',
      'INITIALIZING',
    ]);
  });

  it('is WAITING where its trigger waits for CI', async () => {
    const { id } = instance()?.trigger ?? {};
    const mutation =
      'mutation($id: String!) { deploymentTriggerUpdate(id: $id, input: { checkSuites: true }) { checkSuites validCheckSuites } }';
    expect(await api.data(mutation, { id })).toEqual({
      deploymentTriggerUpdate: { checkSuites: true, validCheckSuites: 1 },
    });
    const [waiting] = await api.railway.push('acme/shop', sha('c'));
    expect(waiting?.status).toBe('WAITING');
  });

  it('makes none while automatic deploys are switched off', async () => {
    const mutation = `mutation($input: ServiceInstanceAutoDeployUpdateInput!) {
      serviceInstanceAutoDeployUpdate(input: $input) { enabled } }`;
    const input = { projectId, environmentId, serviceId, enabled: false };
    expect(await api.data(mutation, { input })).toEqual({
      serviceInstanceAutoDeployUpdate: { enabled: false },
    });
    expect(await api.railway.push('acme/shop', sha('c'))).toEqual([]);
  });
});

describe('what Railway does by itself', () => {
  it('deploys what serves once more, of the same commit', async () => {
    const before = instance()?.deployments.findLast(({ status }) => status === 'SUCCESS');
    const moved = await api.railway.moveHost({ service: 'web' });
    await api.reaches(moved.id, 'SUCCESS');
    expect([moved.meta.commitHash, moved.meta.imageDigest, moved.meta.reason]).toEqual([
      before?.meta.commitHash,
      before?.meta.imageDigest,
      'migrate',
    ]);
  });
});

describe('a pull request', () => {
  it('has an environment of its own, deployed at its commit, which a project token of another may not enter', async () => {
    const pull = { number: 19, repo: 'acme/shop', title: 'A feature', branch: 'feature', baseBranch: 'main' };
    const { environment, deployments } = await api.railway.openPullRequest(pull, sha('f'));
    const query = `query($id: String!) { environment(id: $id) {
      name isEphemeral meta { prNumber prRepo prTitle branch baseBranch } } }`;
    expect(await api.data(query, { id: environment.id }, 'workspace')).toEqual({
      environment: {
        name: 'shop-pr-19',
        isEphemeral: true,
        meta: {
          prNumber: 19,
          prRepo: 'acme/shop',
          prTitle: 'A feature',
          branch: 'feature',
          baseBranch: 'main',
        },
      },
    });
    expect(await api.refusal(query, { id: environment.id })).toBe('Not Authorized');
    const [deployment] = deployments;
    await expect.poll(() => deployment?.status, { timeout: 20_000 }).toBe('SUCCESS');
    expect((await api.serves('/version.json', 'web-shop-pr-19.up.railway.app')).body).toMatchObject({
      version: 'feature',
    });
  });

  it('may leave services out, and is gone when it is closed', async () => {
    const pull = { number: 20, repo: 'acme/shop', title: 'A feature', branch: 'feature', baseBranch: 'main' };
    const { environment, deployments } = await api.railway.openPullRequest(pull, sha('f'), undefined, {
      without: ['web'],
    });
    expect([environment.instances.size, deployments]).toEqual([0, []]);
    await api.railway.closePullRequest(pull);
    expect(api.railway.world.environment(environment.id)).toBeUndefined();
  });
});
