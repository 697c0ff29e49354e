import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../../packages/core/src/io/clock.ts';
import { endOrphanedProcesses } from '../../../../../packages/core/src/platforms/fly/machines/orphaned-processes.ts';

const doors = { clock: systemClock, signal: new AbortController().signal };
const dir = join(tmpdir(), `belay-fly-${process.pid}`);

/** A process with a folder in its environment; answers how it ended. */
async function started(folder: string, onInterrupt: string) {
  const script = `process.on('SIGINT', () => { ${onInterrupt} }); setInterval(() => {}, 1000); console.log('up')`;
  const env = { FLY_CONFIG_DIR: folder };
  const child = spawn(process.execPath, ['-e', script], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
  await once(child.stdout, 'data');
  return { ended, child };
}

describe.skipIf(!existsSync('/proc'))('a flyctl that outlived its parent', () => {
  it('is asked to end, and known by its private folder', async () => {
    const { ended } = await started(dir, 'process.exit(7)');
    expect(await endOrphanedProcesses(dir, doors)).toBe(1);
    expect(await ended).toEqual([7, null]);
  });

  it('is made to end where it does not hear', async () => {
    const { ended } = await started(dir, '');
    expect(await endOrphanedProcesses(dir, doors)).toBe(1);
    expect(await ended).toEqual([null, 'SIGTERM']);
  });

  it('leaves alone what has another folder', async () => {
    const { child, ended } = await started(`${dir}-another`, 'process.exit(7)');
    expect(await endOrphanedProcesses(dir, doors)).toBe(0);
    expect(child.exitCode).toBeNull();
    child.kill('SIGKILL');
    await ended;
  });
});
