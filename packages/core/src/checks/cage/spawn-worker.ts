import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { limits } from './limits.ts';
import { workerEntry, workerEnvironment, workerOptions } from './worker-entry.ts';

export interface WorkerProgram {
  /** What runs as the worker; `workerEntry` where it is not named. */
  readonly program?: string | undefined;
  /** Of the run; the worker gets a few names of it. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The child that runs checks, as it is born: asked nothing, and keeping nobody alive. */
export function spawnWorker({ program = workerEntry(), env }: WorkerProgram): ChildProcess {
  const child = spawn(process.execPath, [...limits.nodeFlags, ...workerOptions(env), program], {
    env: workerEnvironment(env),
    // 3: calls and answers; 4: announcements, which must get out of a thread that is about to be held.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
    windowsHide: true,
  });
  child.unref();
  child.channel?.unref();
  for (const stream of child.stdio) if (stream instanceof Socket) stream.unref();
  return child;
}

/** Whether a child that was started ahead can still be taken over. */
export function isAlive({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null;
}
