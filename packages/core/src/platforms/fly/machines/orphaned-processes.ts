import { readdir, readFile } from 'node:fs/promises';
import type { Clock } from '../../../io/clock.ts';

/** As `process/ladder.ts` has it for a child of ours, milliseconds. */
const steps = [
  { name: 'SIGINT', waitMs: 4_000 },
  { name: 'SIGTERM', waitMs: 1_500 },
  { name: 'SIGKILL', waitMs: 500 },
] as const;

const pauseMs = 100;

/**
 * Ends what runs on of a flyctl whose parent was killed, with everything it started: all of them have the private folder
 * in their environment, which no other process has. Answers how many there were. Linux only: elsewhere nothing tells.
 */
export async function endOrphanedProcesses(
  dir: string,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<number> {
  const found = await runningWith(dir);
  if (found.length === 0) return 0;
  for (const { name, waitMs } of steps) {
    for (const pid of await runningWith(dir)) send(pid, name);
    const until = clock.monotonic() + waitMs;
    while (clock.monotonic() < until) {
      if ((await runningWith(dir)).length === 0) return found.length;
      // With no time left the rest of the ladder is climbed at once.
      if (signal.aborted) break;
      await clock.sleep(pauseMs);
    }
  }
  return found.length;
}

async function runningWith(dir: string): Promise<readonly number[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const marked = await Promise.all(
    pids.map(async (pid) => {
      // Empty for a process that has ended meanwhile, and for those of others.
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      return environment.split('\0').includes(`FLY_CONFIG_DIR=${dir}`) ? [pid] : [];
    }),
  );
  return marked.flat();
}

function send(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended between the look and the signal.
  }
}
