import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

export interface Weighed {
  readonly ms: number;
  /** At most at one moment, of the process and of those it started, what they share once; 0 where there is no /proc. */
  readonly megabytes: number;
}

/** Runs a process to its end, and fails unless it exits with 0. */
export async function weighed(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Weighed> {
  const from = performance.now();
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk));
  let kilobytes = 0;
  const watching = setInterval(() => {
    kilobytes = Math.max(kilobytes, residentOf(child.pid));
  }, 10);
  const [code] = await once(child, 'exit');
  clearInterval(watching);
  const ms = performance.now() - from;
  if (code !== 0)
    throw new Error(`${command} exited with ${code}:\n${Buffer.concat(output).subarray(-2000)}`);
  return { ms, megabytes: kilobytes / 1000 };
}

/**
 * What a process and those it has started hold at this moment. Pages of files, of which the program itself is most, are
 * the same in all that run the same program: they stand in memory once.
 */
function residentOf(pid: number | undefined): number {
  const all = familyOf(pid);
  const own = all.reduce((sum, { RssAnon, RssShmem }) => sum + RssAnon + RssShmem, 0);
  return own + Math.max(0, ...all.map(({ RssFile }) => RssFile));
}

type Pages = Readonly<Record<'RssAnon' | 'RssFile' | 'RssShmem', number>>;

/** Kilobytes by kind, of a process and of those it has started. */
function familyOf(pid: number | undefined): readonly Pages[] {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    const pages = (kind: keyof Pages) => Number(new RegExp(`${kind}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
    const own = { RssAnon: pages('RssAnon'), RssFile: pages('RssFile'), RssShmem: pages('RssShmem') };
    return [own, ...children.split(' ').flatMap((child) => (child === '' ? [] : familyOf(Number(child))))];
  } catch {
    return [];
  }
}
