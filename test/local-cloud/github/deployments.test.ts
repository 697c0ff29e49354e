import { beforeEach, describe, expect, it } from 'vitest';
import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import type { GitHub } from '../../../packages/local-cloud/src/github/github.ts';
import { ask } from '../../support/github-client.ts';
import { demoGitHub } from '../../support/github-emulator.ts';

const [, , c2 = '', , , c5 = ''] = demoCommits;
const deployments = '/repos/acme/shop/deployments';
const plain = { auto_merge: false, required_contexts: [] };

let github: GitHub;
let token: string;

beforeEach(() => {
  ({ github } = demoGitHub());
  token = github.token();
});

const create = (body: object) => ask(github, `POST ${deployments}`, { token, body });

describe('creating a deployment', () => {
  it('answers what was asked for, and fills in the commit and the defaults', async () => {
    const { status, body } = await create({ ...plain, ref: 'main', payload: { a: 1 } });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      sha: c5,
      ref: 'main',
      task: 'deploy',
      environment: 'production',
      production_environment: true,
      transient_environment: false,
      payload: { a: 1 },
      description: null,
      creator: { login: 'github-actions[bot]', type: 'Bot' },
    });
  });

  it.each([
    ['an object', { a: 1 }],
    ['a string', '{"a":1}'],
  ])('gives %s payload back as it came', async (_, payload) => {
    const { body } = await create({ ...plain, ref: 'main', payload });
    expect(body.payload).toEqual(payload);
  });

  it('takes only the environment called production for production', async () => {
    const { body } = await create({ ...plain, ref: 'main', environment: 'staging' });
    expect(body.production_environment).toBe(false);
  });

  it('merges the default branch into a branch that is behind, and makes no deployment', async () => {
    await ask(github, 'POST /repos/acme/shop/git/refs', {
      token,
      body: { ref: 'refs/heads/topic', sha: c2 },
    });
    const { status, body } = await create({ ref: 'topic', required_contexts: [] });
    expect([status, body]).toEqual([202, { message: 'Auto-merged main into topic on deployment.' }]);
    github.reveal();
    expect((await ask(github, `GET ${deployments}`, { token })).body).toEqual([]);
    const compared = await ask(github, 'GET /repos/acme/shop/compare/main...topic', { token });
    expect(compared.body).toMatchObject({ status: 'ahead', behind_by: 0 });
  });

  it.each(['pending', 'failure', 'error'] as const)(
    'refuses a commit with a check that is %s',
    async (state) => {
      github.seedCommitStatus('acme/shop', c5, { kind: 'check', context: 'build', state });
      const { status, body } = await create({ ref: 'main', auto_merge: false });
      expect(status).toBe(409);
      expect(body).toMatchObject({
        message: 'Conflict: Commit status checks failed for main.',
        errors: [{ contexts: [{ context: 'build', state }], field: 'required_contexts' }],
      });
    },
  );

  it.each([
    ['a required context is green', ['build'], 201],
    ['a required context was never reported', ['lint'], 409],
    ['nothing is required', [], 201],
  ])('answers by the contexts it was given: %s', async (_, required_contexts, expected) => {
    github.seedCommitStatus('acme/shop', c5, { kind: 'status', context: 'build', state: 'success' });
    github.seedCommitStatus('acme/shop', c5, { kind: 'check', context: 'deploy', state: 'pending' });
    const { status } = await create({ ref: 'main', auto_merge: false, required_contexts });
    expect(status).toBe(expected);
  });

  it.each([
    ['an unknown ref', { ...plain, ref: 'nowhere' }, 'No ref found for: nowhere'],
    ['no ref', plain, 'Validation Failed'],
    ['a flag that is no flag', { ref: 'main', auto_merge: 'no' }, 'Validation Failed'],
    ['a payload that is a list', { ...plain, ref: 'main', payload: [1] }, 'Validation Failed'],
  ])('refuses %s', async (_, body, message) => {
    expect(await create(body)).toMatchObject({ status: 422, body: { message } });
  });
});

describe('listing deployments', () => {
  beforeEach(() => {
    github.seedDeployments('acme/shop', 45, (index) => ({
      sha: index % 2 === 0 ? c2 : c5,
      task: index < 40 ? 'belay:deploy' : 'belay:rollback',
      environment: index === 44 ? 'staging' : 'production',
    }));
  });

  const list = (query: string) => ask(github, `GET ${deployments}?${query}`, { token });

  it('answers thirty, newest first, and links the other pages', async () => {
    const { body, headers } = await list('');
    expect(body).toHaveLength(30);
    expect(body[0].id).toBeGreaterThan(body[1].id);
    expect(headers.link).toBe(
      `<https://api.github.com${deployments}?page=2>; rel="next", <https://api.github.com${deployments}?page=2>; rel="last"`,
    );
  });

  it('answers the rest on the last page', async () => {
    const { body, headers } = await list('per_page=20&page=3');
    expect(body).toHaveLength(5);
    expect(headers.link).toContain('page=2>; rel="prev"');
    expect(headers.link).not.toContain('rel="next"');
  });

  it.each([
    ['sha', `sha=${c2}`, 23],
    ['task', 'task=belay:rollback', 5],
    ['environment', 'environment=staging', 1],
    ['several', `task=belay:rollback&environment=production&sha=${c2}`, 2],
    ['nothing that exists', 'ref=nowhere', 0],
    ['none, which filters nothing', 'sha=none&per_page=100', 45],
    ['a page size above a hundred', 'per_page=1000', 45],
  ])('filters by %s', async (_, query, expected) => {
    expect((await list(`per_page=100&${query}`)).body).toHaveLength(expected);
  });
});

describe('one deployment', () => {
  it('is read by its id', async () => {
    const { body } = await create({ ...plain, ref: 'main' });
    expect((await ask(github, `GET ${deployments}/${body.id}`, { token })).body).toEqual(body);
  });

  it('is unknown under another id', async () => {
    expect((await ask(github, `GET ${deployments}/1`, { token })).status).toBe(404);
  });

  it('is deleted only when it is inactive, or the only one of its environment', async () => {
    const first = (await create({ ...plain, ref: 'main' })).body.id;
    const second = (await create({ ...plain, ref: 'main' })).body.id;
    const remove = async (id: number) => (await ask(github, `DELETE ${deployments}/${id}`, { token })).status;
    expect(await remove(first)).toBe(422);
    await ask(github, `POST ${deployments}/${first}/statuses`, { token, body: { state: 'inactive' } });
    expect(await remove(first)).toBe(204);
    expect(await remove(second)).toBe(204);
  });
});
