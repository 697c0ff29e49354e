import { beforeEach, expect, it } from 'vitest';
import { createLedger } from '../../../packages/core/src/ledger/github-ledger.ts';
import type { Ledger } from '../../../packages/core/src/ledger/ledger.ts';
import type { Fact } from '../../../packages/core/src/ledger/record.ts';
import type { CloudClock } from '../../../packages/local-cloud/src/clock.ts';
import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import type { GitHub } from '../../../packages/local-cloud/src/github/github.ts';
import { collected } from '../../support/collected.ts';
import { demoGitHub, waitingBy } from '../../support/github-emulator.ts';
import { GitHubHttp } from '../../support/github-http.ts';
import { anIntent, aRunnerContext } from '../../support/ledger-builders.ts';

const [sha = ''] = demoCommits;
const activated: Fact = { kind: 'activated', release: 'v2' };
const passed: Fact = { kind: 'verdict', verdict: 'pass' };

let github: GitHub;
let clock: CloudClock;
let http: GitHubHttp;
let warnings: string[];

beforeEach(() => {
  ({ github, clock } = demoGitHub());
  github.switches.visibility = 'immediate';
  http = new GitHubHttp(github);
  warnings = [];
});

function aLedger(): Ledger {
  return createLedger({
    http,
    clock: waitingBy(clock),
    context: aRunnerContext({ sha }),
    token: github.token(),
    warn: (message) => warnings.push(message),
  });
}

async function facts(): Promise<readonly string[]> {
  const [record] = await collected(aLedger().records('production', 'shop'));
  return (record?.facts ?? []).map(({ fact }) => fact.kind);
}

it.each(['no-body', 'huge-id'] as const)(
  'a record that GitHub made, and did not say under which id (%s), is looked for and not made twice',
  async (kind) => {
    http.trouble({ route: 'deployments.create', kind });
    const record = await aLedger().open('deploy', anIntent(), '');
    expect(await record.add(activated, 'in_progress')).toBe('written');
    expect([await facts(), http.calls.filter((call) => call === 'deployments.create').length]).toEqual([
      ['activated'],
      1,
    ]);
  },
);

it('a fact that GitHub took with an empty answer is written once, and the next one after it', async () => {
  const record = await aLedger().open('deploy', anIntent(), '');
  http.trouble({ route: 'deployment-statuses.create', kind: 'no-body' });
  expect([await record.add(activated, 'in_progress'), await record.add(passed, 'success')]).toEqual([
    'written',
    'written',
  ]);
  expect([await facts(), warnings]).toEqual([['activated', 'verdict'], []]);
});

it('a list with an id that a number does not hold is not read: another record would be written to', async () => {
  await aLedger().open('deploy', anIntent(), '');
  http.trouble({ route: 'graphql.deployments', kind: 'huge-id' });
  http.trouble({ route: 'deployments.list', kind: 'huge-id' });
  expect(await facts()).toEqual([]);
  expect(warnings).toEqual([expect.stringContaining('without id')]);
});
