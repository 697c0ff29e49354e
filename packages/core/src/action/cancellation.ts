import { Cancelled } from './cancelled.ts';

/**
 * The runner sends SIGINT, SIGTERM 7.5 s later (Ctrl-Break on Windows) and kills 2.5 s after that; this is how
 * long a run may take to wind up before we report for it. Milliseconds.
 */
export const windUpMs = 9_000;

/** Aborts at the first signal. Later ones find a listener too: the default would end the process at once. */
export function cancellationSignal(process: NodeJS.Process): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const) {
    process.on(name, () => {
      if (!controller.signal.aborted) controller.abort(new Cancelled(name));
    });
  }
  return controller.signal;
}

/** Rejects `windUpMs` after the signal; never before. */
export function windUpEnd(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => setTimeout(reject, windUpMs, signal.reason).unref(), {
      once: true,
    });
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
