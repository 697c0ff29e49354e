import { existsSync, readFileSync } from 'node:fs';

/** The processes that `pid` has started; Linux tells. */
export function childrenOf(pid: number): number[] {
  const told = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim();
  return told === '' ? [] : told.split(' ').map(Number);
}

/** What a process holds in memory at this moment, megabytes; 0 when it is gone. */
export function residentOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Whether a process has ended, whether or not anybody has asked how. */
export function isGone(pid: number): boolean {
  return !existsSync(`/proc/${pid}`) || /^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
}
