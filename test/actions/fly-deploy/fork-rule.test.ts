import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { demo, type Fault, github, images } from '#local-cloud';
import { annotations, ended, logOf, shopStage } from '../../support/shop-stage.ts';

const shop = shopStage();
const ours = { full_name: 'acme/shop' };
const eves = { full_name: 'eve/shop' };
const service = () => shop.stage.cloud.service(github);

beforeAll(() => {
  const pull = (number: number, author: string, fork?: `${string}/${string}` | 'deleted') => {
    const where = { headBranch: 'topic', baseBranch: 'main', ...(fork === undefined ? {} : { fork }) };
    service().seedIssue('acme/shop', { number, title: 'Redraw', author, pull: where });
  };
  pull(7, 'ada');
  pull(8, 'eve', 'eve/shop');
  pull(9, 'eve', 'deleted');
  pull(10, 'dependabot[bot]');
});

const canRead = { contents: 'read', deployments: 'write', 'pull-requests': 'read' } as const;
const cannotRead = { contents: 'read', deployments: 'write' } as const;

/** Somebody writes `/deploy` under a pull request: GitHub does not say whose branch that is. */
const comment = (number: number) => ({
  event_name: 'issue_comment',
  event: { repository: ours, action: 'created', issue: { number, pull_request: {} } },
});
const event = (event_name: string, fields: object) => ({
  event_name,
  event: { repository: ours, ...fields },
});
const head = (repo: object | null) => ({ pull_request: { head: { repo } } });

/** Commands that the checkout or the job could have put before ours; each leaves its name, and whether it saw the token. */
let spies: string;
beforeEach(() => {
  spies = join(shop.stage.workspace, '..', 'spies');
  rmSync(spies, { recursive: true, force: true });
  mkdirSync(spies);
  const log = join(spies, 'calls');
  const spy = `#!/bin/sh\nif env | grep -q '${demo.fly.token}'; then saw=token; else saw=none; fi\necho "git $saw" >> '${log}'\nexit 1\n`;
  writeFileSync(join(spies, 'git'), spy);
  chmodSync(join(spies, 'git'), 0o755);
});
const spied = () => (existsSync(join(spies, 'calls')) ? readFileSync(join(spies, 'calls'), 'utf8') : '');

interface Facts {
  readonly event_name: string;
  readonly event: object;
  readonly actor?: string;
  readonly triggering_actor?: string;
  readonly token?: string;
}

async function deployed(facts: Facts, inputs: Readonly<Record<string, string>> = {}) {
  const env = { PATH: `${spies}${delimiter}${process.env.PATH}` };
  const result = await shop.deploy({ image: images.v3, ...inputs }, { github: facts, env });
  const fork = annotations(result).find((line) => line.startsWith('error: fork: ')) ?? '';
  return { result, why: fork.replace(/^error: fork: ⛔ Blocked: .*?\(blocked\/fork\)\. /, '') };
}

/** Nothing of the checkout was read by a tool, and no tool was started: with a token or without one. */
function expectNothingStarted(): void {
  expect(shop.stage.flyctlCalls()).toEqual([]);
  expect(spied()).toBe('');
  expect(shop.mutations()).toEqual([]);
}

describe('a run of code that may be a stranger’s is blocked before a tool is started', () => {
  const fork =
    'This run was started by a pull request from a fork. Next: Deploy from a branch of this repository.';
  const bot =
    'This run was started by Dependabot. Next: Deploy by the push that merging its pull request makes.';
  const asked = (number: number, why: string, next: string) =>
    `This run is about pull request ${number}, and whose it is could not be asked: ${why}. Next: ${next}`;
  const pulls = 'https://api.github.com/repos/acme/shop/pulls';

  it.each<readonly [string, Facts, string]>([
    ['a fork’s pull request', event('pull_request', head(eves)), fork],
    ['a fork’s pull request, with our secrets', event('pull_request_target', head(eves)), fork],
    ['a review of a fork’s pull request', event('pull_request_review', head(eves)), fork],
    ['a remark on a line of a fork’s', event('pull_request_review_comment', head(eves)), fork],
    ['a pull request of a fork that was deleted', event('pull_request_target', head(null)), fork],
    [
      'a run after a fork’s',
      event('workflow_run', { workflow_run: { event: 'pull_request', head_repository: eves } }),
      fork,
    ],
    [
      'a run after a comment',
      event('workflow_run', { workflow_run: { event: 'issue_comment', head_repository: ours } }),
      'This run follows one that was started by issue_comment, and GitHub does not say whose code that was about. ' +
        'Next: Let the deploy follow the workflow that tests the branch, or make it a job of that workflow.',
    ],
    ['a comment on a fork’s', comment(8), fork],
    ['a comment on that of a fork that was deleted', comment(9), fork],
    ['a comment on Dependabot’s', comment(10), bot],
    [
      'a comment on a pull request that is not there',
      comment(11),
      asked(11, `GET ${pulls}/11 → 404 Not Found`, 'Give the job the permission `pull-requests: read`.'),
    ],
    [
      'Dependabot’s, run again by a person',
      { ...event('push', {}), actor: 'dependabot[bot]', triggering_actor: 'ada' },
      bot,
    ],
    [
      'Dependabot’s pull request, opened again by a person',
      event('pull_request', { pull_request: { user: { login: 'dependabot[bot]' }, head: { repo: ours } } }),
      bot,
    ],
    [
      'a merge queue',
      event('merge_group', { merge_group: {} }),
      'This run belongs to a merge queue: its commit may never reach the branch. Next: Deploy by the push that the queue makes to the branch.',
    ],
    [
      'an event without a payload',
      { event_name: 'pull_request_target', event: {} },
      'The event of this run (pull_request_target) tells nothing: its payload is empty or cannot be read. ' +
        'Next: Run it as a step of a workflow, with the event file that GitHub writes.',
    ],
  ])('%s', async (_, facts, why) => {
    const blocked = await deployed(facts, { force: 'older-than-live', 'override-reason': 'please' });
    expect(blocked.why).toBe(`${why} No \`force\` passes this.`);
    expect(ended(blocked.result)).toBe('blocked/fork, serving old');
    expectNothingStarted();
  });
});

describe('whose pull request it is, is asked of GitHub', () => {
  const unasked =
    /^This run is about pull request 7, and whose it is could not be asked: (.*)\. Next: (.*) No `force` passes this\.$/;

  it('a comment on a branch’s own deploys, and the question comes before everything else', async () => {
    const { result } = await deployed({ ...comment(7), token: service().token({ permissions: canRead }) });
    expect(ended(result)).toBe('live/platform-only, serving new');
    expect(shop.stage.cloud.journal.entries()[0]?.route).toBe('pulls.get');
    expect(spied()).toBe('git none\n');
  });

  it.each<readonly [string, () => string, string, string]>([
    [
      'without the permission',
      () => service().token({ permissions: cannotRead }),
      'GET https://api.github.com/repos/acme/shop/pulls/7 → 403 Resource not accessible by integration',
      'Give the job the permission `pull-requests: read`.',
    ],
    ['without a token', () => '', 'there is no token to ask GitHub with', 'Pass `github-token`.'],
  ])('%s it is blocked, saying so', async (_, token, why, next) => {
    const blocked = await deployed({ ...comment(7), token: token() });
    expect(unasked.exec(blocked.why)?.slice(1)).toEqual([why, next]);
    expect(ended(blocked.result)).toBe('blocked/fork, serving old');
    expectNothingStarted();
  });

  it.each<readonly [string, Fault, RegExp]>([
    ['an answer about another pull request', { kind: 'wrong', patch: { number: 8 } }, /no pull request$/],
    ['an answer without a head', { kind: 'wrong', patch: { head: null } }, /no pull request$/],
    [
      'an answer whose repository is a word',
      { kind: 'wrong', patch: { head: { repo: 'acme/shop' } } },
      /a fork/,
    ],
    ['a page in its place', { kind: 'html', status: 200 }, /no pull request$/],
    ['half an answer', { kind: 'truncate' }, /./],
    ['an error', { kind: 'status', status: 500 }, /./],
    ['a limit', { kind: 'status', status: 403, headers: { 'x-ratelimit-remaining': '0' } }, /403/],
    ['silence', { kind: 'stall' }, /./],
  ])('%s is not trusted', async (_, fault, why) => {
    shop.stage.cloud.faults.add({ route: 'pulls.get', ...fault });
    const from = Date.now();
    const blocked = await deployed(comment(7));
    expect(ended(blocked.result)).toBe('blocked/fork, serving old');
    expect(unasked.exec(blocked.why)?.[1] ?? blocked.why).toMatch(why);
    expectNothingStarted();
    expect(Date.now() - from).toBeLessThan(20_000);
  });
});

describe('what the step says', () => {
  it('of a rehearsal: that it would be blocked, and what serves', async () => {
    const { result } = await deployed(comment(8), { 'dry-run': 'true' });
    expect(ended(result)).toBe('rehearsed/dry-run, serving old');
    expect(logOf(result)).toContain('fly:shop serves v1.');
    expect(logOf(result)).toContain(
      'It would be blocked (blocked/fork): This run was started by a pull request from a fork. No `force` passes this.',
    );
    expectNothingStarted();
  });

  it('where Fly does not answer either: that it is blocked, and that what serves is not known', async () => {
    shop.stage.cloud.faults.add({ service: 'fly', route: '*', kind: 'status', status: 401 });
    const { result } = await deployed(comment(8));
    expect(ended(result)).toBe('blocked/fork, serving unknown');
    expectNothingStarted();
  });

  it('of a rollback: the same', async () => {
    const result = await shop.rollback({ to: 'previous', reason: 'x' }, { github: comment(8) });
    expect(ended(result)).toBe('blocked/fork, serving new');
    expectNothingStarted();
  });
});
