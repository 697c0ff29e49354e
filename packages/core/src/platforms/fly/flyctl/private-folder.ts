import { rmSync } from 'node:fs';
import type { Ports } from '../../../action/ports.ts';
import type { MainEnd } from '../../../report/post-report.ts';
import { makeTemporaryFolder } from '../../../runner/folders.ts';
import { endOrphanedProcesses } from '../machines/orphaned-processes.ts';
import { stopAgent } from './agent.ts';
import { configDir, removeConfigDir } from './flyctl.ts';
import { installedPath } from './installed.ts';

// flyctl's private folder holds request bodies and its configuration: it is removed in `post`, whatever became of main.

const folderState = 'fly-config-dir';

/** The folder of this step: that of `main` where this is its `post`, else a new one. */
export async function openPrivateFolder({ runner }: Pick<Ports, 'runner'>): Promise<string> {
  const there = privateFolder(runner);
  const dir = there || configDir(runner.context.temp);
  // Told before it is made: `post` removes it also where this process is killed in between.
  runner.saveState(folderState, dir);
  if (there === '') await makeTemporaryFolder(runner, dir);
  return dir;
}

/** The folder as main has named it for `post`; `''` where it came to none. */
export function privateFolder(runner: Ports['runner']): string {
  return runner.state(folderState);
}

/**
 * For the beginning of `post`: however that ends, cancelled and given up as well, the private folder goes with its
 * process. What is under way may write into it again after `closeFlyctl`.
 */
export function removeAtExit(
  { runner }: Pick<Ports, 'runner'>,
  ending: Pick<NodeJS.Process, 'once'> = process,
): void {
  const dir = privateFolder(runner);
  if (dir !== '') ending.once('exit', () => rmSync(dir, { recursive: true, force: true }));
}

/** Ends a flyctl whose parent was killed; answers what it did, each a sentence. */
export async function endFlyctl(
  { runner, clock, signal }: Pick<Ports, 'runner' | 'clock' | 'signal'>,
  main: MainEnd,
): Promise<readonly string[]> {
  const dir = privateFolder(runner);
  if (dir === '') return [];
  if (runner.context.os !== 'linux' && main !== 'cancelled')
    return ['Whether flyctl is still at work cannot be told on this system.'];
  const count = await endOrphanedProcesses(dir, { clock, signal });
  return count === 0 ? [] : ['flyctl was still at work, and was ended.'];
}

/** Removes what opening Fly and flyctl left on the machine; for `post`. */
export async function closeFlyctl(ports: Pick<Ports, 'runner' | 'tools'>): Promise<void> {
  const dir = privateFolder(ports.runner);
  if (dir === '') return;
  try {
    await stopAgent(ports.tools, installedPath(ports), dir);
  } finally {
    await removeConfigDir(dir);
  }
}
