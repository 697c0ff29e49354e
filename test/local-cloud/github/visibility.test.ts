import { beforeEach, describe, expect, it } from 'vitest';
import type { CloudClock } from '../../../packages/local-cloud/src/clock.ts';
import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import type { GitHub } from '../../../packages/local-cloud/src/github/github.ts';
import { ask, graphql } from '../../support/github-client.ts';
import { demoGitHub, StillClock } from '../../support/github-emulator.ts';

const [, , , , , c5 = ''] = demoCommits;
const deployments = '/repos/acme/shop/deployments';

let github: GitHub;
let clock: CloudClock;
let token: string;

beforeEach(() => {
  ({ github, clock } = demoGitHub(new StillClock()));
  token = github.token();
});

type Line = `${string} /${string}`;
// biome-ignore lint/suspicious/noExplicitAny: what an API answers
const body = async (line: Line, sent?: object): Promise<any> =>
  (await ask(github, line, { token, ...(sent === undefined ? {} : { body: sent }) })).body;

const create = async (environment = 'production'): Promise<number> => {
  const plain = { ref: c5, environment, auto_merge: false, required_contexts: [] };
  return (await body(`POST ${deployments}`, plain)).id;
};
const add = (id: number, state: string, more: object = {}) =>
  body(`POST ${deployments}/${id}/statuses`, { state, ...more });
const repeat = async <T>(count: number, make: () => Promise<T>): Promise<T[]> => {
  const made: T[] = [];
  while (made.length < count) made.push(await make());
  return made;
};

const all = 'first: 100, orderBy: { field: CREATED_AT, direction: DESC }';
const fields = 'databaseId state environment latestStatus { state } statuses(first: 100) { nodes { state } }';
// biome-ignore lint/suspicious/noExplicitAny: what an API answers
const queried = async (): Promise<any[]> => {
  const query = `{ repository(owner: "acme", name: "shop") { deployments(${all}) { nodes { ${fields} } } } }`;
  return (await graphql(github, token, query)).body.data.repository.deployments.nodes;
};

/** Newest first, as both ways of asking answer. */
const lists = {
  'the REST list': async (): Promise<number[]> =>
    (await body(`GET ${deployments}?per_page=100`)).map(({ id }: { id: number }) => id),
  'the GraphQL query': async (): Promise<number[]> => (await queried()).map(({ databaseId }) => databaseId),
};

/** What a list has at each tenth of a second of the time in which it may be late. */
async function seen(look: () => Promise<number[]>): Promise<number[][]> {
  const looks = [await look()];
  while (looks.length <= 30) {
    clock.advance(100);
    looks.push(await look());
  }
  return looks;
}

describe.each(Object.entries(lists))('%s', (_, list) => {
  it('has each deployment at most 3 s after it was created, and keeps it', async () => {
    const made = (await repeat(20, create)).toReversed();
    const looks = await seen(list);
    for (const [index, look] of looks.entries()) {
      expect(look).toEqual(made.filter((id) => look.includes(id)));
      expect(look).toEqual(expect.arrayContaining(looks[index - 1] ?? []));
    }
    expect([looks[0], looks.at(-1)]).toEqual([[], made]);
  });

  it('has a later one before an earlier one', async () => {
    const made = await repeat(20, create);
    const looks = await seen(list);
    const firstSeen = made.map((id) => looks.findIndex((look) => look.includes(id)));
    expect(firstSeen).not.toEqual(firstSeen.toSorted((a, b) => a - b));
    expect(new Set(firstSeen).size).toBeGreaterThan(10);
  });

  it('is as late in a second run as in the first', async () => {
    await repeat(20, create);
    const first = await seen(list);
    await github.reset();
    await repeat(20, create);
    expect(await seen(list)).toEqual(first);
  });

  it('is late in other places where another seed is set', async () => {
    await repeat(20, create);
    const first = await seen(list);
    await github.reset();
    github.switches.visibilitySeed = 2;
    await repeat(20, create);
    expect(await seen(list)).not.toEqual(first);
  });

  it('has at once what was seeded, whatever its time', async () => {
    const createdAt = clock.now();
    const ids = github.seedDeployments('acme/shop', 3, () => ({ sha: c5, createdAt }));
    expect(await list()).toEqual(ids.toReversed());
  });

  it('has everything once it is revealed, and is late again with what comes then', async () => {
    const made = await repeat(3, create);
    github.reveal();
    await create();
    expect(await list()).toEqual(made.toReversed());
  });

  it('is never late where the switch says so, until a reset', async () => {
    github.switches.visibility = 'immediate';
    const id = await create();
    expect(await list()).toEqual([id]);
    await github.reset();
    await create();
    expect(await list()).toEqual([]);
  });
});

describe('a deployment that no list has yet', () => {
  it('is answered by its id, and takes statuses, each of which is answered by its own', async () => {
    const id = await create();
    const status = await add(id, 'in_progress');
    expect(await body(`GET ${deployments}/${id}`)).toMatchObject({ id });
    expect(await body(`GET ${deployments}/${id}/statuses/${status.id}`)).toEqual(status);
  });

  it('is a node of GraphQL', async () => {
    const id = await create();
    const { node_id: nodeId } = await body(`GET ${deployments}/${id}`);
    const query = 'query($id: ID!) { node(id: $id) { id ... on Deployment { databaseId } } }';
    expect((await graphql(github, token, query, { id: nodeId })).body).toEqual({
      data: { node: { id: nodeId, databaseId: id } },
    });
  });
});

describe('the statuses of a deployment', () => {
  const states = async (id: number): Promise<string[]> =>
    (await body(`GET ${deployments}/${id}/statuses?per_page=100`)).map(
      ({ state }: { state: string }) => state,
    );

  it('come as late as deployments, and a later one before an earlier one', async () => {
    const [id = 0] = github.seedDeployments('acme/shop', 1, () => ({ sha: c5 }));
    const made: number[] = await repeat(20, async () => (await add(id, 'in_progress')).id);
    const ids = async () =>
      (await body(`GET ${deployments}/${id}/statuses?per_page=100`)).map((one: { id: number }) => one.id);
    const looks = await seen(ids);
    const firstSeen = made.map((one) => looks.findIndex((look) => look.includes(one)));
    expect(looks.at(-1)).toEqual(made.toReversed());
    expect(firstSeen).not.toEqual(firstSeen.toSorted((a, b) => a - b));
  });

  it('that are not seen yet say nothing: neither of its state nor of its environment', async () => {
    const seeded = { sha: c5, statuses: [{ state: 'queued' as const }] };
    const [id = 0] = github.seedDeployments('acme/shop', 1, () => seeded);
    await add(id, 'success', { environment: 'staging' });
    const late = {
      databaseId: id,
      state: 'QUEUED',
      environment: 'production',
      latestStatus: { state: 'QUEUED' },
    };
    expect(await queried()).toEqual([{ ...late, statuses: { nodes: [{ state: 'QUEUED' }] } }]);
    expect([await states(id), await body(`GET ${deployments}?environment=staging`)]).toEqual([
      ['queued'],
      [],
    ]);
    github.reveal();
    const known = {
      databaseId: id,
      state: 'ACTIVE',
      environment: 'staging',
      latestStatus: { state: 'SUCCESS' },
    };
    expect(await queried()).toEqual([
      { ...known, statuses: { nodes: [{ state: 'SUCCESS' }, { state: 'QUEUED' }] } },
    ]);
    expect(await states(id)).toEqual(['success', 'queued']);
  });
});
