// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ports, RunnerContext } from '#core';
import { closeServers, serve } from '../core/checks/loopback.ts';
import { smokeIn } from '../support/smoke-action.ts';

let workspace = '';
beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'belay-smoke-test-'));
});
afterEach(closeServers);

const smoke = (inputs: Record<string, string>, env = {}, request?: Ports['http']['request']) =>
  smokeIn(workspace, inputs, env, request);

const shop = () =>
  serve((request, response) => {
    const known = request.headers.authorization === 'Bearer t0ken-of-shop';
    response.writeHead(request.url === '/orders' && !known ? 401 : 200).end('{"commit":"c0ffee00c0ffee00"}');
  });

const checks = `
secrets: [API_TOKEN]
release: { jsonpath: $.commit, path: /version.json }
checks:
  - name: orders
    http: { url: /orders, auth: { bearer: "\${API_TOKEN}" } }
    expect: { status: 200 }
`;

it('is green when the build is this commit and every check holds, and keeps the report', async () => {
  const url = await shop();
  const { result, runner } = await smoke(
    { checks, 'check-variables': `url=${url}`, 'check-secrets': 'API_TOKEN' },
    { API_TOKEN: 't0ken-of-shop' },
  );
  const { report, result: json, ...outputs } = result.outputs;
  expect([result.ok, result.outcome, result.reason, result.headline]).toEqual([
    true,
    'pass',
    'verified',
    '2 of 2 gate checks passed.',
  ]);
  expect(outputs).toEqual({
    passed: '2',
    failed: '0',
    inconclusive: '0',
    attempts: '2',
    'p95-ms': '',
    release: 'c0ffee00c0ffee00',
  });
  expect(JSON.parse(json ?? '').outcome).toBe('pass');
  expect((await readdir(report ?? '')).sort()).toEqual([
    ...['index.html', 'junit.xml', 'result.json', 'result.tap', 'summary.md'],
  ]);
  expect(runner.masked).toContain('t0ken-of-shop');
});

it('is red with the evidence, the place in the file and what to do', async () => {
  const url = await shop();
  await writeFile(
    join(workspace, 'smoke.yml'),
    'version: 1\nchecks:\n  - name: orders\n    http: /orders\n    expect: { status: 200 }\n',
  );
  const { result } = await smoke({ checks: 'smoke.yml', 'check-variables': `url=${url}` });
  expect([result.ok, result.outcome, result.reason]).toEqual([false, 'fail', 'checks-failed']);
  expect(result.failure).toEqual({
    code: 'checks-failed',
    what: '0 of 1 gate check passed, 1 failed; orders: status: expected equals 200, got 401',
    next: 'Read the failing check’s evidence in the summary.',
    details: ['orders: status: expected equals 200, got 401'],
  });
  expect(result.annotations).toEqual([
    {
      level: 'error',
      message: 'orders: status: expected equals 200, got 401',
      place: { title: 'Check fail', file: 'smoke.yml', line: 5, column: 23 },
    },
  ]);
});

it('counts gates in its outputs, as in its headline', async () => {
  const url = await shop();
  const { result } = await smoke({
    checks: `- { name: home, http: /, expect: { status: 200 } }
- { name: orders, severity: advisory, http: /orders, expect: { status: 200 } }
- { name: pages, severity: advisory, http: /pages, expect: { status: 200 } }`,
    'check-variables': `url=${url}`,
  });
  const { passed, failed, inconclusive } = result.outputs;
  expect([result.headline, passed, failed, inconclusive]).toEqual([
    '1 of 1 gate check passed, 1 advisory failed.',
    ...['1', '0', '0'],
  ]);
});

it('refuses checks that cannot be used, before anything is sent', async () => {
  const url = await serve(() => {
    throw new Error('a request was sent');
  });
  await expect(smoke({ checks, 'check-variables': `url=${url}` })).rejects.toMatchObject({
    code: 'checks-invalid',
    details: ['checks:5:43: The secret `API_TOKEN` has no value. Pass it in `check-secrets`.'],
  });
});

const machine = (id: string, status: string) => ({
  id,
  state: 'started',
  checks: [{ name: 'http', status }],
  events: [],
  config: { metadata: { fly_platform_version: 'v2', fly_process_group: 'worker' }, checks: { http: {} } },
});

it('asks Fly about a service that nobody can reach from outside', async () => {
  const asked: string[] = [];
  const { result, runner } = await smoke(
    {
      checks: '- { name: worker, fly-machines: true }',
      'fly-app': 'queue',
      'fly-token': 'fo1_token-of-queue',
    },
    {},
    async ({ method, url }) => {
      asked.push(`${method} ${url}`);
      const text = JSON.stringify([machine('m1', 'passing'), machine('m2', 'critical')]);
      return { method, url, text, status: 200, headers: {}, attempts: 1 };
    },
  );
  expect([result.outcome, result.failure?.details]).toEqual([
    'fail',
    ['worker: failing: expected is empty, got ["m2: http is critical"]'],
  ]);
  expect(asked).toEqual(['GET https://api.machines.dev/v1/apps/queue/machines']);
  expect(runner.masked).toContain('fo1_token-of-queue');
});

const tested = 'ab'.repeat(20);
const following = { eventName: 'workflow_run', event: { workflow_run: { head_sha: tested } } };

it.each([
  ['the one that a run before it tested', {}, following, 'pass'],
  ['the one that the input names', { commit: tested.toUpperCase() }, {}, 'pass'],
  ['the run’s own otherwise', {}, { event: following.event }, 'fail'],
])('wants the build of one commit: %s', async (_, inputs, run, outcome) => {
  const url = await serve((_request, response) => response.end(JSON.stringify({ commit: tested })));
  const release = 'release: { jsonpath: $.commit, path: /version.json }';
  const { result } = await smokeIn(workspace, { checks: release, url, ...inputs }, {}, undefined, run);
  expect(result.outcome).toBe(outcome);
});

describe('a run of code that nobody has accepted', () => {
  const ours = { full_name: 'ada/shop' };
  const fork = { full_name: 'eve/shop' };
  const runs: readonly (readonly [string, Partial<RunnerContext>, string])[] = [
    [
      'of a fork',
      { eventName: 'pull_request', event: { repository: ours, pull_request: { head: { repo: fork } } } },
      'This run was started by a pull request from a fork.',
    ],
    [
      'that follows one of a fork, with our secrets',
      { eventName: 'workflow_run', event: { repository: ours, workflow_run: { head_repository: fork } } },
      'This run was started by a pull request from a fork.',
    ],
    ['of Dependabot', { eventName: 'push', actor: 'dependabot[bot]' }, 'This run was started by Dependabot.'],
    [
      'of a merge queue',
      { eventName: 'merge_group' },
      'This run belongs to a merge queue: its commit may never reach the branch.',
    ],
  ];
  const inRun = (inputs: Record<string, string>, run: Partial<RunnerContext>) =>
    smokeIn(workspace, inputs, {}, undefined, run);

  it.each(runs)('%s sends no secret and reads no file', async (_, run, why) => {
    const asked: string[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    });
    await writeFile(
      join(workspace, 'smoke.yml'),
      `version: 1\nsecrets: [T]\nchecks:\n  - { name: a, http: { url: /, file: b }, expect: { status: 200 } }\n`,
    );
    await writeFile(join(workspace, 'b'), 'hello');
    const inputs = { checks: 'smoke.yml', url, 'check-secrets': 'T=abcdef' };
    const advice = `That is refused here: ${why} Move it to a check file that only runs of accepted code use.`;
    await expect(inRun(inputs, run)).rejects.toMatchObject({
      code: 'checks-invalid',
      details: [
        `smoke.yml:2:11: This uses a secret. ${advice}`,
        `smoke.yml:4:38: This reads a file. ${advice}`,
      ],
    });
    expect(asked).toEqual([]);
    const validated = await inRun({ ...inputs, 'validate-only': 'true' }, run);
    expect(validated.result.reason).toBe('checks-valid');
  });

  it.each(runs)('%s is judged by checks that need none of that', async (_, run) => {
    const url = await shop();
    const { result } = await inRun({ checks: '- { name: a, http: /, expect: { status: 200 } }', url }, run);
    expect([result.ok, result.reason]).toEqual([true, 'verified']);
  });
});
