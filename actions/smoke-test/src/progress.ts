import type { AttemptProgress, CommandPorts } from '#core/checks';
import { progressText } from '#core/checks';

type Progressing = Pick<CommandPorts, 'terminal' | 'clock' | 'signal'>;

/**
 * Shows a person that something goes on: on a terminal a line with what was met last and the time it has taken, in a
 * pipe a line for each attempt that failed. `stop` ends it.
 */
export function showProgress({ terminal, clock, signal }: Progressing) {
  const from = clock.monotonic();
  const done = new AbortController();
  let latest = 'asking';
  const show = () => terminal.status(`${Math.round((clock.monotonic() - from) / 1000)} s  ${latest}`);

  async function tick(): Promise<void> {
    while (!done.signal.aborted) {
      show();
      await clock.sleep(1000, AbortSignal.any([done.signal, signal])).catch(() => done.abort());
    }
  }
  if (terminal.live) void tick();

  return {
    note(progress: AttemptProgress): void {
      latest = progressText(progress);
      if (terminal.live) show();
      else if (progress.outcome === 'fail') terminal.err(latest);
    },
    stop(): void {
      done.abort();
      terminal.status('');
    },
  };
}
