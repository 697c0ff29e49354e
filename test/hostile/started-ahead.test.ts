import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '#core/io';
import { ChecksProcess } from '../../packages/core/src/checks/cage/caged-checks.ts';
import { spawnWorker } from '../../packages/core/src/checks/cage/spawn-worker.ts';
import { closeServers, serve } from '../core/checks/loopback.ts';
import { eventually } from '../support/eventually.ts';
import { childrenOf, isGone } from '../support/processes.ts';
import { shippedChecks } from './shipped-checks.ts';

afterEach(closeServers);

const ahead = () => spawnWorker({ program: shippedChecks, env: {} });

async function outcomeWith(door: ChecksProcess): Promise<string> {
  const url = await serve((_, response) => response.end('well'));
  const checks = await door.open(
    `version: 1\ntarget: ${url}\nchecks: [{ name: home, http: GET /, expect: { status: 200 } }]`,
    {
      root: '.',
    },
  );
  const { outcome } = await checks.run({
    variables: {},
    secrets: {},
    clock: systemClock,
    budgetMs: 30_000,
    mode: 'full',
    env: {},
    random: () => 0.5,
    signal: new AbortController().signal,
  });
  return outcome;
}

describe('a worker that was started ahead', () => {
  it('runs the checks, and no other is started', async () => {
    const before = childrenOf(process.pid);
    const worker = ahead();
    const door = new ChecksProcess({}, shippedChecks, worker);
    try {
      expect(await outcomeWith(door)).toBe('pass');
      const started = childrenOf(process.pid).filter((pid) => !before.includes(pid));
      expect(started).toEqual([worker.pid]);
    } finally {
      door.close();
    }
    await eventually(() => isGone(worker.pid as number));
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'and gets the %s of its whole group runs the checks all the same',
    async (signal) => {
      const worker = ahead();
      const door = new ChecksProcess({}, shippedChecks, worker);
      try {
        expect(await outcomeWith(door)).toBe('pass');
        worker.kill(signal);
        expect(await outcomeWith(door)).toBe('pass');
        expect(isGone(worker.pid as number)).toBe(false);
      } finally {
        door.close();
      }
    },
  );

  it('and has died meanwhile gives way to another', async () => {
    const worker = ahead();
    worker.kill('SIGKILL');
    await new Promise((ended) => worker.once('exit', ended));
    const door = new ChecksProcess({}, shippedChecks, worker);
    try {
      expect(await outcomeWith(door)).toBe('pass');
    } finally {
      door.close();
    }
  });

  it('and is not wanted after all ends with the door', async () => {
    const worker = ahead();
    new ChecksProcess({}, shippedChecks, worker).close();
    await eventually(() => isGone(worker.pid as number));
  });
});
