import { createContext, Script } from 'node:vm';
import { holding } from '../held.ts';

const call = new Script('run()');

/** Runs `work` where it can be stopped; throws when it was. It holds this thread meanwhile: a closure cannot be sent to another. */
export function underDeadline<T>(work: () => T, deadlineMs: number): T {
  const context = createContext({ run: work });
  const timeout = Math.max(1, Math.ceil(deadlineMs));
  return holding(() => call.runInContext(context, { timeout }) as T);
}
