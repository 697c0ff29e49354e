import { readdir, readFile } from 'node:fs/promises';
import type { Orphan } from './job-result.ts';

/** Finds and kills what the job's steps left running, by the mark in its environment. Needs /proc: elsewhere it finds nothing. */
export async function killOrphans(trackingId: string): Promise<Orphan[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const orphans: Orphan[] = [];
  for (const pid of pids.sort((a, b) => a - b)) {
    if (!(await readProc(pid, 'environ')).includes(`RUNNER_TRACKING_ID=${trackingId}`)) continue;
    orphans.push({ pid, command: (await readProc(pid, 'cmdline')).join(' ') });
    kill(pid);
  }
  return orphans;
}

/** NUL-separated; empty for processes that ended meanwhile or are not ours to look at. */
async function readProc(pid: number, file: string): Promise<string[]> {
  const text = await readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
  return text.split('\0').filter((part) => part !== '');
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended between the look and the kill
  }
}
