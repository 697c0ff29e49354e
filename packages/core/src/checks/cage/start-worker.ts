import type { ChildProcess } from 'node:child_process';
import type { Variables } from '../../io/process/environment.ts';
import { spawnWorker } from './spawn-worker.ts';

/**
 * Starts the child before the action itself is loaded, where every run needs it: the two load side by side. Loads
 * next to nothing. Undefined where it cannot be started: whoever needs one tries again, and says why.
 */
export function startWorker(env: Variables = process.env): ChildProcess | undefined {
  try {
    const child = spawnWorker({ env });
    // Told by its state to whoever takes it over.
    child.on('error', () => {});
    return child;
  } catch {
    return undefined;
  }
}
