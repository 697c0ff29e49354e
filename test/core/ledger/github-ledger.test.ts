import { beforeEach, describe, expect, it } from 'vitest';
import { createLedger } from '../../../packages/core/src/ledger/github-ledger.ts';
import type { Ledger } from '../../../packages/core/src/ledger/ledger.ts';
import type { Fact } from '../../../packages/core/src/ledger/record.ts';
import type { RunnerContext } from '../../../packages/core/src/runner/runner.ts';
import type { CloudClock } from '../../../packages/local-cloud/src/clock.ts';
import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import type { GitHub } from '../../../packages/local-cloud/src/github/github.ts';
import type { Permissions } from '../../../packages/local-cloud/src/github/tokens.ts';
import { collected } from '../../support/collected.ts';
import { ask } from '../../support/github-client.ts';
import { demoGitHub, waitingBy } from '../../support/github-emulator.ts';
import { GitHubHttp } from '../../support/github-http.ts';
import { anIntent, aRunnerContext } from '../../support/ledger-builders.ts';

const [, , , , c4 = '', c5 = ''] = demoCommits;
const deployments = '/repos/acme/shop/deployments';
const intent = anIntent({ commit: c5 });
const passed: Fact = { kind: 'verdict', verdict: 'pass' };

let github: GitHub;
let clock: CloudClock;
let http: GitHubHttp;
let ledger: Ledger;
let warnings: string[];
let everything: string;

beforeEach(() => {
  ({ github, clock } = demoGitHub());
  http = new GitHubHttp(github);
  everything = github.token();
  ledger = ledgerWith(everything);
});

function ledgerWith(token: string | undefined, run: Partial<RunnerContext> = {}): Ledger {
  warnings = [];
  const context = aRunnerContext({ sha: c4, ...run });
  return createLedger({
    http,
    clock: waitingBy(clock),
    context,
    token,
    warn: (message) => warnings.push(message),
  });
}

const permitted = (permissions: Permissions) => ledgerWith(github.token({ permissions }));
const listed = async () => {
  github.reveal();
  return (await ask(github, `GET ${deployments}`, { token: everything })).body;
};
const statusesOf = async (id: string | undefined) => {
  github.reveal();
  return (await ask(github, `GET ${deployments}/${id}/statuses`, { token: everything })).body;
};

describe('opening a record', () => {
  it('creates one deployment with none of GitHub’s surprising defaults', async () => {
    github.seedCommitStatus('acme/shop', c5, { kind: 'check', context: 'deploy', state: 'pending' });
    const { id } = await ledger.open('deploy', intent, 'Deploy shop');
    expect(await listed()).toMatchObject([
      {
        id: Number(id),
        sha: c5,
        ref: c5,
        task: 'belay:deploy',
        environment: 'production',
        production_environment: true,
        transient_environment: false,
        description: 'Deploy shop',
        payload: intent,
      },
    ]);
    expect(ledger.availability).toBe('full');
    expect(http.calls).toEqual(['deployments.create']);
    expect(http.sent[0]?.body).toEqual({
      ref: c5,
      task: 'belay:deploy',
      environment: 'production',
      description: 'Deploy shop',
      payload: { ...intent, nonce: expect.stringMatching(/^[\w-]{8}$/) },
      auto_merge: false,
      required_contexts: [],
      transient_environment: false,
      production_environment: true,
    });
  });

  it('of another environment is not production’s', async () => {
    await ledger.open('rollback', { ...intent, environment: 'staging' }, 'Roll back');
    expect(await listed()).toMatchObject([{ task: 'belay:rollback', production_environment: false }]);
  });

  it('hangs it on the run’s own commit where the deployed one is not known', async () => {
    await ledger.open('deploy', { ...intent, commit: null }, '');
    expect(await listed()).toMatchObject([{ sha: c4 }]);
  });

  it.each([
    ['a branch', 'main'],
    ['a short one', c5.slice(0, 12)],
    ['a way to another place', `${c5}/../../../../eve/shop`],
    ['one in capitals', c5.toUpperCase()],
  ])('neither hangs it on nor records a commit that is none: %s', async (_, crafted) => {
    await ledger.open('deploy', { ...intent, commit: crafted }, '');
    expect(await listed()).toMatchObject([{ sha: c4, ref: c4, payload: { ...intent, commit: null } }]);
  });

  it.each([
    ['a branch', 'main'],
    ['a way to another place', `${c5}/../../../../eve/shop`],
  ])('hangs it on the newest commit where the run’s own is none either: %s', async (_, sha) => {
    const lost = ledgerWith(everything, { sha });
    await lost.open('deploy', { ...intent, commit: null }, '');
    expect(http.sent[0]?.body).toMatchObject({ ref: 'HEAD' });
  });

  it('hangs it on the commit that was tested where a run follows another', async () => {
    const event = { workflow_run: { head_sha: c5 } };
    const following = ledgerWith(everything, { eventName: 'workflow_run', event });
    await following.open('deploy', { ...intent, commit: null }, '');
    expect(await listed()).toMatchObject([{ sha: c5 }]);
  });
});

describe('adding a fact', () => {
  it('writes one status that links the run and deactivates nothing', async () => {
    const [older] = github.seedDeployments('acme/shop', 1, () => ({
      sha: c4,
      environment: 'staging',
      statuses: [{ state: 'success' }],
    }));
    const record = await ledger.open('deploy', { ...intent, environment: 'staging' }, '');
    await record.add(passed, 'success', { environmentUrl: 'https://shop.example.com' });
    expect(await statusesOf(record.id)).toMatchObject([
      {
        state: 'success',
        description: 'belay/1 verdict pass',
        log_url: 'https://github.com/acme/shop/actions/runs/77',
        environment_url: 'https://shop.example.com',
      },
    ]);
    expect(await statusesOf(String(older))).toMatchObject([{ state: 'success' }]);
  });

  it('continues a record opened elsewhere', async () => {
    const { id = '' } = await ledger.open('deploy', intent, '');
    await ledgerWith(everything).reopen(id).add({ kind: 'restoring', release: 'rel_1' }, 'in_progress');
    expect(await statusesOf(id)).toMatchObject([{ description: 'belay/1 restoring rel_1' }]);
  });

  it('leaves the replaced record inactive, with its facts', async () => {
    const record = await ledger.open('deploy', intent, '');
    await record.add(passed, 'success');
    await ledger.deactivate(record.id ?? '');
    expect(await statusesOf(record.id)).toMatchObject([
      { state: 'inactive' },
      { description: 'belay/1 verdict pass' },
    ]);
    const [read] = await collected(ledger.records('production', 'shop'));
    expect(read?.facts.map(({ fact }) => fact)).toEqual([passed]);
  });
});

describe('a record of an environment that goes away', () => {
  const open = async () => {
    const context = aRunnerContext({ sha: c5 });
    const options = {
      http,
      clock: waitingBy(clock),
      context,
      token: everything,
      warn: () => {},
      transient: { ref: c4 },
    };
    ledger = createLedger(options);
    return ledger.open('deploy', { ...intent, environment: 'pr-7' }, 'Deploy shop');
  };

  it('is transient, and hangs on the commit that its page is to show', async () => {
    await open();
    expect(await listed()).toMatchObject([
      { sha: c4, environment: 'pr-7', transient_environment: true, production_environment: false },
    ]);
  });

  it('says why it is inactive', async () => {
    const { id = '' } = await open();
    await ledger.deactivate(id, 'Destroyed: the pull request is closed');
    expect(await statusesOf(id)).toMatchObject([
      { state: 'inactive', description: 'Destroyed: the pull request is closed' },
    ]);
  });
});

describe('a connection that breaks', () => {
  it.each(['reset-before', 'reset-after', 'status-502'] as const)(
    'while a record is created leaves exactly one, however late GitHub lists it: %s',
    async (kind) => {
      http.trouble({ route: 'deployments.create', kind });
      const { id } = await ledger.open('deploy', intent, '');
      expect((await listed()).map((row: { id: number }) => String(row.id))).toEqual([id]);
      expect(warnings).toEqual([]);
    },
  );

  it('takes no record of another attempt, nor one it made itself, for the lost one', async () => {
    await ledger.open('deploy', { ...intent, attempt: 2 }, '');
    const first = await ledger.open('deploy', intent, '');
    http.trouble({ route: 'deployments.create', kind: 'reset-before' });
    const second = await ledger.open('deploy', intent, '');
    expect(second.id).not.toBe(first.id);
    expect(await listed()).toHaveLength(3);
  });

  it.each(['reset-before', 'reset-after'] as const)(
    'while a fact is added leaves it once, however late GitHub lists it: %s',
    async (kind) => {
      const record = await ledger.open('deploy', intent, '');
      await record.add({ kind: 'activated', release: 'rel_2' }, 'in_progress');
      http.trouble({ route: 'deployment-statuses.create', kind });
      await record.add(passed, 'success');
      const descriptions = (await statusesOf(record.id)).map(
        (status: { description: string }) => status.description,
      );
      expect(descriptions).toEqual(['belay/1 verdict pass', 'belay/1 activated rel_2']);
    },
  );

  it('for good is told once, and the deploy goes on without a record', async () => {
    http.trouble({ route: 'deployments.create', kind: 'reset-before', calls: 9 });
    const record = await ledger.open('deploy', intent, '');
    await record.add(passed, 'success');
    expect(record.id).toBeUndefined();
    expect(http.calls).toEqual([
      'deployments.create',
      'deployments.list',
      'deployments.create',
      'deployments.list',
    ]);
    expect(warnings).toEqual([
      'This deploy is not fully recorded: POST https://api.github.com/repos/acme/shop/deployments → reset connection reset. A later rollback will not know this deploy or its verdict, and runs at the same time do not wait for each other.',
    ]);
  });

  it('is not tried again where nobody can tell what happened', async () => {
    http.trouble({ route: 'deployments.create', kind: 'reset-after' });
    http.trouble({ route: 'deployments.list', kind: 'status-502' });
    await ledger.open('deploy', intent, '');
    expect(http.calls).toEqual(['deployments.create', 'deployments.list']);
  });
});

describe('a token', () => {
  it('that may only read is told once what is lost, and nothing more is sent', async () => {
    ledger = permitted({ deployments: 'read' });
    const record = await ledger.open('deploy', intent, '');
    await record.add(passed, 'success');
    await ledger.deactivate('5');
    expect(http.calls).toEqual(['deployments.create']);
    expect(warnings).toEqual([
      'This deploy is not recorded: POST https://api.github.com/repos/acme/shop/deployments → 403 Resource not accessible by integration. A later rollback will not know this deploy or its verdict, and runs at the same time do not wait for each other. Give the job the permission `deployments: write`.',
    ]);
    expect(ledger.availability).toBe('read-only');
    expect(await collected(ledger.records('production', 'shop'))).toEqual([]);
    expect(ledger.availability).toBe('read-only');
  });

  it('that may not read makes the ledger unavailable, by GraphQL as by REST', async () => {
    ledger = permitted({});
    expect(await collected(ledger.records('production', 'shop'))).toEqual([]);
    await collected(ledger.records('production', 'shop'));
    expect(http.calls.slice(0, 2)).toEqual(['graphql.deployments', 'deployments.list']);
    expect(warnings).toEqual([
      'The deployment records cannot be read (GET https://api.github.com/repos/acme/shop/deployments?environment=production&per_page=100&page=1 → 403 Resource not accessible by integration), so earlier releases and their verdicts are not known. Give the job the permission `deployments: read`.',
    ]);
    expect(ledger.availability).toBe('none');
  });

  it('that GitHub does not know is told to be replaced: no permission would help it', async () => {
    ledger = ledgerWith('ghs_expired');
    await ledger.open('deploy', intent, '');
    expect(await collected(ledger.records('production', 'shop'))).toEqual([]);
    const advice =
      'GitHub does not take the token: leave `github-token` at its default, or pass one that is valid.';
    expect(warnings).toEqual([
      `This deploy is not recorded: POST https://api.github.com/repos/acme/shop/deployments → 401 Bad credentials. A later rollback will not know this deploy or its verdict, and runs at the same time do not wait for each other. ${advice}`,
      `The deployment records cannot be read (GET https://api.github.com/repos/acme/shop/deployments?environment=production&per_page=100&page=1 → 401 Bad credentials), so earlier releases and their verdicts are not known. ${advice}`,
    ]);
    expect(ledger.availability).toBe('none');
  });

  it.each([undefined, ''])(
    'that is missing (%j) means no ledger, told once and asked for nothing',
    async (token) => {
      ledger = ledgerWith(token);
      const record = await ledger.open('deploy', intent, '');
      await record.add(passed, 'success');
      await collected(ledger.records('production', 'shop'));
      const order = await ledger.commitOrder(c4, c5);
      expect(http.calls).toEqual([]);
      expect(ledger.availability).toBe('none');
      expect(order).toEqual({ kind: 'unknown', why: 'there is no token to ask GitHub with' });
      expect(warnings).toEqual([
        'There is no GitHub token, so deploys are neither recorded nor looked up. Pass `github-token`, or leave its default.',
      ]);
    },
  );

  it('whose hour is used up is not taken for one without permission', async () => {
    github.limits.exhaust(everything);
    await ledger.open('deploy', intent, '');
    expect(warnings).toEqual([
      'This deploy is not fully recorded: GitHub’s rate limit is used up (POST https://api.github.com/repos/acme/shop/deployments → 403 API rate limit exceeded for installation.). A later rollback will not know this deploy or its verdict, and runs at the same time do not wait for each other.',
    ]);
    expect(ledger.availability).toBe('unknown');
  });
});

it('a limit that shows itself by its words alone is not taken for a missing permission', async () => {
  github.limits.refuseBursts({ calls: 1, status: 403 });
  await ledger.open('deploy', intent, '');
  expect(warnings).toEqual([expect.stringContaining('GitHub’s rate limit is used up')]);
  expect((await ledger.open('deploy', intent, '')).id).toBeDefined();
});

it('sends nothing again when GitHub says there is too much', async () => {
  github.limits.refuseBursts({ calls: 1, status: 429, retryAfterSeconds: 60 });
  await ledger.open('deploy', intent, '');
  expect(http.calls).toEqual(['deployments.create']);
  expect(warnings).toEqual([
    'This deploy is not fully recorded: GitHub’s rate limit is used up (POST https://api.github.com/repos/acme/shop/deployments → 429 answered by a gateway). A later rollback will not know this deploy or its verdict, and runs at the same time do not wait for each other.',
  ]);
});

describe('the order of commits', () => {
  it.each([
    ['older', c4, c5],
    ['newer', c5, c4],
    ['same', c5, c5],
  ])('is %s', async (kind, commit, live) => {
    expect(await ledger.commitOrder(commit, live)).toEqual({ kind, liveCommit: live });
  });

  it('is diverged between branches', async () => {
    const body = { message: 'side', tree: '4b825dc642cb6eb9a060e54bf8d69288fbee4904', parents: [c4] };
    const { sha } = (await ask(github, 'POST /repos/acme/shop/git/commits', { token: everything, body }))
      .body;
    expect(await ledger.commitOrder(sha, c5)).toEqual({ kind: 'diverged', liveCommit: c5 });
  });

  it.each([
    ['the live commit is gone', (live: Ledger) => live.commitOrder(c5, 'f'.repeat(40)), '404 Not Found'],
    [
      'the token may not read contents',
      () => permitted({}).commitOrder(c5, c4),
      '403 Resource not accessible by integration',
    ],
  ])('is unknown when %s', async (_, order, why) => {
    const answer = await order(ledger);
    expect(answer).toMatchObject({ kind: 'unknown', why: expect.stringContaining(why) });
  });

  it.each([
    ['a branch', 'main'],
    ['a short commit', c4.slice(0, 12)],
    ['a way to another place', `${c4}/../../../../user`],
    ['a commit with a query', `${c4}?per_page=9`],
  ])('is not asked of %s', async (_, crafted) => {
    const why = `${JSON.stringify(crafted)} is no commit`;
    expect(await ledger.commitOrder(crafted, c5)).toEqual({ kind: 'unknown', why });
    expect(await ledger.changedFiles(c5, crafted)).toEqual({ kind: 'unknown', why });
    expect(http.calls).toEqual([]);
  });

  it('is unknown when the connection breaks', async () => {
    http.trouble({ route: 'compare.get', kind: 'reset-before' });
    expect(await ledger.commitOrder(c5, c4)).toEqual({
      kind: 'unknown',
      why: `GET https://api.github.com/repos/acme/shop/compare/${c4}...${c5}?per_page=1 → reset connection reset`,
    });
  });
});
