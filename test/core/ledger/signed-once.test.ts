import { beforeEach, describe, expect, it } from 'vitest';
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

const [c0 = ''] = demoCommits;
const keys = ['the key of all our jobs'];
const passed: Fact = { kind: 'verdict', verdict: 'pass' };

let github: GitHub;
let clock: CloudClock;
let http: GitHubHttp;

beforeEach(() => {
  ({ github, clock } = demoGitHub());
  github.switches.visibility = 'immediate';
  http = new GitHubHttp(github);
});

/** A process of our run; without keys it is anybody's. */
function processWith(given: readonly string[]): Ledger {
  return createLedger({
    http,
    clock: waitingBy(clock),
    context: aRunnerContext({ sha: c0 }),
    token: github.token(),
    keys: given,
    warn: () => {},
  });
}

/** The facts of the one record, those that prove nothing included. */
async function told(): Promise<readonly string[]> {
  const [record] = await collected(processWith([]).records('production', 'shop'));
  return (record?.facts ?? []).map(({ fact }) => fact.kind);
}

describe('a signed fact, whose signature is another at each second', () => {
  it('is not sent again by the same process, where the answer was lost and GitHub has it', async () => {
    const record = await processWith(keys).open('deploy', anIntent(), '');
    http.trouble({ route: 'deployment-statuses.create', kind: 'reset-after' });
    expect(await record.add(passed, 'success')).toBe('written');
    expect(await told()).toEqual(['verdict']);
  });

  it('is not sent again by `post`, minutes later, where GitHub has it', async () => {
    const { id = '', add } = await processWith(keys).open('deploy', anIntent(), '');
    await add(passed, 'success');
    clock.advance(10 * 60_000);
    expect(await processWith(keys).reopen(id).add(passed, 'success', { again: true })).toBe('written');
    expect(await told()).toEqual(['verdict']);
  });

  it('is sent where only somebody without the key has said the same', async () => {
    const { id = '' } = await processWith(keys).open('deploy', anIntent(), '');
    await processWith([]).reopen(id).add(passed, 'success');
    await processWith(keys).reopen(id).add(passed, 'success', { again: true });
    expect(await told()).toEqual(['verdict', 'verdict']);
    const [proven] = await collected(processWith(keys).records('production', 'shop'));
    expect(proven?.facts.map(({ fact }) => fact)).toEqual([passed]);
  });
});
