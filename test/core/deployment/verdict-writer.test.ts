import { beforeEach, describe, expect, it } from 'vitest';
import { checksFacts } from '../../../packages/core/src/checks/cage/checks-facts.ts';
import type { ChecksFacts } from '../../../packages/core/src/checks/cage/messages.ts';
import type { CheckResult, ChecksReport } from '../../../packages/core/src/checks/check-result.ts';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import { type VerdictInputs, VerdictWriter } from '../../../packages/core/src/deployment/verdict-writer.ts';
import { systemClock } from '../../../packages/core/src/io/clock.ts';
import type { Intent } from '../../../packages/core/src/ledger/record.ts';
import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import type { GitHub } from '../../../packages/local-cloud/src/github/github.ts';
import { githubRequest } from '../../support/github-client.ts';
import { demoGitHub } from '../../support/github-emulator.ts';
import { GitHubHttp } from '../../support/github-http.ts';
import { anIntent } from '../../support/ledger-builders.ts';
import { type RecordingRunner, recordingRunner } from '../../support/recording-runner.ts';

const [c1 = '', c2 = ''] = demoCommits;
let github: GitHub;
let http: GitHubHttp;
let runner: RecordingRunner;
let token: string;
let file: ChecksFacts;
const verdictPass = { state: 'success', description: 'belay/1 verdict pass' } as const;

beforeEach(async () => {
  ({ github } = demoGitHub());
  http = new GitHubHttp(github);
  runner = recordingRunner();
  token = github.token();
  file = await factsOf(
    'release: { jsonpath: $.commit }\nbaseline: { samples: 20 }\n' +
      'checks: [{ name: home, http: GET /, expect: { status: 200 } }]',
  );
});

async function factsOf(text: string): Promise<ChecksFacts> {
  return checksFacts(await loadChecks(text, { root: '.' }));
}

function judgement(given: Partial<VerdictInputs> = {}): VerdictWriter {
  const inputs = {
    environment: 'production',
    service: 'shop',
    githubToken: token,
    ledgerKeys: [],
    ledgerIds: [],
    release: 'sha',
    timeoutMs: 120_000,
  };
  return new VerdictWriter({ http, clock: systemClock, runner }, { ...inputs, ...given });
}

/** A record that the ledger remembers by these facts. */
function recorded(task: string, intent: Partial<Intent>, facts: readonly string[]): string {
  const statuses = facts.map((fact) => ({ state: 'success', description: `belay/1 ${fact}` }) as const);
  const record = { sha: c1, task, payload: anIntent(intent), statuses };
  const [id] = github.seedDeployments('acme/shop', 1, () => record);
  return String(id);
}

function deployed(commit: string, ...facts: string[]): string {
  return recorded('belay:deploy', { commit }, facts);
}

/** A deploy that failed, and the restore that brought v1 back. */
function takenBack(): { readonly gone: string; readonly back: string } {
  const gone = deployed(c2, 'shipped v2 v2 -', 'activated v2', 'verdict fail', 'restoring v1');
  const intent = { commit: c1, restores: 'v1', replaces: 'v2', change: gone };
  return { gone, back: recorded('belay:rollback', intent, ['activated v3', 'verdict pass', 'restored v1']) };
}

/** A run of the checks from its beginning to its end. */
async function judge(given: Partial<VerdictInputs>, outcome: ChecksReport['outcome']): Promise<void> {
  const judging = judgement(given);
  await judging.subject(file);
  await judging.record(report(outcome), file);
}

/** A fact that somebody else writes to a record. */
async function write(id: string, state: string, fact: string): Promise<void> {
  const body = { state, description: `belay/1 ${fact}` };
  const path = `/repos/acme/shop/deployments/${id}/statuses`;
  await github.handle(githubRequest('POST', path, { token: github.token(), body }));
  github.reveal();
}

async function statusesOf(id: string): Promise<string[]> {
  github.reveal();
  const path = `/repos/acme/shop/deployments/${id}/statuses`;
  const answer = await github.handle(githubRequest('GET', path, { token: github.token() }));
  const rows: { state: string; description: string }[] = JSON.parse(JSON.stringify(answer?.body));
  return rows.reverse().map(({ state, description }) => `${state}: ${description}`);
}

const home: CheckResult = {
  name: 'home',
  type: 'http',
  severity: 'gate',
  outcome: 'pass',
  reason: 'verified',
  attempts: [],
  attemptCount: 1,
  durationMs: 5,
  latency: { samples: 20, lost: 0, p50: 3, p95: 12.5, max: 13, mean: 4, values: [], warmup: [] },
};
const report = (outcome: ChecksReport['outcome']): ChecksReport => ({
  outcome,
  reason: 'verified',
  results: [home],
  started: '2026-11-21T09:00:00Z',
  durationMs: 5,
  successes: { reached: 1, wanted: 1 },
});

describe('the release that a smoke test judges', () => {
  it('is what the file says, and GitHub is asked nothing, unless something needs it', async () => {
    const plain = await factsOf('- { name: a, http: /, expect: { status: 200 } }');
    expect(await judgement().subject(plain)).toEqual({ asksRelease: true });
    expect(http.calls).toEqual([]);
  });

  it('is the commit it is given', async () => {
    const { build, release } = await judgement({ release: c2 }).subject(file);
    expect({ build, release }).toEqual({ build: { commit: c2 } });
  });

  it('is, for `live`, what the ledger says serves, though a newer deploy was taken back', async () => {
    deployed(c1, 'shipped v1 v1 -', 'activated v1', 'verdict pass');
    takenBack();
    const { build, release } = await judgement({ release: 'live' }).subject(file);
    expect({ build, release }).toEqual({ build: { commit: c1 }, release: 'v3' });
  });

  it.each<[string, () => unknown, string]>([
    ['nothing', () => undefined, 'The ledger names nothing that serves production/shop.'],
    [
      'a release without a commit',
      () =>
        github.seedDeployments('acme/shop', 1, () => ({
          sha: c1,
          task: 'belay:deploy',
          payload: anIntent(),
          statuses: [{ state: 'success', description: 'belay/1 activated v1' }, verdictPass],
        })),
      'The ledger knows no commit of v1, which serves.',
    ],
  ])('is refused for `live` where the ledger names %s', async (_, seed, what) => {
    seed();
    await expect(judgement({ release: 'live' }).subject(file)).rejects.toMatchObject({
      code: 'release-unknown',
      what,
    });
  });

  it('is not checked for `live` while a deploy is under way: either build may answer', async () => {
    deployed(c1, 'shipped v1 v1 -');
    const { asksRelease, build } = await judgement({ release: 'live' }).subject(file);
    expect(asksRelease).toBe(false);
    expect(build).toBeUndefined();
    expect(runner.log).toEqual([
      'warning What serves fly:shop is not known, because record 1900000001 of run 77 has not ended. The build is not checked.',
    ]);
  });

  it('is, for `none`, not asked about', async () => {
    const { asksRelease } = await judgement({ release: 'none' }).subject(file);
    expect(asksRelease).toBe(false);
  });

  it('is refused for `none` where nothing else could fail', async () => {
    const only = await factsOf('release: { jsonpath: $.commit }');
    await expect(judgement({ release: 'none' }).subject(only)).rejects.toMatchObject({
      code: 'checks-invalid',
    });
  });

  it('is compared with what the last verified one measured', async () => {
    deployed(c1, 'shipped v1 v41 -', 'activated v1', 'verdict pass', 'latency home p95 80 n 50');
    deployed(c2, 'shipped v2 v42 -', 'activated v2', 'verdict settled');
    const { baselines } = await judgement().subject(file);
    expect(baselines?.('home')).toEqual({
      from: expect.stringMatching(/^v41, verified on \d{4}-\d\d-\d\d$/),
      samples: 50,
      measured: { p95: 80 },
    });
    expect(http.calls).toEqual(['graphql.deployments']);
  });
});

describe('the verdict of a smoke test', () => {
  it.each([
    ['pass', ['success: belay/1 verdict pass', 'success: belay/1 latency home p95 12.5 n 20']],
    ['fail', ['failure: belay/1 verdict fail']],
    ['inconclusive', ['error: belay/1 verdict inconclusive']],
    ['error', []],
  ] as const)('%s is appended to each record it is given', async (outcome, facts) => {
    const ids = [deployed(c1, 'activated v1'), deployed(c2, 'activated v2')];
    await judgement({ ledgerIds: ids }).record(report(outcome), file);
    for (const id of ids) expect((await statusesOf(id)).slice(1)).toEqual(facts);
  });

  it('is appended to what serves before the checks and after them, asked once each time', async () => {
    const old = deployed(c1, 'shipped v1 v1 -', 'activated v1', 'verdict settled');
    const { gone, back } = takenBack();
    const judging = judgement({ ledgerIds: ['live'], release: 'live' });
    await judging.subject(file);
    await judging.record(report('fail'), file);
    expect((await statusesOf(back)).slice(3)).toEqual(['failure: belay/1 verdict fail']);
    expect([await statusesOf(old), await statusesOf(gone)].map(({ length }) => length)).toEqual([3, 4]);
    expect(http.calls).toEqual([
      ...['graphql.deployments', 'graphql.deployments'],
      'deployment-statuses.create',
    ]);
  });

  it('is written nowhere where a newer deploy leaves it open what serves', async () => {
    const old = deployed(c1, 'shipped v1 v1 -', 'activated v1', 'verdict pass');
    const cut = deployed(c2, 'shipped v2 v2 -', 'verdict inconclusive');
    await judge({ ledgerIds: ['live'] }, 'fail');
    expect([await statusesOf(old), await statusesOf(cut)].map(({ length }) => length)).toEqual([3, 2]);
    expect(runner.log).toEqual([
      `warning The verdict is not recorded for fly:shop: What serves fly:shop is not known, because record ${cut} of run 77 ` +
        'had shipped when it was cut, and does not say whether that took traffic.',
    ]);
  });

  it.each(['live', 'sha'])(
    'of `release: %s` is not written where a deploy ended while the checks ran',
    async (release) => {
      const old = deployed(c1, 'shipped v1 v1 -', 'activated v1', 'verdict pass');
      const judging = judgement({ release, ledgerIds: ['live'] });
      await judging.subject(file);
      const later = deployed(c2, 'shipped v2 v2 -', 'activated v2', 'verdict pass');
      await judging.record(report('fail'), file);
      expect([await statusesOf(old), await statusesOf(later)].map(({ length }) => length)).toEqual([3, 3]);
      expect(runner.log).toEqual([
        'warning The verdict is not recorded for fly:shop: What serves it changed while the checks ran: ' +
          `before them it was that of record ${old} of run 77, after them it is that of record ${later} of run 77.`,
      ]);
    },
  );

  it('is not written where a deploy was on its way before the checks and has ended since', async () => {
    deployed(c1, 'shipped v1 v1 -', 'activated v1', 'verdict pass');
    const later = deployed(c2, 'shipped v2 v2 -', 'activated v2');
    const judging = judgement({ ledgerIds: ['live'] });
    await judging.subject(file);
    await write(later, 'success', 'verdict pass');
    await judging.record(report('fail'), file);
    expect((await statusesOf(later)).at(-1)).toBe('success: belay/1 verdict pass');
    expect(runner.log).toEqual([
      'warning The verdict is not recorded for fly:shop: What serves it changed while the checks ran: ' +
        `before them it was not known, because record ${later} of run 77 has not ended, ` +
        `after them it is that of record ${later} of run 77.`,
    ]);
  });

  it('is not written where the first deploy ended while the checks ran', async () => {
    const judging = judgement({ ledgerIds: ['live'] });
    await judging.subject(file);
    const first = deployed(c1, 'shipped v1 v1 -', 'activated v1', 'verdict pass');
    await judging.record(report('fail'), file);
    expect(runner.log).toEqual([
      'warning The verdict is not recorded for fly:shop: What serves it changed while the checks ran: ' +
        `before them no record named it, after them it is that of record ${first} of run 77.`,
    ]);
  });

  it('lands in the record of what serves, where a newer deploy was rejected', async () => {
    const old = deployed(c1, 'shipped v1 v1 -', 'activated v1', 'verdict pass');
    const rejected = deployed(c2, 'shipped v2 v2 -', 'verdict fail');
    await judge({ ledgerIds: ['live'] }, 'fail');
    expect((await statusesOf(old)).at(-1)).toBe('failure: belay/1 verdict fail');
    expect(await statusesOf(rejected)).toHaveLength(2);
  });

  it.each([
    ['that a deploy has set inactive', ['failure', 'inactive']],
    ['whose place another has taken', ['failure', 'failure']],
  ] as const)('makes no record active again %s', async (_, [, state]) => {
    const old = deployed(c1, 'shipped v1 v1 -', 'activated v1', 'verdict fail');
    await write(old, state, 'verdict inconclusive');
    deployed(c2, 'shipped v2 v2 -', 'activated v2', 'verdict pass');
    await judgement({ ledgerIds: [old] }).record(report('pass'), file);
    expect((await statusesOf(old)).slice(4)).toEqual([
      'inactive: belay/1 verdict pass',
      'inactive: belay/1 latency home p95 12.5 n 20',
    ]);
  });

  it('makes no inactive record of another service active again', async () => {
    const id = recorded('belay:deploy', { service: 'api', target: 'fly:api' }, ['activated v1']);
    await write(id, 'inactive', 'verdict settled');
    await judgement({ ledgerIds: [id], service: undefined }).record(report('pass'), file);
    expect((await statusesOf(id)).at(-1)).toBe('inactive: belay/1 latency home p95 12.5 n 20');
    expect(http.calls).toEqual([
      'deployment-statuses.list',
      'deployment-statuses.create',
      'deployment-statuses.create',
    ]);
  });

  it('makes what serves active again that had failed', async () => {
    const id = deployed(c1, 'shipped v1 v1 -', 'activated v1', 'verdict pass');
    await write(id, 'failure', 'verdict fail');
    await judge({ ledgerIds: ['live'] }, 'pass');
    expect((await statusesOf(id))[4]).toBe('success: belay/1 verdict pass');
  });

  it('is only warned of where nothing serves by the ledger', async () => {
    await judge({ ledgerIds: ['live'] }, 'pass');
    expect(runner.log).toEqual([
      'warning The verdict is not recorded: The ledger names nothing that serves production/shop.',
    ]);
  });

  it('is only warned of where the token may not write it', async () => {
    const id = deployed(c1, 'activated v1');
    token = github.token({ permissions: { deployments: 'read' } });
    await judgement({ ledgerIds: [id] }).record(report('pass'), file);
    expect(runner.log).toEqual([
      `warning The verdict is not recorded: POST https://api.github.com/repos/acme/shop/deployments/${id}/statuses → 403 ` +
        'Resource not accessible by integration. A later deploy or rollback will not know it. ' +
        'Give the job the permission `deployments: write`.',
    ]);
  });
});

describe('with `ledger-key`', () => {
  const ledgerKeys = ['a key that only our jobs have'];

  it('the verdict is signed', async () => {
    const id = deployed(c2, 'shipped rel_2 v2 -', 'activated rel_2');
    await judgement({ ledgerKeys, ledgerIds: [id] }).record(report('pass'), file);
    const written = (await statusesOf(id)).slice(2);
    expect(written).toEqual([
      expect.stringMatching(/^success: belay\/1 verdict pass ~[0-9a-z]{7}[\w-]{22}$/),
      expect.stringMatching(/^success: belay\/1 latency home .* ~[0-9a-z]{7}[\w-]{22}$/),
    ]);
  });

  it('nothing serves that nobody signed', async () => {
    deployed(c2, 'shipped rel_2 v2 -', 'activated rel_2');
    await expect(judgement({ ledgerKeys, release: 'live' }).subject(file)).rejects.toMatchObject({
      code: 'release-unknown',
      what: 'The ledger names nothing that serves production/shop.',
    });
    expect(runner.log).toEqual([expect.stringContaining('warning 1 deployment record decides nothing')]);
  });
});

describe('a schedule', () => {
  beforeEach(() => {
    runner = recordingRunner({ context: { eventName: 'schedule' } });
  });

  it.each(['pass', 'fail', 'inconclusive'] as const)('does not write %s once more', async (outcome) => {
    const id = deployed(c1, 'shipped v1 v1 -', 'activated v1', `verdict ${outcome}`);
    const before = await statusesOf(id);
    await judgement({ ledgerIds: [id] }).record(report(outcome), file);
    expect(await statusesOf(id)).toEqual(before);
    expect(runner.log).toEqual([
      `info Nothing is written to record ${id}: its newest verdict is ${outcome} already.`,
    ]);
  });

  it('writes nothing for as long as what serves stays good', async () => {
    const id = deployed(c1, 'shipped v1 v1 -', 'activated v1', 'verdict pass');
    for (let pass = 0; pass < 3; pass += 1) await judge({ ledgerIds: ['live'] }, 'pass');
    expect(await statusesOf(id)).toHaveLength(3);
    expect(http.calls).toEqual(Array(6).fill('graphql.deployments'));
  });

  it.each([
    ['it changes', ['verdict pass'], 'fail', ['failure: belay/1 verdict fail']],
    [
      'it has changed back',
      ['verdict pass', 'verdict fail'],
      'pass',
      ['success: belay/1 verdict pass', 'success: belay/1 latency home p95 12.5 n 20'],
    ],
    [
      'nobody had checked before',
      ['verdict settled'],
      'pass',
      ['success: belay/1 verdict pass', 'success: belay/1 latency home p95 12.5 n 20'],
    ],
  ] as const)('writes a verdict where %s', async (_, verdicts, outcome, written) => {
    const id = deployed(c1, 'activated v1', ...verdicts);
    await judgement({ ledgerIds: [id] }).record(report(outcome), file);
    expect((await statusesOf(id)).slice(1 + verdicts.length)).toEqual(written);
  });

  it('writes to a record of another service, whose verdicts it has not read', async () => {
    const id = recorded('belay:deploy', { service: 'api' }, ['activated v1', 'verdict pass']);
    await judgement({ ledgerIds: [id] }).record(report('pass'), file);
    expect(await statusesOf(id)).toHaveLength(4);
  });
});
