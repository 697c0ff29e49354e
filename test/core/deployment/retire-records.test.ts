import { beforeEach, expect, it } from 'vitest';
import { retire } from '../../../packages/core/src/deployment/retire-records.ts';
import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import type { GitHub } from '../../../packages/local-cloud/src/github/github.ts';
import { demoGitHub } from '../../support/github-emulator.ts';
import { GitHubHttp } from '../../support/github-http.ts';
import { anIntent } from '../../support/ledger-builders.ts';
import { recordingRunner } from '../../support/recording-runner.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const [sha = ''] = demoCommits;
const key = { environment: 'production', service: 'shop', target: 'fly:shop' };
let github: GitHub;
let http: GitHubHttp;

beforeEach(() => {
  ({ github } = demoGitHub());
  http = new GitHubHttp(github);
});

function recorded(state: 'success' | 'failure' | 'inactive', target = 'fly:shop'): string {
  const statuses = [{ state, description: 'belay/1 verdict settled' }];
  const record = { sha, task: 'belay:deploy', payload: anIntent({ target }), statuses };
  return String(github.seedDeployments('acme/shop', 1, () => record)[0]);
}

/** The records that were set inactive, in order. */
async function retired(since?: string): Promise<readonly string[]> {
  const before = http.sent.length;
  const inputs = { githubToken: github.token(), ledgerKeys: [] };
  const wanted = { ...key, why: 'Destroyed', ...(since === undefined ? {} : { since }) };
  await retire({ http, clock: new VirtualClock(), runner: recordingRunner() }, inputs, wanted);
  return http.sent.slice(before).flatMap(({ url }) => /deployments\/(\d+)\/statuses$/.exec(url)?.[1] ?? []);
}

it('every record of a target that is gone and that GitHub shows as active is set inactive, and its newest', async () => {
  const [first, , active] = [recorded('success'), recorded('inactive'), recorded('success')];
  recorded('success', 'fly:other');
  const newest = recorded('failure');
  expect(await retired()).toEqual([newest, active, first]);
});

it('records of an earlier target of its name are left alone', async () => {
  recorded('success');
  const day = 24 * 60 * 60 * 1000;
  expect(await retired(new Date(Date.now() + 100 * day).toISOString())).toEqual([]);
});

it('where there is no record, nothing is written', async () => {
  expect(await retired()).toEqual([]);
});
