import { Cancelled } from './cancelled.ts';

/**
 * Makes this process interruptible, as the first act of every `main.ts`: before it, a signal ends the process, and
 * nothing was begun; from now on the signal it answers aborts at the first one. Later ones find a listener too: the
 * default would end the process at once. SIGHUP is what a runner's own terminal sends when it is closed, to every process
 * but a tool in a group of its own, which would go on alone.
 */
export function interruptible(process: NodeJS.Process = globalThis.process): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const) {
    process.on(name, () => {
      if (!controller.signal.aborted) controller.abort(new Cancelled(name));
    });
  }
  return controller.signal;
}
