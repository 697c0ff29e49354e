import { beforeEach, expect, it } from 'vitest';
import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import type { GitHub } from '../../../packages/local-cloud/src/github/github.ts';
import { ask, graphql } from '../../support/github-client.ts';
import { demoGitHub } from '../../support/github-emulator.ts';

const [c0 = '', , , , , c5 = ''] = demoCommits;

let github: GitHub;
let token: string;

beforeEach(() => {
  ({ github } = demoGitHub());
  token = github.token();
});

const wrong = (name: string, body: unknown) => github.mutators[name]?.(body);

it('the demo’s commits are the same everywhere', () => {
  expect(demoCommits).toEqual([
    'b8158b3cd6679a9c91d5965fe6b0b498b826e89d',
    '43a3a9459b1b393027a75db9865785f46fc543fb',
    '876a59cb6cefb83cea80ccfb82ebb19495c06045',
    'e2930c0f8653ed427a926f432980c49b27e55d8e',
    '81854b121ab7881399582750e73f6afb6e5be5a8',
    '386b53cd6ccb88950e1ebb8be69cf4d7b61943ca',
  ]);
});

it('a comparison may be turned round', async () => {
  const { body } = await ask(github, `GET /repos/acme/shop/compare/${c0}...${c5}`, { token });
  expect(body).toMatchObject({ status: 'ahead', ahead_by: 5, behind_by: 0 });
  expect(wrong('compare-swapped', body)).toEqual({ ...body, status: 'behind', ahead_by: 0, behind_by: 5 });
});

it('records may be gone', async () => {
  github.seedDeployments('acme/shop', 3, () => ({ sha: c5 }));
  const rest = await ask(github, 'GET /repos/acme/shop/deployments', { token });
  expect([rest.body.length, wrong('list-empty', rest.body)]).toEqual([3, []]);
  const query = `{ repository(owner: "acme", name: "shop") { nameWithOwner
    deployments(first: 9) { totalCount nodes { databaseId } pageInfo { hasNextPage } } } }`;
  const { body } = await graphql(github, token, query);
  expect(body.data.repository.deployments.totalCount).toBe(3);
  expect(wrong('graphql-deployments-empty', body)).toMatchObject({
    data: { repository: { nameWithOwner: 'acme/shop', deployments: { totalCount: 0, nodes: [] } } },
  });
});
