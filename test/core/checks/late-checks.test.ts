import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { LateChecks } from '../../../packages/core/src/checks/cage/late-checks.ts';
import { startWorker } from '../../../packages/core/src/checks/cage/start-worker.ts';

/** Ids of the processes for checks that this one has. */
function workers(): readonly string[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], {
    encoding: 'utf8',
  });
  const lines = stdout.split('\n').filter((line) => line.includes('/checks/cage/worker.ts'));
  return lines.map((line) => line.trim().split(' ')[0] ?? '');
}

/** Closing sends a signal, and what was to be started would be there soon. */
async function workersLeft(): Promise<readonly string[]> {
  await sleep(1_000);
  return workers();
}

const checks = new Set<LateChecks>();
const opened = (worker?: Parameters<typeof startWorker>[0]) => {
  const one = new LateChecks({}, worker === undefined ? undefined : startWorker(worker));
  checks.add(one);
  return one;
};

afterEach(() => {
  for (const one of checks) one.close();
  checks.clear();
});

const file = '- { name: a, http: "http://127.0.0.1/", expect: { status: 200 } }';

// Processes are listed by the ps of Linux.
const onLinux = it.skipIf(process.platform !== 'linux');

onLinux('the process for checks starts when it is asked to, and ends when it is closed', async () => {
  const late = opened();
  late.start();
  await expect.poll(() => workers().length, { timeout: 10_000 }).toBe(1);
  late.close();
  expect(await workersLeft()).toEqual([]);
});

onLinux('what is closed while it is being loaded starts nothing afterwards', async () => {
  const late = opened();
  late.start();
  late.close();
  expect(await workersLeft()).toEqual([]);
});

onLinux('what is closed before anybody asked for it ends the process that was started ahead', async () => {
  const late = opened({});
  late.close();
  expect(await workersLeft()).toEqual([]);
});

onLinux('a process that was started ahead is the one that reads the checks', async () => {
  const late = opened({});
  const [ahead] = workers();
  const read = await late.open(file, { root: '.' });
  expect([read.facts.checks.map(({ name }) => name), workers()]).toEqual([['a'], [ahead]]);
});

it('checks that are closed are not opened any more', async () => {
  const late = opened();
  late.close();
  await expect(late.open(file, { root: '.' })).rejects.toThrow('The checks are closed.');
});
