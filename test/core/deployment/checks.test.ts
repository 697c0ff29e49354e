import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ports } from '../../../packages/core/src/action/ports.ts';
import { ChecksProcess } from '../../../packages/core/src/checks/cage/caged-checks.ts';
import {
  type CheckInputs,
  type CheckSubject,
  createChecksPort,
} from '../../../packages/core/src/deployment/checks.ts';
import { systemClock } from '../../../packages/core/src/io/clock.ts';
import type { ActionFailure } from '../../../packages/core/src/outcome/failure.ts';
import type { Release } from '../../../packages/core/src/platforms/platform.ts';
import { recordingRunner } from '../../support/recording-runner.ts';

const commits: Readonly<Record<string, string>> = { v1: 'a'.repeat(40), v2: 'b'.repeat(40) };
const release = (id: string): Release => ({
  id,
  label: id,
  state: 'live',
  created: '2026-11-21T09:00:00Z',
  restorable: 'yes',
});

/** How a check file names a value: `${name}`. */
const value = (name: string) => `\${${name}}`;

/**
 * A service that says it is `served`, after so many milliseconds; each path under `/blip/` answers 503 once, an edge
 * challenges who asks for `/challenge`, and a cache has `/cached` from an hour before.
 */
let served = '';
let delayMs = 0;
const met = new Set<string>();
const server = createServer(({ url: path = '' }, response) => {
  const isBlip = path.startsWith('/blip/') && !met.has(path);
  met.add(path);
  response.statusCode = isBlip ? 503 : 200;
  if (path === '/challenge') response.writeHead(403, { 'cf-mitigated': 'challenge' });
  if (path.startsWith('/cached')) response.setHeader('age', '3600');
  setTimeout(() => response.end(JSON.stringify({ commit: served })), delayMs);
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

function bind(checks: string, change: Partial<CheckInputs> = {}, told: Partial<CheckSubject> = {}) {
  const never = (): never => {
    throw new Error('not asked here');
  };
  const ports: Ports = {
    runner: recordingRunner(),
    http: { request: never, download: never, upload: never },
    tools: { run: never },
    checks: new ChecksProcess({}),
    clock: systemClock,
    signal: new AbortController().signal,
  };
  const inputs: CheckInputs = {
    checks,
    checkVariables: {},
    checkSecrets: {},
    environment: 'production',
    service: undefined,
    workingDirectory: '.',
    timeoutMs: 600_000,
    ...change,
  };
  return createChecksPort(ports, inputs, {
    target: { platform: 'fly', id: 'fly:shop', name: 'shop', url },
    commit: async ({ id }) => commits[id],
    verdict: async () => 'pass',
    recorded: async () => () => undefined,
    judgesLatency: true,
    ...told,
  });
}

/** Where nothing answers. */
const nowhere = { platform: 'model', id: 'model:shop', name: 'shop', url: 'http://127.0.0.1:9' };

const allowance = { signal: new AbortController().signal, budgetMs: 15_000 };

describe('the checks of a rollout', () => {
  it.each([
    ['a variable', `- { name: home, http: "GET /${value('tenant')}", expect: { status: 200 } }`, 'tenant'],
    [
      'a secret',
      `secrets: [API_KEY]\nchecks: [{ name: home, http: { url: /, headers: { x-key: "${value('API_KEY')}" } }, expect: { status: 200 } }]`,
      'API_KEY',
    ],
  ])('are refused before anything is asked when %s has no value', async (_, checks, name) => {
    const refused = (await bind(checks).catch((error) => error)) as ActionFailure;
    expect(refused.code).toBe('checks-invalid');
    expect(refused.what).toContain(name);
  });

  it('are refused before anything is asked when their watch takes all the time there is', async () => {
    const checks = `{ watch: { for: 10m }, checks: [{ name: home, http: /, expect: { status: 200 } }] }`;
    const refused = (await bind(checks).catch((error) => error)) as ActionFailure;
    expect([refused.code, refused.details]).toEqual([
      'checks-invalid',
      ['checks:1:3: `watch` takes 10m, and all of the step has 10m: raise `timeout`.'],
    ]);
    expect(await bind(checks, { timeoutMs: 601_000 })).toBeDefined();
  });

  it('are accepted when they use what only a release can tell', async () => {
    const checks = `- { name: home, http: "GET /${value('release')}/${value('sha')}", expect: { status: 200 } }`;
    expect(await bind(checks)).toBeDefined();
  });

  it('ask each release for the commit it was built from, the restored one too', async () => {
    const bound = await bind(
      `{ release: { path: /, jsonpath: $.commit }, checks: [{ name: home, http: GET /, expect: { status: 200 } }] }`,
    );
    served = commits.v2 ?? '';
    expect(await bound?.verify({ phase: 'after', release: release('v2') }, allowance)).toMatchObject({
      outcome: 'pass',
    });
    served = commits.v1 ?? '';
    expect(await bound?.verify({ phase: 'restored', release: release('v1') }, allowance)).toMatchObject({
      outcome: 'pass',
    });
  });

  it.each([
    ['staged', 'its own', 'pass'],
    ['staged', undefined, 'not pass'],
    ['after', 'its own', 'not pass'],
  ] as const)(
    'ask at the address that is meant in the phase %s (a release at %s)',
    async (phase, own, ends) => {
      const checks = '[{ name: home, http: GET /, expect: { status: 200 } }]';
      const bound = await bind(checks, {}, { target: nowhere });
      const asked = { ...release('v2'), ...(own === undefined ? {} : { url }) };
      const budgetMs = ends === 'pass' ? allowance.budgetMs : 1_500;
      const verdict = await bound?.verify({ phase, release: asked }, { ...allowance, budgetMs });
      expect(verdict?.outcome === 'pass' ? 'pass' : 'not pass').toBe(ends);
    },
  );

  it('name those that passed, so that a restore is judged by no others', async () => {
    const bound = await bind(
      '[{ name: good, http: GET /, expect: { status: 200 } }, { name: bad, http: GET /, expect: { status: 500 } }]',
    );
    expect(await bound?.verify({ phase: 'before', release: release('v1') }, allowance)).toMatchObject({
      outcome: 'fail',
      passed: ['good'],
    });
    expect(
      await bound?.verify({ phase: 'restored', release: release('v1'), gates: ['good'] }, allowance),
    ).toMatchObject({
      outcome: 'pass',
      passed: ['good'],
    });
  });
});

describe('what stands before the service', () => {
  const ask = (path: string, more = '') =>
    `{ name: ${path}, http: GET /${path}, expect: { status: 200 }${more} }`;
  const verified = async (checks: string, phase: 'before' | 'after' | 'restored', more = {}) => {
    const bound = await bind(`[${checks}]`);
    const verdict = await bound?.verify({ phase, release: release('v2'), ...more }, allowance);
    return { ...verdict, ends: `${verdict?.outcome}/${verdict?.reason}` };
  };

  it('is told of before the change, whatever else is wrong there', async () => {
    const bad = '{ name: bad, http: GET /, expect: { status: 500 } }';
    expect(await verified(`${bad}, ${ask('challenge')}`, 'before')).toMatchObject({
      ends: 'fail/checks-failed',
      challenged: expect.stringMatching(
        /^challenge: status: expected an answer of the service itself, got 403/,
      ),
    });
  });

  it('is none of the rollout’s business where a check only warns', async () => {
    const advisory = ask('challenge', ', severity: advisory');
    expect((await verified(`${advisory}, ${ask('ok')}`, 'before')).challenged).toBeUndefined();
  });

  it.each([
    ['a new release', 'after', {}, 'inconclusive/cached'],
    ['what a way back led to', 'restored', {}, 'inconclusive/cached'],
    ['what served before', 'before', {}, 'pass/verified'],
    ['what serves already', 'after', { served: true }, 'pass/verified'],
  ] as const)(
    'has a page that says nothing of a release after a change alone: %s',
    async (_, phase, more, ends) => {
      expect((await verified(ask('cached'), phase, more)).ends).toBe(ends);
    },
  );
});

describe('one blip of the service', () => {
  const checks = (phase: string) => `- { name: home, http: "GET /blip/${phase}", expect: { status: 200 } }`;
  const budget = { ...allowance, budgetMs: 30_000 };

  it.concurrent.each([
    ['after', 'pass'],
    ['staged', 'pass'],
    ['restored', 'pass'],
    ['before', 'fail'],
  ] as const)('in the phase %s ends as %s', { timeout: 20_000 }, async (phase, outcome) => {
    const bound = await bind(checks(phase));
    expect(await bound?.verify({ phase, release: release('v2') }, budget)).toMatchObject({ outcome });
  });
});

describe('the latency of a rollout', () => {
  const compared =
    'baseline: { metric: p50, tolerance: 5%, floor: 15ms, samples: 5 }\n' +
    'checks: [{ name: home, http: GET /, expect: { status: 200 } }]';
  const recorded = (ms: number) => async () => () => ({
    from: 'v0, verified on 2026-11-20',
    samples: 50,
    measured: { p50: ms },
  });
  const after = { phase: 'after', release: release('v2') } as const;
  const before = { phase: 'before', release: release('v1') } as const;

  it('is judged beside what this run measured of the release before', async () => {
    const bound = await bind(compared, {}, { recorded: recorded(1000) });
    delayMs = 0;
    await bound?.verify(before, allowance);
    delayMs = 60;
    const verdict = await bound?.verify(after, allowance);
    expect(verdict).toMatchObject({ outcome: 'fail', reason: 'checks-failed' });
    expect(verdict?.note).toMatch(/; home: p50 beside v1, which served before: expected at most \d+/);
    expect(bound?.latencies()).toEqual([]);
  });

  it.each([
    ['judged bad', 'fail'],
    ['not judged', 'inconclusive'],
  ] as const)('is judged beside the last verified release when the one before was %s', async (_, bad) => {
    const bound = await bind(compared, {}, { verdict: async () => bad, recorded: recorded(1000) });
    delayMs = 0;
    await bound?.verify(before, allowance);
    delayMs = 60;
    expect(await bound?.verify(after, allowance)).toMatchObject({ outcome: 'pass' });
    const latencies = bound?.latencies() ?? [];
    expect(latencies).toEqual([{ check: 'home', metric: 'p50', ms: expect.any(Number), samples: 5 }]);
    // Of the slow answers, however busy this machine is; none of them took as long as the one on record.
    expect(latencies[0]?.ms).toBeGreaterThanOrEqual(59);
    expect(latencies[0]?.ms).toBeLessThan(1000);
  });

  it('is not judged by a way back, nor after a restore', async () => {
    delayMs = 60;
    const rollback = await bind(compared, {}, { judgesLatency: false, recorded: recorded(1) });
    expect(await rollback?.verify(after, allowance)).toMatchObject({ outcome: 'pass' });
    const deploy = await bind(compared, {}, { recorded: recorded(1) });
    const restored = { phase: 'restored', release: release('v1'), gates: ['home'] } as const;
    expect(await deploy?.verify(restored, allowance)).toMatchObject({ outcome: 'pass' });
    expect(deploy?.latencies()).toEqual([]);
  });

  it('is recorded without a release before, and decides nothing', async () => {
    delayMs = 0;
    const bound = await bind(compared);
    expect(await bound?.verify(after, allowance)).toMatchObject({ outcome: 'pass' });
    expect(await bound?.markdown()).toContain('there is no earlier p50 to compare with');
    expect(bound?.latencies()).toMatchObject([{ check: 'home', metric: 'p50', samples: 5 }]);
  });
});

describe('the variable `previous-url`', () => {
  const checks = `- { name: home, http: "GET /?was=${value('previous-url')}", expect: { status: 200 } }`;
  const asked = (markdown = '') => decodeURIComponent(/GET \S+was=(\S*) →/.exec(markdown)?.[1] ?? 'nothing');
  it.each([
    ['is the address of its own that the release before has', 'http://v1.example', 'http://v1.example'],
    ['is empty where the release before has none', undefined, ''],
    ['is empty where that address is the target’s', 'the target’s', ''],
  ])('%s', async (_, own, expected) => {
    const bound = await bind(checks);
    const address = own === 'the target’s' ? url : own;
    const v1 = { ...release('v1'), ...(address === undefined ? {} : { url: address }) };
    delayMs = 0;
    await bound?.verify({ phase: 'before', release: v1 }, allowance);
    await bound?.verify({ phase: 'after', release: release('v2') }, allowance);
    expect(asked(await bound?.markdown())).toBe(expected);
  });
});
