import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Which of an action's two entries: its `main` or its `post`. */
export type Entry = 'index.js' | 'post.js';

/** The process of an action that runs below `temp`, the folder of its stage; undefined while there is none. Linux only. */
export function bundleProcess(entry: Entry, temp: string): number | undefined {
  const found = readdirSync('/proc').find(
    (name) =>
      /^\d+$/.test(name) &&
      new RegExp(`/dist/[\\w-]+/${entry.replace('.', '\\.')}$`).test(proc(name, 'cmdline').at(-1) ?? '') &&
      proc(name, 'environ').some((line) => line.startsWith(`RUNNER_TEMP=${temp}`)),
  );
  return found === undefined ? undefined : Number(found);
}

/** The same, once it is there; undefined when `gone` is aborted first. */
export async function bundleStarted(
  entry: Entry,
  temp: string,
  gone: AbortSignal,
): Promise<number | undefined> {
  while (!gone.aborted) {
    const pid = bundleProcess(entry, temp);
    if (pid !== undefined) return pid;
    await delay(2);
  }
  return undefined;
}

/** Sends a signal; nothing happens where the process has ended. */
export function signalTo(pid: number | undefined, name: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(pid, name);
  } catch {
    // It ended between the look and the signal.
  }
}

function proc(pid: string, file: 'cmdline' | 'environ'): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
      .split('\0')
      .filter((part) => part !== '');
  } catch {
    return [];
  }
}
