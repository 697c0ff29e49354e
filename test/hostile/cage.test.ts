import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChecksReport } from '#core/checks';
import { createTools, systemClock } from '#core/io';
import { ChecksProcess } from '../../packages/core/src/checks/cage/caged-checks.ts';
import { workerEnvironment } from '../../packages/core/src/checks/cage/worker-entry.ts';
import type { RunChecksOptions } from '../../packages/core/src/checks/run/options.ts';
import { root } from '../../scripts/root.ts';
import { closeServers, serve } from '../core/checks/loopback.ts';
import { eventually } from '../support/eventually.ts';
import { childrenOf, isGone, residentOf } from '../support/processes.ts';
import { shippedChecks } from './shipped-checks.ts';

afterEach(closeServers);

const base: Omit<RunChecksOptions, 'signal'> = {
  variables: {},
  secrets: {},
  clock: systemClock,
  budgetMs: 30_000,
  mode: 'full',
  env: {},
  random: () => 0.5,
};

async function caged(text: string, options: Partial<RunChecksOptions> = {}): Promise<ChecksReport> {
  const door = new ChecksProcess({}, shippedChecks);
  try {
    const checks = await door.open(text, { root: '.' });
    return await checks.run({ ...base, signal: new AbortController().signal, ...options });
  } finally {
    door.close();
  }
}

function ends(report: ChecksReport): Record<string, string> {
  return Object.fromEntries(
    report.results.map(({ name, outcome, reason }) => [name, `${outcome}/${reason}`]),
  );
}

/** A million numbers: to look for one that is not there takes ten milliseconds, and the check below looks many times. */
const numbers = JSON.stringify(Array(1_000_000).fill(1));
const large = `<p>${'x'.repeat(9_500_000)}`;
/** Nine megabytes that become more than the worker's memory when they are looked through. */
const swelling = `[${'{},'.repeat(3_200_000)}0]`;

/** Whether a process of this title is there. */
function running(title: string): boolean {
  return readdirSync('/proc').some((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'latin1').startsWith(title);
    } catch {
      return false;
    }
  });
}

/** Counts its requests; `/late` answers after four seconds. */
async function service(): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const url = await serve((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.cookie ?? ''}`.trim());
    const json = (text: string) => response.setHeader('content-type', 'application/json').end(text);
    switch (request.url) {
      case '/numbers':
        json(numbers);
        break;
      case '/swelling':
        json(swelling);
        break;
      case '/large':
        response.setHeader('content-type', 'text/html').end(large);
        break;
      case '/late':
        setTimeout(() => json('{"ok":true}'), 4000);
        break;
      case '/sign-in':
        response
          .setHeader('set-cookie', 'session=42')
          .setHeader('content-type', 'application/json')
          .end('{}');
        break;
      default:
        json('{"ok":true}');
    }
  });
  return { url, asked };
}

const ok = 'expect: { status: 200, jsonpath: { $.ok: true } }';
const looks = Array(2000).fill('{ jsonpath: $, not-contains: 9 }').join(', ');
const holds = `http: /numbers, expect: { all: [${looks}] }`;
const swells = 'http: /swelling, expect: { jsonpath: { "$[*]": { count: 7 } } }';

describe('checks in a process of their own', () => {
  it('say what they say in this one', async () => {
    const { url } = await service();
    const report = await caged(
      `{ version: 1, target: '${url}', checks: [{ name: good, http: /ok, ${ok} }, { name: bad, http: /ok, expect: { status: 201 } }] }`,
    );
    expect(ends(report)).toEqual({ good: 'pass/verified', bad: 'fail/checks-failed' });
    const [, bad] = report.results;
    expect(bad?.attempts[0]?.failures).toEqual([
      {
        read: 'status',
        expected: 'equals 201',
        actual: '200',
        where: { line: 1, column: expect.any(Number) },
      },
    ]);
  });

  it('fail for an answer that holds the thread, and judge those beside it', async () => {
    const { url, asked } = await service();
    const report = await caged(
      `version: 1
target: ${url}
checks:
  - { name: held, ${holds} }
  - { name: quick, http: /ok, ${ok} }
  - { name: late, http: /late, timeout: 10s, ${ok} }
  - { name: once, http: POST /late, timeout: 10s, ${ok} }`,
    );
    expect(report.outcome).toBe('fail');
    expect(report.reason).toBe('checks-failed');
    expect(ends(report)).toEqual({
      held: 'fail/resource-limit',
      quick: 'pass/verified',
      late: 'pass/verified',
      once: 'pass/verified',
    });
    expect(report.results[0]?.attempts[0]?.failures).toEqual([
      {
        read: 'the answer',
        expected: 'an answer that can be judged within 3 s',
        actual: 'one that cannot',
      },
    ]);
    // What was beside it, or waited to be judged after it, is asked again; what may do something twice is not.
    const times = (request: string) => asked.filter((one) => one === request).length;
    expect([times('GET /numbers'), times('GET /late'), times('POST /late')]).toEqual([1, 2, 1]);
  });

  it('fail for an answer that fills the memory, once it did so alone', async () => {
    const { url, asked } = await service();
    const report = await caged(
      `version: 1
target: ${url}
checks:
  - { name: swollen, ${swells} }
  - { name: late, http: /late, timeout: 10s, ${ok} }`,
    );
    expect(ends(report)).toEqual({ swollen: 'fail/resource-limit', late: 'pass/verified' });
    expect(report.results[0]?.attempts[0]?.failures[0]?.expected).toBe(
      'an answer that can be judged within 128 MiB',
    );
    expect(asked.filter((one) => one === 'GET /swelling')).toHaveLength(2);
  });

  it('are asked again when something else ends their process, and condemned by nobody', async () => {
    const { url, asked } = await service();
    const texts = Array.from(
      { length: 6 },
      (_, at) => `{ name: late ${at}, http: /late, timeout: 10s, ${ok} }`,
    );
    const run = caged(`{ version: 1, target: '${url}', checks: [${texts.join(', ')}] }`);
    await eventually(() => asked.length === 6);
    for (const pid of childrenOf(process.pid)) process.kill(pid, 'SIGKILL');
    const report = await run;
    expect([report.outcome, asked.length]).toEqual(['pass', 12]);
  });

  it('mask what was captured, also by the process that comes after', async () => {
    const { url } = await service();
    const said: string[] = [];
    const report = await caged(
      `version: 1
target: ${url}
checks:
  - { name: held, ${holds}, delay: 1s }
  - { name: late, http: /late, timeout: 10s, expect: { body: { contains: zebra } } }
scenarios:
  - name: account
    steps:
      - { name: sign in, http: /ok, expect: { status: 200 }, capture: { it: { body: true, redact: true } } }`,
      { onSecret: (value) => said.push(value) },
    );
    expect(said).toContain('{"ok":true}');
    expect(JSON.stringify(report.results.find(({ name }) => name === 'late'))).not.toContain('\\"ok\\":true');
  });

  it('hold sixteen answers of ten megabytes in little memory', async () => {
    const { url } = await service();
    const texts = Array.from(
      { length: 16 },
      (_, at) => `{ name: large ${at}, http: /large, expect: { body: { not-contains: "zebra ${at}" } } }`,
    );
    let peak = 0;
    const watch = setInterval(() => {
      for (const pid of childrenOf(process.pid)) peak = Math.max(peak, residentOf(pid));
    }, 20);
    const report = await caged(`{ version: 1, target: '${url}', checks: [${texts.join(', ')}] }`);
    clearInterval(watch);
    expect(report.outcome).toBe('pass');
    expect(peak).toBeGreaterThan(0);
    expect(peak).toBeLessThan(200);
  });

  it('go on with a scenario whose session was lost', async () => {
    const { url, asked } = await service();
    // Over a connection of its own: what is slow on one that stands is asked again.
    const measured = 'expect: { status: 200, duration: { lt: 10s } }';
    const report = await caged(
      `version: 1
target: ${url}
checks:
  - { name: held, ${holds}, delay: 1s }
scenarios:
  - name: account
    steps:
      - { name: sign in, http: /sign-in, expect: { status: 200 } }
      - { name: look, http: /late, timeout: 10s, ${measured} }`,
    );
    expect(ends(report)).toEqual({
      held: 'fail/resource-limit',
      'account / sign in': 'pass/verified',
      'account / look': 'pass/verified',
    });
    expect(asked.filter((one) => one.startsWith('GET /late'))).toEqual([
      'GET /late session=42',
      'GET /late session=42',
    ]);
  });

  it('ask a scenario alone from the step on that may do something twice', async () => {
    const { url } = await service();
    const report = await caged(
      `version: 1
target: ${url}
checks:
  - { name: held, ${holds}, delay: 1s }
scenarios:
  - name: order
    steps:
      - { name: buy, http: POST /sign-in, expect: { status: 200 } }
      - { name: look, http: /late, timeout: 10s, ${ok} }`,
    );
    expect(ends(report)['order / look']).toBe('pass/verified');
  });

  it('do not repeat the steps of a scenario that may do something twice when their session is lost between two', async () => {
    const { url, asked } = await service();
    const report = await caged(
      `version: 1
target: ${url}
checks:
  - { name: held, ${holds}, delay: 500ms }
scenarios:
  - name: order
    steps:
      - { name: buy, http: POST /sign-in, expect: { status: 200 } }
      - { name: look, http: /ok, delay: 5s, ${ok} }`,
    );
    expect(ends(report)['order / look']).toBe('inconclusive/interrupted');
    expect(asked.filter((one) => one.startsWith('POST'))).toHaveLength(1);
  });

  it('end a program with the process that wanted it, and do not run it again', async () => {
    const { url } = await service();
    const mark = `belay-${process.pid}-program`;
    const program = JSON.stringify(['node', '-e', `process.title = '${mark}'; setInterval(() => {}, 1000)`]);
    const report = await caged(
      `version: 1
target: ${url}
checks:
  - { name: held, ${holds}, delay: 500ms }
  - { name: program, exec: { run: ${program} }, timeout: 20s }`,
      { tools: createTools({ clock: systemClock, print: () => {} }), env: process.env },
    );
    expect(ends(report)).toEqual({ held: 'fail/resource-limit', program: 'inconclusive/interrupted' });
    await eventually(() => !running(mark));
  });

  it('leave no process behind when who started them is killed while an answer holds their thread', async () => {
    const { url } = await service();
    const started = `
      const { ChecksProcess } = await import(${JSON.stringify(join(root, 'packages/core/src/checks/cage/caged-checks.ts'))});
      const { systemClock } = await import(${JSON.stringify(join(root, 'packages/core/src/io/clock.ts'))});
      const checks = await new ChecksProcess({}).open(${JSON.stringify(`version: 1\ntarget: ${url}\nchecks: [{ name: held, ${holds} }]`)}, { root: '.' });
      void checks.run({ ...${JSON.stringify({ variables: {}, secrets: {}, budgetMs: 30_000, mode: 'full', env: {} })}, clock: systemClock, signal: new AbortController().signal });`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', started], { stdio: 'ignore' });
    await systemClock.sleep(2500);
    expect(parent.exitCode).toBeNull();
    const [worker = 0] = childrenOf(parent.pid ?? 0);
    expect(worker).not.toBe(0);
    parent.kill('SIGKILL');
    await eventually(() => isGone(worker));
  });

  it('are heard to be cancelled at once, whatever an answer does to the thread', async () => {
    const { url } = await service();
    const cancelled = new AbortController();
    const run = caged(`version: 1\ntarget: ${url}\nchecks: [{ name: held, ${holds} }]`, {
      signal: cancelled.signal,
    });
    let from = 0;
    setTimeout(() => {
      from = performance.now();
      cancelled.abort(new Error('cancelled'));
    }, 2000);
    await expect(run).rejects.toThrow('cancelled');
    expect(performance.now() - from).toBeLessThan(100);
  });

  it('end with the time of the run, and what was held until then has failed', async () => {
    const { url } = await service();
    const from = performance.now();
    const report = await caged(
      `{ version: 1, target: '${url}', checks: [{ name: held, ${holds} }, { name: late, http: /late, ${ok} }] }`,
      { budgetMs: 2000 },
    );
    expect(ends(report)).toEqual({ held: 'fail/resource-limit', late: 'inconclusive/out-of-time' });
    expect(performance.now() - from).toBeLessThan(6000);
  });

  it('get nothing of the environment but what they cannot do without', () => {
    const given = {
      GITHUB_TOKEN: 'x',
      FLY_API_TOKEN: 'y',
      PATH: '/bin',
      HTTPS_PROXY: 'http://u:p@proxy',
      TZ: 'UTC',
    };
    expect(workerEnvironment({ ...given, NODE_EXTRA_CA_CERTS: '/ca.pem' })).toEqual({
      NODE_EXTRA_CA_CERTS: '/ca.pem',
      TZ: 'UTC',
      MALLOC_ARENA_MAX: '1',
      MALLOC_MMAP_THRESHOLD_: '65536',
    });
  });
});
