import { readFileSync } from 'node:fs';

const mebibyte = 1024 * 1024;

/** The heap of the worker, MiB: 10,000 checks take about 60 of it. */
const heapMiB = 128;

/** What a process that runs checks may take. */
export const limits = {
  /** How long its thread may be held by one answer, milliseconds. 10 MB of JSON against a schema take about 500. */
  heldMs: 3000,
  /** How long reading the check files may hold it, milliseconds: 20,000 checks take about 1500. */
  readMs: 30_000,
  /** How long it may take to start on a busy machine, milliseconds. */
  startMs: 30_000,
  heapMiB,
  /** Heap, buffers, and the program itself, bytes. */
  residentBytes: (heapMiB + 256) * mebibyte,
  /** None but those that say how much: with others Node compiles its own modules anew at every start. */
  nodeFlags: [`--max-old-space-size=${heapMiB}`, '--max-semi-space-size=4'],
} as const;

const pageBytes = 4096;

/** Whether a process has more memory than it may. Buffers are not part of V8's own limit. False where it cannot be told. */
export function isOverweight(pid: number | undefined): boolean {
  if (process.platform !== 'linux') return false;
  try {
    const [, pages = '0'] = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ');
    return Number(pages) * pageBytes > limits.residentBytes;
  } catch {
    return false;
  }
}

/** Linux counts CPU time in hundredths of a second, whatever its kernel does. */
const tickMs = 10;

/** CPU time of a process so far, milliseconds; undefined where it cannot be told. */
export function cpuTimeOf(pid: number | undefined): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // Its name, in parentheses, may hold anything; user and system time are the 12th and 13th after it.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * tickMs;
  } catch {
    return undefined;
  }
}
