import { createContext, Script } from 'node:vm';
import { cpuTimeMs, hadItsTime, mostGrants } from './cpu-time.ts';
import { ResourceLimit } from './resource-limit.ts';

const call = new Script('run()');
/** One for all: making one takes a millisecond. */
const context = createContext({ run: undefined as unknown });

/**
 * Runs `work` where it can be stopped; throws ResourceLimit when it was, with that time on a CPU: less says nothing of it,
 * and it is begun again. It holds this thread meanwhile: a closure cannot be sent to another.
 */
export function underDeadline<T>(work: () => T, deadlineMs: number): T {
  context.run = work;
  const timeout = Math.max(1, Math.ceil(deadlineMs));
  try {
    for (let grants = 0; ; grants++) {
      const before = cpuTimeMs();
      try {
        return call.runInContext(context, { timeout }) as T;
      } catch (error) {
        if (!isTimeout(error)) throw error;
        if (hadItsTime(cpuTimeMs() - before, timeout) || grants === mostGrants)
          throw new ResourceLimit(`judging came to no end within ${timeout} ms`);
      }
    }
  } finally {
    context.run = undefined;
  }
}

function isTimeout(error: unknown): boolean {
  // It may come from the realm of the script.
  return (error as { readonly code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
