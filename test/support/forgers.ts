import { beforeEach } from 'vitest';
import { findTarget } from '../../packages/core/src/deployment/find-target.ts';
import { History } from '../../packages/core/src/deployment/history.ts';
import { createLedger } from '../../packages/core/src/ledger/github-ledger.ts';
import type { Ledger, LedgerState } from '../../packages/core/src/ledger/ledger.ts';
import type { Intent, LedgerRecord } from '../../packages/core/src/ledger/record.ts';
import type { Platform } from '../../packages/core/src/platforms/platform.ts';
import type { CloudClock } from '../../packages/local-cloud/src/clock.ts';
import { demoCommits } from '../../packages/local-cloud/src/github/demo.ts';
import type { GitHub } from '../../packages/local-cloud/src/github/github.ts';
import { aRelease } from './a-release.ts';
import { collected } from './collected.ts';
import { ask } from './github-client.ts';
import { demoGitHub, waitingBy } from './github-emulator.ts';
import { GitHubHttp } from './github-http.ts';
import { anIntent, aRunnerContext } from './ledger-builders.ts';

const [c0 = ''] = demoCommits;
export const [key, newKey] = ['the key of all our jobs', 'the key of the next year'];
export const deployments = '/repos/acme/shop/deployments';

/** One stage for a test file, made anew for every test: a GitHub on which anybody writes. */
export let github: GitHub;
export let clock: CloudClock;
export let http: GitHubHttp;
export let token: string;
export let warnings: string[];
beforeEach(begin);
export function begin(): void {
  ({ github, clock } = demoGitHub());
  github.switches.visibility = 'immediate';
  http = new GitHubHttp(github);
  token = github.token();
  warnings = [];
}

/** A ledger of a run of ours with these keys; of anybody who may write deployments without any. */
export function ledgerWith(...keys: readonly string[]): Ledger {
  const warn = (message: string) => warnings.push(message);
  return createLedger({
    http,
    clock: waitingBy(clock),
    context: aRunnerContext({ sha: c0 }),
    token,
    warn,
    keys,
  });
}

export const anybody = () => ledgerWith();

export interface Deployed {
  readonly verdict?: 'pass' | 'fail';
  readonly commit?: string;
  readonly intent?: Partial<Intent>;
}

/** Writes what a deploy of a release leaves behind; without a verdict it is still under way. */
export async function deploy(
  ledger: Ledger,
  release: string,
  { verdict, commit = c0, intent }: Deployed = {},
) {
  const record = await ledger.open('deploy', anIntent({ commit, ...intent }), '');
  await record.add({ kind: 'shipped', release, label: release, artifact: null }, 'in_progress');
  await record.add({ kind: 'activated', release }, 'in_progress');
  if (verdict !== undefined)
    await record.add({ kind: 'verdict', verdict }, verdict === 'pass' ? 'success' : 'failure');
  return record.id ?? '';
}

export const judge = (ledger: Ledger, id: string, verdict: 'pass' | 'fail') =>
  ledger.reopen(id).add({ kind: 'verdict', verdict }, verdict === 'pass' ? 'success' : 'failure');

/** As anybody may do it: the payload of one deployment on another, with the statuses of a third or of none. */
export async function copy(id: string, { facts = '', task = 'belay:deploy' } = {}): Promise<string> {
  const { payload } = (await ask(github, `GET ${deployments}/${id}`, { token })).body;
  const body = {
    ref: c0,
    task,
    environment: 'production',
    payload,
    auto_merge: false,
    required_contexts: [],
  };
  const made = (await ask(github, `POST ${deployments}`, { token, body })).body;
  if (facts !== '') await copyFacts(facts, String(made.id));
  return String(made.id);
}

interface Row {
  readonly state: LedgerState;
  readonly description: string;
}

/** Those that `isWanted`, oldest first; all of them by default. */
export async function copyFacts(
  from: string,
  to: string,
  isWanted: (row: Row, at: number) => boolean = () => true,
): Promise<void> {
  const rows: readonly Row[] = (await ask(github, `GET ${deployments}/${from}/statuses`, { token })).body;
  for (const { state, description } of rows.toReversed().filter(isWanted)) {
    await ask(github, `POST ${deployments}/${to}/statuses`, { token, body: { state, description } });
  }
}

export const read = (ledger: Ledger) => collected(ledger.records('production', 'shop'));
export const idsOf = (records: readonly LedgerRecord[]) => records.map(({ id }) => id);

/** What a rollback of v3 goes back to by what a ledger says. */
export async function target(ledger: Ledger) {
  const never = () => Promise.reject(new Error('a choice changes nothing'));
  const releases = ['v3', 'v2', 'v1'].map((id) =>
    aRelease({ id, state: id === 'v3' ? 'live' : 'superseded' }),
  );
  const [live = aRelease({ id: 'v3' })] = releases;
  const platform: Platform = {
    live: never,
    settle: never,
    activate: never,
    async *releases() {
      yield* releases;
    },
    inspect: async (_, { id }) => releases.find((release) => release.id === id) ?? live,
  };
  const key = { environment: 'production', service: 'shop', target: 'fly:shop' };
  const chosen = await findTarget({
    platform,
    target: { platform: 'fly', id: 'fly:shop', name: 'shop' },
    history: new History(ledger, key),
    live: { kind: 'one', release: live },
    now: Date.now(),
    wanted: { kind: 'last-verified' },
    allowUnverified: false,
  });
  return {
    takes: chosen.kind === 'no-target' ? undefined : chosen.release.id,
    told:
      chosen.kind === 'already-live' ? [] : chosen.candidates.map(({ id, passedOver }) => [id, passedOver]),
    warned: chosen.kind === 'target' ? chosen.warnings : [],
  };
}

export const untold = 'What was written before the key was set counts no more.';
export const failed = 'it failed or was taken back';
