import { createContext, Script } from 'node:vm';
import { ResourceLimit } from './resource-limit.ts';

const call = new Script('run()');
/** One for all: making one takes a millisecond. */
const context = createContext({ run: undefined as unknown });

/**
 * Runs `work` where it can be stopped; throws ResourceLimit when it was. It holds this thread meanwhile: a closure
 * cannot be sent to another.
 */
export function underDeadline<T>(work: () => T, deadlineMs: number): T {
  context.run = work;
  const timeout = Math.max(1, Math.ceil(deadlineMs));
  try {
    return call.runInContext(context, { timeout }) as T;
  } catch (error) {
    if (!isTimeout(error)) throw error;
    throw new ResourceLimit(`judging came to no end within ${timeout} ms`);
  } finally {
    context.run = undefined;
  }
}

function isTimeout(error: unknown): boolean {
  // It may come from the realm of the script.
  return (error as { readonly code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
