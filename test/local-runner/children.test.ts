import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runJob } from '#local-runner';
import { aRepository } from '../support/action-folder.ts';

const onLinux = process.platform === 'linux';

/** Starts a child that outlives the action and prints its pid. */
const leavesChild = (stdio: 'inherit' | 'ignore', env = 'process.env') => `
  const { spawn } = require('node:child_process');
  const child = spawn('sleep', ['60'], { stdio: '${stdio}', env: ${env} });
  child.unref();
  console.log(String(child.pid));
`;

/** A zombie counts as dead: not every machine's init reaps it. */
function isAlive(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

it.runIf(onLinux)(
  'reports a child that was left running, and kills it at the job’s end (skipped without /proc)',
  async () => {
    const repositoryRoot = await aRepository({ leave: { main: leavesChild('ignore') } });
    const { log, orphans, conclusion } = await runJob({
      repositoryRoot,
      steps: [{ uses: './actions/leave' }],
    });
    const pid = Number(log[0]?.line);
    expect({ conclusion, orphans, lastLine: log.at(-1) }).toEqual({
      conclusion: 'success',
      orphans: [{ pid, command: 'sleep 60' }],
      lastLine: { stream: 'runner', line: `Terminate orphan process: pid (${pid}) (sleep 60)` },
    });
    await expect.poll(() => isAlive(pid)).toBe(false);
  },
);

it.runIf(onLinux)('overlooks a child that dropped the tracking id (skipped without /proc)', async () => {
  const repositoryRoot = await aRepository({
    leave: { main: leavesChild('ignore', `{ PATH: process.env.PATH }`) },
  });
  const { log, orphans } = await runJob({ repositoryRoot, steps: [{ uses: './actions/leave' }] });
  const pid = Number(log[0]?.line);
  expect({ orphans, alive: isAlive(pid) }).toEqual({ orphans: [], alive: true });
  process.kill(pid);
});

it('waits only so long for a child that holds stdout after the action has ended', async () => {
  const repositoryRoot = await aRepository({ leave: { main: leavesChild('inherit') } });
  const { steps } = await runJob({ repositoryRoot, steps: [{ uses: './actions/leave' }], heldOutputMs: 300 });
  expect(steps[0]?.outcome).toBe('success');
  expect(steps[0]?.durationMs).toBeGreaterThanOrEqual(300);
  expect(steps[0]?.durationMs).toBeLessThan(10_000);
});

it('does not signal the children of a cancelled step', async () => {
  const controller = new AbortController();
  const child = `
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => console.log('child got ' + signal));
    console.log('ready');
    setTimeout(() => console.log('child worked on'), 200);
  `;
  const repositoryRoot = await aRepository({
    parent: {
      main: `
        const { spawn } = require('node:child_process');
        spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: ['ignore', 'inherit', 'inherit'] });
      `,
    },
  });
  const { log, conclusion } = await runJob({
    repositoryRoot,
    steps: [{ uses: './actions/parent' }],
    signal: controller.signal,
    onLine: ({ line }) => {
      if (line === 'ready') controller.abort();
    },
  });
  expect({ conclusion, lines: log.map(({ line }) => line) }).toEqual({
    conclusion: 'cancelled',
    lines: ['ready', 'child worked on', '##[error]The operation was canceled.'],
  });
});
