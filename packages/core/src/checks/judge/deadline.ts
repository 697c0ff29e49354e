import { createContext, Script } from 'node:vm';

const call = new Script('run()');

/** Runs `work` where it can be stopped; throws when it was. It holds this thread meanwhile: a closure cannot be sent to another. */
export function underDeadline<T>(work: () => T, deadlineMs: number): T {
  const context = createContext({ run: work });
  return call.runInContext(context, { timeout: Math.max(1, Math.ceil(deadlineMs)) }) as T;
}
