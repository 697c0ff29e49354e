import { beforeEach, describe, expect, it } from 'vitest';
import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import type { GitHub } from '../../../packages/local-cloud/src/github/github.ts';
import type { DeploymentSeed } from '../../../packages/local-cloud/src/github/seed.ts';
import { ask } from '../../support/github-client.ts';
import { demoGitHub } from '../../support/github-emulator.ts';

const [, , , , , c5 = ''] = demoCommits;
const deployments = '/repos/acme/shop/deployments';

let github: GitHub;
let token: string;

beforeEach(() => {
  ({ github } = demoGitHub());
  token = github.token();
});

const seed = (template: Partial<DeploymentSeed> = {}) =>
  github.seedDeployments('acme/shop', 1, () => ({ sha: c5, environment: 'staging', ...template }))[0];
const add = (id: number | undefined, body: object) =>
  ask(github, `POST ${deployments}/${id}/statuses`, { token, body });
const states = async (id: number | undefined): Promise<string[]> => {
  github.reveal();
  const { body } = await ask(github, `GET ${deployments}/${id}/statuses`, { token });
  return body.map((status: { state: string }) => status.state);
};

describe('adding a status', () => {
  it('answers it whole, and uses the log address for the older field as well', async () => {
    const { status, body } = await add(seed(), {
      state: 'in_progress',
      description: 'belay/1 shipped v2',
      log_url: 'https://github.com/acme/shop/actions/runs/7',
      environment_url: 'https://shop.example.com',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      state: 'in_progress',
      description: 'belay/1 shipped v2',
      environment: 'staging',
      log_url: 'https://github.com/acme/shop/actions/runs/7',
      target_url: 'https://github.com/acme/shop/actions/runs/7',
      environment_url: 'https://shop.example.com',
    });
  });

  it('lists statuses newest first, and answers each by its id', async () => {
    const id = seed();
    await add(id, { state: 'queued' });
    const { body } = await add(id, { state: 'success' });
    expect(await states(id)).toEqual(['success', 'queued']);
    expect((await ask(github, `GET ${deployments}/${id}/statuses/${body.id}`, { token })).body).toEqual(body);
  });

  it('relabels the environment of the deployment', async () => {
    const id = seed();
    await add(id, { state: 'success', environment: 'qa' });
    const { body } = await ask(github, `GET ${deployments}/${id}`, { token });
    expect([body.environment, body.original_environment]).toEqual(['qa', 'staging']);
  });

  it('takes a description of 140 characters', async () => {
    expect((await add(seed(), { state: 'success', description: 'x'.repeat(140) })).status).toBe(201);
  });

  it.each([
    ['a description of 141 characters', { state: 'success', description: 'x'.repeat(141) }, 'description'],
    ['an unknown state', { state: 'done' }, 'state'],
    ['no state', {}, 'state'],
    ['a log address that is no web address', { state: 'success', log_url: 'file:///log' }, 'log_url'],
  ])('refuses %s', async (_, body, field) => {
    expect(await add(seed(), body)).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  });
});

describe('auto_inactive', () => {
  const succeeded = { statuses: [{ state: 'success' as const }] };

  it.each([
    ['an earlier success', succeeded, ['inactive', 'success']],
    ['an earlier failure', { statuses: [{ state: 'failure' as const }] }, ['failure']],
    ['a transient one', { ...succeeded, transient: true }, ['success']],
    ['one of another environment', { ...succeeded, environment: 'qa' }, ['success']],
  ])('meets %s', async (_, template, expected) => {
    const older = seed(template);
    await add(seed(), { state: 'success' });
    expect(await states(older)).toEqual(expected);
  });

  it('leaves production alone', async () => {
    const older = seed({ ...succeeded, environment: 'production' });
    await add(seed({ environment: 'production' }), { state: 'success' });
    expect(await states(older)).toEqual(['success']);
  });

  it('can be turned off', async () => {
    const older = seed(succeeded);
    await add(seed(), { state: 'success', auto_inactive: false });
    expect(await states(older)).toEqual(['success']);
  });

  it('comes only with success', async () => {
    const older = seed(succeeded);
    await add(seed(), { state: 'failure' });
    expect(await states(older)).toEqual(['success']);
  });
});
