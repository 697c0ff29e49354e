import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { commonVariables, namedVariables } from './environment.ts';

/** A child with everything it started. */
export interface ProcessGroup {
  /** Sends a signal to all of them who still live. */
  signal(name: NodeJS.Signals): void;
}

/** The group of a child started `detached`; on Windows, which has no groups, its tree. */
export function processGroup(child: StartedChild, platform: NodeJS.Platform): ProcessGroup {
  return { signal: (name) => (platform === 'win32' ? killTree(child, name) : killGroup(child, name)) };
}

function killGroup({ pid }: StartedChild, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // ESRCH: nobody is left, which is what was wanted.
  }
}

function killTree(child: StartedChild, name: NodeJS.Signals): void {
  // Without `/F` taskkill only asks, which console programs do not hear: the ladder ends with force.
  const force = name === 'SIGKILL' ? ['/F'] : [];
  const args = ['/PID', String(child.pid), '/T', ...force];
  const env = namedVariables(process.env, commonVariables);
  const killer = spawn('taskkill', args, { env, stdio: 'ignore', windowsHide: true });
  killer.on('error', () => child.kill());
}

export type StartedChild = ChildProcessByStdio<Writable, Readable, Readable>;
