import { beforeEach, describe, expect, it } from 'vitest';
import { createLedger } from '../../../packages/core/src/ledger/github-ledger.ts';
import type { Ledger } from '../../../packages/core/src/ledger/ledger.ts';
import { verdictOf } from '../../../packages/core/src/ledger/verdict.ts';
import type { CloudClock } from '../../../packages/local-cloud/src/clock.ts';
import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import type { GitHub } from '../../../packages/local-cloud/src/github/github.ts';
import { collected } from '../../support/collected.ts';
import { demoGitHub, waitingBy } from '../../support/github-emulator.ts';
import { GitHubHttp } from '../../support/github-http.ts';
import { anIntent, aRunnerContext } from '../../support/ledger-builders.ts';

const [, , , , , c5 = ''] = demoCommits;

let github: GitHub;
let clock: CloudClock;
let http: GitHubHttp;
let ledger: Ledger;
let warnings: string[];

beforeEach(() => {
  ({ github, clock } = demoGitHub());
  // What is read here was written long ago.
  github.switches.visibility = 'immediate';
  http = new GitHubHttp(github);
  warnings = [];
  ledger = createLedger({
    http,
    clock: waitingBy(clock),
    context: aRunnerContext(),
    token: github.token(),
    warn: (message) => warnings.push(message),
  });
});

const shipped = { state: 'in_progress', description: 'belay/1 shipped v2 v2 -' } as const;
const passed = { state: 'success', description: 'belay/1 verdict pass' } as const;

/** A release that a scheduled watch has judged again and again. */
const watched = (verdicts: number, service = 'shop') =>
  github.seedDeployments('acme/shop', 1, () => ({
    sha: c5,
    task: 'belay:deploy',
    payload: anIntent({ service }),
    statuses: [shipped, ...Array.from({ length: verdicts }, () => passed)],
  }))[0];
const records = () => collected(ledger.records('production', 'shop'));

describe.each([
  ['GraphQL', 'answers', 1, 'graphql.node'],
  ['REST, where GraphQL is refused', 'refused', 3, 'deployment-statuses.list'],
] as const)('statuses read by %s', (_, graphql, callsWithoutPages, route) => {
  beforeEach(() => {
    github.switches.graphql = graphql;
  });

  it.each([
    [98, 0],
    [110, 1],
    [950, 9],
  ])('are all there after %i verdicts, for %i more calls', async (verdicts, more) => {
    watched(verdicts);
    const all = await records();
    expect(all[0]?.facts).toHaveLength(verdicts + 1);
    expect(verdictOf(all, 'v2')).toBe('pass');
    expect(http.calls).toHaveLength(callsWithoutPages + more);
    expect(http.calls.slice(callsWithoutPages)).toEqual(Array.from({ length: more }, () => route));
    expect(warnings).toEqual([]);
  });

  it('are read a thousand of a record, and it is said once that there are more', async () => {
    const id = watched(1050);
    const [record] = await records();
    await records();
    expect(record?.facts).toHaveLength(1000);
    expect(warnings).toEqual([
      `Of the record ${id} only the newest 1000 statuses were read. Older ones are not considered: it may not name its release any more.`,
    ]);
  });

  it('of another service’s record cost nothing', async () => {
    watched(1050, 'api');
    expect(await records()).toEqual([]);
    expect(http.calls).not.toContain(route);
  });
});

it('a page of statuses that is not of the record it was asked for is not believed', async () => {
  watched(110);
  const lying = {
    ...http,
    download: http.download,
    upload: http.upload,
    request: async (request: Parameters<GitHubHttp['request']>[0]) => {
      const answer = await http.request(request);
      return request.url.endsWith('/graphql') && http.calls.at(-1) === 'graphql.node'
        ? { ...answer, text: answer.text.replace(/"databaseId":\d+/, '"databaseId":7') }
        : answer;
    },
  };
  const doubtful = createLedger({
    http: lying,
    clock: waitingBy(clock),
    context: aRunnerContext(),
    token: github.token(),
    warn: (message) => warnings.push(message),
  });
  const [record] = await collected(doubtful.records('production', 'shop'));
  expect(record?.facts).toHaveLength(111);
  expect(http.calls).toEqual([
    ...['graphql.deployments', 'graphql.node', 'deployments.list'],
    ...['deployment-statuses.list', 'deployment-statuses.list'],
  ]);
});
