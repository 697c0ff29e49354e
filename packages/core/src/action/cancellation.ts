import { givenUpMs } from '../rollout/time-limits.ts';

/** Rejects `givenUpMs` after the signal; never before. */
export function windUpEnd(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const wait = () => setTimeout(reject, givenUpMs, signal.reason).unref();
    // It may have come while the bundle was being loaded.
    if (signal.aborted) wait();
    else signal.addEventListener('abort', wait, { once: true });
  });
}

/**
 * Rejects with what nobody caught: an uncaught error, or a promise that nothing is left to settle. Later ones are `told`:
 * Node would print them as they are, secrets and all.
 */
export function collapse(process: NodeJS.Process, told: (error: unknown) => void = () => {}): Promise<never> {
  return new Promise((_, reject) => {
    process.once('uncaughtException', (error) => {
      process.on('uncaughtException', told);
      reject(error);
    });
    process.once('beforeExit', () => reject(new Error('the run was left waiting for nothing')));
  });
}
