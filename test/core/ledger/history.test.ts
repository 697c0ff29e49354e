import { beforeEach, describe, expect, it } from 'vitest';
import { createLedger } from '../../../packages/core/src/ledger/github-ledger.ts';
import type { Ledger } from '../../../packages/core/src/ledger/ledger.ts';
import type { LedgerRecord } from '../../../packages/core/src/ledger/record.ts';
import type { CloudClock } from '../../../packages/local-cloud/src/clock.ts';
import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import type { GitHub } from '../../../packages/local-cloud/src/github/github.ts';
import { collected } from '../../support/collected.ts';
import { demoGitHub, waitingBy } from '../../support/github-emulator.ts';
import { GitHubHttp } from '../../support/github-http.ts';
import { anIntent, aRunnerContext } from '../../support/ledger-builders.ts';

const [, , , , , c5 = ''] = demoCommits;
const statuses = [
  { state: 'in_progress', description: 'belay/1 shipped rel_2 v2 -' },
  { state: 'success', description: 'belay/1 verdict pass' },
  { state: 'inactive' },
] as const;

let github: GitHub;
let clock: CloudClock;
let http: GitHubHttp;
let ledger: Ledger;
let warnings: string[];

beforeEach(() => {
  ({ github, clock } = demoGitHub());
  http = new GitHubHttp(github);
  warnings = [];
  const token = github.token();
  const warn = (message: string) => warnings.push(message);
  ledger = createLedger({ http, clock: waitingBy(clock), context: aRunnerContext(), token, warn });
});

const seed = (count: number, changes: object = {}) =>
  github.seedDeployments('acme/shop', count, () => ({
    sha: c5,
    task: 'belay:deploy',
    payload: anIntent(),
    statuses,
    ...changes,
  }));
const records = () => collected(ledger.records('production', 'shop'));
const newest = async (count: number) => {
  const found: LedgerRecord[] = [];
  for await (const record of ledger.records('production', 'shop')) {
    found.push(record);
    if (found.length === count) break;
  }
  return found;
};
const ids = (found: readonly LedgerRecord[]) => found.map(({ id }) => Number(id));

describe.each([
  ['GraphQL', 'answers'],
  ['REST, where GraphQL is refused', 'refused'],
] as const)('read by %s', (_, graphql) => {
  beforeEach(() => {
    github.switches.graphql = graphql;
  });

  it('a record holds its intent and its facts, oldest first', async () => {
    const [id] = seed(1);
    const [record] = await records();
    expect(record).toMatchObject({ id: String(id), kind: 'deploy', intent: anIntent() });
    expect(record?.facts.map(({ fact }) => fact)).toEqual([
      { kind: 'shipped', release: 'rel_2', label: 'v2', artifact: null },
      { kind: 'verdict', verdict: 'pass' },
    ]);
    expect(ledger.availability).toBe('full');
  });

  it('a record is active while its newest status is a success', async () => {
    seed(1);
    seed(1, { statuses: statuses.slice(0, 2) });
    expect((await records()).map(({ isActive }) => isActive)).toEqual([true, undefined]);
  });

  it('records come newest first; foreign and malformed ones between them are passed over', async () => {
    const [first] = seed(1);
    seed(1, { task: 'deploy', payload: {} });
    seed(1, { payload: '{"schema":1' });
    seed(1, { payload: anIntent({ service: 'api' }) });
    seed(1, { environment: 'staging' });
    const [last] = seed(1, { task: 'belay:rollback' });
    expect(ids(await records())).toEqual([last, first]);
  });

  it.each(['as-real', 'once', 'twice'] as const)('the payload may be encoded: %s', async (encoding) => {
    github.switches.payloadEncoding = encoding;
    seed(1, { payload: JSON.stringify(anIntent()) });
    seed(1);
    expect(await records()).toHaveLength(2);
  });

  it('an empty environment has no records, and that is known', async () => {
    expect(await records()).toEqual([]);
    expect([ledger.availability, warnings]).toEqual(['full', []]);
  });
});

describe('a thousand records', () => {
  it('cost one call for the newest few', async () => {
    const seeded = seed(1000);
    expect(ids(await newest(5))).toEqual(seeded.slice(-5).toReversed());
    expect(http.calls).toEqual(['graphql.deployments']);
  });

  it('are read to the end in ten calls, and no further', async () => {
    const seeded = seed(1050);
    expect(ids(await records())).toEqual(seeded.slice(-1000).toReversed());
    expect(http.calls).toHaveLength(10);
  });

  it('cost a call each by REST, so only the newest eight are read, and that is said', async () => {
    github.switches.graphql = 'refused';
    const seeded = seed(1000);
    expect(ids(await records())).toEqual(seeded.slice(-8).toReversed());
    expect(http.calls).toHaveLength(10);
    expect(warnings).toEqual([
      'GitHub refused GraphQL, so only the newest 8 records were read. Older ones are not considered.',
    ]);
  });

  it.each(['answers', 'refused'] as const)(
    'leave a whole deploy within twenty calls when GraphQL %s',
    async (graphql) => {
      github.switches.graphql = graphql;
      seed(1000);
      const [live] = await newest(3);
      const record = await ledger.open('deploy', anIntent({ commit: c5 }), '');
      await ledger.commitOrder(c5, demoCommits[0] ?? '');
      await record.add({ kind: 'shipped', release: 'rel_3', label: 'v3', artifact: null }, 'in_progress');
      await record.add({ kind: 'activated', release: 'rel_3' }, 'in_progress');
      await record.add({ kind: 'verdict', verdict: 'pass' }, 'success');
      await ledger.deactivate(live?.id ?? '');
      expect(http.calls.length).toBeLessThanOrEqual(20);
    },
  );
});

describe('a list that breaks off', () => {
  it('is continued by REST without repeating what was read', async () => {
    const seeded = seed(105);
    const found: LedgerRecord[] = [];
    for await (const record of ledger.records('production', 'shop')) {
      found.push(record);
      github.switches.graphql = 'refused';
    }
    expect(ids(found)).toEqual(seeded.toReversed());
  });

  it('leaves the ledger unavailable when REST breaks off too', async () => {
    seed(1);
    http.trouble({ route: 'graphql.deployments', kind: 'status-502' });
    http.trouble({ route: 'deployment-statuses.list', kind: 'reset-before' });
    expect(await records()).toEqual([]);
    expect(ledger.availability).toBe('none');
    expect(warnings).toHaveLength(1);
  });
});

const meetings = { ours: 'a'.repeat(40), live: 'b'.repeat(40), other: 'c'.repeat(40) };

describe('an answer that is not to be trusted', () => {
  const answering = (graphqlBody: unknown, restBody: unknown) => {
    const body = (url: string) => JSON.stringify(url.endsWith('/graphql') ? graphqlBody : restBody);
    const lying = {
      request: async ({ url }: { url: string }) => ({
        method: 'POST',
        status: 200,
        headers: {},
        text: body(url),
        url,
        attempts: 1,
      }),
      download: http.download,
      upload: http.upload,
    };
    const warn = (message: string) => warnings.push(message);
    return createLedger({
      http: lying,
      clock: waitingBy(clock),
      context: aRunnerContext(),
      token: 'x',
      warn,
    });
  };
  const page = (node: unknown, nameWithOwner = 'acme/shop') => ({
    data: { repository: { nameWithOwner, deployments: { nodes: [node], pageInfo: { hasNextPage: false } } } },
  });
  const node = {
    databaseId: 1,
    task: 'belay:deploy',
    payload: anIntent(),
    createdAt: '2026-11-21T08:00:00Z',
    environment: 'production',
    statuses: { nodes: [] },
  };
  const row = { id: 1, task: 'belay:deploy', created_at: '2026-11-21T08:00:00Z', environment: 'staging' };

  it.each([
    ['another repository', page(node, 'acme/other')],
    ['another environment', page({ ...node, environment: 'staging' })],
    ['a hole in the list', page(null)],
    ['a record without its id', page({ ...node, databaseId: null })],
    ['a record without its statuses', page({ ...node, statuses: null })],
    ['no repository', { data: { repository: null } }],
    ['no JSON object', 'hello'],
  ])('by GraphQL is refused, and then REST’s: %s', async (_, body) => {
    const doubtful = answering(body, [row]);
    expect(await collected(doubtful.records('production', 'shop'))).toEqual([]);
    expect(doubtful.availability).toBe('none');
    expect(warnings).toEqual([
      'The deployment records cannot be read (GitHub answered a deployment of staging), so earlier releases and their verdicts are not known. Give the job the permission `deployments: read`.',
    ]);
  });

  it.each([
    ['ahead', 'ours'],
    ['behind', 'live'],
    ['identical', 'live'],
    ['diverged', 'ours'],
    ['sideways', 'other'],
  ] as const)(
    'about the order of commits is unknown when it contradicts itself: %s, meeting at %s',
    async (status, name) => {
      const { [name]: sha, ours, live } = meetings;
      const doubtful = answering({}, { status, merge_base_commit: { sha } });
      expect(await doubtful.commitOrder(ours, live)).toEqual({
        kind: 'unknown',
        why: `GitHub says ${status}, and that the two meet at ${sha}`,
      });
    },
  );

  it('in another order is put newest first', async () => {
    const rows = [1, 3, 2].map((id) => ({ ...row, id, environment: 'production', payload: anIntent() }));
    expect(ids(await collected(answering({}, rows).records('production', 'shop')))).toEqual([3, 2, 1]);
  });

  it('is accepted when it is right', async () => {
    const right = answering(page(node), []);
    expect(ids(await collected(right.records('production', 'shop')))).toEqual([1]);
  });
});
