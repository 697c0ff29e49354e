import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bindChecks, type CheckInputs } from '../../../packages/core/src/binding/checks.ts';
import { systemClock } from '../../../packages/core/src/clock.ts';
import type { ActionFailure } from '../../../packages/core/src/failure.ts';
import type { Release } from '../../../packages/core/src/platforms/platform.ts';
import type { Ports } from '../../../packages/core/src/ports.ts';
import { recordingRunner } from '../../support/recording-runner.ts';

const commits: Readonly<Record<string, string>> = { v1: 'a'.repeat(40), v2: 'b'.repeat(40) };
const release = (id: string): Release => ({
  ...{ id, label: id, state: 'live', created: '2026-11-21T09:00:00Z', restorable: 'yes' },
});

/** How a check file names a value: `${name}`. */
const value = (name: string) => `\${${name}}`;

/** A service that says it is `served`. */
let served = '';
const server = createServer((_, response) => response.end(JSON.stringify({ commit: served })));
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

function bind(checks: string, change: Partial<CheckInputs> = {}) {
  const never = (): never => {
    throw new Error('not asked here');
  };
  const ports: Ports = {
    runner: recordingRunner(),
    http: { request: never, download: never },
    tools: { run: never },
    clock: systemClock,
    signal: new AbortController().signal,
  };
  const inputs: CheckInputs = {
    ...{ checks, checkVariables: {}, checkSecrets: {}, environment: 'production' },
    ...{ service: undefined, workingDirectory: '.', ...change },
  };
  return bindChecks(ports, inputs, {
    target: { platform: 'fly', id: 'fly:shop', name: 'shop', url },
    commit: async ({ id }) => commits[id],
  });
}

const allowance = { signal: new AbortController().signal, budgetMs: 5000 };

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
